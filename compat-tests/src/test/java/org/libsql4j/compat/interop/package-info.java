/**
 * Processes of ours and of the real engines on one file at the same time, some of which are killed.
 */
package org.libsql4j.compat.interop;
