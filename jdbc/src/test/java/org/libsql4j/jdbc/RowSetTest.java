package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.FilteredRowSet;
import javax.sql.rowset.JdbcRowSet;
import javax.sql.rowset.RowSetFactory;
import javax.sql.rowset.RowSetProvider;
import javax.sql.rowset.WebRowSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The row sets of the Java platform over this driver. */
class RowSetTest {
  @TempDir Path directory;
  private RowSetFactory factory;
  private String url;

  @BeforeEach
  void open() throws Exception {
    factory = RowSetProvider.newFactory();
    url = "jdbc:libsql:" + directory.resolve("a.db");
    try (Connection connection = java.sql.DriverManager.getConnection(url)) {
      TestDatabases.execute(
          connection,
          "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT NOT NULL, price DECIMAL(10,2), at TIMESTAMP,"
              + " data BLOB, ok BOOLEAN, big BIGINT, r REAL)",
          "INSERT INTO t VALUES(1, 'one', 1.5, 0, x'01', 1, 5000000000, 2.5)",
          "INSERT INTO t VALUES(2, 'two', NULL, NULL, NULL, NULL, NULL, NULL)",
          "INSERT INTO t VALUES(3, 'three', 30, '2020-01-02 03:04:05', x'', 0, 7, -1)");
    }
  }

  @Test
  void aCachedRowSetIsFilledFromAResult() throws Exception {
    try (Connection connection = java.sql.DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM t ORDER BY id");
        CachedRowSet cached = factory.createCachedRowSet()) {
      cached.populate(rows);
      assertThat(cached.size()).isEqualTo(3);
      assertThat(cached.last()).isTrue();
      assertThat(cached.getString("name")).isEqualTo("three");
      assertThat(cached.absolute(1)).isTrue();
      assertThat(cached.getInt(1)).isEqualTo(1);
      assertThat(cached.getLong("big")).isEqualTo(5_000_000_000L);
      assertThat(cached.getBigDecimal("price")).isEqualByComparingTo(new BigDecimal("1.5"));
      assertThat(cached.getDouble("r")).isEqualTo(2.5);
      assertThat(cached.next()).isTrue();
      assertThat(cached.getObject("price")).isNull();
      assertThat(cached.wasNull()).isTrue();
    }
  }

  @Test
  void aCachedRowSetReadsAndWritesByItself() throws Exception {
    try (CachedRowSet cached = factory.createCachedRowSet()) {
      cached.setUrl(url);
      // With parameters, the platform's writer would run it again without setting them.
      cached.setCommand("SELECT id, name FROM t WHERE id > 1 ORDER BY id");
      cached.execute();
      assertThat(cached.size()).isEqualTo(2);
      cached.first();
      cached.updateString("name", "TWO");
      cached.updateRow();
      cached.last();
      cached.deleteRow();
      cached.moveToInsertRow();
      cached.updateInt("id", 9);
      cached.updateString("name", "nine");
      cached.insertRow();
      cached.moveToCurrentRow();
      try (Connection connection = java.sql.DriverManager.getConnection(url)) {
        connection.setAutoCommit(false);
        cached.setTableName("t");
        cached.setKeyColumns(new int[] {1});
        cached.acceptChanges(connection);
      }
    }
    try (Connection connection = java.sql.DriverManager.getConnection(url)) {
      assertThat(
              TestDatabases.value(
                  connection, "SELECT group_concat(id || name, ',' ORDER BY id) FROM t"))
          .isEqualTo("1one,2TWO,9nine");
    }
  }

  @Test
  void otherKinds() throws Exception {
    try (Connection connection = java.sql.DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        WebRowSet web = factory.createWebRowSet();
        FilteredRowSet filtered = factory.createFilteredRowSet()) {
      try (ResultSet rows = statement.executeQuery("SELECT id, name FROM t")) {
        java.io.StringWriter xml = new java.io.StringWriter();
        web.writeXml(rows, xml);
        assertThat(xml.toString()).contains("<columnValue>three</columnValue>");
      }
      try (ResultSet rows = statement.executeQuery("SELECT id, at FROM t WHERE id = 3")) {
        filtered.populate(rows);
        filtered.first();
        assertThat(filtered.getString(2)).isEqualTo("2020-01-02 03:04:05");
      }
    }
  }

  @Test
  void aJdbcRowSet() throws Exception {
    try (JdbcRowSet rows = factory.createJdbcRowSet()) {
      rows.setUrl(url);
      rows.setCommand("SELECT name FROM t ORDER BY id");
      rows.execute();
      assertThat(rows.last()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("three");
      assertThat(rows.previous()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("two");
    }
  }
}
