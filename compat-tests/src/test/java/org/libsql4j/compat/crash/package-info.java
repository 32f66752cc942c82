/**
 * Power failures, failing operations and processes that die in the middle of a transaction: what
 * was committed is there afterwards, and nothing is half done.
 */
package org.libsql4j.compat.crash;
