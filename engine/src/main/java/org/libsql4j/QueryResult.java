package org.libsql4j;

import java.util.List;

/**
 * All that a statement of a batch gave.
 *
 * @param columnNames empty if it gives no rows
 * @param rows all of them
 * @param rowsAffected how many rows it changed; 0 if it is not an INSERT, UPDATE or DELETE
 * @param lastInsertRowid rowid of the row inserted last on the connection
 */
public record QueryResult(
    List<String> columnNames, List<Row> rows, long rowsAffected, long lastInsertRowid) {}
