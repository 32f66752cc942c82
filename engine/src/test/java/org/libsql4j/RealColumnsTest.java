package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole real numbers take as little room in an index that is made later as in one made before. */
class RealColumnsTest {
  @TempDir Path directory;

  @Test
  void anIndexMadeLaterIsNotLarger() {
    try (Connection connection =
        Database.openLocal(directory.resolve("real.db").toString()).connect()) {
      connection.execute("CREATE TABLE t(a REAL)");
      connection.execute("CREATE INDEX before ON t(a)");
      connection.execute(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
              + " INSERT INTO t SELECT i FROM n");
      connection.execute("CREATE INDEX later ON t(a)");
      try (Rows rows =
          connection.query(
              "SELECT sum(payload) FILTER (WHERE name = 'before'),"
                  + " sum(payload) FILTER (WHERE name = 'later') FROM dbstat")) {
        rows.next();
        assertThat(rows.getLong(1)).isEqualTo(rows.getLong(0));
      }
    }
  }
}
