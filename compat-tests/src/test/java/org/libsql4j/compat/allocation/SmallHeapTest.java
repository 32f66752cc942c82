package org.libsql4j.compat.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.compat.crash.ChildJvm;

/** Queries whose intermediate results are larger than the heap of the JVM. */
class SmallHeapTest {
  private static final int HEAP_MEGABYTES = 48;

  private static final String ROWS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000)";

  /** 45 MB to sort, 15 MB in an automatic index, 60,000 long rows that wait in a queue. */
  private static final String[] QUERIES = {
    ROWS
        + " SELECT count(x) FROM (SELECT printf('%0150d', i * 7919 % 1000003) AS x FROM n"
        + " ORDER BY x LIMIT -1 OFFSET 1)",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000),"
        + " m AS MATERIALIZED (SELECT i, printf('%0120d', i) AS y FROM n),"
        + " o AS MATERIALIZED (SELECT i, printf('%0120d', i) AS y FROM n)"
        + " SELECT count(*) FROM m JOIN o ON m.y = o.y",
    "WITH RECURSIVE w(i, x) AS (SELECT 0, '' UNION ALL"
        + " SELECT 2 * i + b, printf('%0400d', i) FROM w, (SELECT 1 AS b UNION ALL SELECT 2)"
        + " WHERE i < 40000) SELECT count(*) FROM w",
  };

  @Test
  void largeResultsFitIntoASmallHeap() throws Exception {
    Process child = ChildJvm.startWithHeap(HEAP_MEGABYTES, Child.class);
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.lines()).containsExactly("299999", "100000", "80001");
    } finally {
      child.destroyForcibly();
    }
  }

  /** What runs in the JVM with the small heap. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      try (Connection connection = Database.openLocal(":memory:").connect()) {
        for (String query : QUERIES) {
          System.out.println(connection.queryOne(query).getLong(0));
        }
      }
    }
  }
}
