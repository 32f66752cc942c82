/**
 * The modules of virtual tables that every connection has.
 *
 * <p>Each class is one module with its table and cursor. Modules that belong to another package -
 * JSON, pragmas - stand there; {@link org.libsql4j.vtab.builtin.BuiltInModules} knows them all.
 */
package org.libsql4j.vtab.builtin;
