package org.libsql4j.vdbe;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.SerialType;

/**
 * One value of a row, read and written in place.
 *
 * <p>It is a statement that has stopped at the row: a program that opens a cursor, goes to the
 * rowid in its parameter and yields, again and again. So it holds a transaction like any statement.
 */
public final class BlobCursor {
  private static final int FIRST_BLOB_TYPE = 12;

  private final Vdbe vdbe;
  private final int field;
  private int start;
  private int length;
  private boolean ended;

  /**
   * @param database number of the database
   * @param fieldCount columns that are stored
   * @param field number of the column among those
   * @param write whether the value may be changed
   */
  public BlobCursor(
      ConnectionState connection,
      int database,
      int rootPage,
      int fieldCount,
      int field,
      boolean write) {
    this.vdbe = new Vdbe(connection, program(connection, database, rootPage, fieldCount, write));
    this.field = field;
  }

  private static Program program(
      ConnectionState connection, int database, int rootPage, int fieldCount, boolean write) {
    ProgramBuilder builder = new ProgramBuilder();
    int rowid = builder.newRegister();
    int cursor = builder.newCursor();
    builder.add(Opcode.INIT, 0, 1);
    builder.add(
        Opcode.TRANSACTION,
        database,
        write ? 1 : 0,
        connection.database(database).schema().cookie,
        connection.database(database).schema().generation);
    builder.setP5(1);
    int open = write ? Opcode.OPEN_WRITE : Opcode.OPEN_READ;
    builder.add(open, cursor, rootPage, database, fieldCount);
    int again = builder.currentAddress();
    int end = builder.newLabel();
    builder.add(Opcode.VARIABLE, 1, rowid);
    builder.add(Opcode.NOT_EXISTS, cursor, end, rowid);
    builder.add(Opcode.RESULT_ROW, rowid, 1);
    builder.add(Opcode.GOTO, 0, again);
    builder.resolve(end);
    builder.add(Opcode.HALT);
    return new Program(
        builder.finishOps(),
        builder.registerCount(),
        builder.cursorCount(),
        List.of(),
        "",
        Arrays.<@Nullable String>asList((String) null),
        !write,
        0,
        false,
        false,
        List.of());
  }

  /**
   * Goes to a row.
   *
   * @throws LibsqlException ERROR "no such rowid: 1", "cannot open value of type null"; SCHEMA if
   *     the schema has changed; it has ended then
   */
  public void seek(long rowid) {
    boolean found = false;
    try {
      vdbe.parameter(0).setInteger(rowid);
      if (!vdbe.step()) {
        throw new LibsqlException(ResultCode.ERROR, "no such rowid: " + rowid);
      }
      locate();
      found = true;
    } finally {
      if (!found) {
        end();
      }
    }
  }

  private void locate() {
    BtreeCursor cursor = cursor();
    RecordView record = vdbe.cursor(0).record;
    record.setCursor(cursor);
    int type = record.parse(field) ? record.type(field) : 0;
    if (type < FIRST_BLOB_TYPE) {
      String name = type == 0 ? "null" : type == 7 ? "real" : "integer";
      throw new LibsqlException(ResultCode.ERROR, "cannot open value of type " + name);
    }
    start = record.offset(field);
    length = SerialType.size(type);
    cursor.setIncrementalBlob();
  }

  private BtreeCursor cursor() {
    BtreeCursor cursor = vdbe.cursor(0).btree;
    if (cursor == null) {
      throw new LibsqlException(ResultCode.ABORT);
    }
    return cursor;
  }

  /** Bytes of the value; 0 after the end. */
  public int length() {
    return ended ? 0 : length;
  }

  /**
   * Reads bytes.
   *
   * @throws LibsqlException ERROR beyond the end of the value; ABORT if the row was changed, after
   *     which the value cannot be used any more
   */
  public void read(int position, byte[] target, int offset, int count) {
    check(position, count);
    try {
      cursor().payloadChecked(start + position, count, target, offset);
    } catch (LibsqlException e) {
      throw failed(e);
    }
  }

  /** Overwrites bytes; fails as {@link #read} does, and with READONLY. */
  public void write(int position, byte[] source, int offset, int count) {
    check(position, count);
    try {
      cursor().putData(start + position, count, source, offset);
      vdbe.cursor(0).cacheStatus = 0;
    } catch (LibsqlException e) {
      throw failed(e);
    }
  }

  /** Throws what {@link #read} would. */
  public void check(int position, int count) {
    if (ended || !vdbe.isRunning()) {
      throw new LibsqlException(ResultCode.ABORT);
    }
    if (position < 0 || count < 0 || (long) position + count > length) {
      throw new LibsqlException(ResultCode.ERROR);
    }
  }

  private LibsqlException failed(LibsqlException e) {
    if (e.resultCode() == ResultCode.ABORT) {
      end();
    }
    return e;
  }

  /** Ends it: in autocommit mode this commits. Harmless if it has ended. */
  public void end() {
    if (!ended) {
      ended = true;
      vdbe.reset();
    }
  }
}
