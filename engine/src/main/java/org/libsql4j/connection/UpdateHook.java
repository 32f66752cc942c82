package org.libsql4j.connection;

/** Told of every row of a rowid table that is inserted, changed or deleted. */
@FunctionalInterface
public interface UpdateHook {
  /** Kinds of change, with SQLite's numbers. */
  enum Change {
    /** A row is gone. */
    DELETE(9),
    /** A row is new. */
    INSERT(18),
    /** A row has other values. */
    UPDATE(23);

    private final int code;

    Change(int code) {
      this.code = code;
    }

    /** SQLITE_DELETE, SQLITE_INSERT or SQLITE_UPDATE. */
    public int code() {
      return code;
    }
  }

  /** Called after the change; must not use the connection. */
  void changed(Change change, String database, String table, long rowid);
}
