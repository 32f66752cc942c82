package org.libsql4j.compat.engines;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement did.
 *
 * @param rows its rows as {@link CellText} writes them, in order
 * @param error result code and message, or null
 * @param changes what {@code changes()} says afterwards
 * @param lastInsertRowid what {@code last_insert_rowid()} says afterwards
 */
public record Outcome(
    List<String> rows, @Nullable Failure error, long changes, long lastInsertRowid) {

  /**
   * A failed statement.
   *
   * @param code extended result code
   * @param message text of {@code sqlite3_errmsg()}
   */
  public record Failure(int code, String message) {
    @Override
    public String toString() {
      return "[" + code + "] " + message;
    }
  }

  /** The same with the rows in an order that does not depend on the engine. */
  public Outcome sorted() {
    return new Outcome(rows.stream().sorted().toList(), error, changes, lastInsertRowid);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    rows.stream().sorted().limit(80).forEach(row -> text.append("  ").append(row).append('\n'));
    if (rows.size() > 80) {
      text.append("  ... ").append(rows.size()).append(" rows\n");
    }
    if (error != null) {
      text.append("  ").append(error).append('\n');
    }
    return text.append("  changes ")
        .append(changes)
        .append(", last rowid ")
        .append(lastInsertRowid)
        .toString();
  }
}
