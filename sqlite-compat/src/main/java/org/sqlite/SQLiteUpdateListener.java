package org.sqlite;

/** Told of every row of a rowid table that changes; must not use the connection. */
public interface SQLiteUpdateListener {
  /** Kinds of change. */
  enum Type {
    INSERT,
    DELETE,
    UPDATE
  }

  void onUpdate(Type type, String database, String table, long rowId);
}
