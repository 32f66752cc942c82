/**
 * The abstract syntax tree of one SQL statement: immutable records below the sealed interfaces
 * {@link org.libsql4j.sql.ast.Statement} and {@link org.libsql4j.sql.ast.Expr}.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A node holds what was written, not what it means: names are not resolved, {@code TRUE} and
 *       {@code "text"} are column references until the resolver decides otherwise.
 *   <li>Redundant parentheses leave no trace.
 *   <li>{@code offset}, which nodes have that errors point to, is the place of the node's first
 *       token in UTF-16 code units from the start of the text given to the parser. Two nodes that
 *       differ only in offsets are different records: compare structure, not with {@code equals}.
 *   <li>Lists are unmodifiable and never null; a clause that can be absent is an empty list or null
 *       as documented.
 *   <li>An expression is at most as deep as the parser's depth limit, so recursion over it is safe.
 * </ol>
 *
 * <p>Only the parser makes nodes of user statements; resolver, planner and code generator read them
 * and may build their own for rewritten queries. Nothing here depends on any other package.
 */
package org.libsql4j.sql.ast;
