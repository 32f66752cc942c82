package org.libsql4j.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Statement;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;

/**
 * Rows, one after the other: of a running statement, or stored ones.
 *
 * <p>How it works: executing a query steps to its first row, so that failures show when it is
 * executed; the first {@link #next()} then only opens the row. At the end the engine's statement
 * has ended by itself and holds no locks; {@link #close()} before the end resets it.
 */
final class LibsqlResultSet extends LabelledResultSet {
  private static final Mem NULL = new Mem();

  private final @Nullable LibsqlStatement owner;
  private final @Nullable Statement statement;
  private final @Nullable StoredRows stored;
  private final Columns columns;
  private final DateFormat dates;
  private final int columnCount;
  private final int maxRows;

  /** To how many bytes texts and blobs are cut; 0 for no limit. */
  private final int maxFieldBytes;

  private final boolean scrollable;

  /** Number of the current row, from 1; after the end, of the last one. */
  private int row;

  private boolean firstIsReady;
  private boolean onRow;
  private boolean ended;
  private boolean closed;
  private boolean wasNull;
  private boolean anyLabel;

  /** What Blobs and streams of this result read from; null as long as there never was any. */
  private @Nullable ResultValues values;

  private @Nullable LibsqlResultSetMetaData metaData;

  /**
   * The rows of a statement that has been stepped once.
   *
   * @param hasRow whether it is at its first row; else it has no rows
   * @param maxRows 0 for no limit
   */
  LibsqlResultSet(
      LibsqlStatement owner, Statement statement, Columns columns, boolean hasRow, int maxRows) {
    this.owner = owner;
    this.statement = statement;
    this.scrollable = false;
    this.stored = null;
    this.columns = columns;
    this.columnCount = columns.count();
    this.dates = owner.connection.dates();
    this.maxRows = maxRows;
    this.maxFieldBytes = owner.maxFieldBytes;
    this.firstIsReady = hasRow;
    this.ended = !hasRow;
  }

  /** Stored rows. */
  LibsqlResultSet(@Nullable LibsqlStatement owner, StoredRows stored, DateFormat dates) {
    this(owner, stored, dates, false);
  }

  /**
   * Stored rows.
   *
   * @param scrollable whether the cursor goes back, too
   */
  LibsqlResultSet(
      @Nullable LibsqlStatement owner, StoredRows stored, DateFormat dates, boolean scrollable) {
    this.scrollable = scrollable;
    this.owner = owner;
    this.statement = null;
    this.stored = stored;
    this.columns = stored.columns();
    this.columnCount = columns.count();
    this.dates = dates;
    this.maxRows = 0;
    this.maxFieldBytes = owner == null ? 0 : owner.maxFieldBytes;
    this.firstIsReady = stored.count() > 0;
    this.ended = stored.count() == 0;
  }

  /** Makes all labels mean the first column: for the key that was generated, whatever its name. */
  LibsqlResultSet acceptingAnyLabel() {
    anyLabel = true;
    return this;
  }

  // ---- moving
  // -------------------------------------------------------------------------------------

  @Override
  public boolean next() throws SQLException {
    if (onRow) {
      if (row == maxRows && maxRows > 0) {
        end();
        return false;
      }
      return nextRow();
    }
    if (firstIsReady) {
      checkOpen();
      firstIsReady = false;
      onRow = true;
      row = 1;
      return true;
    }
    checkOpen();
    return false;
  }

  private boolean nextRow() throws SQLException {
    if (values != null) {
      values.rowLeft();
    }
    boolean found;
    Statement source = statement;
    LibsqlStatement executor = owner;
    if (source != null && executor != null) {
      try {
        found = executor.step(source);
      } catch (LibsqlException e) {
        end();
        throw e.resultCode() == ResultCode.MISUSE && isClosed()
            ? SqlErrors.resultSetClosed()
            : executor.failure(e);
      }
    } else {
      found = stored != null && row < stored.count();
    }
    if (found) {
      row++;
      return true;
    }
    end();
    return false;
  }

