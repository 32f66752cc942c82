package org.libsql4j.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.libsql4j.TransactionMode;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * A connection.
 *
 * <p>With auto-commit off a transaction begins right before the first statement that needs one, in
 * the mode that the property {@code transaction_mode} says. Pragmas that set the connection up,
 * ATTACH, DETACH and VACUUM do not begin one.
 *
 * <p>Drivers built on this one extend it; nothing in it is meant to be overridden.
 */
public class LibsqlConnection implements Connection {
  private final String url;
  private final ConnectionOptions options;
  private final org.libsql4j.Connection engine;
  private final SchemaReader schema;
  private final StatementCache statementCache;
  private DateFormat dates;

  /** Values that Blobs and streams read from; they end with the transaction. */
  private final Set<StoredValue> storedValues = ConcurrentHashMap.newKeySet();

  /** What the user of a pool has in place of this; null if there is no pool. */
  private @Nullable Connection handle;

  /** Statements of the user of a pool that are open. */
  private final Set<Statement> lentStatements = ConcurrentHashMap.newKeySet();

  private final ClientInfo clientInfo = new ClientInfo();
  private @Nullable LibsqlDatabaseMetaData metaData;
  private final Transactions transactions;
  private boolean autoCommit = true;
  private boolean readOnly;
  private int isolation = TRANSACTION_SERIALIZABLE;
  private int networkTimeoutMillis;
  private int holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;
  private @Nullable SQLWarning warnings;

  /** Whether it was aborted: it is closed then, even if the engine is not yet. */
  private volatile boolean aborted;

  /** Statements whose results end with the transaction. */
  private final Set<LibsqlStatement> closedAtCommit = ConcurrentHashMap.newKeySet();

  /**
   * Opens a connection of another driver.
   *
   * @param url that begins with the profile's prefix
   * @throws SQLException if an option makes no sense or the database cannot be opened
   */
  protected LibsqlConnection(String url, @Nullable Properties properties, DriverProfile profile)
      throws SQLException {
    this(url, RecentOptions.of(url, properties, profile));
  }

  /** Opens a connection. */
  LibsqlConnection(String url, ConnectionOptions options) throws SQLException {
    this.url = ConnectionUrl.withoutSecrets(url);
    this.options = options;
    this.transactions = new Transactions(this, options.transactionMode());
    this.dates = options.dates();
    org.libsql4j.Connection opened;
    try {
      opened = options.database().connect();
    } catch (LibsqlException e) {
      throw options.profile().exception(SqlErrors.ofConnecting(e));
    }
    engine = opened;
    schema = new SchemaReader(opened, options.profile());
    statementCache = new StatementCache(options.statementCacheSize());
    readOnly = options.isReadOnly();
  }

  /** The engine's connection; may be used along with this one, by one thread at a time. */
  public org.libsql4j.Connection engine() {
    return engine;
  }

  String url() {
    return url;
  }

  ConnectionOptions options() {
    return options;
  }

  /**
   * An option as it was given in the URL or the properties, or as the driver's default.
   *
   * @return null if it has none of these, or is not known
   */
  protected final @Nullable String option(String name) {
    return options.option(name);
  }

  DateFormat dates() {
    return dates;
  }

  /** The exception to throw for a failure of the engine. */
  final SQLException failure(SQLException standard) {
    if (networkTimeoutMillis > 0 && SqlErrors.isOfSilence(standard)) {
      closeAfter(standard);
      return SqlErrors.networkTimeout(standard);
    }
    return options.profile().exception(standard);
  }

  /** JDBC wants a connection closed whose network timeout was over. */
  private void closeAfter(SQLException failure) {
    try {
      engine.close();
    } catch (LibsqlException e) {
      failure.addSuppressed(e);
    }
  }

  /** The exception to throw for a row of a prepared statement's batch that has failed. */
  final SQLException batchFailure(SQLException failure, long[] counts, int done) {
    return options.profile().batchException(BatchFailures.of(failure, counts, done), failure);
  }

  /** How transactions that begin on demand do so. */
  public final TransactionMode transactionMode() {
    return transactions.mode();
  }

  /** Changes how transactions begin, from the next on. */
  public final void setTransactionMode(TransactionMode mode) throws SQLException {
    checkOpen();
    transactions.setMode(mode);
    transactions.announce();
  }

