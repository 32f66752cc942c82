package org.libsql4j.vfs;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.StringJoiner;

/** The real SQLite in another process, so that file locks count. */
public final class SqliteProcess implements AutoCloseable {
  private final Process process;
  private final PrintStream in;
  private final BufferedReader out;

  public SqliteProcess(Path database) {
    try {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      process =
          new ProcessBuilder(
                  java,
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  classPath(),
                  SqliteProcess.class.getName(),
                  database.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** From where the classes were loaded: test runners have class loaders of their own. */
  private static String classPath() {
    StringJoiner path = new StringJoiner(File.pathSeparator);
    for (String name :
        List.of(SqliteProcess.class.getName(), "org.sqlite.JDBC", "org.slf4j.LoggerFactory")) {
      try {
        URI location =
            Class.forName(name).getProtectionDomain().getCodeSource().getLocation().toURI();
        path.add(Path.of(location).toString());
      } catch (ClassNotFoundException | URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
    return path.toString();
  }

  /** First column of the first row, "ok" without a row, "error: ..." if it failed. */
  public String run(String sql) {
    in.println(sql);
    try {
      return String.valueOf(out.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process as a crash would. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    in.close();
    kill();
  }

  public static void main(String[] args) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + args[0] + "?busy_timeout=0");
        Statement statement = connection.createStatement()) {
      String line;
      while ((line = in.readLine()) != null) {
        out.println(answer(statement, line));
      }
    }
  }

  private static String answer(Statement statement, String sql) {
    try {
      if (!statement.execute(sql)) {
        return "ok";
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : "ok";
      }
    } catch (SQLException e) {
      return "error: " + e.getMessage();
    }
  }
}
