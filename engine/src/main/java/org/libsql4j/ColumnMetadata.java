package org.libsql4j;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a column of a result before there is a row.
 *
 * @param name the column's name or alias
 * @param declaredType as CREATE TABLE says; null for expressions and columns without a type
 * @param database of the table; null for expressions, like the following
 * @param table its name, not its alias; for a view that of the table behind it
 * @param origin the column's name in the table
 * @param notNull it cannot be NULL: declared NOT NULL, or the rowid
 * @param primaryKey it is part of the primary key
 * @param autoincrement it is an INTEGER PRIMARY KEY AUTOINCREMENT
 */
public record ColumnMetadata(
    String name,
    @Nullable String declaredType,
    @Nullable String database,
    @Nullable String table,
    @Nullable String origin,
    boolean notNull,
    boolean primaryKey,
    boolean autoincrement) {}
