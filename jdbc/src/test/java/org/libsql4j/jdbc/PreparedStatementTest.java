package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.libsql4j.jdbc.TestDatabases.execute;
import static org.libsql4j.jdbc.TestDatabases.rows;
import static org.libsql4j.jdbc.TestDatabases.value;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreparedStatementTest {
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = TestDatabases.ours();
    execute(connection, "CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** What SQL sees of a parameter: its type and how it is written. */
  private String seen(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1) + ":" + rows.getString(2);
    }
  }

  @Test
  void setsAllTypes() throws SQLException {
    try (PreparedStatement s = connection.prepareStatement("SELECT typeof(?1), quote(?1)")) {
      s.setBoolean(1, true);
      assertThat(seen(s)).isEqualTo("integer:1");
      s.setByte(1, (byte) -3);
      assertThat(seen(s)).isEqualTo("integer:-3");
      s.setLong(1, Long.MIN_VALUE);
      assertThat(seen(s)).isEqualTo("integer:-9223372036854775808");
      s.setFloat(1, 0.5f);
      assertThat(seen(s)).isEqualTo("real:0.5");
      s.setBigDecimal(1, new BigDecimal("1.10"));
      assertThat(seen(s)).isEqualTo("text:'1.10'");
      s.setString(1, "häß'");
      assertThat(seen(s)).isEqualTo("text:'häß'''");
      s.setString(1, null);
      assertThat(seen(s)).isEqualTo("null:NULL");
      s.setBytes(1, new byte[] {1, -1});
      assertThat(seen(s)).isEqualTo("blob:X'01FF'");
      s.setNull(1, Types.VARCHAR);
      assertThat(seen(s)).isEqualTo("null:NULL");
      s.setBinaryStream(1, new ByteArrayInputStream(new byte[] {1, 2, 3}), 2);
      assertThat(seen(s)).isEqualTo("blob:X'0102'");
      assertThatThrownBy(
              () -> s.setBinaryStream(1, new ByteArrayInputStream(new byte[] {1, 2, 3}), 4))
          .hasMessageContaining("the stream ended after 3 of 4");
      assertThatThrownBy(() -> s.setClob(1, new StringReader("abc"), 9L))
          .hasMessageContaining("the stream ended after 3 of 9");
      assertThatThrownBy(() -> s.setCharacterStream(1, new StringReader("abc"), -1))
          .hasMessageContaining("negative length");
      s.setCharacterStream(1, new StringReader("abc"));
      assertThat(seen(s)).isEqualTo("text:'abc'");
      s.setTimestamp(1, new Timestamp(1234));
      assertThat(seen(s)).isEqualTo("integer:1234");
      s.setBlob(1, new LibsqlBlob(new byte[] {5}));
      assertThat(seen(s)).isEqualTo("blob:X'05'");
      s.setClob(1, new LibsqlClob("x"));
      assertThat(seen(s)).isEqualTo("text:'x'");
    }
  }

  @Test
  void setsObjects() throws SQLException {
    UUID uuid = UUID.fromString("00000000-0000-0001-0000-000000000002");
    Object[][] cases = {
      {null, "null:NULL"},
      {5, "integer:5"},
      {(short) 5, "integer:5"},
      {(byte) 5, "integer:5"},
      {5L, "integer:5"},
      {new BigInteger("5"), "integer:5"},
      {new BigInteger("99999999999999999999"), "text:'99999999999999999999'"},
      {2.5f, "real:2.5"},
      {2.5, "real:2.5"},
      {true, "integer:1"},
      {'c', "text:'c'"},
      {"s", "text:'s'"},
      {new byte[] {1}, "blob:X'01'"},
      {LocalDate.of(2020, 1, 2), "text:'2020-01-02'"},
      {Instant.ofEpochSecond(0), "text:'1970-01-01T00:00:00Z'"},
      {new java.util.Date(7), "integer:7"},
      {uuid, "text:'" + uuid + "'"},
    };
    try (PreparedStatement s = connection.prepareStatement("SELECT typeof(?1), quote(?1)")) {
      for (Object[] c : cases) {
        s.setObject(1, c[0]);
        assertThat(seen(s)).isEqualTo(c[1]);
      }
      s.setObject(1, "12", Types.INTEGER);
      assertThat(seen(s)).isEqualTo("integer:12");
      s.setObject(1, 12, Types.VARCHAR);
      assertThat(seen(s)).isEqualTo("text:'12'");
      s.setObject(1, "1.5", Types.DOUBLE);
      assertThat(seen(s)).isEqualTo("real:1.5");
      assertThatThrownBy(() -> s.setObject(1, "x", Types.INTEGER)).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> s.setObject(1, new Object())).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void storesDatesAsTheConnectionSays() throws SQLException {
    String sql = "SELECT typeof(?1), quote(?1)";
    try (Connection c =
            java.sql.DriverManager.getConnection("jdbc:libsql::memory:?date_class=text");
        PreparedStatement s = c.prepareStatement(sql)) {
      s.setTimestamp(1, Timestamp.valueOf("2020-01-02 03:04:05.678"));
      assertThat(seen(s)).isEqualTo("text:'2020-01-02 03:04:05.678'");
    }
    try (Connection c =
            java.sql.DriverManager.getConnection("jdbc:libsql::memory:?date_precision=seconds");
        PreparedStatement s = c.prepareStatement(sql)) {
      s.setTimestamp(1, new Timestamp(5999));
      assertThat(seen(s)).isEqualTo("integer:5");
    }
    try (Connection c =
            java.sql.DriverManager.getConnection("jdbc:libsql::memory:?date_class=real");
        PreparedStatement s = c.prepareStatement(sql)) {
      s.setTimestamp(1, new Timestamp(0));
      assertThat(seen(s)).isEqualTo("real:2440587.5");
    }
  }

  @Test
  void wantsAllParameters() throws SQLException {
    try (PreparedStatement s = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      s.setInt(1, 1);
      assertThatThrownBy(s::executeUpdate)
          .hasMessageContaining("parameter 2 is not set")
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("07001"));
      assertThatThrownBy(s::addBatch).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> s.setInt(3, 1)).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> s.setInt(0, 1)).isInstanceOf(SQLException.class);
      s.setInt(2, 1);
      assertThat(s.executeUpdate()).isEqualTo(1);
      s.clearParameters();
      assertThatThrownBy(s::executeUpdate).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void canSetParametersWhileRowsAreRead() throws SQLException {
    execute(connection, "INSERT INTO t VALUES (1, 1), (2, 2)");
    try (PreparedStatement s = connection.prepareStatement("SELECT a FROM t WHERE a >= ?")) {
      s.setInt(1, 1);
      ResultSet rows = s.executeQuery();
      assertThat(rows.next()).isTrue();
      s.setInt(1, 2);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
      assertThat(rows(s.executeQuery())).containsExactly("2");
      assertThat(rows.isClosed()).isTrue();
    }
  }

  @Test
  void runsAllStatementsOfItsText() throws SQLException {
    String text = "INSERT INTO t VALUES (?, 'x'); CREATE TABLE u(a); INSERT INTO u SELECT a FROM t";
    try (PreparedStatement s = connection.prepareStatement(text)) {
      s.setInt(1, 5);
      assertThat(s.executeUpdate()).isEqualTo(2);
    }
    try (PreparedStatement s =
        connection.prepareStatement("SELECT ? + 1; DROP TABLE u; DELETE FROM t; SELECT 3")) {
      s.setInt(1, 5);
      assertThat(s.execute()).isTrue();
      try (ResultSet rows = s.getResultSet()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(6);
      }
      assertThat(s.getMoreResults()).isFalse();
      assertThat(s.getUpdateCount()).isZero();
      assertThat(s.getMoreResults()).isFalse();
      assertThat(s.getUpdateCount()).isEqualTo(1);
      assertThat(s.getMoreResults()).isTrue();
      assertThat(s.getResultSet().next()).isTrue();
      assertThat(s.getMoreResults()).isFalse();
      assertThat(s.getUpdateCount()).isEqualTo(-1);
      assertThatThrownBy(s::executeQuery).hasMessageContaining("no such table: u");
    }
    try (PreparedStatement s = connection.prepareStatement("DELETE FROM t; SELECT ?")) {
      assertThatThrownBy(s::execute).hasMessageContaining("only the first can have parameters");
    }
    try (PreparedStatement s =
        connection.prepareStatement("INSERT INTO t VALUES (?, 1); UPDATE t SET a = a + 10")) {
      for (int i = 0; i < 2; i++) {
        s.setInt(1, i);
        s.addBatch();
      }
      assertThat(s.executeBatch()).containsExactly(2, 3);
    }
  }

  @Test
  void refusesText() throws SQLException {
    try (PreparedStatement s = connection.prepareStatement("SELECT 1; -- the end")) {
      assertThatThrownBy(() -> s.executeQuery("SELECT 1")).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> s.addBatch("SELECT 1")).isInstanceOf(SQLException.class);
      assertThatThrownBy(s::executeUpdate).hasMessageContaining("Query returns results");
      assertThat(s.execute()).isTrue();
    }
  }

  @Test
  void runsBatchesOfAllTypes() throws SQLException {
    try (PreparedStatement s = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      byte[] bytes = {1};
      for (int i = 0; i < 100; i++) {
        s.setInt(1, i);
        switch (i % 5) {
          case 0 -> s.setString(2, "s" + i);
          case 1 -> s.setDouble(2, i + 0.5);
          case 2 -> s.setNull(2, Types.NULL);
          case 3 -> {
            bytes[0] = (byte) i;
            s.setBytes(2, bytes);
          }
          default -> s.setLong(2, -i);
        }
        s.addBatch();
      }
      assertThat(s.executeBatch()).hasSize(100).containsOnly(1);
      assertThat(s.executeBatch()).isEmpty();
    }
    try (Statement s = connection.createStatement()) {
      assertThat(rows(s.executeQuery("SELECT a, quote(b) FROM t WHERE a BETWEEN 10 AND 14")))
          .containsExactly("10|'s10'", "11|11.5", "12|NULL", "13|X'0D'", "14|-14");
    }
  }

  @Test
  void keepsTheRowsOfABatchBeforeAFailure() throws SQLException {
    try (PreparedStatement s = connection.prepareStatement("INSERT INTO t VALUES (?, 0)")) {
      for (int key : new int[] {1, 2, 2, 3}) {
        s.setInt(1, key);
        s.addBatch();
      }
      assertThatThrownBy(s::executeBatch)
          .isInstanceOf(BatchUpdateException.class)
          .hasMessageContaining("UNIQUE constraint failed: t.a")
          .satisfies(
              e ->
                  assertThat(((BatchUpdateException) e).getLargeUpdateCounts())
                      .containsExactly(1, 1));
      assertThat(value(connection, "SELECT group_concat(a) FROM t")).isEqualTo("1,2");
      assertThat(connection.unwrap(org.libsql4j.Connection.class).isAutoCommit()).isTrue();
    }
  }

  @Test
  void tellsThatARollbackTookTheRowsBefore() throws SQLException {
    try (PreparedStatement s =
        connection.prepareStatement("INSERT OR ROLLBACK INTO t VALUES (?, 0)")) {
      for (int key : new int[] {1, 2, 2}) {
        s.setInt(1, key);
        s.addBatch();
      }
      assertThatThrownBy(s::executeBatch)
          .isInstanceOf(BatchUpdateException.class)
          .satisfies(e -> assertThat(((BatchUpdateException) e).getUpdateCounts()).isEmpty());
      assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("0");
    }
  }

  /** The key has the name that it was asked for by; of an UPSERT, updated rows count, too. */
  @Test
  void givesKeysByName() throws SQLException {
    execute(connection, "CREATE TABLE k(id INTEGER PRIMARY KEY, n UNIQUE)");
    String upsert = "INSERT INTO k(n) VALUES (?) ON CONFLICT DO UPDATE SET n = excluded.n";
    try (PreparedStatement s = connection.prepareStatement(upsert, new String[] {"rowid", "n"})) {
      for (String name : new String[] {"a", "b", "a"}) {
        s.setString(1, name);
        s.addBatch();
      }
      s.executeBatch();
      try (ResultSet keys = s.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getLong("rowid")).isEqualTo(1);
        assertThat(keys.getString("n")).isEqualTo("a");
      }
      assertThat(rows(s.getGeneratedKeys())).containsExactly("1|a", "2|b", "1|a");
    }
  }

  @Test
  void givesAllKeysOfABatch() throws SQLException {
    try (PreparedStatement s =
        connection.prepareStatement(
            "INSERT INTO t(b) VALUES (?), (?)", Statement.RETURN_GENERATED_KEYS)) {
      for (int i = 0; i < 3; i++) {
        s.setInt(1, i);
        s.setInt(2, i);
        s.addBatch();
      }
      s.executeBatch();
      assertThat(rows(s.getGeneratedKeys())).containsExactly("1", "2", "3", "4", "5", "6");
      s.executeUpdate();
      try (ResultSet keys = s.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getLong("whatever")).isEqualTo(7);
        assertThat(keys.getMetaData().getColumnName(1)).isEqualTo("last_insert_rowid()");
      }
    }
    try (PreparedStatement s =
        connection.prepareStatement("INSERT INTO t(b) VALUES (?) -- x", new String[] {"a", "b"})) {
      s.setString(1, "x");
      assertThat(s.execute()).isFalse();
      assertThat(s.getUpdateCount()).isEqualTo(1);
      assertThat(rows(s.getGeneratedKeys())).containsExactly("9|x");
    }
  }

  @Test
  void followsChangesOfTheSchema() throws SQLException {
    execute(connection, "INSERT INTO t VALUES (1, 2)");
    try (PreparedStatement s = connection.prepareStatement("SELECT * FROM t WHERE a = ?")) {
      s.setInt(1, 1);
      assertThat(rows(s.executeQuery())).containsExactly("1|2");
      execute(connection, "ALTER TABLE t ADD COLUMN c DEFAULT 3");
      try (ResultSet rows = s.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt("c")).isEqualTo(3);
      }
    }
  }

  @Test
  void describesItself() throws SQLException {
    try (PreparedStatement s = connection.prepareStatement("SELECT a, b FROM t WHERE a = ?")) {
      assertThat(s.getMetaData().getColumnCount()).isEqualTo(2);
      assertThat(s.getMetaData().getColumnType(1)).isEqualTo(Types.BIGINT);
      assertThat(s.getParameterMetaData().getParameterCount()).isEqualTo(1);
      s.setDouble(1, 1);
      assertThat(s.getParameterMetaData().getParameterTypeName(1)).isEqualTo("REAL");
    }
    try (PreparedStatement s = connection.prepareStatement("DELETE FROM t")) {
      assertThat(s.getMetaData()).isNull();
    }
  }
}
