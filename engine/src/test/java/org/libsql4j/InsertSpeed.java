package org.libsql4j;

import java.io.File;
import java.sql.DriverManager;

/** Measures prepared inserts into a table with an index, here and in the reference library. */
final class InsertSpeed {
  private InsertSpeed() {}

  private static final int ROWS = 300_000;

  public static void main(String[] args) throws Exception {
    for (int round = 0; round < 4; round++) {
      File file = File.createTempFile("insert", ".db");
      file.delete();
      try (var reference = DriverManager.getConnection("jdbc:sqlite:" + file)) {
        reference.createStatement().execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a, b)");
        reference.createStatement().execute("CREATE INDEX i ON t(a)");
        reference.setAutoCommit(false);
        long start = System.nanoTime();
        try (var statement = reference.prepareStatement("INSERT INTO t(a,b) VALUES (?,?)")) {
          for (int i = 0; i < ROWS; i++) {
            statement.setLong(1, i * 7919L % 1_000_003);
            statement.setString(2, "some text " + i);
            statement.executeUpdate();
          }
        }
        reference.commit();
        System.out.println("reference " + (System.nanoTime() - start) / ROWS + " ns");
        reference.createStatement().execute("DELETE FROM t");
        reference.commit();
      }
      try (Connection connection = Database.openLocal(file.toPath()).connect()) {
        connection.begin();
        long start = System.nanoTime();
        try (Statement statement = connection.prepare("INSERT INTO t(a,b) VALUES (?,?)")) {
          for (int i = 0; i < ROWS; i++) {
            statement.bind(1, i * 7919L % 1_000_003);
            statement.bind(2, "some text " + i);
            statement.execute();
            statement.reset();
          }
        }
        connection.commit();
        System.out.println("here      " + (System.nanoTime() - start) / ROWS + " ns");
      }
      file.delete();
    }
  }
}
