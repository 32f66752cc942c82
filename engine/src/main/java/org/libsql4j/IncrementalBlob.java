package org.libsql4j;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.ForeignKeyConstraint;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.BlobCursor;

/**
 * A blob or text in a row, read and written in pieces without having all of it in memory; begins
 * with {@link Connection#openBlob}.
 *
 * <p>Its size cannot be changed: store {@code zeroblob(n)} first. It holds a transaction like a
 * query that is not at its end; in autocommit mode {@link #close} commits what was written. When
 * the row is changed by other means, everything but {@code close} fails with ABORT.
 *
 * <p>Source: <a href="https://www.sqlite.org/c3ref/blob_open.html">sqlite3_blob_open</a>.
 */
public final class IncrementalBlob implements AutoCloseable {
  private static final int MAX_SCHEMA_RETRIES = 10;

  private final Connection connection;
  private final BlobCursor cursor;
  private boolean closed;

  private IncrementalBlob(Connection connection, BlobCursor cursor) {
    this.connection = connection;
    this.cursor = cursor;
  }

  static IncrementalBlob open(
      Connection connection,
      String database,
      String table,
      String column,
      long rowid,
      boolean write) {
    for (int attempt = 0; ; attempt++) {
      ConnectionState state = connection.state();
      state.startPatience();
      state.loadSchemas();
      try {
        BlobCursor cursor = cursor(state, database, table, column, write);
        cursor.seek(rowid);
        return new IncrementalBlob(connection, cursor);
      } catch (LibsqlException e) {
        boolean again =
            attempt < MAX_SCHEMA_RETRIES
                && (e.resultCode() == ResultCode.SCHEMA
                    || state.compiler().forgetStaleSchemas(state));
        if (!again) {
          throw e;
        }
      }
    }
  }

  private static BlobCursor cursor(
      ConnectionState state, String database, String name, String column, boolean write) {
    int index = state.databaseIndex(database);
    Table table = index < 0 ? null : state.catalog().tableIn(index, name);
    if (table == null) {
      throw error("no such table: " + database + "." + name);
    }
    String refused = refused(table);
    if (refused != null) {
      throw error("cannot open " + refused + ": " + name);
    }
    int number = columnNumber(table, column);
    if (write) {
      String reason = whyReadOnly(state, table, number);
      if (reason != null) {
        throw error("cannot open " + reason + " column for writing");
      }
    }
    return new BlobCursor(state, index, table.rootPage, table.storedColumnCount(), number, write);
  }

  private static @Nullable String refused(Table table) {
    if (table.kind == Table.Kind.VIRTUAL) {
      return "virtual table";
    }
    if (table.withoutRowid) {
      return "table without rowid";
    }
    if (table.columns.stream().anyMatch(Column::isGenerated)) {
      return "table with generated columns";
    }
    return table.kind == Table.Kind.VIEW ? "view" : null;
  }

  private static int columnNumber(Table table, String name) {
    for (int i = 0; i < table.columns.size(); i++) {
      if (table.columns.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw error("no such column: \"" + name + "\"");
  }

  /** Why a column cannot be written behind the back of the engine, or null. */
  private static @Nullable String whyReadOnly(ConnectionState state, Table table, int column) {
    String reason = null;
    if (state.isSet(ConnectionFlag.FOREIGN_KEYS)) {
      for (ForeignKeyConstraint key : table.foreignKeys) {
        reason = contains(key.childColumns(), column) ? "foreign key" : reason;
      }
    }
    for (Index index : table.indexes) {
      for (int i = 0; i < index.keyColumnCount; i++) {
        boolean used = index.columns[i] == column || index.columns[i] == Index.EXPRESSION;
        reason = used ? "indexed" : reason;
      }
    }
    return reason;
  }

  private static boolean contains(int[] numbers, int wanted) {
    for (int number : numbers) {
      if (number == wanted) {
        return true;
      }
    }
    return false;
  }

  private static LibsqlException error(String message) {
    return new LibsqlException(ResultCode.ERROR, message);
  }

  /** The size of the value in bytes; of text in the database's encoding. */
  public int length() {
    return connection.locked(cursor::length);
  }

  /**
   * Reads bytes of the value.
   *
   * @param position of the first one in the value, from 0
   * @throws LibsqlException ERROR unless all of them are in the value; ABORT if the row was changed
   */
  public void read(int position, byte[] target, int offset, int count) {
    run(() -> cursor.read(position, target, offset, count));
  }

  /** Reads bytes of the value into a new array; fails as {@link #read(int, byte[], int, int)}. */
  public byte[] read(int position, int count) {
    run(() -> cursor.check(position, count));
    byte[] bytes = new byte[count];
    read(position, bytes, 0, count);
    return bytes;
  }

  /**
   * Overwrites bytes of the value.
   *
   * @param position of the first one in the value, from 0
   * @throws LibsqlException ERROR unless all of them are in the value; READONLY if it was opened
   *     for reading; ABORT if the row was changed
   */
  public void write(int position, byte[] source, int offset, int count) {
    run(() -> cursor.write(position, source, offset, count));
  }

  /** Overwrites bytes of the value by all of an array. */
  public void write(int position, byte[] source) {
    write(position, source, 0, source.length);
  }

  /**
   * Goes to the same column of another row, which is cheaper than to open it.
   *
   * @throws LibsqlException ERROR "no such rowid: 1" and so on; only close it then
   */
  public void reopen(long rowid) {
    run(() -> cursor.seek(rowid));
  }

  /** Reads the value from a position on; closing the stream does not close the blob. */
  public InputStream inputStream(int position) {
    return new BlobStreams.Input(this, position);
  }

  /** Writes the value from a position on; closing the stream does not close the blob. */
  public OutputStream outputStream(int position) {
    return new BlobStreams.Output(this, position);
  }

  private void run(Runnable action) {
    connection.locked(
        () -> {
          if (closed) {
            throw Misuse.of(connection, "blob is closed");
          }
          action.run();
          return true;
        });
  }

  /** For messages only. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "IncrementalBlob(%d bytes)", cursor.length());
  }

  /**
   * Ends it, and commits in autocommit mode if it was opened for writing. Closing twice is
   * harmless.
   */
  @Override
  public void close() {
    connection.lock().lock();
    try {
      if (!closed) {
        closed = true;
        connection.forget(this);
        cursor.end();
      }
    } finally {
      connection.lock().unlock();
    }
  }
}