  /**
   * As {@link #setTransactionMode}; but if auto-commit is off, the next transaction begins as the
   * mode was when it was turned off, or the transaction before ended.
   */
  protected final void setLaterTransactionMode(TransactionMode mode) {
    transactions.setMode(mode);
    if (autoCommit) {
      transactions.announce();
    }
  }

  /**
   * Changes how moments are stored, from the next parameter on, and how INTEGERs are read, from the
   * next result set on.
   *
   * @param inSeconds whether INTEGERs count seconds instead of milliseconds
   * @param pattern of texts, as {@link java.time.format.DateTimeFormatter} has it
   * @throws IllegalArgumentException if the pattern is none
   */
  protected final void setDates(DateClass dateClass, boolean inSeconds, String pattern) {
    dates = new DateFormat(dateClass, inSeconds, pattern, options.profile().isLenient());
  }

  void checkOpen() throws SQLException {
    if (isClosed()) {
      throw SqlErrors.connectionClosed();
    }
  }

  // ---- statements
  // ---------------------------------------------------------------------------------

  /** Compiles the statement that begins at an offset of a text. */
  org.libsql4j.Statement prepareEngine(String sql, int offset) throws SQLException {
    return prepareEngine(sql, offset, null);
  }

  /**
   * As {@link #prepareEngine(String, int)}.
   *
   * @param limit of the time that this may take; null for none
   */
  org.libsql4j.Statement prepareEngine(String sql, int offset, @Nullable QueryTimer limit)
      throws SQLException {
    try {
      return limit == null ? engine.prepare(sql, offset) : limit.prepare(sql, offset);
    } catch (LibsqlException e) {
      if (isClosed()) {
        throw SqlErrors.connectionClosed();
      }
      if (limit != null && limit.hasFired() && e.resultCode() == ResultCode.INTERRUPT) {
        throw failure(SqlErrors.timeout(e));
      }
      throw failure(SqlErrors.ofCompiling(e));
    }
  }

  private PreparedText prepareOne(String text) throws SQLException {
    String sql = nativeSQL(text);
    PreparedText known = statementCache.take(sql);
    if (known != null) {
      return known;
    }
    return new PreparedText(sql, prepareEngine(sql, 0));
  }

  /** Prepared statements that are not in use. */
  StatementCache statementCache() {
    return statementCache;
  }

  @Override
  public Statement createStatement() throws SQLException {
    checkOpen();
    return new LibsqlStatement(this);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return new LibsqlPreparedStatement(this, prepareOne(sql), new GeneratedKeys(false), false);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
    return new LibsqlPreparedStatement(this, prepareOne(sql), keys(autoGeneratedKeys), false);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
    boolean wanted = SqlErrors.required(columnIndexes, "columnIndexes").length > 0;
    return new LibsqlPreparedStatement(this, prepareOne(sql), new GeneratedKeys(wanted), false);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
    boolean wanted = SqlErrors.required(columnNames, "columnNames").length > 0;
    return wanted ? prepareReturning(sql, columnNames) : prepareStatement(sql);
  }

  /** Prepares a statement that gives the columns named of each row that it changes. */
  LibsqlPreparedStatement prepareReturning(String sql, String[] columnNames) throws SQLException {
    PreparedText plain = prepareOne(sql);
    GeneratedKeys keys = new GeneratedKeys(false);
    if (plain.statement().columnCount() > 0 || plain.hasRest() || !SqlVerb.of(sql, 0).mayReturn()) {
      return new LibsqlPreparedStatement(this, plain, keys, false);
    }
    String text = withReturning(plain.statement().sql(), columnNames);
    statementCache.give(plain);
    return new LibsqlPreparedStatement(this, prepareOne(text), keys, true);
  }

