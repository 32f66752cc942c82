package org.libsql4j.pragma;

import java.util.List;

/**
 * A pragma.
 *
 * @param name in lower case
 * @param columns names of the result columns; empty if it gives no rows
 * @param columnsWithValue whether there is a result also when a value is given
 * @param needsSchema whether the schema must be loaded
 */
record PragmaDefinition(
    String name,
    List<String> columns,
    boolean columnsWithValue,
    boolean needsSchema,
    PragmaHandler handler) {}
