package org.libsql4j.sql.ast;

import java.util.List;

/**
 * {@code CREATE TABLE}.
 *
 * @param schemaSql text for {@code sqlite_schema.sql}: {@code CREATE TABLE } and the source from
 *     the unqualified name on. {@code CREATE TABLE AS} stores a generated text instead
 */
public record CreateTable(
    boolean temporary, boolean ifNotExists, QualifiedName name, Body body, String schemaSql)
    implements Statement {

  /** How the columns are given. */
  public sealed interface Body {
    /**
     * A list of definitions.
     *
     * @param columns never empty
     */
    record Definition(
        List<ColumnDefinition> columns, List<TableConstraint> constraints, Options options)
        implements Body {}

    /** {@code AS select}. */
    record AsSelect(Select select) implements Body {}
  }

  /** What follows the closing parenthesis. */
  public record Options(boolean withoutRowid, boolean strict, boolean randomRowid) {
    /** Nothing written. */
    public static final Options NONE = new Options(false, false, false);

    /** Whether nothing is written. */
    public boolean isNone() {
      return !withoutRowid && !strict && !randomRowid;
    }
  }
}
