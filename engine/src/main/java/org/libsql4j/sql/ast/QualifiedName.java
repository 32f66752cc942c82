package org.libsql4j.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code [schema.]name} of a table, index, view or trigger.
 *
 * @param schema {@code main}, {@code temp} or the name of an attached database; null if not written
 */
public record QualifiedName(@Nullable Identifier schema, Identifier name) {
  /** The name without a schema. */
  public static QualifiedName of(Identifier name) {
    return new QualifiedName(null, name);
  }

  /** Where the first part starts. */
  public int offset() {
    return schema == null ? name.offset() : schema.offset();
  }
}
