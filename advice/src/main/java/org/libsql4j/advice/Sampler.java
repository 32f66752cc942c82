package org.libsql4j.advice;

import java.util.stream.Collectors;
import org.libsql4j.Connection;
import org.libsql4j.Row;
import org.libsql4j.advice.Candidate.Key;
import org.libsql4j.sql.SqlNames;

/** Finds out from the data what ANALYZE would say of an index. */
final class Sampler {
  private static final int ALL = 100;

  private final Connection real;
  private final int percent;

  /**
   * @param percent how many of the rows to look at; 0 for none
   */
  Sampler(Connection real, int percent) {
    this.real = real;
    this.percent = percent;
  }

  boolean isOn() {
    return percent > 0;
  }

  /** The numbers of {@code sqlite_stat1}; empty for a table without rows. */
  String statistics(Candidate candidate) {
    StringBuilder numbers = new StringBuilder();
    for (int i = 1; i <= candidate.keys().size(); i++) {
      Row row = real.queryOne(query(candidate, i));
      long rows = row.getLong(0);
      long groups = row.getLong(1);
      if (rows == 0) {
        return "";
      }
      if (i == 1) {
        numbers.append(rows * ALL / percent);
      }
      numbers.append(' ').append((rows + groups - 1) / groups);
    }
    return numbers.toString();
  }

  private String query(Candidate candidate, int keys) {
    String from = SqlNames.quote(candidate.schema()) + "." + SqlNames.quote(candidate.table());
    String part = percent < ALL ? " WHERE abs(random() % " + ALL + ") < " + percent : "";
    String group =
        candidate.keys().subList(0, keys).stream()
            .map(Key::value)
            .collect(Collectors.joining(", "));
    return "SELECT coalesce(sum(n), 0), count(*) FROM (SELECT count(*) AS n FROM "
        + from
        + part
        + " GROUP BY "
        + group
        + ")";
  }
}
