/**
 * From SQL text to the syntax tree: {@link org.libsql4j.sql.Parser} is the way in.
 *
 * <p>The accepted language and the error messages are those of SQLite 3.47 with libSQL's additions.
 * SQLite's parser is generated (LALR(1)), ours is recursive descent with precedence climbing; they
 * agree because of these rules:
 *
 * <ol>
 *   <li>A token is consumed only if the text up to it can be completed to a statement, so the token
 *       reported as {@code near "..."} is the same.
 *   <li>Looking ahead never fails: an illegal token is an error when it becomes the current one.
 *   <li>Many keywords are also names. A keyword is a keyword wherever the grammar has a use for it
 *       at that point, otherwise the name (SQLite's "fallback"). {@code WINDOW}, {@code OVER} and
 *       {@code FILTER} are decided by the tokens around them.
 *   <li>An error found by a rule of the grammar (not a syntax error) is reported when the next
 *       token is consumed, because a syntax error at that token takes precedence.
 *   <li>Recursion is bounded by {@link org.libsql4j.sql.ParserLimits}: no input overflows the
 *       stack.
 * </ol>
 *
 * <p>The classes {@code TokenStream ← NameParser ← ExprParser ← FunctionParser ← SelectParser ←
 * FromParser ← DmlParser ← TableParser ← DdlParser ← StatementParser} are one parser in layers, one
 * part of the grammar each. Nothing here knows the schema; whoever executes SQL calls this package,
 * and it calls nobody.
 */
package org.libsql4j.sql;
