package org.libsql4j.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * The long values that a result set has given as Blobs and streams.
 *
 * <p>A stream ends with its row. A Blob is good as long as its transaction: to the end of that, and
 * in auto-commit mode to the end of the result set.
 */
final class ResultValues {
  private final LibsqlConnection connection;
  private final List<StoredValue> streams = new ArrayList<>();
  private final List<StoredValue> blobs = new ArrayList<>();

  ResultValues(LibsqlConnection connection) {
    this.connection = connection;
  }

  void add(StoredValue value, boolean forStream) {
    (forStream ? streams : blobs).add(value);
  }

  /** The result set goes to another row. */
  void rowLeft() {
    closeAll(streams);
    blobs.removeIf(value -> !value.isOpen());
  }

  void resultClosed() {
    closeAll(streams);
    if (connection.valuesEndWithResult()) {
      closeAll(blobs);
    }
    blobs.clear();
  }

  private static void closeAll(List<StoredValue> values) {
    values.forEach(StoredValue::close);
    values.clear();
  }
}
