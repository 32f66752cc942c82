package org.libsql4j.compat.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * What a driver does, topic by topic, as short texts. A call that the driver refuses gives the name
 * of the exception.
 */
final class DriverTopics {
  /** Tells something of a driver. */
  @FunctionalInterface
  interface Question {
    String ask(DriverTopics driver) throws Exception;
  }

  private static final Map<String, Question> QUESTIONS = new LinkedHashMap<>();

  static {
    QUESTIONS.put("product; driver; JDBC version", DriverTopics::names);
    QUESTIONS.put("SQLState: UNIQUE", d -> d.state("INSERT INTO t(n) VALUES (1), (1)"));
    QUESTIONS.put("SQLState: NOT NULL", d -> d.state("INSERT INTO t(n) VALUES (NULL)"));
    QUESTIONS.put("SQLState: foreign key", DriverTopics::foreignKeyState);
    QUESTIONS.put("SQLState: CHECK", d -> d.state("INSERT INTO t(n) VALUES (-1)"));
    QUESTIONS.put("SQLState: syntax error", d -> d.state("SELEC 1"));
    QUESTIONS.put("SQLState: no such table", d -> d.state("SELECT * FROM nosuch"));
    QUESTIONS.put("SQLState: no such column", d -> d.state("SELECT nosuch FROM t"));
    QUESTIONS.put("SQLState: datatype mismatch", d -> d.state("INSERT INTO t(id) VALUES ('x')"));
    QUESTIONS.put("SQLState: database is locked", d -> d.whileLocked(e -> state(e)));
    QUESTIONS.put("SQLState: not a database", DriverTopics::notADatabase);
    QUESTIONS.put("SQLState: statement of a closed connection", DriverTopics::closedConnection);
    QUESTIONS.put("exception of a violated UNIQUE", DriverTopics::violation);
    QUESTIONS.put("isolation level at first; accepted", DriverTopics::isolation);
    QUESTIONS.put("autocommit off: locked before a statement", DriverTopics::lazyBegin);
    QUESTIONS.put("three INSERTs in one text: rows inserted", DriverTopics::multiStatement);
    QUESTIONS.put("generated keys of two rows", DriverTopics::generatedKeys);
    QUESTIONS.put("generated keys of a batch of two", DriverTopics::generatedKeysOfBatch);
    QUESTIONS.put("executeQuery of an INSERT", DriverTopics::queryOfInsert);
    QUESTIONS.put("getObject: 1, 2^40, 1.5, text, blob", DriverTopics::objects);
    QUESTIONS.put("column types: TIMESTAMP, BOOLEAN, BIGINT", DriverTopics::resultTypes);
    QUESTIONS.put("column class of a TEXT column, before and on a row", DriverTopics::columnClass);
    QUESTIONS.put(
        "getColumns: TIMESTAMP, BLOB, BOOLEAN, DECIMAL(10,2)", DriverTopics::metadataTypes);
    QUESTIONS.put(
        "NULLs sorted low; correlated subqueries; correlation names", DriverTopics::capabilities);
    QUESTIONS.put("FK_NAME; PK_NAME; rule of ON UPDATE CASCADE", DriverTopics::keyMetadata);
    QUESTIONS.put("getIndexInfo: TYPE; getTables lists automatic indexes", DriverTopics::indexes);
    QUESTIONS.put("setObject(LocalDateTime)", d -> d.stored(LocalDateTime.of(2020, 1, 2, 3, 4, 5)));
    QUESTIONS.put("setObject(Timestamp)", d -> d.stored(new Timestamp(1_600_000_000_123L)));
    QUESTIONS.put("setObject(Boolean)", d -> d.stored(true));
    QUESTIONS.put("setObject(Byte)", d -> d.stored((byte) 1));
    QUESTIONS.put("setObject(BigDecimal)", d -> d.stored(new BigDecimal("1.10")));
    for (Class<?> type :
        List.of(LocalDate.class, LocalDateTime.class, Instant.class, OffsetDateTime.class)) {
      QUESTIONS.put(
          "getObject(" + type.getSimpleName() + ")", d -> d.typed("2020-01-02T03:04:05Z", type));
    }
    QUESTIONS.put("getObject(LocalTime)", d -> d.typed("03:04:05", LocalTime.class));
    QUESTIONS.put(
        "getObject(UUID)", d -> d.typed("123e4567-e89b-12d3-a456-426614174000", UUID.class));
    QUESTIONS.put("getObject(Short)", d -> d.typed("7", Short.class));
    QUESTIONS.put("getObject(BigInteger)", d -> d.typed("7", BigInteger.class));
    QUESTIONS.put("getBlob", d -> d.read(rows -> size(rows.getBlob(3).length())));
    QUESTIONS.put("getNString", d -> d.read(rows -> rows.getNString(2)));
    QUESTIONS.put("getNClob", d -> d.read(rows -> size(rows.getNClob(2).length())));
    QUESTIONS.put("getRowId", d -> d.read(rows -> "a row id: " + (rows.getRowId(1) != null)));
    QUESTIONS.put("isLast", d -> d.read(rows -> String.valueOf(rows.isLast())));
    QUESTIONS.put("getArray", d -> d.read(rows -> String.valueOf(rows.getArray(2))));
    QUESTIONS.put("waiting with busy_timeout 50; vendor code", DriverTopics::busy);
    QUESTIONS.put("busy_timeout at first", d -> d.one("PRAGMA busy_timeout"));
    QUESTIONS.put("foreign keys at first", d -> d.one("PRAGMA foreign_keys"));
  }