  private void end() throws SQLException {
    onRow = false;
    ended = true;
    if (statement != null && statement.isRunning()) {
      try {
        statement.reset();
      } catch (LibsqlException e) {
        throw failure(e);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    firstIsReady = false;
    if (values != null) {
      values.resultClosed();
    }
    if (!ended) {
      end();
    }
    if (owner != null) {
      owner.resultClosed(this);
    }
  }

  @Override
  public boolean isClosed() {
    return closed || (owner != null && owner.connection.isClosed());
  }

  @Override
  void checkOpen() throws SQLException {
    if (isClosed()) {
      throw SqlErrors.resultSetClosed();
    }
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return firstIsReady;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return ended && row > 0;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return onRow && row == 1;
  }

  @Override
  public boolean isLast() throws SQLException {
    checkOpen();
    if (stored != null) {
      return onRow && row == stored.count();
    }
    throw SqlErrors.unsupported("isLast, which would have to read ahead,");
  }

  // ---- moving to and fro
  // --------------------------------------------------------------------------

  /** The stored rows, for going anywhere in them. */
  private StoredRows scrolled() throws SQLException {
    checkOpen();
    StoredRows rows = stored;
    if (rows == null || !scrollable) {
      throw SqlErrors.unsupported("going anywhere but to the next row of this ResultSet");
    }
    return rows;
  }

  /** Where the cursor is: 0 before the first row, one more than there are rows after the last. */
  private int position() {
    return onRow || !ended || row == 0 ? row : row + 1;
  }

  /** Goes to a row, or before the first or after the last one; whether there is one. */
  private boolean moveTo(long target) throws SQLException {
    int count = scrolled().count();
    onRow = target > 0 && target <= count;
    firstIsReady = target <= 0 && count > 0;
    ended = count == 0 || target > count;
    row = onRow ? (int) target : target <= 0 ? 0 : count;
    return onRow;
  }

  @Override
  public void beforeFirst() throws SQLException {
    moveTo(0);
  }

  @Override
  public void afterLast() throws SQLException {
    moveTo(Integer.MAX_VALUE);
  }

  @Override
  public boolean first() throws SQLException {
    return moveTo(1);
  }

  @Override
  public boolean last() throws SQLException {
    return moveTo(scrolled().count());
  }

  @Override
  public boolean previous() throws SQLException {
    return moveTo(position() - 1L);
  }

  @Override
  public boolean absolute(int target) throws SQLException {
    return moveTo(target >= 0 ? target : scrolled().count() + 1L + target);
  }

  @Override
  public boolean relative(int rows) throws SQLException {
    return moveTo((long) position() + rows);
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return onRow ? row : 0;
  }

  // ---- the cells
  // ----------------------------------------------------------------------------------

  private void checkCell(int column) throws SQLException {
    if (!onRow) {
      throw noRow();
    }
    if (column < 1 || column > columnCount) {
      throw SqlErrors.noSuchColumn(column, columnCount);
    }
  }

  /** The cell of a column, of which only type, encoding and length may be looked at. */
  private Mem header(int column) throws SQLException {
    checkCell(column);
    Statement source = statement;
    if (source == null) {
      return cell(column);
    }
    try {
      return source.cellHeader(column - 1);
    } catch (LibsqlException e) {
      throw isClosed() ? SqlErrors.resultSetClosed() : failure(e);
    }
  }

  private Mem cell(int column) throws SQLException {
    Mem cell = wholeCell(column);
    return maxFieldBytes > 0 ? Values.cut(cell, maxFieldBytes) : cell;
  }

  private Mem wholeCell(int column) throws SQLException {
    checkCell(column);
    Statement source = statement;
    if (source == null) {
      return stored == null ? NULL : stored.row(row - 1)[column - 1];
    }
    try {
      return source.cell(column - 1);
    } catch (LibsqlException e) {
      throw isClosed() ? SqlErrors.resultSetClosed() : failure(e);
    }
  }

  private SQLException failure(LibsqlException e) {
    return owner == null ? SqlErrors.of(e) : owner.failure(e);
  }

  private SQLException noRow() {
    return isClosed()
        ? SqlErrors.resultSetClosed()
        : new SQLException(
            ended ? "there are no more rows" : "next() has not been called",
            SqlErrors.NO_CURRENT_ROW);
  }

  /** The cell of a column, or null for NULL; and remembers which it was. */
  private @Nullable Mem cellOrNull(int column) throws SQLException {
    Mem cell = cell(column);
    wasNull = cell.type == Mem.NULL;
    return wasNull ? null : cell;
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpen();
    return wasNull;
  }

  @Override
  public int findColumn(String label) throws SQLException {
    checkOpen();
    if (anyLabel && columnCount == 1) {
      return 1;
    }
    return columns.find(label);
  }

  // ---- numbers
  // ------------------------------------------------------------------------------------

  @Override
  public long getLong(int column) throws SQLException {
    Mem cell = cell(column);
    if (cell.type == Mem.INTEGER) {
      wasNull = false;
      return cell.integer;
    }
    wasNull = cell.type == Mem.NULL;
    return Values.ranged(cell, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Override
  public int getInt(int column) throws SQLException {
    Mem cell = cell(column);
    if (cell.type == Mem.INTEGER && cell.integer == (int) cell.integer) {
      wasNull = false;
      return (int) cell.integer;
    }
    wasNull = cell.type == Mem.NULL;
    return (int) Values.ranged(cell, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Override
  public short getShort(int column) throws SQLException {
    Mem cell = cell(column);
    wasNull = cell.type == Mem.NULL;
    return (short) Values.ranged(cell, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  @Override
  public byte getByte(int column) throws SQLException {
    Mem cell = cell(column);
    wasNull = cell.type == Mem.NULL;
    return (byte) Values.ranged(cell, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  @Override
  public boolean getBoolean(int column) throws SQLException {
    Mem cell = cell(column);
    wasNull = cell.type == Mem.NULL;
    return Values.truth(cell);
  }

  @Override
  public double getDouble(int column) throws SQLException {
    Mem cell = cell(column);
    wasNull = cell.type == Mem.NULL;
    return cell.type == Mem.REAL ? cell.real : cell.asDouble();
  }

  @Override
  public float getFloat(int column) throws SQLException {
    return (float) getDouble(column);
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    Mem cell = cellOrNull(column);
    return cell == null ? null : Values.decimal(cell);
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(column);
    return value == null ? null : Values.rounded(value, scale);
  }

  // ---- texts and bytes
  // ----------------------------------------------------------------------------

  @Override
  public @Nullable String getString(int column) throws SQLException {
    Mem cell = cell(column);
    wasNull = cell.type == Mem.NULL;
    return cell.text();
  }

  @Override
  public @Nullable String getNString(int column) throws SQLException {
    return getString(column);
  }

  @Override
  public byte @Nullable [] getBytes(int column) throws SQLException {
    Statement source = statement;
    if (source != null && maxFieldBytes == 0 && header(column).type == Mem.BLOB) {
      wasNull = false;
      try {
        return source.getBlob(column - 1);
      } catch (LibsqlException e) {
        throw failure(e);
      }
    }
    Mem cell = cell(column);
    wasNull = cell.type == Mem.NULL;
    return Values.bytes(cell);
  }

  /** A long value of the current row that comes straight from a table; else null. */
  private @Nullable StoredValue stored(int column, boolean forStream) throws SQLException {
    Mem header = header(column);
    Statement source = statement;
    LibsqlStatement executor = owner;
    if (source == null
        || executor == null
        || maxFieldBytes > 0
        || header.length < StoredValue.MIN_BYTES) {
      return null;
    }
    try {
      StoredValue value = StoredValue.open(executor.connection, source, column - 1);
      if (value != null) {
        wasNull = false;
        ResultValues known = values;
        if (known == null) {
          known = new ResultValues(executor.connection);
          values = known;
        }
        known.add(value, forStream);
      }
      return value;
    } catch (LibsqlException e) {
      throw failure(e);
    }
  }

  @Override
  public @Nullable InputStream getBinaryStream(int column) throws SQLException {
    if (isUtf8(header(column))) {
      StoredValue value = stored(column, true);
      if (value != null) {
        return value.closingStream();
      }
    }
    byte[] bytes = getBytes(column);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  public @Nullable InputStream getAsciiStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  @Deprecated
  public @Nullable InputStream getUnicodeStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the bytes of a blob or text are those that {@code getBytes} gives. */
  private static boolean isUtf8(Mem cell) {
    return cell.type == Mem.BLOB || (cell.type == Mem.TEXT && cell.encoding == TextEncoding.UTF8);
  }

  /** In which a text is stored; blobs count as UTF-8. */
  private static Charset charset(Mem header) {
    return (header.type == Mem.TEXT ? header.encoding : TextEncoding.UTF8).charset();
  }

  @Override
  public @Nullable Reader getCharacterStream(int column) throws SQLException {
    Mem header = header(column);
    StoredValue value = stored(column, true);
    if (value != null) {
      return new InputStreamReader(value.closingStream(), charset(header));
    }
    String text = getString(column);
    return text == null ? null : new StringReader(text);
  }

  @Override
  public @Nullable Reader getNCharacterStream(int column) throws SQLException {
    return getCharacterStream(column);
  }

  @Override
  public @Nullable Blob getBlob(int column) throws SQLException {
    StoredValue value = isUtf8(header(column)) ? stored(column, false) : null;
    if (value != null) {
      return new LibsqlBlob(value);
    }
    byte[] bytes = getBytes(column);
    return bytes == null ? null : new LibsqlBlob(bytes);
  }

  @Override
  public @Nullable Clob getClob(int column) throws SQLException {
    return getNClob(column);
  }

  @Override
  public @Nullable NClob getNClob(int column) throws SQLException {
    StoredValue value = stored(column, false);
    if (value != null) {
      Mem header = header(column);
      return new LibsqlClob(new StoredText(value, charset(header)));
    }
    String text = getString(column);
    return text == null ? null : new LibsqlClob(text);
  }

  @Override
  public @Nullable URL getURL(int column) throws SQLException {
    Mem cell = cellOrNull(column);
    return cell == null ? null : Values.url(cell);
  }

  // ---- dates
  // --------------------------------------------------------------------------------------

  private static ZoneId zoneOf(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }

  @Override
  public @Nullable Date getDate(int column) throws SQLException {
    return getDate(column, null);
  }

  @Override
  public @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
    Mem cell = cellOrNull(column);
    return cell == null ? null : dates.date(cell, zoneOf(calendar));
  }

  @Override
  public @Nullable Time getTime(int column) throws SQLException {
    return getTime(column, null);
  }

  @Override
  public @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
    Mem cell = cellOrNull(column);
    return cell == null ? null : dates.time(cell, zoneOf(calendar));
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column) throws SQLException {
    return getTimestamp(column, null);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar)
      throws SQLException {
    Mem cell = cellOrNull(column);
    return cell == null ? null : dates.timestamp(cell, zoneOf(calendar));
  }

  // ---- objects
  // ------------------------------------------------------------------------------------

  @Override
  public @Nullable Object getObject(int column) throws SQLException {
    Mem cell = cell(column);
    wasNull = cell.type == Mem.NULL;
    return Values.object(cell);
  }

  @Override
  public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
    if (type == Blob.class) {
      return type.cast(getBlob(column));
    }
    if (type == Clob.class || type == NClob.class) {
      return type.cast(getNClob(column));
    }
    Mem cell = cell(column);
    wasNull = cell.type == Mem.NULL;
    return TypedValues.read(cell, type, dates);
  }

  // ---- about it
  // -----------------------------------------------------------------------------------

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    LibsqlResultSetMetaData known = metaData;
    if (known == null) {
      known =
          new LibsqlResultSetMetaData(
              owner == null ? null : owner.connection, columns, firstCells());
      metaData = known;
    }
    return known;
  }

  /**
   * Cells of the row at hand, from which the types of expressions are told; null if there is none.
   */
  private Mem @Nullable [] firstCells() {
    if (!onRow && !firstIsReady) {
      return null;
    }
    if (stored != null) {
      return stored.row(Math.max(row - 1, 0));
    }
    Mem[] cells = new Mem[columnCount];
    for (int i = 0; i < columnCount; i++) {
      cells[i] = statement == null ? NULL : statement.cellHeader(i);
    }
    return cells;
  }

  @Override
  public java.sql.@Nullable Statement getStatement() throws SQLException {
    checkOpen();
    return owner;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
  }

  @Override
  public String getCursorName() throws SQLException {
    throw SqlErrors.unsupported("a named cursor");
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return scrollable ? TYPE_SCROLL_INSENSITIVE : TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpen();
    return CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return owner == null ? HOLD_CURSORS_OVER_COMMIT : owner.getResultSetHoldability();
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return FETCH_FORWARD;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    boolean known =
        direction == FETCH_FORWARD || direction == FETCH_REVERSE || direction == FETCH_UNKNOWN;
    if (!known || (direction != FETCH_FORWARD && !scrollable)) {
      throw SqlErrors.badArgument("only FETCH_FORWARD direction supported");
    }
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return owner == null ? 0 : owner.getFetchSize();
  }

  /** A hint without effect: rows are made when they are asked for. */
  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    if (rows < 0) {
      throw SqlErrors.badArgument("fetch size " + rows + " out of bounds");
    }
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this, statement);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Wrapping.isWrapper(type, this, statement);
  }
}
