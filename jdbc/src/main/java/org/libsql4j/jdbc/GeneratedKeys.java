package org.libsql4j.jdbc;

import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.Statement;
import org.libsql4j.connection.InsertedRowids;

/**
 * What {@code getGeneratedKeys} answers for one statement object.
 *
 * <p>Asked for when the statement is made, the rowids of all rows that it inserts are collected;
 * or, if columns are named, the rows that its RETURNING clause (which the driver adds) gives. If
 * not asked for, the rowid inserted last is all there is.
 */
final class GeneratedKeys {
  /** The label under which the key is known to users of SQLite through JDBC. */
  private static final String LABEL = "last_insert_rowid()";

  private final boolean collecting;
  private final InsertedRowids rowids = new InsertedRowids();
  private @Nullable StoredRows returned;
  private boolean insertedOne;
  private long lastRowid;

  GeneratedKeys(boolean collecting) {
    this.collecting = collecting;
  }

  /** Forgets the keys of the execution before. */
  void clear() {
    rowids.clear();
    returned = null;
    insertedOne = false;
  }

  /** Begins to collect, if it was asked for. */
  void begin(Connection connection) {
    if (collecting) {
      connection.state().insertedRowids = rowids;
    }
  }

  /** Ends what {@link #begin} began. */
  void end(Connection connection) {
    if (collecting) {
      connection.state().insertedRowids = null;
    }
  }

  /** An INSERT has inserted at least one row. */
  void inserted(long rowid) {
    insertedOne = true;
    lastRowid = rowid;
  }

  /** Keeps the row at which a statement with a RETURNING clause is. */
  void addReturned(Statement statement, Columns columns) {
    StoredRows rows = returned;
    if (rows == null) {
      rows = new StoredRows(columns);
      returned = rows;
    }
    rows.addFrom(statement);
  }

  LibsqlResultSet resultSet(LibsqlStatement owner) {
    StoredRows rows = returned;
    if (rows != null) {
      return new LibsqlResultSet(owner, rows, owner.connection.dates());
    }
    rows = new StoredRows(Columns.named(LABEL));
    if (collecting) {
      for (int i = 0; i < rowids.count(); i++) {
        rows.add(rowids.get(i));
      }
    } else if (insertedOne) {
      rows.add(lastRowid);
    }
    return new LibsqlResultSet(owner, rows, owner.connection.dates()).acceptingAnyLabel();
  }
}
