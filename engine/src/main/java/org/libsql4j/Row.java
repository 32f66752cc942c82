package org.libsql4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;

/**
 * One row that was taken out of its query: it stays what it is when the query goes on.
 *
 * <p>Values are Long, Double, String, byte[] or null. Getters convert as SQL's CAST does.
 */
public final class Row {
  private final List<String> names;
  private final @Nullable Object[] values;

  private Row(List<String> names, @Nullable Object[] values) {
    this.names = names;
    this.values = values;
  }

  /** Takes the current row of a statement. */
  static Row of(Statement statement) {
    return of(statement, namesOf(statement));
  }

  static Row of(Statement statement, List<String> names) {
    @Nullable Object[] values = new @Nullable Object[names.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = statement.getObject(i);
    }
    return new Row(names, values);
  }

  static Row of(List<String> names, Mem[] cells) {
    @Nullable Object[] values = new @Nullable Object[cells.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Statement.objectOf(cells[i]);
    }
    return new Row(names, values);
  }

  static List<String> namesOf(Statement statement) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < statement.columnCount(); i++) {
      names.add(statement.columnName(i));
    }
    return Collections.unmodifiableList(names);
  }

  /** How many columns it has. */
  public int size() {
    return values.length;
  }

  /** Names of the columns, in their order. */
  public List<String> columnNames() {
    return names;
  }

  /**
   * Number of a column, from 0.
   *
   * @param name ignoring case; the first of that name
   * @throws LibsqlException RANGE "no such column: x"
   */
  public int indexOf(String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw new LibsqlException(ResultCode.RANGE, "no such column: " + name);
  }

  /**
   * The value of a column, from 0: Long, Double, String, byte[] or null.
   *
   * @throws LibsqlException RANGE "column index out of range"
   */
  public @Nullable Object getObject(int column) {
    if (column < 0 || column >= values.length) {
      throw new LibsqlException(ResultCode.RANGE, "column index out of range");
    }
    return values[column];
  }

  /** The value of the column with a name. */
  public @Nullable Object getObject(String name) {
    return getObject(indexOf(name));
  }

  /** What kind of value it is. */
  public ValueType getType(int column) {
    Object value = getObject(column);
    if (value == null) {
      return ValueType.NULL;
    }
    if (value instanceof Long) {
      return ValueType.INTEGER;
    }
    if (value instanceof Double) {
      return ValueType.REAL;
    }
    return value instanceof String ? ValueType.TEXT : ValueType.BLOB;
  }

  /** Whether a value is NULL. */
  public boolean isNull(int column) {
    return getObject(column) == null;
  }

  /** Whether a value is NULL. */
  public boolean isNull(String name) {
    return isNull(indexOf(name));
  }

  /** The value as {@code CAST(x AS INTEGER)} gives it; 0 for NULL. */
  public long getLong(int column) {
    return getObject(column) instanceof Long number ? number : cell(column).asLong();
  }

  /** See {@link #getLong(int)}. */
  public long getLong(String name) {
    return getLong(indexOf(name));
  }

  /** The value as {@code CAST(x AS INTEGER)} gives it, cut to 32 bits; 0 for NULL. */
  public int getInt(int column) {
    return (int) getLong(column);
  }

  /** See {@link #getInt(int)}. */
  public int getInt(String name) {
    return getInt(indexOf(name));
  }

  /** Whether the value is a number other than 0. */
  public boolean getBoolean(int column) {
    return getDouble(column) != 0;
  }

  /** See {@link #getBoolean(int)}. */
  public boolean getBoolean(String name) {
    return getBoolean(indexOf(name));
  }

  /** The value as {@code CAST(x AS REAL)} gives it; 0 for NULL. */
  public double getDouble(int column) {
    return getObject(column) instanceof Double number ? number : cell(column).asDouble();
  }

  /** See {@link #getDouble(int)}. */
  public double getDouble(String name) {
    return getDouble(indexOf(name));
  }

  /** The value as {@code CAST(x AS TEXT)} gives it; null for NULL. */
  public @Nullable String getString(int column) {
    return getObject(column) instanceof String text ? text : cell(column).text();
  }

  /** See {@link #getString(int)}. */
  public @Nullable String getString(String name) {
    return getString(indexOf(name));
  }

  /** The bytes of a blob or text, or of a number's text; null for NULL. */
  public byte @Nullable [] getBlob(int column) {
    return cell(column).toByteArray();
  }

  /** See {@link #getBlob(int)}. */
  public byte @Nullable [] getBlob(String name) {
    return getBlob(indexOf(name));
  }

  private Mem cell(int column) {
    Mem cell = new Mem();
    Object value = getObject(column);
    if (value instanceof Long number) {
      cell.setInteger(number);
    } else if (value instanceof Double number) {
      cell.setReal(number);
    } else if (value instanceof String text) {
      cell.setText(text);
    } else if (value instanceof byte[] bytes) {
      cell.setBlob(bytes, 0, bytes.length);
    }
    return cell;
  }

  /** What a mapper makes of it. */
  public <T extends @Nullable Object> T as(RowMapper<T> mapper) {
    return mapper.map(this);
  }

  /** The values by the names of their columns; of columns with one name the last. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      map.put(names.get(i), values[i]);
    }
    return map;
  }

  /** For messages only. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      text.append(i == 0 ? "" : ", ").append(names.get(i)).append('=');
      text.append(value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value));
    }
    return text.append('}').toString();
  }
}
