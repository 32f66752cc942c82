package org.libsql4j.compat.engines;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Statement;
import org.libsql4j.error.LibsqlException;

/** Our engine through its own API. */
public final class OurEngine implements SqlEngine {
  private final Connection connection;

  private OurEngine(Connection connection) {
    this.connection = connection;
  }

  /** Opens a file, or creates it. */
  public static OurEngine open(Path file) {
    return new OurEngine(Database.builder(file.toString()).foreignKeys(false).build().connect());
  }

  /** A connection opened otherwise; closed with this object. */
  public static OurEngine of(Connection connection) {
    return new OurEngine(connection);
  }

  public static OurEngine inMemory() {
    return new OurEngine(Database.builder(":memory:").foreignKeys(false).build().connect());
  }

  public Connection connection() {
    return connection;
  }

  @Override
  public Outcome run(String sql) {
    List<String> rows = new ArrayList<>();
    Outcome.Failure failure = null;
    try (Statement statement = connection.prepare(sql)) {
      int columns = statement.columnCount();
      while (statement.step()) {
        List<Object> row = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
          row.add(statement.getObject(i));
        }
        rows.add(CellText.row(row));
      }
    } catch (LibsqlException e) {
      failure = new Outcome.Failure(e.resultCode().code(), e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("failed otherwise than with an SQL error: " + sql, e);
    }
    return new Outcome(rows, failure, connection.changes(), connection.lastInsertRowid());
  }

  @Override
  public long totalChanges() {
    return connection.totalChanges();
  }

  @Override
  public void close() {
    connection.close();
  }

  @Override
  public String toString() {
    return "ours";
  }
}
