/**
 * PRAGMA: one entry of {@link org.libsql4j.pragma.PragmaCatalog} for each, by topic.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A pragma that nobody knows does nothing, silently.
 *   <li>What a pragma changes it changes when its program runs, never while it is compiled.
 * </ol>
 *
 * <p>Called by the compiler; uses the code generator below.
 *
 * <p>Source: <a href="https://www.sqlite.org/pragma.html">PRAGMA Statements</a>.
 */
package org.libsql4j.pragma;
