package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.error.ResultCode;

/** Long values of tables, of which only what is asked for is read. */
class BlobTest {
  private static final int SIZE = 8 << 20;

  @TempDir Path directory;
  private Connection connection;
  private byte[] content;

  @BeforeEach
  void open() throws SQLException {
    connection = connect();
    TestDatabases.execute(connection, "CREATE TABLE t(id INTEGER PRIMARY KEY, data, name)");
    content = new byte[SIZE];
    new Random(7).nextBytes(content);
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES(?, ?, ?)")) {
      insert.setInt(1, 1);
      insert.setBlob(2, new ByteArrayInputStream(content), content.length);
      insert.setString(3, "one");
      insert.executeUpdate();
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:libsql:" + directory.resolve("a.db") + "?journal_mode=delete&busy_timeout=0");
  }

  private static ResultSet row(Statement statement, String sql) throws SQLException {
    ResultSet rows = statement.executeQuery(sql);
    assertThat(rows.next()).isTrue();
    return rows;
  }

  private ResultSet row() throws SQLException {
    return row(connection.createStatement(), "SELECT id, data, name FROM t WHERE id = 1");
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  @Test
  void aPartIsReadWithoutTheRest() throws Exception {
    connection.close();
    connection = connect();
    TestDatabases.execute(connection, "PRAGMA cache_size = 50");
    row().close();
    long before = allocated();
    try (ResultSet rows = row()) {
      Blob blob = rows.getBlob(2);
      assertThat(blob.length()).isEqualTo(SIZE);
      assertThat(blob.getBytes(1001, 500)).isEqualTo(slice(content, 1000, 1500));
      assertThat(blob.getBytes(SIZE - 99, 500)).isEqualTo(slice(content, SIZE - 100, SIZE));
      try (InputStream in = blob.getBinaryStream(SIZE / 2 + 1, 10)) {
        assertThat(in.readAllBytes()).isEqualTo(slice(content, SIZE / 2, SIZE / 2 + 10));
      }
      blob.free();
      assertThat(rows.getMetaData().getColumnCount()).isEqualTo(3);
      assertThat(rows.getString(3)).isEqualTo("one");
    }
    assertThat(allocated() - before).isLessThan(SIZE / 4);
  }

  @Test
  void theWholeValueAsBytesAndStreams() throws Exception {
    try (ResultSet rows = row()) {
      assertThat(rows.getBytes(2)).isEqualTo(content);
      assertThat((byte[]) rows.getObject(2)).isEqualTo(content);
      try (InputStream in = rows.getBinaryStream(2)) {
        assertThat(in.readAllBytes()).isEqualTo(content);
        assertThat(in.read()).isEqualTo(-1);
      }
      assertThat(rows.getObject(2, Blob.class).getBinaryStream().readAllBytes()).isEqualTo(content);
      assertThat(rows.wasNull()).isFalse();
      Blob blob = rows.getBlob(2);
      assertThat(blob.getBytes(1, SIZE)).isEqualTo(content);
      assertThat(blob.getBytes(SIZE + 1, 1)).isEmpty();
      assertThatThrownBy(() -> blob.getBytes(SIZE + 2, 1)).hasMessageContaining("out of bounds");
      assertThatThrownBy(() -> blob.getBinaryStream(1, SIZE + 1)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void positions() throws SQLException {
    try (ResultSet rows = row()) {
      Blob blob = rows.getBlob(2);
      for (int at : new int[] {0, 1, 65_530, 65_536, 131_070, SIZE - 20}) {
        byte[] pattern = slice(content, at, at + 20);
        assertThat(blob.position(pattern, 1)).isEqualTo(at + 1);
        assertThat(blob.position(pattern, at + 1)).isEqualTo(at + 1);
        if (at < SIZE - 20) {
          assertThat(blob.position(pattern, at + 2)).isEqualTo(-1);
        }
      }
      byte[] large = slice(content, 100, 200_000);
      assertThat(blob.position(new LibsqlBlob(large), 2)).isEqualTo(101);
      assertThat(blob.position(new byte[0], 5)).isEqualTo(5);
      assertThat(new LibsqlBlob(new byte[0]).position(new byte[0], 1)).isEqualTo(1);
      assertThat(blob.position(slice(content, SIZE - 5, SIZE), SIZE - 3)).isEqualTo(-1);
    }
  }

  @Test
  void changesAreMadeToACopy() throws Exception {
    assertThat(connection.getMetaData().locatorsUpdateCopy()).isTrue();
    try (ResultSet rows = row();
        PreparedStatement update = connection.prepareStatement("UPDATE t SET data = ?")) {
      Blob blob = rows.getBlob(2);
      assertThat(blob.setBytes(3, new byte[] {1, 2, 3})).isEqualTo(3);
      assertThat(blob.getBytes(1, 6))
          .isEqualTo(new byte[] {content[0], content[1], 1, 2, 3, content[5]});
      assertThat(rows.getBlob(2).getBytes(1, 6)).isEqualTo(slice(content, 0, 6));
      try (OutputStream out = blob.setBinaryStream(1)) {
        out.write(9);
      }
      blob.truncate(4);
      update.setBlob(1, blob);
      update.executeUpdate();
    }
    try (ResultSet rows = row()) {
      assertThat(rows.getBytes(2)).isEqualTo(new byte[] {9, content[1], 1, 2});
    }
  }

  @Test
  void aChangedRowIsAnError() throws SQLException {
    try (ResultSet rows = row()) {
      Blob blob = rows.getBlob(2);
      TestDatabases.execute(connection, "UPDATE t SET name = 'other' WHERE id = 1");
      assertThatThrownBy(() -> blob.getBytes(1, 1))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("0F001");
                assertThat(e.getErrorCode()).isEqualTo(ResultCode.ABORT.primaryCode());
                assertThat(e.getMessage()).contains("the row that the value is in was changed");
              });
      assertThatThrownBy(() -> blob.getBinaryStream().read()).isInstanceOf(IOException.class);
      // The row of the result is what it was when it was reached.
      assertThat(rows.getBytes(2)).isEqualTo(content);
      assertThat(rows.getBlob(2).getBytes(1, 5)).isEqualTo(slice(content, 0, 5));
    }
  }

  @Test
  void aBlobIsGoodUntilItsTransactionEnds() throws SQLException {
    connection.setAutoCommit(false);
    Blob blob;
    try (ResultSet rows = row()) {
      blob = rows.getBlob(2);
      rows.getStatement().close();
    }
    assertThat(blob.getBytes(10, 2)).isEqualTo(slice(content, 9, 11));
    connection.commit();
    assertThatThrownBy(() -> blob.getBytes(1, 1))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("has ended");
    Blob second = row().getBlob(2);
    TestDatabases.execute(connection, "INSERT INTO t VALUES (2, 2, 2)");
    connection.rollback();
    assertThatThrownBy(() -> second.getBytes(1, 1)).isInstanceOf(SQLException.class);
    second.free();
  }

  @Test
  void withAutoCommitABlobIsGoodUntilItsResultIsClosed() throws SQLException {
    try (Connection other = connect();
        ResultSet rows = row()) {
      Blob blob = rows.getBlob(2);
      assertThat(rows.next()).isFalse();
      assertThat(blob.getBytes(10, 2)).isEqualTo(slice(content, 9, 11));
      assertThatThrownBy(() -> TestDatabases.execute(other, "DELETE FROM t"))
          .hasMessageContaining("locked");
      rows.close();
      assertThatThrownBy(() -> blob.getBytes(1, 1)).isInstanceOf(SQLException.class);
      TestDatabases.execute(other, "DELETE FROM t");
    }
  }

  /** The rows of a batch share a transaction of their own, which is none of the Blob's. */
  @Test
  void aBatchInAutoCommitModeDoesNotEndBlobs() throws SQLException {
    try (ResultSet rows = row();
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t(name) VALUES (?)")) {
      Blob blob = rows.getBlob(2);
      for (String name : new String[] {"a", "b"}) {
        insert.setString(1, name);
        insert.addBatch();
      }
      insert.executeBatch();
      assertThat(blob.getBytes(10, 2)).isEqualTo(slice(content, 9, 11));
      assertThat(rows.getString(3)).isEqualTo("one");
    }
  }

  @Test
  void freeingGivesTheLockBack() throws SQLException {
    try (Connection other = connect();
        ResultSet rows = row()) {
      Blob blob = rows.getBlob(2);
      assertThat(rows.next()).isFalse();
      blob.free();
      TestDatabases.execute(other, "DELETE FROM t");
      assertThatThrownBy(blob::length).hasMessageContaining("freed");
      blob.free();
    }
  }

  @Test
  void aStreamEndsWithItsRow() throws Exception {
    TestDatabases.execute(connection, "INSERT INTO t SELECT 2, data, 'two' FROM t");
    try (Statement statement = connection.createStatement();
        ResultSet rows = row(statement, "SELECT data FROM t")) {
      InputStream first = rows.getBinaryStream(1);
      assertThat(first.read()).isEqualTo(content[0] & 0xff);
      assertThat(rows.next()).isTrue();
      assertThatThrownBy(first::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has ended");
      assertThat(rows.getBinaryStream(1).readNBytes(10)).isEqualTo(slice(content, 0, 10));
    }
  }

  @Test
  void textsAreStreamedToo() throws Exception {
    String text = "grün ".repeat(400_000);
    for (String encoding : new String[] {"UTF-8", "UTF-16le"}) {
      try (Connection texts = DriverManager.getConnection("jdbc:libsql::memory:")) {
        TestDatabases.execute(
            texts, "PRAGMA encoding = '" + encoding + "'", "CREATE TABLE x(a TEXT)");
        try (PreparedStatement insert = texts.prepareStatement("INSERT INTO x VALUES (?)")) {
          insert.setString(1, text);
          insert.executeUpdate();
        }
        try (Statement statement = texts.createStatement();
            ResultSet rows = row(statement, "SELECT a FROM x");
            Reader reader = rows.getCharacterStream(1)) {
          char[] start = new char[100];
          assertThat(reader.read(start)).isPositive();
          assertThat(new String(start, 0, 5)).isEqualTo("grün ");
          Clob clob = rows.getClob(1);
          assertThat(clob.length()).isEqualTo(text.length());
          assertThat(clob.getSubString(6, 5)).isEqualTo("grün ");
          assertThat(rows.getString(1)).isEqualTo(text);
          assertThat(new String(rows.getBlob(1).getBytes(1, 5), "UTF-8")).isEqualTo("grün");
        }
      }
    }
  }

  @Test
  void whatIsNoColumnOfATableIsInMemory() throws SQLException {
    TestDatabases.execute(
        connection,
        "CREATE TABLE g(a, b AS (length(a)))",
        "INSERT INTO g SELECT data FROM t",
        "CREATE TABLE w(k PRIMARY KEY, a) WITHOUT ROWID",
        "INSERT INTO w SELECT 1, data FROM t");
    for (String sql :
        new String[] {
          "SELECT a FROM g",
          "SELECT a FROM w",
          "SELECT CAST(data AS BLOB) FROM t",
          "SELECT data FROM t ORDER BY name",
          "SELECT max(data) FROM t",
          "SELECT data FROM (SELECT DISTINCT * FROM t)"
        }) {
      Blob blob;
      try (Statement statement = connection.createStatement();
          ResultSet rows = row(statement, sql)) {
        blob = rows.getBlob(1);
      }
      assertThat(blob.getBytes(SIZE - 9, 100)).as(sql).isEqualTo(slice(content, SIZE - 10, SIZE));
    }
  }

  @Test
  void manyBlobsOfOneResult() throws SQLException {
    TestDatabases.execute(
        connection,
        "DELETE FROM t",
        "INSERT INTO t SELECT value, zeroblob(1100000), 'x' FROM generate_series(1, 20)");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT data FROM t, generate_series(1, 50)")) {
      while (rows.next()) {
        Blob blob = rows.getBlob(1);
        assertThat(blob.length()).isEqualTo(1_100_000);
        blob.free();
      }
    }
  }

  /** The value itself and the row that it becomes a part of; pages of the cache beside that. */
  @Test
  void aStreamIsInMemoryTwice() throws SQLException {
    TestDatabases.execute(connection, "PRAGMA cache_size = 50");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t(data) VALUES (?)")) {
      for (int i = 0; i < 2; i++) {
        long before = allocated();
        insert.setBinaryStream(1, new ByteArrayInputStream(content), SIZE);
        insert.executeUpdate();
        assertThat(allocated() - before).isLessThan(SIZE * 5L / 2);
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = row(statement, "SELECT count(*), max(data) FROM t GROUP BY data")) {
      assertThat(rows.getInt(1)).isEqualTo(3);
      assertThat(rows.getBytes(2)).isEqualTo(content);
    }
  }

  @Test
  void batchesOfStreamsAndBlobs() throws SQLException {
    byte[] mine = {1, 2, 3};
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t(data) VALUES (?)")) {
      insert.setBlob(1, new ByteArrayInputStream(mine), 3);
      insert.addBatch();
      insert.setBytes(1, mine);
      insert.addBatch();
      mine[0] = 9;
      insert.setBlob(1, new LibsqlBlob(mine));
      insert.addBatch();
      insert.setBlob(1, (Blob) null);
      insert.addBatch();
      insert.executeBatch();
    }
    assertThat(
            TestDatabases.value(connection, "SELECT group_concat(hex(data)) FROM t WHERE id > 1"))
        .isEqualTo("010203,010203,090203,");
  }

  @Test
  void streamsThatAreTooLongOrTooShort() throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t(data) VALUES (?)")) {
      InputStream stream = new ByteArrayInputStream(new byte[10]);
      assertThatThrownBy(() -> insert.setBlob(1, stream, 2_000_000_000L))
          .isInstanceOf(SQLDataException.class)
          .hasMessageContaining("SQLITE_TOOBIG");
      assertThatThrownBy(() -> insert.setBlob(1, stream, 11))
          .hasMessageContaining("ended after 10 of 11");
    }
  }
}
