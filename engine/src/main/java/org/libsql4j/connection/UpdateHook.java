package org.libsql4j.connection;

/** Told of every row of a rowid table that is inserted, changed or deleted. */
@FunctionalInterface
public interface UpdateHook {
  /** Kinds of change, with SQLite's numbers. */
  enum Change {
    DELETE(9),
    INSERT(18),
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
