package org.libsql4j;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** The rows of a query, one after the other. Closing them closes the statement. */
public final class Rows implements AutoCloseable {
  private final Statement statement;
  private boolean ended;

  Rows(Statement statement) {
    this.statement = statement;
  }

  /**
   * Goes to the next row, at first to the first one.
   *
   * @return false at the end
   * @throws LibsqlException what went wrong
   */
  public boolean next() {
    if (ended) {
      return false;
    }
    boolean found = statement.step();
    ended = !found;
    return found;
  }

  /** Number of columns. */
  public int columnCount() {
    return statement.columnCount();
  }

  /** Name of a column, from 0. */
  public String columnName(int column) {
    return statement.columnName(column);
  }

  /** Type of a value. */
  public ValueType getType(int column) {
    return statement.getType(column);
  }

  /** Whether a value is NULL. */
  public boolean isNull(int column) {
    return statement.isNull(column);
  }

  /** See {@link Statement#getLong}. */
  public long getLong(int column) {
    return statement.getLong(column);
  }

  /** See {@link Statement#getDouble}. */
  public double getDouble(int column) {
    return statement.getDouble(column);
  }

  /** See {@link Statement#getString}. */
  public @Nullable String getString(int column) {
    return statement.getString(column);
  }

  /** See {@link Statement#getBlob}. */
  public byte @Nullable [] getBlob(int column) {
    return statement.getBlob(column);
  }

  /** See {@link Statement#getObject}. */
  public @Nullable Object getObject(int column) {
    return statement.getObject(column);
  }

  /** Number of the column with a name, ignoring case; RANGE "no such column: x" if none is. */
  public int indexOf(String name) {
    for (int i = 0; i < columnCount(); i++) {
      if (columnName(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw new LibsqlException(ResultCode.RANGE, "no such column: " + name);
  }

  /** The current row as an object of its own. */
  public Row row() {
    return Row.of(statement);
  }

  /** The rows that are left, all in memory. Closes this. */
  public List<Row> toList() {
    return toList(row -> row);
  }

  /** What a mapper makes of the rows that are left, all in memory. Closes this. */
  public <T extends @Nullable Object> List<T> toList(RowMapper<T> mapper) {
    try {
      List<T> list = new ArrayList<>();
      List<String> names = null;
      while (next()) {
        names = names == null ? Row.namesOf(statement) : names;
        list.add(mapper.map(Row.of(statement, names)));
      }
      return list;
    } finally {
      close();
    }
  }

  /** The statement behind the rows. */
  public Statement statement() {
    return statement;
  }

  @Override
  public void close() {
    statement.close();
  }
}