  private final String prefix;
  private final Path folder;
  private int files;

  /**
   * @param prefix of the driver's URLs
   * @param folder for the databases
   */
  DriverTopics(String prefix, Path folder) {
    this.prefix = prefix;
    this.folder = folder;
  }

  static List<String> topics() {
    return new ArrayList<>(QUESTIONS.keySet());
  }

  String answer(String topic) throws Exception {
    try {
      return QUESTIONS.get(topic).ask(this);
    } catch (SQLException | RuntimeException | LinkageError e) {
      return e.getClass().getSimpleName();
    }
  }

  // ---- databases

  private Path newFile() {
    return folder.resolve("d" + files++ + ".db");
  }

  private Connection open(Path file) throws SQLException {
    return DriverManager.getConnection(prefix + file);
  }

  private Connection prepared() throws SQLException {
    Connection connection = open(newFile());
    execute(
        connection,
        "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE CHECK (n > 0))");
    return connection;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  private String one(String sql) throws SQLException {
    try (Connection connection = open(newFile())) {
      return one(connection, sql);
    }
  }

  /** Takes a look at a row of the values 1, text and a blob. */
  @FunctionalInterface
  private interface Reading {
    String read(ResultSet rows) throws SQLException;
  }

  private String read(Reading reading) throws SQLException {
    try (Connection connection = open(newFile());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE v(id INTEGER PRIMARY KEY, s TEXT, b BLOB)");
      statement.execute("INSERT INTO v VALUES (1, 'text', x'010203')");
      try (ResultSet rows = statement.executeQuery("SELECT id, s, b FROM v")) {
        rows.next();
        return reading.read(rows);
      }
    }
  }

  private static String size(long length) {
    return length + " long";
  }

  // ---- errors

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "none" : e.getSQLState();
  }

  private String state(String sql) throws SQLException {
    try (Connection connection = prepared()) {
      return failure(connection, sql);
    }
  }

  private static String failure(Connection connection, String sql) {
    try {
      execute(connection, sql);
      return "no error";
    } catch (SQLException e) {
      return state(e);
    }
  }

  private String foreignKeyState() throws SQLException {
    try (Connection connection = prepared()) {
      execute(connection, "PRAGMA foreign_keys = ON");
      execute(connection, "CREATE TABLE c(t REFERENCES t)");
      return failure(connection, "INSERT INTO c VALUES (1)");
    }
  }

  /** Looks at an exception. */
  @FunctionalInterface
  private interface Look {
    String at(SQLException e);
  }

  private String whileLocked(Look look) throws SQLException {
    Path file = newFile();
    try (Connection holder = open(file);
        Connection waiter = open(file)) {
      execute(waiter, "PRAGMA busy_timeout = 50");
      execute(holder, "BEGIN EXCLUSIVE");
      try {
        execute(waiter, "CREATE TABLE t(a)");
        return "no error";
      } catch (SQLException e) {
        return look.at(e);
      }
    }
  }

