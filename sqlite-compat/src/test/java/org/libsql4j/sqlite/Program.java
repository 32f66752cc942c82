package org.libsql4j.sqlite;

import java.io.File;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeMap;
import javax.sql.PooledConnection;
import org.sqlite.BusyHandler;
import org.sqlite.Collation;
import org.sqlite.ExtendedCommand;
import org.sqlite.Function;
import org.sqlite.JDBC;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteConnectionConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.SQLiteLimits;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.core.DB;
import org.sqlite.javax.SQLiteConnectionPoolDataSource;
import org.sqlite.util.StringUtils;

/**
 * A program as people write them for sqlite-jdbc. It uses nothing but the Java platform and {@code
 * org.sqlite}, so that it can be run with either, and tells all that it sees.
 */
public final class Program {
  private final File folder;
  private final List<String> told = new ArrayList<>();

  private Program(File folder) {
    this.folder = folder;
  }

  /** Runs the program, which may write to a folder. */
  public static List<String> run(File folder) throws Exception {
    Class.forName("org.sqlite.JDBC");
    Program program = new Program(folder);
    program.defaults();
    program.urls();
    program.config();
    program.dataSources();
    program.failures();
    program.scalarFunctions();
    program.aggregateFunctions();
    program.collations();
    program.handlers();
    program.listeners();
    program.transactions();
    program.keysAndBatches();
    program.values();
    program.dates();
    program.copies();
    program.connectionConfig();
    program.database();
    program.failedBatches();
    program.enums();
    return program.told;
  }

  private void tell(String what, Object value) {
    told.add(what + ": " + value);
  }

  private interface Action {
    void run() throws Exception;
  }

  private void tellFailure(String what, Action action) throws Exception {
    try {
      action.run();
      tell(what, "done");
    } catch (SQLiteException e) {
      tell(what, "SQLiteException " + e.getErrorCode() + e.getResultCode() + e.getMessage());
    } catch (SQLException e) {
      tell(what, "SQLException " + e.getMessage());
    }
  }

