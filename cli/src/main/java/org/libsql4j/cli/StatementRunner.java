package org.libsql4j.cli;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libsql4j.cli.format.Cell;
import org.libsql4j.cli.format.ExplainPrinter;
import org.libsql4j.cli.format.QueryPlanPrinter;
import org.libsql4j.cli.format.RowPrinter;
import org.libsql4j.cli.format.RowPrinters;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.sql.SqlCompleteness;

/** Runs SQL and prints what it gives. */
public final class StatementRunner {
  /** When a statement failed. */
  enum Stage {
    OPEN,
    PREPARE,
    STEP
  }

  /**
   * Why a statement failed.
   *
   * @param statement its text
   */
  record Failure(Stage stage, EngineError error, String statement) {}

  private static final Pattern EXPLAIN =
      Pattern.compile(
          "\\s*EXPLAIN\\b(\\s+QUERY\\s+PLAN\\b)?.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Shell shell;
  private volatile @Nullable PreparedStatement running;

  StatementRunner(Shell shell) {
    this.shell = shell;
  }

  /** Runs the statements of a text one after another, up to the first that fails. */
  @Nullable Failure run(String sql) {
    ExpertMode expert = shell.expert();
    shell.setExpert(null);
    int number = 0;
    int at = 0;
    while (at < sql.length()) {
      int end = SqlCompleteness.statementEnd(sql, at);
      String statement = sql.substring(at, end).stripLeading();
      if (!SqlCompleteness.isBlank(statement)) {
        number++;
        Failure failure = expert == null ? runOne(statement) : advise(expert, statement, number);
        if (failure != null) {
          return failure;
        }
      }
      at = end;
    }
    return null;
  }

  /** Stops the statement that another thread is running. */
  void interrupt() {
    PreparedStatement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        shell.error("Error: " + EngineError.of(e).message());
      }
    }
  }

  private @Nullable Failure advise(ExpertMode expert, String sql, int number) {
    try {
      expert.advise(shell, sql, number);
      return null;
    } catch (SQLException e) {
      return new Failure(Stage.PREPARE, EngineError.of(e), sql);
    } catch (LibsqlException e) {
      return new Failure(Stage.PREPARE, EngineError.of(e), sql);
    }
  }

  private @Nullable Failure runOne(String sql) {
    try {
      shell.database().connection();
    } catch (SQLException e) {
      return new Failure(Stage.OPEN, EngineError.of(e), sql);
    }
    Matcher explain = EXPLAIN.matcher(sql);
    boolean isExplain = explain.matches();
    if (shell.flags().queryPlan && !isExplain) {
      run(sql, "EXPLAIN QUERY PLAN " + sql, new QueryPlanPrinter(shell.output()));
    }
    RowPrinter printer;
    if (!isExplain || shell.flags().explainRaw) {
      printer = RowPrinters.of(shell.display(), shell.output());
    } else if (explain.group(1) == null) {
      printer = new ExplainPrinter(shell.display(), shell.output());
    } else {
      printer = new QueryPlanPrinter(shell.output());
    }
    return run(sql, sql, printer);
  }

  /**
   * Runs one statement.
   *
   * @param original the text that a failure names
   * @param sql the text that is run
   */
  private @Nullable Failure run(String original, String sql, RowPrinter printer) {
    Stage stage = Stage.PREPARE;
    try (PreparedStatement statement = shell.database().connection().prepareStatement(sql)) {
      stage = Stage.STEP;
      running = statement;
      if (statement.execute()) {
        print(statement, printer);
      }
      return null;
    } catch (SQLException e) {
      return new Failure(stage, EngineError.of(e), original);
    } finally {
      running = null;
    }
  }

  /** Runs a query and prints its rows; what fails is the caller's to report. */
  public void print(String sql, RowPrinter printer) throws SQLException {
    try (PreparedStatement statement = shell.database().connection().prepareStatement(sql)) {
      if (statement.execute()) {
        print(statement, printer);
      }
    }
  }

  /** Prints rows as they come; those before a failure are printed in full. */
  private static void print(PreparedStatement statement, RowPrinter printer) throws SQLException {
    boolean begun = false;
    try (ResultSet rows = statement.getResultSet()) {
      ResultSetMetaData columns = rows.getMetaData();
      int count = columns.getColumnCount();
      while (rows.next()) {
        if (!begun) {
          printer.begin(names(columns));
          begun = true;
        }
        List<Cell> cells = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
          cells.add(Cell.of(rows, i));
        }
        printer.row(cells);
      }
    } finally {
      if (begun) {
        printer.end();
      }
    }
  }

  private static List<String> names(ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
    }
    return names;
  }
}
