package org.sqlite;

/** Told of every row of a rowid table that changes; must not use the connection. */
public interface SQLiteUpdateListener {
  /** Kinds of change. */
  enum Type {
    /** A row was added. */
    INSERT,
    /** A row was removed. */
    DELETE,
    /** A row was changed. */
    UPDATE
  }

  /**
   * Called after a row has changed, before the transaction ends.
   *
   * @param database {@code main}, {@code temp} or the name of an attached database
   * @param rowId of the row as it is after the change
   */
  void onUpdate(Type type, String database, String table, long rowId);
}
