package org.libsql4j.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Statement;
import org.libsql4j.error.LibsqlException;

/**
 * A statement of the engine with what the driver has found out about it. One prepared statement at
 * a time uses it; between uses it may wait in a {@link StatementCache}.
 */
final class PreparedText {
  private final String text;
  private final Statement statement;
  private final SqlVerb verb;
  private final boolean isPureQuery;
  private final boolean hasRest;
  private final int parameterCount;
  private final boolean isNumbered;
  private @Nullable Columns columns;
  private int columnsOf;

  /**
   * @param text that was prepared, and is looked up in the cache
   */
  PreparedText(String text, Statement statement) {
    this.text = text;
    this.statement = statement;
    this.verb = SqlVerb.of(statement.sql(), 0);
    this.isPureQuery = LibsqlStatement.isPureQuery(statement, verb);
    this.hasRest = !SqlVerb.isBlank(text, statement.tailOffset());
    this.parameterCount = statement.parameterCount();
    this.isNumbered = isNumbered(statement);
    // What the application does not set is NULL, and is planned for as such.
    statement.clearBindings();
  }

  private static boolean isNumbered(Statement statement) {
    for (String name : statement.parameterNames()) {
      if (name != null && name.startsWith("?")) {
        return true;
      }
    }
    return false;
  }

  String text() {
    return text;
  }

  Statement statement() {
    return statement;
  }

  SqlVerb verb() {
    return verb;
  }

  /** Whether it does nothing but give rows. */
  boolean isPureQuery() {
    return isPureQuery;
  }

  /** Whether other statements follow, which are compiled when it has run. */
  boolean hasRest() {
    return hasRest;
  }

  ParameterValues newValues() {
    return new ParameterValues(parameterCount, isNumbered);
  }

  /** The columns of the result as they are now: a schema change may have changed them. */
  Columns columns() {
    Columns known = columns;
    if (known == null || columnsOf != statement.recompilations()) {
      known = Columns.of(statement);
      columns = known;
      columnsOf = statement.recompilations();
    }
    return known;
  }

  /** Makes it ready for the next user; false if it cannot be used again. */
  boolean recycle() {
    statement.reset();
    if (!statement.isCurrent()) {
      return false;
    }
    statement.clearBindings();
    return true;
  }

  void close() throws SQLException {
    try {
      statement.close();
    } catch (LibsqlException e) {
      throw SqlErrors.of(e);
    }
  }
}