  private String busy() throws SQLException {
    long[] before = {0};
    Path file = newFile();
    try (Connection holder = open(file);
        Connection waiter = open(file)) {
      execute(waiter, "PRAGMA busy_timeout = 50");
      execute(holder, "BEGIN EXCLUSIVE");
      before[0] = System.nanoTime();
      try {
        execute(waiter, "CREATE TABLE t(a)");
        return "no error";
      } catch (SQLException e) {
        long millis = (System.nanoTime() - before[0]) / 1_000_000;
        return (millis >= 45 ? "about 50 ms or more; " : "less; ") + e.getErrorCode();
      }
    }
  }

  private String notADatabase() throws Exception {
    Path file = newFile();
    Files.writeString(file, "This is no database. ".repeat(100));
    try (Connection connection = open(file)) {
      return failure(connection, "SELECT * FROM sqlite_schema");
    } catch (SQLException e) {
      return state(e);
    }
  }

  private String closedConnection() throws SQLException {
    Connection connection = open(newFile());
    connection.close();
    try {
      connection.createStatement();
      return "no error";
    } catch (SQLException e) {
      return state(e);
    }
  }

  private String violation() throws SQLException {
    try (Connection connection = prepared()) {
      execute(connection, "INSERT INTO t(n) VALUES (1), (1)");
      return "no error";
    } catch (SQLException e) {
      return e.getClass().getSimpleName() + ", " + e.getErrorCode() + ": " + e.getMessage();
    }
  }

  // ---- statements and transactions

  private String names() throws SQLException {
    try (Connection connection = open(newFile())) {
      DatabaseMetaData data = connection.getMetaData();
      return data.getDatabaseProductName()
          + "; "
          + data.getDriverName()
          + "; "
          + data.getJDBCMajorVersion()
          + "."
          + data.getJDBCMinorVersion();
    }
  }

  private String isolation() throws SQLException {
    try (Connection connection = open(newFile())) {
      StringJoiner accepted = new StringJoiner(" ");
      int first = connection.getTransactionIsolation();
      for (int level : new int[] {0, 1, 2, 4, 8}) {
        try {
          connection.setTransactionIsolation(level);
          accepted.add(String.valueOf(level));
        } catch (SQLException e) {
          // Not accepted.
        }
      }
      return first + "; " + accepted;
    }
  }

  private String lazyBegin() throws SQLException {
    Path file = newFile();
    try (Connection holder = open(file);
        Connection other = open(file)) {
      holder.setAutoCommit(false);
      return failure(other, "CREATE TABLE t(a)").equals("no error") ? "no" : "yes";
    }
  }

  private String multiStatement() throws SQLException {
    try (Connection connection = prepared()) {
      execute(
          connection,
          "INSERT INTO t(n) VALUES (1); INSERT INTO t(n) VALUES (2); INSERT INTO t(n) VALUES (3)");
      return one(connection, "SELECT count(*) FROM t");
    }
  }

  private String generatedKeys() throws SQLException {
    try (Connection connection = prepared();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO t(n) VALUES (1), (2)", Statement.RETURN_GENERATED_KEYS);
      return keys(statement);
    }
  }

  private String generatedKeysOfBatch() throws SQLException {
    try (Connection connection = prepared();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO t(n) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
      for (int i = 1; i <= 2; i++) {
        statement.setInt(1, i);
        statement.addBatch();
      }
      statement.executeBatch();
      return keys(statement);
    }
  }

  private static String keys(Statement statement) throws SQLException {
    try (ResultSet rows = statement.getGeneratedKeys()) {
      StringJoiner keys = new StringJoiner(" ");
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
      String name = rows.getMetaData().getColumnLabel(1);
      return keys.length() == 0 ? "none" : name + ": " + keys;
    }
  }

  private String queryOfInsert() throws SQLException {
    try (Connection connection = prepared();
        Statement statement = connection.createStatement()) {
      statement.executeQuery("INSERT INTO t(n) VALUES (1)").close();
      return "no error";
    } catch (SQLException e) {
      return "error";
    }
  }

