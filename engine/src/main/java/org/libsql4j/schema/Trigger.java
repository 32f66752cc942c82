package org.libsql4j.schema;

import org.libsql4j.sql.ast.CreateTrigger;

/**
 * A trigger.
 *
 * @param tableName the table or view that it watches
 * @param tableSchema where that table is; differs from {@code schema} for TEMP triggers only
 * @param definition the statement that created it
 * @param sql its text
 */
public record Trigger(
    String name,
    String tableName,
    Schema schema,
    Schema tableSchema,
    CreateTrigger definition,
    String sql) {

  /** The same trigger in another schema of the same file. */
  Trigger copyTo(Schema newSchema) {
    return new Trigger(name, tableName, newSchema, newSchema, definition, sql);
  }
}