  private static Connection memory() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  private static List<Object> rows(Connection connection, String sql) throws SQLException {
    List<Object> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          Object value = result.getObject(i);
          row.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
        }
        rows.add(row.size() == 1 ? row.get(0) : row);
      }
    }
    return rows;
  }

  private void tellRows(Connection connection, String sql) throws Exception {
    try {
      tell(sql, rows(connection, sql));
    } catch (SQLException e) {
      tell(sql, engineMessage(e));
    }
  }

  /** The part of a message that is not the driver's. */
  private static String engineMessage(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(message.indexOf('(') + 1);
  }

  private void defaults() throws Exception {
    try (Connection connection = memory()) {
      for (String pragma :
          "foreign_keys busy_timeout recursive_triggers synchronous journal_mode encoding"
              .split(" ")) {
        tellRows(connection, "PRAGMA " + pragma);
      }
      tell("driver", connection.getMetaData().getDriverName());
      tell("product", connection.getMetaData().getDatabaseProductName());
      tell("url", connection.getMetaData().getURL());
      tell("isolation", connection.getTransactionIsolation());
      tell("major", new JDBC().getMajorVersion());
      SQLiteConnection own = connection.unwrap(SQLiteConnection.class);
      tell("same", own == connection);
      tell("timeout", own.getBusyTimeout());
      own.setBusyTimeout(123);
      tell("timeout", own.getBusyTimeout());
      own.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 1);
      execute(connection, "ATTACH ':memory:' AS one");
      tellFailure("too many", () -> execute(connection, "ATTACH ':memory:' AS two"));
      tellRows(connection, "SELECT \"no such column\"");
    }
    tell("loader", SQLiteJDBCLoader.initialize());
  }

  private String path(String name) {
    return new File(folder, name).getPath();
  }

  private void urls() throws Exception {
    tell("valid", JDBC.isValidURL("JDBC:SQLite:x") + " " + JDBC.isValidURL("jdbc:other:x"));
    tell("other", new JDBC().connect("jdbc:other:x", new Properties()));
    try (Connection one =
            DriverManager.getConnection("jdbc:sqlite:file:u?mode=memory&cache=shared");
        Connection two =
            DriverManager.getConnection("JDBC:SQLITE:file:u?mode=memory&cache=shared")) {
      execute(one, "CREATE TABLE t(a)");
      tellRows(two, "SELECT name FROM sqlite_schema");
    }
    String file = "jdbc:sqlite:" + path("url.db");
    try (Connection one = DriverManager.getConnection(file + "?foreign_keys=on&journal_mode=WAL")) {
      tellRows(one, "PRAGMA foreign_keys");
      tellRows(one, "PRAGMA journal_mode");
      execute(one, "CREATE TABLE t(a)", "PRAGMA journal_mode = DELETE");
    }
    Properties properties = new Properties();
    properties.setProperty("date_class", "text");
    properties.setProperty("foreign_keys", "true");
    properties.setProperty("no_such_option", "7");
    properties.setProperty("user", "me");
    properties.setProperty("hexkey_mode", "NONE");
    try (Connection one = DriverManager.getConnection(file, properties)) {
      tellRows(one, "PRAGMA foreign_keys");
    }
    try (Connection one = DriverManager.getConnection("jdbc:sqlite::resource:program.db")) {
      tellRows(one, "SELECT * FROM resource");
    }
    tellFailure(
        "no folder", () -> DriverManager.getConnection("jdbc:sqlite:" + path("none/at/all.db")));
    tellFailure(
        "read only",
        () -> {
          try (Connection one =
              DriverManager.getConnection("jdbc:sqlite:file:" + path("url.db") + "?mode=ro")) {
            execute(one, "INSERT INTO t VALUES (1)");
          }
        });
  }

  private void config() throws Exception {
    SQLiteConfig config = new SQLiteConfig();
    tell("properties", new TreeMap<>(config.toProperties()));
    config.setReadOnly(true);
    tell("flags", config.getOpenModeFlags());
    config.setReadOnly(false);
    config.enforceForeignKeys(true);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setCacheSize(77);
    config.setUserVersion(5);
    config.setApplicationId(6);
    config.setBusyTimeout(50);
    config.enableRecursiveTriggers(true);
    config.enableLoadExtension(true);
    config.useLegacyFileFormat(true);
    config.setDefaultCacheSize(9);
    config.enableFullSync(true);
    config.setTransactionMode("immediate");
    config.setDateClass("real");
    config.setDatePrecision("seconds");
    config.setSharedCache(false);
    config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, "4096");
    config.setPragma(SQLiteConfig.Pragma.LIMIT_ATTACHED, "2");
    tell("properties", new TreeMap<>(config.toProperties()));
    try (Connection connection = config.createConnection("jdbc:sqlite:" + path("config.db"))) {
      for (String pragma :
          ("foreign_keys journal_mode synchronous temp_store cache_size user_version"
                  + " application_id busy_timeout recursive_triggers journal_size_limit")
              .split(" ")) {
        tellRows(connection, "PRAGMA " + pragma);
      }
      tell("mode", ((SQLiteConnection) connection).getCurrentTransactionMode());
      SQLiteConfig later = new SQLiteConfig();
      later.setCacheSize(88);
      later.setLockingMode(SQLiteConfig.LockingMode.NORMAL);
      later.apply(connection);
      tellRows(connection, "PRAGMA cache_size");
    }
    SQLiteConfig reading = new SQLiteConfig();
    reading.setReadOnly(true);
    try (Connection connection = reading.createConnection("jdbc:sqlite:" + path("config.db"))) {
      tell("read-only", connection.isReadOnly());
      tellFailure("write", () -> execute(connection, "CREATE TABLE t(a)"));
    }
  }

  private void dataSources() throws Exception {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + path("source.db"));
    source.setEnforceForeignKeys(true);
    source.setJournalMode("WAL");
    source.setSynchronous("NORMAL");
    source.setEncoding("UTF-8");
    source.setDatabaseName("name");
    tell("source", source.getUrl() + " " + source.getDatabaseName());
    try (Connection connection = source.getConnection()) {
      tellRows(connection, "PRAGMA foreign_keys");
      tellRows(connection, "PRAGMA synchronous");
      execute(connection, "CREATE TABLE t(a)");
    }
    SQLiteConnectionPoolDataSource pool = new SQLiteConnectionPoolDataSource();
    pool.setUrl("jdbc:sqlite:" + path("source.db"));
    PooledConnection pooled = pool.getPooledConnection();
    try (Connection connection = pooled.getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, "INSERT INTO t VALUES (1)");
    }
    try (Connection connection = pooled.getConnection()) {
      tell("auto-commit", connection.getAutoCommit());
      tellRows(connection, "SELECT count(*) FROM t");
    }
    pooled.close();
  }

  private void failures() throws Exception {
    try (Connection connection = memory()) {
      execute(
          connection,
          "CREATE TABLE p(id INTEGER PRIMARY KEY, n NOT NULL UNIQUE, c CHECK (c > 0))",
          "INSERT INTO p VALUES (1, 'a', 1)",
          "PRAGMA foreign_keys = ON",
          "CREATE TABLE f(p REFERENCES p)");
      for (String sql :
          new String[] {
            "INSERT INTO p VALUES (1, 'b', 1)",
            "INSERT INTO p VALUES (2, 'a', 1)",
            "INSERT INTO p VALUES (2, NULL, 1)",
            "INSERT INTO p VALUES (2, 'b', 0)",
            "INSERT INTO p VALUES ('x', 'b', 1)",
            "INSERT INTO f VALUES (9)",
            "SLECT 1",
            "SELECT * FROM nowhere",
            "COMMIT"
          }) {
        tellFailure(sql, () -> execute(connection, sql));
      }
      tellFailure(
          "prepared",
          () -> {
            try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO p VALUES (?, ?, ?)")) {
              insert.setInt(1, 1);
              insert.setString(2, "z");
              insert.setInt(3, 1);
              insert.executeUpdate();
            }
          });
    }
    tellFailure(
        "closed",
        () -> {
          Connection connection = memory();
          connection.close();
          Function.create(connection, "f", new Answer());
        });
  }

  private static final class Answer extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(42);
    }
  }

  private static final class Describe extends Function {
    @Override
    protected void xFunc() throws SQLException {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < args(); i++) {
        text.append(value_type(i)).append(' ').append(value_long(i)).append(' ');
        text.append(value_int(i)).append(' ').append(value_double(i)).append(' ');
        text.append(value_text(i)).append(' ').append(Arrays.toString(value_blob(i))).append(';');
      }
      result(text.toString());
    }
  }

  private static final class Echo extends Function {
    @Override
    protected void xFunc() throws SQLException {
      switch (value_type(0)) {
        case 1 -> result(value_long(0));
        case 2 -> result(value_double(0));
        case 3 -> result(value_text(0));
        case 4 -> result(value_blob(0));
        default -> result();
      }
    }
  }

  private static final class Fail extends Function {
    @Override
    protected void xFunc() throws SQLException {
      switch (value_int(0)) {
        case 0 -> error("told so");
        case 1 -> throw new SQLException("thrown");
        default -> throw new IllegalStateException("worse");
      }
    }
  }

  private void scalarFunctions() throws Exception {
    try (Connection connection = memory()) {
      Function.create(connection, "answer", new Answer());
      Function.create(connection, "describe", new Describe());
      Function.create(connection, "echo", new Echo(), 1, Function.FLAG_DETERMINISTIC);
      Function.create(connection, "fail", new Fail());
      tellRows(connection, "SELECT answer() + 1");
      tellRows(connection, "SELECT describe(1, 2.5, 'x', '12abc', NULL, 99999999999)");
      tellRows(connection, "SELECT describe()");
      tellRows(
          connection, "SELECT echo(7), echo(0.5), echo('t'), echo(x'0102'), echo(NULL), echo(-1)");
      tellRows(connection, "SELECT echo(echo(describe(echo(3))))");
      tellRows(connection, "SELECT echo(1, 2)");
      tellFailure(
          "indexed",
          () -> execute(connection, "CREATE TABLE t(a)", "CREATE INDEX i ON t(echo(a))"));
      tellFailure("not indexed", () -> execute(connection, "CREATE INDEX j ON t(answer())"));
      for (int i = 0; i < 3; i++) {
        tellRows(connection, "SELECT fail(" + i + ")");
      }
      Function.destroy(connection, "answer");
      tellRows(connection, "SELECT answer()");
      tellRows(connection, "SELECT upper(echo('still'))");
    }
  }

  private static final class Total extends Function.Window {
    private long sum;

    @Override
    protected void xStep() throws SQLException {
      sum += value_long(0);
    }

    @Override
    protected void xInverse() throws SQLException {
      sum -= value_long(0);
    }

    @Override
    protected void xValue() throws SQLException {
      result(sum);
    }

    @Override
    protected void xFinal() throws SQLException {
      result(sum);
    }
  }

  private static final class Join extends Function.Aggregate {
    private String text = "";

    @Override
    protected void xStep() throws SQLException {
      text += value_text(0) + args();
    }

    @Override
    protected void xFinal() throws SQLException {
      result(text);
    }
  }

  private void aggregateFunctions() throws Exception {
    try (Connection connection = memory()) {
      Function.create(connection, "mytotal", new Total());
      Function.create(connection, "myjoin", new Join());
      execute(
          connection,
          "CREATE TABLE t(g, v)",
          "INSERT INTO t VALUES ('a', 1), ('b', 10), ('a', 2), ('b', 20), ('a', 3)");
      tellRows(connection, "SELECT g, mytotal(v), myjoin(v, 0) FROM t GROUP BY g ORDER BY g");
      tellRows(connection, "SELECT mytotal(v), myjoin(v) FROM t WHERE 0");
      tellRows(
          connection,
          "SELECT v, mytotal(v) OVER (ORDER BY v ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t");
      tellRows(connection, "SELECT myjoin(v) OVER () FROM t");
    }
  }

  private void collations() throws Exception {
    try (Connection connection = memory()) {
      Collation.create(
          connection,
          "backwards",
          new Collation() {
            @Override
            protected int xCompare(String first, String second) {
              return second.compareTo(first);
            }
          });
      execute(connection, "CREATE TABLE t(a)", "INSERT INTO t VALUES ('x'), ('ä'), ('z'), ('y')");
      tellRows(connection, "SELECT a FROM t ORDER BY a COLLATE backwards");
      tellRows(connection, "SELECT a FROM t WHERE a < 'y' COLLATE backwards");
      Collation.destroy(connection, "backwards");
      tellRows(connection, "SELECT a FROM t ORDER BY a COLLATE backwards");
    }
  }

  private void handlers() throws Exception {
    String file = "jdbc:sqlite:" + path("handlers.db");
    try (Connection one = DriverManager.getConnection(file);
        Connection two = DriverManager.getConnection(file)) {
      execute(one, "CREATE TABLE t(a)", "BEGIN IMMEDIATE");
      List<Integer> calls = new ArrayList<>();
      BusyHandler.setHandler(
          two,
          new BusyHandler() {
            @Override
            protected int callback(int invoked) {
              calls.add(invoked);
              return invoked < 2 ? 1 : 0;
            }
          });
      tellFailure("busy", () -> execute(two, "INSERT INTO t VALUES (1)"));
      tell("calls", calls);
      BusyHandler.clearHandler(two);
      tellFailure("busy", () -> execute(two, "INSERT INTO t VALUES (1)"));
      execute(one, "COMMIT");
      ProgressHandler.setHandler(
          one,
          1,
          new ProgressHandler() {
            @Override
            protected int progress() {
              return 1;
            }
          });
      tellRows(one, "SELECT count(*) FROM sqlite_schema a, sqlite_schema b");
      ProgressHandler.clearHandler(one);
      tellRows(one, "SELECT count(*) FROM sqlite_schema");
    }
  }

  private void listeners() throws Exception {
    try (Connection connection = memory()) {
      execute(connection, "CREATE TABLE t(a)");
      SQLiteConnection own = (SQLiteConnection) connection;
      own.addUpdateListener(
          (type, database, table, rowId) ->
              tell("changed", type + " " + database + " " + table + " " + rowId));
      SQLiteCommitListener listener =
          new SQLiteCommitListener() {
            @Override
            public void onCommit() {
              tell("transaction", "commit");
            }

            @Override
            public void onRollback() {
              tell("transaction", "rollback");
            }
          };
      own.addCommitListener(listener);
      execute(connection, "INSERT INTO t VALUES (1), (2)", "UPDATE t SET a = 3 WHERE a = 2");
      connection.setAutoCommit(false);
      execute(connection, "DELETE FROM t WHERE a = 3");
      connection.rollback();
      own.removeCommitListener(listener);
      execute(connection, "INSERT INTO t VALUES (4)");
      connection.commit();
    }
  }

  private void transactions() throws Exception {
    String file = "jdbc:sqlite:" + path("transactions.db");
    try (Connection one = DriverManager.getConnection(file);
        Connection two = DriverManager.getConnection(file + "?busy_timeout=0")) {
      execute(one, "CREATE TABLE t(a)");
      SQLiteConnection own = (SQLiteConnection) one;
      tell("mode", own.getCurrentTransactionMode());
      own.setCurrentTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
      tell("mode", own.getCurrentTransactionMode());
      one.setAutoCommit(false);
      tellRows(one, "SELECT count(*) FROM t");
      tellFailure("second writer", () -> execute(two, "INSERT INTO t VALUES (1)"));
      one.commit();
      tellFailure("second writer", () -> execute(two, "INSERT INTO t VALUES (1)"));
      var savepoint = one.setSavepoint("here");
      execute(one, "INSERT INTO t VALUES (2)");
      one.rollback(savepoint);
      one.releaseSavepoint(savepoint);
      one.commit();
      tellRows(one, "SELECT a FROM t");
      one.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
      tellRows(one, "PRAGMA read_uncommitted");
    }
  }

  private void keysAndBatches() throws Exception {
    try (Connection connection = memory()) {
      execute(connection, "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t(a) VALUES (?)")) {
        insert.setString(1, "one");
        tell("count", insert.executeUpdate());
        try (ResultSet keys = insert.getGeneratedKeys()) {
          keys.next();
          tell("key", keys.getLong(1));
        }
        for (String text : new String[] {"two", "three"}) {
          insert.setString(1, text);
          insert.addBatch();
        }
        tell("batch", Arrays.toString(insert.executeBatch()));
        for (Object value : new Object[] {Thread.State.NEW, Duration.ofSeconds(5), Locale.UK}) {
          insert.setObject(1, value);
          tell("other classes", insert.executeUpdate());
        }
      }
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("INSERT INTO t(a) VALUES ('four')");
        try (ResultSet keys = statement.getGeneratedKeys()) {
          keys.next();
          tell("key", keys.getInt("last_insert_rowid()"));
        }
        tell("execute", statement.execute("UPDATE t SET a = upper(a)"));
        tell("updated", statement.getUpdateCount());
      }
      tellRows(connection, "SELECT * FROM t");
    }
  }

  private void values() throws Exception {
    try (Connection connection = memory()) {
      execute(
          connection,
          "CREATE TABLE t(i INTEGER, l BIGINT, r REAL, s VARCHAR(9), b BLOB, o BOOLEAN)",
          "INSERT INTO t VALUES (1, 5000000000, 1.5, 'text', x'0a', 1), (NULL, 2, 3, 4, 5, 6)");
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
        for (int row = 0; row < 2; row++) {
          rows.next();
          for (int i = 1; i <= 6; i++) {
            Object value = rows.getObject(i);
            tell(
                rows.getMetaData().getColumnName(i),
                (value == null ? null : value.getClass().getSimpleName())
                    + " "
                    + rows.getString(i)
                    + " "
                    + rows.getInt(1)
                    + rows.wasNull()
                    + " "
                    + rows.getDouble(i)
                    + " "
                    + rows.getBoolean(6));
          }
        }
        tell("end", rows.next());
      }
    }
  }

  private void dates() throws Exception {
    Timestamp time = Timestamp.valueOf("2026-01-02 03:04:05.678");
    for (String dateClass : new String[] {"INTEGER", "TEXT", "REAL"}) {
      for (String precision : new String[] {"MILLISECONDS", "SECONDS"}) {
        SQLiteConfig config = new SQLiteConfig();
        config.setDateClass(dateClass);
        config.setDatePrecision(precision);
        config.setDateStringFormat("yyyy-MM-dd HH:mm:ss");
        try (Connection connection = config.createConnection("jdbc:sqlite::memory:")) {
          execute(connection, "CREATE TABLE t(a TIMESTAMP, b DATE)");
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            insert.setTimestamp(1, time);
            insert.setDate(2, Date.valueOf("2026-01-02"));
            insert.executeUpdate();
          }
          tellRows(connection, "SELECT typeof(a), typeof(b) FROM t");
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("SELECT a, b FROM t")) {
            rows.next();
            String difference =
                String.format(
                    Locale.ROOT, "%d", (rows.getTimestamp(1).getTime() - time.getTime()) / 1000);
            tell("time", difference + " " + rows.getDate(2));
          }
        }
      }
    }
  }

  private void copies() throws Exception {
    String file = path("copy.db");
    try (Connection connection = memory()) {
      execute(connection, "CREATE TABLE t(a)", "INSERT INTO t VALUES (1), (2)");
      execute(connection, "backup to '" + file + "'");
      execute(connection, "DELETE FROM t");
      execute(connection, "restore from '" + file + "'");
      tellRows(connection, "SELECT a FROM t");
      byte[] bytes = ((SQLiteConnection) connection).serialize("main");
      tell("bytes", bytes.length);
      try (Connection other = memory()) {
        ((SQLiteConnection) other).deserialize("main", bytes);
        tellRows(other, "SELECT a FROM t");
      }
    }
  }

  private void connectionConfig() throws Exception {
    String file = "jdbc:sqlite:" + path("config.db");
    try (Connection one = DriverManager.getConnection(file + "?date_precision=seconds");
        Connection two = DriverManager.getConnection(file + "?busy_timeout=0")) {
      execute(one, "CREATE TABLE t(a)");
      SQLiteConnectionConfig config = one.unwrap(SQLiteConnection.class).getConnectionConfig();
      tellConfig(config);
      config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
      one.setAutoCommit(false);
      config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
      tellRows(one, "SELECT count(*) FROM t");
      tellFailure("writer beside IMMEDIATE", () -> execute(two, "INSERT INTO t VALUES (1)"));
      one.commit();
      tellFailure("writer beside DEFERRED", () -> execute(two, "INSERT INTO t VALUES (1)"));
      tellConfig(config);
      tellMoment(one);
      config.setDatePrecision(SQLiteConfig.DatePrecision.MILLISECONDS);
      tellMoment(one);
      config.setDateClass(SQLiteConfig.DateClass.TEXT);
      config.setDateStringFormat("yyyy/MM/dd");
      tellMoment(one);
      config.setDateClass(SQLiteConfig.DateClass.REAL);
      tellMoment(one);
      tellConfig(config.copyConfig());
      one.commit();
    }
    tellConfig(new SQLiteConfig().newConnectionConfig());
  }

  private void tellConfig(SQLiteConnectionConfig config) {
    tell("dates", config.getDateClass() + " " + config.getDatePrecision());
    tell("dates", config.getDateMultiplier() + " " + config.getDateStringFormat());
    tell("transactions", config.getTransactionMode() + " " + config.isAutoCommit());
    tell("isolation", config.getTransactionIsolation());
    tell("keys", config.isGetGeneratedKeys());
  }

  private void tellMoment(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?1, typeof(?1)")) {
      statement.setTimestamp(1, new Timestamp(1_600_000_000_123L));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        tell(rows.getString(2), rows.getString(1));
      }
    }
  }

  private void database() throws Exception {
    try (Connection connection = memory()) {
      DB database = connection.unwrap(SQLiteConnection.class).getDatabase();
      tell("exec", database._exec("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)"));
      tell("changes", database.changes() + " " + database.total_changes());
      tellFailure("exec", () -> database._exec("SELECT nothing"));
      tell("backup", database.backup("main", path("db.db"), null));
      tell("backup", database.backup("main", path("db.db"), null, 1, 1, 1));
      tell("backup to nowhere", database.backup("main", path("no/where"), null));
      tell("backup of nothing", database.backup("nothing", path("db2.db"), null));
      tell("exec", database._exec("DELETE FROM t"));
      tell("restore", database.restore("main", path("db.db"), null));
      tellRows(connection, "SELECT a FROM t");
      tell("limit", database.limit(SQLiteLimits.SQLITE_LIMIT_ATTACHED.getId(), 3));
      tell("limit", database.limit(SQLiteLimits.SQLITE_LIMIT_ATTACHED.getId(), -1));
      tell("url", database.getUrl() + " " + database.isClosed());
      ExtendedCommand.parse("backup to " + path("db3.db")).execute(database);
      ExtendedCommand.parse("restore from '" + path("db3.db") + "'").execute(database);
      tellRows(connection, "SELECT a FROM t");
    }
    tell("no command", ExtendedCommand.parse("SELECT 1"));
    ExtendedCommand.BackupCommand backup =
        (ExtendedCommand.BackupCommand) ExtendedCommand.parse("BACKUP aux TO \"a b.db\"");
    tell(backup.srcDB, backup.destFile);
    ExtendedCommand.RestoreCommand restore =
        (ExtendedCommand.RestoreCommand) ExtendedCommand.parse("restore from 'c d.db'");
    tell(restore.targetDB, restore.srcFile);
    tellFailure("bad command", () -> ExtendedCommand.parse("restore nothing"));
    tell("unquoted", ExtendedCommand.removeQuotation("'a'"));
    tell("joined", StringUtils.join(Arrays.asList("a", "b", "c"), "+"));
  }

  private void failedBatches() throws Exception {
    try (Connection connection = memory();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t(a PRIMARY KEY)");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
        for (int i : new int[] {1, 2, 2}) {
          insert.setInt(1, i);
          insert.addBatch();
        }
        tellFailure("prepared batch", insert::executeBatch);
      }
      statement.addBatch("INSERT INTO t VALUES (4)");
      statement.addBatch("INSERT INTO t VALUES (4)");
      try {
        statement.executeBatch();
      } catch (BatchUpdateException e) {
        tell("batch", "failed");
      }
    }
  }

  private void enums() {
    for (SQLiteConfig.Pragma pragma : SQLiteConfig.Pragma.values()) {
      tell(pragma.name(), pragma.getPragmaName());
    }
    for (SQLiteOpenMode mode : SQLiteOpenMode.values()) {
      tell(mode.name(), mode.flag);
    }
    for (SQLiteLimits limit : SQLiteLimits.values()) {
      tell(limit.name(), limit.getId());
    }
    for (int code = -1; code < 10_000; code++) {
      SQLiteErrorCode found = SQLiteErrorCode.getErrorCode(code);
      // Newer than sqlite-jdbc's list.
      if (found.code == code && !found.name().matches(".*(IN_PAGE|SYMLINK)")) {
        tell(found.name(), found.code);
      }
    }
    tell("busy", SQLiteErrorCode.SQLITE_BUSY);
  }
}
