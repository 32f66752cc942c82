package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Statement;

/**
 * The values of the parameters of a prepared statement, and those of the rows of its batch.
 *
 * <p>A value is a kind and either a number or an object, in three arrays that hold row after row;
 * so that a batch of numbers costs no objects. The row being set is the one after those of the
 * batch; it keeps the values of the row before until they are set anew.
 */
final class ParameterValues {
  private static final byte UNSET = 0;
  private static final byte NULL = 1;
  private static final byte INTEGER = 2;
  private static final byte REAL = 3;
  private static final byte TEXT = 4;
  private static final byte BLOB = 5;

  /** A blob in an array that nobody else has. */
  private static final byte OWN_BLOB = 6;

  private static final int FIRST_BATCH_ROWS = 16;

  private final int count;
  private final boolean unsetIsNull;
  private byte[] kinds;
  private long[] numbers;
  private @Nullable Object[] objects;
  private int batchRows;
  private int base;
  private boolean holdsBlobs;

  /**
   * @param count of parameters
   * @param unsetIsNull whether parameters without a value are NULL instead of an error
   */
  ParameterValues(int count, boolean unsetIsNull) {
    this.count = count;
    this.unsetIsNull = unsetIsNull;
    kinds = new byte[count];
    numbers = new long[count];
    objects = new Object[count];
  }

  int count() {
    return count;
  }

  int batchRows() {
    return batchRows;
  }

  // ---- setting
  // ------------------------------------------------------------------------------------

  void setNull(int parameter) throws SQLException {
    int slot = slot(parameter);
    kinds[slot] = NULL;
    objects[slot] = null;
  }

  void setLong(int parameter, long value) throws SQLException {
    int slot = slot(parameter);
    kinds[slot] = INTEGER;
    numbers[slot] = value;
  }

  void setDouble(int parameter, double value) throws SQLException {
    int slot = slot(parameter);
    kinds[slot] = REAL;
    numbers[slot] = Double.doubleToRawLongBits(value);
  }

  void setText(int parameter, @Nullable String value) throws SQLException {
    int slot = slot(parameter);
    kinds[slot] = value == null ? NULL : TEXT;
    objects[slot] = value;
  }

  /** The array must not change before it is bound or added to the batch. */
  void setBlob(int parameter, byte @Nullable [] value) throws SQLException {
    int slot = slot(parameter);
    kinds[slot] = value == null ? NULL : BLOB;
    objects[slot] = value;
    holdsBlobs = true;
  }

  /** The array is of nobody else and never changes. */
  void setOwnBlob(int parameter, byte[] value) throws SQLException {
    int slot = slot(parameter);
    kinds[slot] = OWN_BLOB;
    objects[slot] = value;
  }

  private int slot(int parameter) throws SQLException {
    if (parameter < 1 || parameter > count) {
      throw SqlErrors.noSuchParameter(parameter, count);
    }
    return base + parameter - 1;
  }

  /** Forgets the values of the row being set. */
  void clear() {
    Arrays.fill(kinds, base, base + count, UNSET);
    Arrays.fill(objects, base, base + count, null);
  }

  // ---- the batch
  // ----------------------------------------------------------------------------------

  /** Ends the row being set and begins the next one with the same values. */
  void addRow() throws SQLException {
    checkSet(base);
    if (holdsBlobs) {
      copyBlobs();
    }
    int next = base + count;
    if (next + count > kinds.length) {
      grow(next + count);
    }
    System.arraycopy(kinds, base, kinds, next, count);
    System.arraycopy(numbers, base, numbers, next, count);
    System.arraycopy(objects, base, objects, next, count);
    base = next;
    batchRows++;
  }

  private void grow(int needed) {
    int size = Math.max(needed, Math.max(kinds.length * 2, FIRST_BATCH_ROWS * count));
    kinds = Arrays.copyOf(kinds, size);
    numbers = Arrays.copyOf(numbers, size);
    objects = Arrays.copyOf(objects, size);
  }

  /** The application may use its array for the next row. */
  private void copyBlobs() {
    for (int i = base; i < base + count; i++) {
      if (kinds[i] == BLOB && objects[i] instanceof byte[] bytes) {
        objects[i] = bytes.clone();
      }
    }
  }

  /** Drops the rows of the batch; the row being set stays. */
  void clearBatch() {
    if (batchRows == 0) {
      return;
    }
    System.arraycopy(kinds, base, kinds, 0, count);
    System.arraycopy(numbers, base, numbers, 0, count);
    System.arraycopy(objects, base, objects, 0, count);
    Arrays.fill(objects, count, base + count, null);
    batchRows = 0;
    base = 0;
  }

  // ---- binding
  // ------------------------------------------------------------------------------------

  /** Binds the row being set. */
  void bind(Statement statement) throws SQLException {
    bindFrom(statement, base);
  }

  /** Binds a row of the batch, from 0. */
  void bindBatchRow(Statement statement, int row) throws SQLException {
    bindFrom(statement, row * count);
  }

  private void bindFrom(Statement statement, int from) throws SQLException {
    for (int i = 0; i < count; i++) {
      int slot = from + i;
      switch (kinds[slot]) {
        case INTEGER -> statement.bind(i + 1, numbers[slot]);
        case TEXT -> statement.bind(i + 1, (String) objects[slot]);
        case REAL -> statement.bind(i + 1, Double.longBitsToDouble(numbers[slot]));
        case BLOB -> statement.bind(i + 1, (byte[]) objects[slot]);
        case OWN_BLOB -> statement.bindShared(i + 1, (byte[]) objects[slot]);
        case NULL -> statement.bindNull(i + 1);
        default -> {
          checkSet(from);
          statement.bindNull(i + 1);
        }
      }
    }
  }

  private void checkSet(int from) throws SQLException {
    if (unsetIsNull) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if (kinds[from + i] == UNSET) {
        throw new SQLException(
            "Values not bound to statement: parameter " + (i + 1) + " is not set",
            SqlErrors.PARAMETER_NOT_SET);
      }
    }
  }

  /** Type of a parameter's value in the row being set as java.sql.Types has it. */
  int typeOf(int parameter) throws SQLException {
    return switch (kinds[slot(parameter)]) {
      case INTEGER -> java.sql.Types.INTEGER;
      case REAL -> java.sql.Types.REAL;
      case BLOB, OWN_BLOB -> java.sql.Types.BLOB;
      default -> java.sql.Types.VARCHAR;
    };
  }
}
