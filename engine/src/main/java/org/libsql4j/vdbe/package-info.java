/**
 * The virtual machine: programs of SQLite's opcodes and the interpreter that runs them.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A {@link org.libsql4j.vdbe.Program} is immutable and may be run by several statements of
 *       one connection; everything that changes while it runs is in {@code Vdbe}.
 *   <li>Register 0 is never used; registers are numbered from 1, cursors and addresses from 0.
 *   <li>A register's cell is the same object for the life of the {@code Vdbe}; call sites keep
 *       references to their argument cells.
 *   <li>No instruction allocates per row on the hot path, and the method that dispatches stays
 *       under 8,000 bytes of bytecode, above which HotSpot would never compile it.
 * </ol>
 *
 * <p>Knows B-trees and functions below it; it reaches the compiler above only through interfaces in
 * {@link org.libsql4j.connection}.
 */
package org.libsql4j.vdbe;
