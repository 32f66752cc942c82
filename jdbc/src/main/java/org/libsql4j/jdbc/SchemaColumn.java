package org.libsql4j.jdbc;

import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table or view, as {@code PRAGMA table_xinfo} tells of it.
 *
 * @param position from 1
 * @param isNotNull whether it can never be NULL
 * @param defaultText SQL of the default, or null
 * @param keyPosition place in the primary key from 1, 0 if it is not part of it
 * @param isRowid whether it is another name of the rowid, so that new rows get a value by
 *     themselves
 * @param isGenerated whether it is computed from others
 */
record SchemaColumn(
    int position,
    String name,
    ColumnType type,
    boolean isNotNull,
    @Nullable String defaultText,
    int keyPosition,
    boolean isRowid,
    boolean isGenerated) {

  /** The declared type, of java.sql.Types; a rowid has 64 bits, though it is declared INTEGER. */
  int jdbcType() {
    return isRowid ? Types.BIGINT : type.jdbcType;
  }
}