  // ---- values

  private String objects() throws SQLException {
    try (Connection connection = open(newFile());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1, 1099511627776, 1.5, 'text', x'01'")) {
      rows.next();
      StringJoiner classes = new StringJoiner(", ");
      for (int i = 1; i <= 5; i++) {
        classes.add(rows.getObject(i).getClass().getSimpleName());
      }
      return classes.toString();
    }
  }

  private String stored(Object value) throws SQLException {
    try (Connection connection = open(newFile());
        PreparedStatement statement = connection.prepareStatement("SELECT typeof(?1), ?1")) {
      statement.setObject(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1) + " " + rows.getString(2);
      }
    }
  }

  private String typed(String text, Class<?> type) throws SQLException {
    try (Connection connection = open(newFile());
        PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      statement.setString(1, text);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return String.valueOf(rows.getObject(1, type));
      }
    }
  }

  // ---- metadata

  private Connection typedTable() throws SQLException {
    Connection connection = open(newFile());
    execute(
        connection,
        "CREATE TABLE m(a TIMESTAMP, b BOOLEAN, c BIGINT, d BLOB, e DECIMAL(10,2), f TEXT)");
    execute(connection, "INSERT INTO m VALUES (1, 1, 1, x'00', 1, 'x')");
    return connection;
  }

  private String resultTypes() throws SQLException {
    try (Connection connection = typedTable();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT a, b, c FROM m")) {
      ResultSetMetaData data = rows.getMetaData();
      return data.getColumnType(1) + " " + data.getColumnType(2) + " " + data.getColumnType(3);
    }
  }

  private String columnClass() throws SQLException {
    try (Connection connection = typedTable();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT f FROM m")) {
      String before = rows.getMetaData().getColumnClassName(1);
      rows.next();
      return before + ", " + rows.getMetaData().getColumnClassName(1);
    }
  }

  private String metadataTypes() throws SQLException {
    try (Connection connection = typedTable()) {
      StringJoiner types = new StringJoiner(" ");
      for (String column : List.of("a", "d", "b", "e")) {
        try (ResultSet rows = connection.getMetaData().getColumns(null, null, "m", column)) {
          rows.next();
          int size = rows.getInt("COLUMN_SIZE");
          types.add(rows.getInt("DATA_TYPE") + (column.equals("e") ? "(" + size + ")" : ""));
        }
      }
      return types.toString();
    }
  }

  private String capabilities() throws SQLException {
    try (Connection connection = open(newFile())) {
      DatabaseMetaData data = connection.getMetaData();
      return data.nullsAreSortedLow()
          + "; "
          + data.supportsCorrelatedSubqueries()
          + "; "
          + data.supportsTableCorrelationNames();
    }
  }

  private String keyMetadata() throws SQLException {
    try (Connection connection = open(newFile())) {
      execute(connection, "CREATE TABLE p(id INTEGER PRIMARY KEY)");
      execute(
          connection,
          "CREATE TABLE c(id INT PRIMARY KEY, p INT CONSTRAINT to_p REFERENCES p(id)"
              + " ON UPDATE CASCADE)");
      try (ResultSet rows = connection.getMetaData().getImportedKeys(null, null, "c")) {
        rows.next();
        return named(rows.getString("FK_NAME"))
            + "; "
            + named(rows.getString("PK_NAME"))
            + "; "
            + rows.getInt("UPDATE_RULE");
      }
    }
  }

  private static String named(String name) {
    return name == null || name.isEmpty() ? "empty" : name;
  }

  private String indexes() throws SQLException {
    try (Connection connection = prepared()) {
      String listed = "no";
      try (ResultSet rows = connection.getMetaData().getTables(null, null, "%", null)) {
        while (rows.next()) {
          listed = rows.getString("TABLE_NAME").contains("autoindex") ? "yes" : listed;
        }
      }
      try (ResultSet rows = connection.getMetaData().getIndexInfo(null, null, "t", false, false)) {
        rows.next();
        return rows.getShort("TYPE") + "; " + listed;
      }
    }
  }
}