  private static String withReturning(String sql, String[] columnNames) throws SQLException {
    int end = sql.length();
    while (end > 0 && (sql.charAt(end - 1) == ';' || sql.charAt(end - 1) <= ' ')) {
      end--;
    }
    StringBuilder text = new StringBuilder(sql.substring(0, end)).append("\nRETURNING ");
    for (int i = 0; i < columnNames.length; i++) {
      String name = SqlErrors.required(columnNames[i], "a column's name");
      String quoted = Identifiers.quoteStrictly(name);
      text.append(i == 0 ? "" : ", ").append(quoted);
      if (name.equalsIgnoreCase("rowid")) {
        text.append(" AS ").append(quoted); // Otherwise it has the name of the key, if that is one.
      }
    }
    return text.toString();
  }

  /** What getGeneratedKeys is to answer by a constant of java.sql.Statement. */
  GeneratedKeys keys(int autoGeneratedKeys) throws SQLException {
    boolean isConstant =
        autoGeneratedKeys == Statement.RETURN_GENERATED_KEYS
            || autoGeneratedKeys == Statement.NO_GENERATED_KEYS;
    if (!isConstant && !options.profile().isLenient()) {
      throw SqlErrors.badArgument("unknown constant for generated keys: " + autoGeneratedKeys);
    }
    return new GeneratedKeys(autoGeneratedKeys == Statement.RETURN_GENERATED_KEYS);
  }

  /**
   * Gives a statement results of a kind. What there is not is replaced by what comes closest, with
   * a warning, as JDBC asks for.
   */
  private <T extends LibsqlStatement> T ofKind(
      T statement, int type, int concurrency, int holdability) {
    if (type == ResultSet.TYPE_SCROLL_SENSITIVE) {
      warn("results that show changes made by others are not supported: they scroll without");
    }
    if (concurrency == ResultSet.CONCUR_UPDATABLE) {
      warn("results that can be changed are not supported: they are read-only");
    }
    statement.setKind(type != ResultSet.TYPE_FORWARD_ONLY, holdability);
    return statement;
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return createStatement(type, concurrency, holdability);
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    checkOpen();
    ResultKind.check(type, concurrency, holdability);
    return ofKind(new LibsqlStatement(this), type, concurrency, holdability);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return prepareStatement(sql, type, concurrency, holdability);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    checkOpen();
    ResultKind.check(type, concurrency, holdability);
    LibsqlPreparedStatement statement =
        new LibsqlPreparedStatement(this, prepareOne(sql), new GeneratedKeys(false), false);
    return ofKind(statement, type, concurrency, holdability);
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("a stored procedure");
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("a stored procedure");
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("a stored procedure");
  }

  /** The text without the escapes of JDBC. */
  @Override
  public String nativeSQL(String sql) throws SQLException {
    checkOpen();
    return JdbcEscapes.translate(SqlErrors.required(sql, "sql"), dates);
  }

  // ---- transactions
  // -------------------------------------------------------------------------------

  /** Begins a transaction if auto-commit is off, none is open, and the statement needs one. */
  void beforeExecution(SqlVerb verb, @Nullable LibsqlStatement executor) throws SQLException {
    if (!autoCommit && verb.needsTransaction() && engine.isAutoCommit()) {
      transactions.begin(executor);
    }
  }

  /** Begins the transaction that the rows of a batch share; false if one is open already. */
  boolean beginBatch(LibsqlStatement executor) throws SQLException {
    if (!autoCommit || !engine.isAutoCommit()) {
      return false;
    }
    transactions.begin(executor);
    return true;
  }

  /** Commits what {@link #beginBatch} began. */
  void endBatch() throws SQLException {
    transactions.commitOrRollBack();
  }

  /** Those that are open. */
  Set<StoredValue> storedValues() {
    return storedValues;
  }

  private void closeStoredValues() {
    if (!storedValues.isEmpty()) {
      new ArrayList<>(storedValues).forEach(StoredValue::close);
    }
  }

  /** Whether values that a result set has given end with it. */
  boolean valuesEndWithResult() {
    return autoCommit;
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return autoCommit;
  }

  /** Turning it on commits an open transaction. */
  @Override
  public void setAutoCommit(boolean value) throws SQLException {
    checkOpen();
    if (value == autoCommit) {
      return;
    }
    if (value && !engine.isAutoCommit()) {
      transactions.commit();
    }
    closeResults();
    closeStoredValues();
    autoCommit = value;
    transactions.announce();
  }

  @Override
  public void commit() throws SQLException {
    checkManual();
    if (!engine.isAutoCommit()) {
      transactions.commit();
    }
    closeResults();
    closeStoredValues();
  }

