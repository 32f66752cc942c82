package org.libsql4j.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Statement;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Runs SQL given as text.
 *
 * <p>All statements of a text are run when it is executed, and each gives one result, in order, for
 * {@link #getMoreResults()}: an update count, or rows. The rows of the last statement come as they
 * are asked for; those of the ones before are kept in memory.
 */
class LibsqlStatement implements java.sql.Statement {
  static final long NO_COUNT = -1;

  /** What one statement gave: rows, or a count if there are none. */
  private record Outcome(@Nullable LibsqlResultSet rows, long count) {}

  final LibsqlConnection connection;
  GeneratedKeys keys = new GeneratedKeys(false);
  @Nullable LibsqlResultSet result;
  long updateCount = NO_COUNT;
  int maxRows;
  private long largeMaxRows;
  private final Queue<Outcome> pending = new ArrayDeque<>();
  private final List<String> batch = new ArrayList<>();
  private @Nullable Statement streaming;
  private @Nullable QueryTimer timer;
  private int queryTimeoutSeconds;
  private int fetchSize;

  /** To how many bytes texts and blobs of results are cut; 0 for no limit. */
  int maxFieldBytes;

  /** Whether what was prepared is kept for later. */
  boolean poolable;

  private boolean escapes = true;

  /** Whether all rows of a result are read at once, and its cursor goes back, too. */
  boolean scrollable;

  private int holdability;
  private boolean closeOnCompletion;
  private boolean closed;

  LibsqlStatement(LibsqlConnection connection) {
    this.connection = connection;
    connection.opened(this);
    setKind(false, connection.holdability());
  }

  /** What results it has from now on. */
  final void setKind(boolean scrolls, int resultHoldability) {
    scrollable = scrolls;
    holdability = resultHoldability;
    connection.closeAtCommit(this, holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT);
  }

  // ---- executing
  // ----------------------------------------------------------------------------------

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    begin(new GeneratedKeys(false));
    run(sql, true);
    LibsqlResultSet rows = result;
    if (rows == null) {
      throw noRows();
    }
    return rows;
  }

  static SQLException noRows() {
    return new SQLException("query does not return ResultSet", SqlErrors.GENERAL);
  }

  static SQLException hasRows() {
    return new SQLException("Query returns results", SqlErrors.GENERAL);
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return execute(sql, new GeneratedKeys(false));
  }

  private boolean execute(String sql, GeneratedKeys wanted) throws SQLException {
    begin(wanted);
    run(sql, false);
    return result != null;
  }

  /** Ends what the execution before left. */
  private void begin(GeneratedKeys wanted) throws SQLException {
    checkOpen();
    endResults();
    keys = wanted;
  }

  /** What is run for a text that the application gave. */
  private String translate(String sql) throws SQLException {
    return escapes ? connection.nativeSQL(sql) : SqlErrors.required(sql, "sql");
  }

  private void run(String text, boolean rowsWanted) throws SQLException {
    String sql = translate(text);
    if (!rowsWanted && runCopy(sql)) {
      pending.add(new Outcome(null, 0));
      advance();
      return;
    }
    runAll(sql, 0, rowsWanted);
    if (pending.isEmpty()) {
      pending.add(new Outcome(null, 0));
    }
    advance();
  }

  /** Runs the statements of a text from an offset on. */
  private void runAll(String sql, int start, boolean rowsWanted) throws SQLException {
    int offset = start;
    while (!SqlVerb.isBlank(sql, offset)) {
      Statement statement = connection.prepareEngine(sql, offset, timer);
      if (offset == 0 && rowsWanted && statement.columnCount() == 0) {
        statement.close();
        throw noRows();
      }
      int next = Math.max(statement.tailOffset(), offset + 1);
      try {
        checkNoParameters(statement, start);
      } catch (SQLException e) {
        statement.close();
        throw e;
      }
      pending.add(runOne(statement, SqlVerb.of(sql, offset), SqlVerb.isBlank(sql, next)));
      offset = next;
    }
  }

  /**
   * Runs a statement that others follow in a text, and those too; whether the first result is rows.
   */
  final boolean runWithRest(Statement first, Columns columns, SqlVerb verb, String sql)
      throws SQLException {
    try {
      pending.add(
          first.columnCount() == 0
              ? new Outcome(null, runUpdate(first, verb))
              : new Outcome(stored(first, columns, step(first)), NO_COUNT));
    } catch (LibsqlException e) {
      throw failure(e);
    }
    runAll(sql, first.tailOffset(), false);
    advance();
    return result != null;
  }

  /** Runs a command that copies a database, which is no SQL; false if it is none. */
  private boolean runCopy(String sql) throws SQLException {
    CopyCommand command = CopyCommand.parse(sql);
    if (command == null) {
      return false;
    }
    command.run(connection);
    return true;
  }

  private Outcome runOne(Statement statement, SqlVerb verb, boolean isLast) throws SQLException {
    boolean stays = false;
    try {
      connection.beforeExecution(verb, this);
      if (statement.columnCount() == 0) {
        return new Outcome(null, runUpdate(statement, verb));
      }
      boolean hasRow = step(statement);
      Columns columns = Columns.of(statement);
      if (isLast && !scrollable) {
        stays = true;
        streaming = statement;
        return new Outcome(
            new LibsqlResultSet(this, statement, columns, hasRow, maxRows), NO_COUNT);
      }
      return new Outcome(stored(statement, columns, hasRow), NO_COUNT);
    } catch (LibsqlException e) {
      throw failure(e);
    } finally {
      if (!stays) {
        statement.close();
      }
    }
  }

  /** The rows of a statement, all read. */
  final LibsqlResultSet stored(Statement statement, Columns columns, boolean hasRow) {
    return new LibsqlResultSet(
        this, store(statement, columns, hasRow), connection.dates(), scrollable);
  }

  private StoredRows store(Statement statement, Columns columns, boolean hasRow) {
    StoredRows rows = new StoredRows(columns);
    boolean found = hasRow;
    while (found) {
      if (maxRows == 0 || rows.count() < maxRows) {
        rows.addFrom(statement);
      }
      found = step(statement);
    }
    return rows;
  }

  /** Runs a statement to its end; what it inserts, the generated keys get to know. */
  final long runUpdate(Statement statement, SqlVerb verb) {
    GeneratedKeys known = keys;
    org.libsql4j.Connection engine = statement.connection();
    known.begin(engine);
    long count;
    try {
      QueryTimer limit = timer;
      count = limit == null ? statement.execute() : limit.execute(statement);
    } finally {
      known.end(engine);
    }
    if (verb == SqlVerb.INSERT && count > 0) {
      known.inserted(engine.lastInsertRowid());
    }
    return count;
  }

  /** Steps a statement, under the query timeout if there is one. */
  final boolean step(Statement statement) {
    QueryTimer limit = timer;
    return limit == null ? statement.step() : limit.step(statement);
  }

  /** Runs a statement that this one needs, under the query timeout if there is one. */
  final void runLimited(Statement statement) throws SQLException {
    QueryTimer limit = timer;
    try {
      if (limit == null) {
        statement.execute();
      } else {
        limit.execute(statement);
      }
    } catch (LibsqlException e) {
      throw failure(e);
    }
  }

  /** What a failure of the engine is as an SQLException. */
  final SQLException failure(LibsqlException e) {
    QueryTimer limit = timer;
    return limit != null && limit.hasFired() && e.resultCode() == ResultCode.INTERRUPT
        ? connection.failure(SqlErrors.timeout(e))
        : connection.failure(SqlErrors.of(e));
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    return update(sql, new GeneratedKeys(false));
  }

  private long update(String text, GeneratedKeys wanted) throws SQLException {
    begin(wanted);
    String sql = translate(text);
    if (runCopy(sql)) {
      updateCount = 0;
      return 0;
    }
    long total = updateAll(sql, 0);
    updateCount = total;
    return total;
  }

  /** Runs the statements of a text from an offset on, and adds their counts up. */
  final long updateAll(String sql, int start) throws SQLException {
    long total = 0;
    int offset = start;
    while (!SqlVerb.isBlank(sql, offset)) {
      SqlVerb verb = SqlVerb.of(sql, offset);
      try (Statement statement = connection.prepareEngine(sql, offset, timer)) {
        if (isPureQuery(statement, verb)) {
          throw hasRows();
        }
        checkNoParameters(statement, start);
        connection.beforeExecution(verb, this);
        total += runUpdate(statement, verb);
        offset = Math.max(statement.tailOffset(), offset + 1);
      } catch (LibsqlException e) {
        throw failure(e);
      }
    }
    return total;
  }

  /**
   * What follows the first statement of a prepared text is compiled too late to be given values.
   */
  private static void checkNoParameters(Statement statement, int start) throws SQLException {
    if (start > 0 && statement.parameterCount() > 0) {
      throw new SQLException(
          "of several statements only the first can have parameters", SqlErrors.GENERAL);
    }
  }

  /** Whether a statement does nothing but give rows. */
  static boolean isPureQuery(Statement statement, SqlVerb verb) {
    return statement.columnCount() > 0
        && statement.isReadOnly()
        && verb != SqlVerb.PRAGMA
        && verb != SqlVerb.EXPLAIN;
  }

  static int toInt(long count) {
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  @Override
  public int executeUpdate(String sql) throws SQLException {
    return toInt(executeLargeUpdate(sql));
  }

  // ---- executing, with generated keys
  // ---------------------------------------------------------------

  @Override
  public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    return toInt(executeLargeUpdate(sql, autoGeneratedKeys));
  }

  @Override
  public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
    return toInt(executeLargeUpdate(sql, columnIndexes));
  }

  @Override
  public int executeUpdate(String sql, String[] columnNames) throws SQLException {
    return toInt(executeLargeUpdate(sql, columnNames));
  }

  @Override
  public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    return update(sql, connection.keys(autoGeneratedKeys));
  }

  @Override
  public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
    return update(
        sql, new GeneratedKeys(SqlErrors.required(columnIndexes, "columnIndexes").length > 0));
  }

  @Override
  public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
    checkOpen();
    if (SqlErrors.required(columnNames, "columnNames").length == 0) {
      return executeLargeUpdate(sql);
    }
    endResults();
    try (LibsqlPreparedStatement statement = connection.prepareReturning(sql, columnNames)) {
      statement.setQueryTimeout(queryTimeoutSeconds);
      long count = statement.executeLargeUpdate();
      keys = statement.keys;
      updateCount = count;
      return count;
    }
  }

  @Override
  public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
    return execute(sql, connection.keys(autoGeneratedKeys));
  }

  @Override
  public boolean execute(String sql, int[] columnIndexes) throws SQLException {
    return execute(
        sql, new GeneratedKeys(SqlErrors.required(columnIndexes, "columnIndexes").length > 0));
  }

  @Override
  public boolean execute(String sql, String[] columnNames) throws SQLException {
    boolean wanted = SqlErrors.required(columnNames, "columnNames").length > 0;
    if (!wanted || !SqlVerb.of(SqlErrors.required(sql, "sql"), 0).mayReturn()) {
      return execute(sql);
    }
    executeLargeUpdate(sql, columnNames);
    return false;
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    return keys.resultSet(this);
  }

  // ---- results
  // ------------------------------------------------------------------------------------

  /** Makes the next result the current one. */
  private void advance() {
    Outcome next = pending.poll();
    result = next == null ? null : next.rows();
    updateCount = next == null ? NO_COUNT : next.count();
  }

  /** Closes the results of the execution before. */
  final void endResults() throws SQLException {
    LibsqlResultSet current = result;
    if (current != null) {
      result = null;
      current.close();
    }
    updateCount = NO_COUNT;
    if (!pending.isEmpty()) {
      endPending();
    }
    if (streaming != null) {
      closeStreaming();
    }
  }

  /** Closes the rows at hand, if there are any. */
  final void closeResult() throws SQLException {
    LibsqlResultSet current = result;
    if (current != null) {
      current.close();
    }
  }

  private void endPending() throws SQLException {
    for (Outcome outcome : new ArrayList<>(pending)) {
      pending.remove();
      LibsqlResultSet rows = outcome.rows();
      if (rows != null) {
        rows.close();
      }
    }
  }

  private void closeStreaming() throws SQLException {
    Statement statement = streaming;
    streaming = null;
    if (statement != null) {
      try {
        statement.close();
      } catch (LibsqlException e) {
        throw connection.failure(SqlErrors.of(e));
      }
    }
  }

  /** Called by a result set of this statement when it is closed. */
  void resultClosed(LibsqlResultSet rows) throws SQLException {
    if (rows == result) {
      if (pending.isEmpty() && streaming != null) {
        closeStreaming();
      }
      if (closeOnCompletion && pending.isEmpty()) {
        close();
      }
    }
  }

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    return result;
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return toInt(getLargeUpdateCount());
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    checkOpen();
    return updateCount;
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return getMoreResults(CLOSE_CURRENT_RESULT);
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    if (current == KEEP_CURRENT_RESULT) {
      throw SqlErrors.unsupported("KEEP_CURRENT_RESULT");
    }
    if (current != CLOSE_CURRENT_RESULT && current != CLOSE_ALL_RESULTS) {
      throw SqlErrors.badArgument("unknown constant " + current);
    }
    closeResult();
    if (!closed) {
      advance();
    }
    return result != null;
  }

  // ---- batches
  // ------------------------------------------------------------------------------------

  @Override
  public void addBatch(String sql) throws SQLException {
    checkOpen();
    batch.add(SqlErrors.required(sql, "sql"));
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return toInts(executeLargeBatch());
  }

  static int[] toInts(long[] counts) {
    int[] result = new int[counts.length];
    for (int i = 0; i < counts.length; i++) {
      result[i] = toInt(counts[i]);
    }
    return result;
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    List<String> statements = new ArrayList<>(batch);
    batch.clear();
    long[] counts = new long[statements.size()];
    int done = 0;
    try {
      for (String sql : statements) {
        counts[done] = executeLargeUpdate(sql);
        done++;
      }
    } catch (SQLException e) {
      throw BatchFailures.of(e, counts, done);
    }
    return counts;
  }

  // ---- settings
  // -----------------------------------------------------------------------------------

  final void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.statementClosed();
    }
    connection.checkOpen();
  }

  @Override
  public int getMaxRows() throws SQLException {
    checkOpen();
    return maxRows;
  }

  @Override
  public void setMaxRows(int max) throws SQLException {
    checkOpen();
    if (max < 0) {
      throw SqlErrors.badArgument("max row count must be >= 0");
    }
    maxRows = max;
    largeMaxRows = max;
  }

  @Override
  public long getLargeMaxRows() throws SQLException {
    checkOpen();
    return largeMaxRows;
  }

  /** A limit beyond what an {@code int} can count has no effect. */
  @Override
  public void setLargeMaxRows(long max) throws SQLException {
    setMaxRows(max > Integer.MAX_VALUE ? 0 : (int) Math.max(max, -1));
    largeMaxRows = max;
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    checkOpen();
    return queryTimeoutSeconds;
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    checkOpen();
    if (seconds < 0) {
      throw SqlErrors.badArgument("query timeout must be >= 0");
    }
    if (seconds != queryTimeoutSeconds) {
      stopTimer();
      queryTimeoutSeconds = seconds;
      timer = seconds == 0 ? null : new QueryTimer(connection.engine(), seconds);
    }
  }

  private void stopTimer() {
    QueryTimer running = timer;
    timer = null;
    if (running != null) {
      running.stop();
    }
  }

  /** Interrupts what the connection is running; may be called from any thread. */
  @Override
  public void cancel() throws SQLException {
    checkOpen();
    connection.engine().interrupt();
  }

  @Override
  public int getMaxFieldSize() throws SQLException {
    checkOpen();
    return maxFieldBytes;
  }

  /** To how many bytes texts and blobs of results to come are cut, between two characters. */
  @Override
  public void setMaxFieldSize(int max) throws SQLException {
    checkOpen();
    if (max < 0) {
      throw SqlErrors.badArgument("max field size must be >= 0");
    }
    maxFieldBytes = max;
  }

  /** Whether escapes of JDBC are translated, as they are unless told otherwise. */
  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    checkOpen();
    escapes = enable;
  }

  /** Without effect: rows cannot be changed through cursors. */
  @Override
  public void setCursorName(String name) throws SQLException {
    checkOpen();
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != ResultSet.FETCH_FORWARD
        && direction != ResultSet.FETCH_REVERSE
        && direction != ResultSet.FETCH_UNKNOWN) {
      throw SqlErrors.badArgument("unknown fetch direction " + direction);
    }
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize;
  }

  /** A hint without effect: rows are made when they are asked for. */
  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    if (rows < 0) {
      throw SqlErrors.badArgument("fetch size must be >= 0");
    }
    fetchSize = rows;
  }

  @Override
  public int getResultSetConcurrency() throws SQLException {
    checkOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getResultSetType() throws SQLException {
    checkOpen();
    return scrollable ? ResultSet.TYPE_SCROLL_INSENSITIVE : ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public int getResultSetHoldability() throws SQLException {
    checkOpen();
    return holdability;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
  }

  @Override
  public Connection getConnection() throws SQLException {
    checkOpen();
    return connection.face();
  }

  @Override
  public void setPoolable(boolean poolable) throws SQLException {
    checkOpen();
    this.poolable = poolable;
  }

  @Override
  public boolean isPoolable() throws SQLException {
    checkOpen();
    return poolable;
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    checkOpen();
    closeOnCompletion = true;
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    checkOpen();
    return closeOnCompletion;
  }

  // ---- the end
  // ------------------------------------------------------------------------------------

  @Override
  public boolean isClosed() {
    return closed || connection.isClosed();
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    connection.closed(this);
    connection.closeAtCommit(this, false);
    stopTimer();
    endResults();
  }

  // ---- names and texts
  // --------------------------------------------------------------------------------

  /** Whether a name needs no quotes in SQL: letters, digits and underscores, and no keyword. */
  @Override
  public boolean isSimpleIdentifier(String identifier) throws SQLException {
    checkOpen();
    return Identifiers.isSimple(SqlErrors.required(identifier, "identifier"));
  }

  /** A name as SQL has it; in double quotes if it needs them or always is to have them. */
  @Override
  public String enquoteIdentifier(String identifier, boolean alwaysQuote) throws SQLException {
    checkOpen();
    return alwaysQuote || !isSimpleIdentifier(identifier)
        ? Identifiers.quote(Identifiers.unquoted(SqlErrors.required(identifier, "identifier")))
        : identifier;
  }

  /** A text as a literal. */
  @Override
  public String enquoteLiteral(String text) throws SQLException {
    checkOpen();
    return Identifiers.literal(SqlErrors.required(text, "text"));
  }

  /** A text as a literal; all literals are Unicode. */
  @Override
  public String enquoteNCharLiteral(String text) throws SQLException {
    return enquoteLiteral(text);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this, streaming);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Wrapping.isWrapper(type, this, streaming);
  }
}
