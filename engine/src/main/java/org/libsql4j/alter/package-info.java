/**
 * The texts of a schema after ALTER TABLE: finds every place in a stored statement where a table or
 * column is named, and writes another name there.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Only names change; spaces, comments and letter case of everything else stay.
 *   <li>A name is changed where it means the altered object by the rules of scopes; a name that
 *       only looks alike stays.
 * </ol>
 *
 * <p>Knows syntax trees and schema; called by the code generator of ALTER TABLE.
 */
package org.libsql4j.alter;
