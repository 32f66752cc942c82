package org.libsql4j.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.UpdateHook.Change;

/** Told of every row of a table that is about to be inserted, changed or deleted. */
@FunctionalInterface
public interface PreUpdateHook {
  /** Called before the change; must not use the connection. */
  void changes(RowChange change);

  /**
   * A change of a row. Values are Long, Double, String, byte[] or null; those of virtual generated
   * columns are null.
   *
   * @param database main, temp, or the name of an attached database
   * @param depth 0 for a change by a statement itself, 1 for one by a trigger or an action of a
   *     foreign key that the statement fires, and so on
   * @param oldRowid of the row before; not defined for INSERT and for tables WITHOUT ROWID
   * @param newRowid of the row afterwards; not defined for DELETE and for tables WITHOUT ROWID
   * @param oldValues the columns before; null for INSERT
   * @param newValues the columns afterwards; null for DELETE
   */
  record RowChange(
      Change change,
      String database,
      String table,
      int depth,
      long oldRowid,
      long newRowid,
      @Nullable List<@Nullable Object> oldValues,
      @Nullable List<@Nullable Object> newValues) {}
}