  @Override
  public void rollback() throws SQLException {
    checkManual();
    closeResults();
    closeStoredValues();
    if (!engine.isAutoCommit()) {
      transactions.rollBack();
    }
  }

  private void checkManual() throws SQLException {
    checkOpen();
    if (autoCommit) {
      throw new SQLException("database in auto-commit mode", SqlErrors.BAD_TRANSACTION_STATE);
    }
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return setSavepoint(null);
  }

  /**
   * @param name for SQL and messages; null for none
   */
  @Override
  public Savepoint setSavepoint(@Nullable String name) throws SQLException {
    checkManual();
    return transactions.setSavepoint(name);
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    checkManual();
    transactions.rollBackTo(savepoint);
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    checkManual();
    transactions.release(savepoint);
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return isolation;
  }

  /**
   * Every level gives serializable transactions, except that READ_UNCOMMITTED sets the pragma of
   * that name.
   */
  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    switch (level) {
      case TRANSACTION_READ_UNCOMMITTED,
          TRANSACTION_READ_COMMITTED,
          TRANSACTION_REPEATABLE_READ,
          TRANSACTION_SERIALIZABLE -> {
        boolean uncommitted = level == TRANSACTION_READ_UNCOMMITTED;
        if (uncommitted != engine.state().isSet(ConnectionFlag.READ_UNCOMMITTED)) {
          engine.state().set(ConnectionFlag.READ_UNCOMMITTED, uncommitted);
        }
        isolation = level;
      }
      default -> throw SqlErrors.badArgument("unsupported isolation level " + level);
    }
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return readOnly;
  }

  /**
   * Refuses changes from now on, or allows them again. A database that was opened read-only stays
   * so, with a warning: pools ask for what they hold for the usual without being told to.
   */
  @Override
  public void setReadOnly(boolean value) throws SQLException {
    checkOpen();
    if (value == readOnly) {
      return;
    }
    if (options.isReadOnly()) {
      warn("the database was opened read-only, and stays so");
      return;
    }
    if (!engine.isAutoCommit()) {
      throw new SQLException(
          "read-only cannot be changed within a transaction", SqlErrors.BAD_TRANSACTION_STATE);
    }
    engine.state().set(ConnectionFlag.QUERY_ONLY, value);
    readOnly = value;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return holdability;
  }

  /** For statements that are made from now on. */
  @Override
  public void setHoldability(int value) throws SQLException {
    checkOpen();
    ResultKind.checkHoldability(value);
    holdability = value;
  }

  int holdability() {
    return holdability;
  }

  /** A statement whose results are to be closed with the transaction, or are not any more. */
  void closeAtCommit(LibsqlStatement statement, boolean wanted) {
    if (wanted) {
      closedAtCommit.add(statement);
    } else if (!closedAtCommit.isEmpty()) {
      closedAtCommit.remove(statement);
    }
  }

  private void closeResults() throws SQLException {
    if (!closedAtCommit.isEmpty()) {
      for (LibsqlStatement statement : new ArrayList<>(closedAtCommit)) {
        statement.closeResult();
      }
    }
  }

  // ---- about it
  // -----------------------------------------------------------------------------------

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    checkOpen();
    return metaData();
  }

  SchemaReader schema() {
    return schema;
  }

  private LibsqlDatabaseMetaData metaData() {
    LibsqlDatabaseMetaData known = metaData;
    if (known == null) {
      known = new LibsqlDatabaseMetaData(this);
      metaData = known;
    }
    return known;
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    checkOpen();
    return null;
  }

  /** Without effect: there are no catalogs. */
  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    checkOpen();
  }

  @Override
  public @Nullable String getSchema() throws SQLException {
    checkOpen();
    return null;
  }

  /**
   * Without effect: names are looked up in temp, main and the attached databases, in this order.
   */
  @Override
  public void setSchema(@Nullable String schema) throws SQLException {
    checkOpen();
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    checkOpen();
    return new HashMap<>();
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
    checkOpen();
    if (!SqlErrors.required(map, "map").isEmpty()) {
      throw SqlErrors.unsupported("a map of types");
    }
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warnings;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warnings = null;
  }

  private void warn(String message) {
    SQLWarning warning = new SQLWarning(message, SqlErrors.OPTION_CHANGED);
    SQLWarning known = warnings;
    if (known == null) {
      warnings = warning;
    } else {
      known.setNextWarning(warning);
    }
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    checkOpen();
    return clientInfo.get(name);
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    checkOpen();
    return clientInfo.all();
  }

  /** Kept for {@link #getClientInfo(String)}; nobody else looks at it. */
  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    clientInfo.set(name, value, isClosed());
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    clientInfo.setAll(properties, isClosed());
  }

  // ---- values
  // -------------------------------------------------------------------------------------

  @Override
  public Blob createBlob() throws SQLException {
    checkOpen();
    return new LibsqlBlob(new byte[0]);
  }

  @Override
  public Clob createClob() throws SQLException {
    return createNClob();
  }

  @Override
  public NClob createNClob() throws SQLException {
    checkOpen();
    return new LibsqlClob("");
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("SQLXML");
  }

  @Override
  public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("Array");
  }

  @Override
  public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("Struct");
  }

  // ---- the end
  // ------------------------------------------------------------------------------------

  @Override
  public boolean isClosed() {
    return aborted || engine.isClosed();
  }

  /** Rolls back an open transaction and closes all statements. */
  @Override
  public void close() throws SQLException {
    try {
      engine.close();
    } catch (LibsqlException e) {
      throw failure(SqlErrors.of(e));
    }
  }

  /** From now on the user of a pool has this connection, by a handle. */
  void lend(Connection toUser) {
    handle = toUser;
  }

  /** What its user knows it as. */
  Connection face() {
    Connection known = handle;
    return known == null ? this : known;
  }

  /** A statement was made. */
  void opened(LibsqlStatement statement) {
    if (handle != null) {
      lentStatements.add(statement);
    }
  }

  /** A statement was closed. */
  void closed(LibsqlStatement statement) {
    if (!lentStatements.isEmpty()) {
      lentStatements.remove(statement);
    }
  }

  /** Makes the connection as good as a new one, for the next user of a pool. */
  void clean() throws SQLException {
    checkOpen();
    handle = null;
    for (Statement statement : new ArrayList<>(lentStatements)) {
      statement.close();
    }
    lentStatements.clear();
    storedValues.clear(); // The engine closes what is behind them.
    try {
      engine.reset();
    } catch (LibsqlException e) {
      throw failure(SqlErrors.of(e));
    }
    autoCommit = true;
    transactions.announce();
    dates = options.dates();
    isolation = TRANSACTION_SERIALIZABLE;
    readOnly = options.isReadOnly();
    networkTimeoutMillis = 0;
    holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;
    warnings = null;
    clientInfo.clear();
  }

  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    if (timeoutSeconds < 0) {
      throw SqlErrors.badArgument("timeout must be >= 0");
    }
    return !isClosed() && (!engine.isRemote() || isReachable(timeoutSeconds));
  }

  private boolean isReachable(int timeoutSeconds) {
    try (LibsqlStatement statement = new LibsqlStatement(this)) {
      statement.setQueryTimeout(timeoutSeconds);
      statement.executeQuery("SELECT 1").close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Interrupts what is running. The connection is closed from now on; its files are given back in
   * the executor's thread.
   */
  @Override
  public void abort(Executor executor) throws SQLException {
    if (isClosed()) {
      return;
    }
    SqlErrors.required(executor, "executor");
    aborted = true;
    engine.interrupt();
    executor.execute(engine::close);
  }

  /**
   * Limits how long a server may take to answer, or be silent between rows, if that is less than
   * the option {@code requestTimeout} says. The connection is closed then. Kept, but of no effect,
   * for files, which need no network.
   *
   * @param executor not used: the network itself watches the time
   * @param milliseconds 0 for no limit but that of the option
   */
  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    checkOpen();
    if (milliseconds < 0) {
      throw SqlErrors.badArgument("timeout must be >= 0");
    }
    engine.requestTimeout(Duration.ofMillis(milliseconds));
    networkTimeoutMillis = milliseconds;
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return networkTimeoutMillis;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this, engine);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Wrapping.isWrapper(type, this, engine);
  }
}
