/**
 * From names to things: syntax trees become bound trees, in which every column is a place in a row
 * source, every function a definition and every subquery a query of its own.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Bound expressions are immutable and compare by structure: equal expressions have equal
 *       values for the same rows (subqueries and non-deterministic calls are equal only to
 *       themselves).
 *   <li>Row sources and queries compare by identity.
 *   <li>No name is looked up after this stage; all "no such ..." and "ambiguous ..." errors come
 *       from here.
 * </ol>
 *
 * <p>Knows syntax trees, schema and function registry; nothing of programs.
 */
package org.libsql4j.resolve;
