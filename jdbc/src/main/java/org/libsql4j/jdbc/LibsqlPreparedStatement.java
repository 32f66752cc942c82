package org.libsql4j.jdbc;

import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libsql4j.RemoteBatch;
import org.libsql4j.Statement;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.spi.RemoteOutcome;

/**
 * A statement that is compiled once and executed with other values again and again.
 *
 * <p>The values are kept here and bound when the statement is executed; so they may be set while
 * the rows of the execution before are being read, and a batch is bound row by row in one loop.
 *
 * <p>If the text holds more statements, those are compiled and run after the first each time, as
 * what they refer to may come into being only then.
 */
final class LibsqlPreparedStatement extends ParameterSetters {
  private final PreparedText prepared;
  private final Statement statement;
  private final SqlVerb verb;

  /** Whether the rows that it gives are generated keys, by a clause that the driver has added. */
  private final boolean returnsKeys;

  LibsqlPreparedStatement(
      LibsqlConnection connection, PreparedText prepared, GeneratedKeys keys, boolean returnsKeys) {
    super(connection, prepared.newValues());
    this.prepared = prepared;
    this.statement = prepared.statement();
    this.verb = prepared.verb();
    this.keys = keys;
    this.returnsKeys = returnsKeys;
    this.poolable = true;
  }

  // ---- executing
  // ----------------------------------------------------------------------------------

  private void begin() throws SQLException {
    checkOpen();
    endResults();
    keys.clear();
    connection.beforeExecution(verb, this);
  }

  private void bind() throws SQLException {
    try {
      values.bind(statement);
    } catch (LibsqlException e) {
      throw failure(e);
    }
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    if (!givesRows()) {
      checkOpen();
      throw noRows();
    }
    begin();
    if (prepared.hasRest()) {
      bind();
      runWithRest(statement, prepared.columns(), verb, prepared.text());
      return Objects.requireNonNull(result);
    }
    return query();
  }

  private boolean givesRows() {
    return statement.columnCount() > 0 && !returnsKeys;
  }

  private LibsqlResultSet query() throws SQLException {
    try {
      bind();
      boolean hasRow = step(statement);
      LibsqlResultSet rows =
          scrollable
              ? stored(statement, prepared.columns(), hasRow)
              : new LibsqlResultSet(this, statement, prepared.columns(), hasRow, maxRows);
      result = rows;
      return rows;
    } catch (LibsqlException e) {
      throw failure(e);
    }
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    if (prepared.isPureQuery()) {
      checkOpen();
      throw hasRows();
    }
    begin();
    bind();
    try {
      long count = returnsKeys ? runReturning() : runUpdate(statement, verb);
      if (prepared.hasRest()) {
        count += updateAll(prepared.text(), statement.tailOffset());
      }
      updateCount = count;
      return count;
    } catch (LibsqlException e) {
      throw failure(e);
    }
  }

  /** Runs to the end and keeps the rows as generated keys. */
  private long runReturning() {
    boolean found = step(statement);
    while (found) {
      keys.addReturned(statement, prepared.columns());
      found = step(statement);
    }
    return statement.connection().changes();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return toInt(executeLargeUpdate());
  }

  @Override
  public boolean execute() throws SQLException {
    if (prepared.hasRest()) {
      begin();
      bind();
      return runWithRest(statement, prepared.columns(), verb, prepared.text());
    }
    if (givesRows()) {
      begin();
      query();
      return true;
    }
    executeLargeUpdate();
    return false;
  }

  // ---- batches
  // ------------------------------------------------------------------------------------

  @Override
  public void addBatch() throws SQLException {
    checkOpen();
    values.addRow();
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    values.clearBatch();
  }

