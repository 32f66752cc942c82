/** Processes that die in the middle of a transaction: what was committed is there afterwards. */
package org.libsql4j.compat.crash;
