/**
 * SQL functions: the contracts that they fulfil, their registry, and the built-in ones.
 *
 * <p>Functions see values only as {@link org.libsql4j.record.Mem} cells and the connection only
 * through {@link org.libsql4j.func.FunctionContext}; they know nothing of programs or cursors. A
 * function keeps no state between calls except through its context.
 */
@NullMarked
package org.libsql4j.func;

import org.jspecify.annotations.NullMarked;