  /**
   * Runs the batch. In auto-commit mode the rows share one transaction, which keeps the rows before
   * one that fails.
   */
  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    if (prepared.isPureQuery()) {
      throw BatchFailures.of(hasRows(), new long[0], 0);
    }
    int rows = values.batchRows();
    long[] counts = new long[rows];
    if (rows == 0) {
      return counts;
    }
    begin();
    boolean ownTransaction =
        rows > 1 && verb.changesRows() && !prepared.hasRest() && connection.beginBatch(this);
    try {
      runBatch(counts, ownTransaction);
    } catch (SQLException e) {
      endFailedBatch(ownTransaction, e);
      throw e;
    } finally {
      values.clearBatch();
    }
    if (ownTransaction) {
      connection.endBatch();
    }
    return counts;
  }

  private void endFailedBatch(boolean ownTransaction, SQLException failure) {
    if (ownTransaction) {
      try {
        connection.endBatch();
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private void runBatch(long[] counts, boolean ownTransaction) throws SQLException {
    if (statement.connection().isRemote() && !returnsKeys && verb.changesRows()) {
      runRemotely(counts, ownTransaction);
      return;
    }
    int row = 0;
    try {
      for (; row < counts.length; row++) {
        values.bindBatchRow(statement, row);
        counts[row] = returnsKeys ? runReturning() : runUpdate(statement, verb);
        if (prepared.hasRest()) {
          counts[row] += updateAll(prepared.text(), statement.tailOffset());
        }
      }
    } catch (LibsqlException e) {
      // OR ROLLBACK and some failures take the rows before along with the transaction they share.
      boolean undone = ownTransaction && statement.connection().isAutoCommit();
      throw connection.batchFailure(failure(e), counts, undone ? 0 : row);
    } catch (SQLException e) {
      throw connection.batchFailure(e, counts, row);
    }
  }

  /** Sends many rows at a time to the server. */
  private void runRemotely(long[] counts, boolean ownTransaction) throws SQLException {
    RemoteBatch batch = statement.connection().newRemoteBatch();
    try {
      for (int row = 0; row < counts.length; row++) {
        values.bindBatchRow(statement, row);
        batch.add(statement);
      }
    } catch (LibsqlException e) {
      throw connection.batchFailure(failure(e), new long[0], 0);
    }
    int row = 0;
    for (RemoteOutcome outcome : runCollectingKeys(batch)) {
      LibsqlException failure = outcome.failure();
      if (failure != null) {
        boolean undone = ownTransaction && statement.connection().isAutoCommit();
        throw connection.batchFailure(failure(failure), counts, undone ? 0 : row);
      }
      counts[row++] = outcome.changes();
    }
  }

  private List<RemoteOutcome> runCollectingKeys(RemoteBatch batch) throws SQLException {
    keys.begin(statement.connection());
    try {
      return batch.run();
    } catch (LibsqlException e) {
      throw connection.batchFailure(failure(e), new long[0], 0);
    } finally {
      keys.end(statement.connection());
    }
  }

  // ---- about it
  // -----------------------------------------------------------------------------------

  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return givesRows() ? new LibsqlResultSetMetaData(connection, prepared.columns(), null) : null;
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new LibsqlParameterMetaData(values);
  }

  @Override
  public void close() throws SQLException {
    if (isClosed()) {
      super.close();
      return;
    }
    super.close();
    if (poolable) {
      connection.statementCache().give(prepared);
    } else {
      prepared.close();
    }
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this, statement);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Wrapping.isWrapper(type, this, statement);
  }

  @Override
  public String toString() {
    return statement.sql();
  }

  // ---- what only statements without a text of their own can do
  // -----------------------------------------

  private SQLException hasText() throws SQLException {
    checkOpen();
    return new SQLException("a prepared statement has its text already", SqlErrors.BAD_SEQUENCE);
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    throw hasText();
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    throw hasText();
  }

  @Override
  public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
    throw hasText();
  }

  @Override
  public boolean execute(String sql, int[] columnIndexes) throws SQLException {
    throw hasText();
  }

  @Override
  public boolean execute(String sql, String[] columnNames) throws SQLException {
    throw hasText();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    throw hasText();
  }

  @Override
  public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    throw hasText();
  }

  @Override
  public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
    throw hasText();
  }

  @Override
  public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
    throw hasText();
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    throw hasText();
  }
}
