package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** EXPLAIN QUERY PLAN says the same as the real engine, line by line. */
class PlanTextTest {
  @TempDir Path directory;

  @Test
  void plansAreThoseOfTheRealEngine() throws Exception {
    Path file = directory.resolve("plans.db");
    List<String> setup = new ArrayList<>();
    for (String line : read("optimized-queries.sql")) {
      if (!line.startsWith("--")) {
        setup.add(line);
      }
      if (line.startsWith("CREATE VIEW w2")) {
        break;
      }
    }
    List<String> different = new ArrayList<>();
    try (java.sql.Connection real = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      try (java.sql.Statement statement = real.createStatement()) {
        for (String sql : setup) {
          statement.execute(sql);
        }
      }
      try (Connection ours = Database.openLocal(file.toString()).connect()) {
        for (String query : read("query-plans.txt")) {
          List<String> expected = theirs(real, query);
          List<String> found = ours(ours, query);
          if (!found.equals(expected)) {
            different.add(query + "\n  expected " + expected + "\n  but was  " + found);
          }
        }
      }
    }
    assertThat(different).isEmpty();
  }

  private static List<String> theirs(java.sql.Connection connection, String query)
      throws SQLException {
    List<String> lines = new ArrayList<>();
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + query)) {
      while (rows.next()) {
        lines.add(rows.getString(4));
      }
    }
    return lines;
  }

  private static List<String> ours(Connection connection, String query) {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.prepare("EXPLAIN QUERY PLAN " + query)) {
      while (statement.step()) {
        lines.add(String.valueOf(statement.getObject(3)));
      }
    }
    return lines;
  }

  private static List<String> read(String name) throws IOException {
    String resource = "/differential/" + name;
    try (InputStream in = PlanTextTest.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no such file: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
