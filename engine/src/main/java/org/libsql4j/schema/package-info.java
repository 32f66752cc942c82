/**
 * The schema of a database in memory: tables, indexes, views and triggers by name.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Objects are complete when they become visible in a {@link org.libsql4j.schema.Schema} and
 *       do not change afterwards, except root pages (auto-vacuum moves them) and planner
 *       statistics.
 *   <li>A change of the schema replaces objects; compiled programs hold on to the old ones until
 *       they notice the new cookie or generation and are compiled again.
 *   <li>Names are looked up without regard to the case of ASCII letters.
 * </ol>
 *
 * <p>Expressions in the schema (defaults, checks, index expressions) are kept as syntax trees and
 * resolved where they are used.
 */
package org.libsql4j.schema;
