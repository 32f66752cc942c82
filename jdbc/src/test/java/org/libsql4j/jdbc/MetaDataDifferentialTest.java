package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metadata is that of the C library's JDBC driver where that is right. */
class MetaDataDifferentialTest {
  private static final String[] SCHEMA = {
    "CREATE TABLE p(id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(20) NOT NULL DEFAULT 'x',"
        + " amount DECIMAL(10,2), ts TIMESTAMP, u INT UNIQUE, b BLOB, bo BOOLEAN)",
    "CREATE TABLE c(a INT, b TEXT, pid INT,"
        + " CONSTRAINT c_pk PRIMARY KEY(a, b),"
        + " CONSTRAINT c_fk FOREIGN KEY(pid) REFERENCES p(id)"
        + " ON DELETE CASCADE ON UPDATE SET NULL)",
    "CREATE TABLE f2(x INT, y TEXT, z INT REFERENCES p,"
        + " CONSTRAINT k2 FOREIGN KEY(x, y) REFERENCES c)",
    "CREATE INDEX ci ON c(pid, b DESC)",
    "CREATE UNIQUE INDEX pe ON p(lower(name)) WHERE id > 5",
    "CREATE VIEW v AS SELECT id, name FROM p",
    "CREATE TEMP TABLE tt(x)",
  };

  private Connection ours;
  private Connection theirs;

  @BeforeEach
  void open() throws SQLException {
    ours = TestDatabases.ours();
    theirs = TestDatabases.theirs();
    TestDatabases.execute(ours, SCHEMA);
    TestDatabases.execute(theirs, SCHEMA);
  }

  @AfterEach
  void close() throws SQLException {
    ours.close();
    theirs.close();
  }

  @FunctionalInterface
  private interface Question {
    ResultSet ask(DatabaseMetaData metaData) throws SQLException;
  }

  private static List<String> columns(ResultSet rows, String... columns) throws SQLException {
    List<String> result = new ArrayList<>();
    while (rows.next()) {
      StringBuilder row = new StringBuilder();
      for (String column : columns) {
        row.append(rows.getString(column)).append('|');
      }
      result.add(row.toString());
    }
    rows.close();
    return result;
  }

  private void agree(Question question, String... columns) throws SQLException {
    assertThat(columns(question.ask(ours.getMetaData()), columns))
        .isEqualTo(columns(question.ask(theirs.getMetaData()), columns));
  }

  private static List<String> labels(ResultSet rows) throws SQLException {
    List<String> labels = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      labels.add(rows.getMetaData().getColumnLabel(i));
    }
    return labels;
  }

  private void sameShape(Question question) throws SQLException {
    assertThat(labels(question.ask(ours.getMetaData())))
        .isEqualTo(labels(question.ask(theirs.getMetaData())));
  }

  @Test
  void tables() throws SQLException {
    for (String pattern : new String[] {null, "%", "p", "P", "_", "f%"}) {
      agree(
          m -> m.getTables(null, null, pattern, new String[] {"TABLE", "VIEW"}),
          "TABLE_CAT",
          "TABLE_SCHEM",
          "TABLE_NAME",
          "TABLE_TYPE",
          "REMARKS");
    }
    sameShape(m -> m.getTables(null, null, null, null));
    agree(DatabaseMetaData::getTableTypes, "TABLE_TYPE");
    agree(DatabaseMetaData::getCatalogs, "TABLE_CAT");
    agree(DatabaseMetaData::getSchemas, "TABLE_SCHEM");
    assertThat(
            columns(
                ours.getMetaData().getTables(null, null, null, null), "TABLE_NAME", "TABLE_TYPE"))
        .containsExactly(
            "tt|GLOBAL TEMPORARY|",
            "sqlite_schema|SYSTEM TABLE|",
            "sqlite_sequence|SYSTEM TABLE|",
            "c|TABLE|",
            "f2|TABLE|",
            "p|TABLE|",
            "v|VIEW|");
  }

  @Test
  void columnsOfTables() throws SQLException {
    agree(
        m -> m.getColumns(null, null, "%", "%"),
        "TABLE_NAME",
        "COLUMN_NAME",
        "TYPE_NAME",
        "COLUMN_DEF",
        "ORDINAL_POSITION",
        "IS_GENERATEDCOLUMN");
    sameShape(m -> m.getColumns(null, null, "p", null));
    assertThat(
            columns(
                ours.getMetaData().getColumns(null, null, "p", null),
                "COLUMN_NAME",
                "DATA_TYPE",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS",
                "IS_NULLABLE",
                "IS_AUTOINCREMENT"))
        .containsExactly(
            "id|-5|2000000000|0|NO|YES|",
            "name|12|20|null|NO|NO|",
            "amount|3|10|2|YES|NO|",
            "ts|93|2000000000|null|YES|NO|",
            "u|4|2000000000|0|YES|NO|",
            "b|2004|2000000000|null|YES|NO|",
            "bo|16|2000000000|null|YES|NO|");
  }

  @Test
  void primaryKeys() throws SQLException {
    for (String table : new String[] {"p", "c", "f2", "v"}) {
      agree(
          m -> m.getPrimaryKeys(null, null, table),
          "TABLE_NAME",
          "COLUMN_NAME",
          "KEY_SEQ",
          "PK_NAME");
    }
    sameShape(m -> m.getPrimaryKeys(null, null, "p"));
  }

  @Test
  void indexes() throws SQLException {
    for (String table : new String[] {"p", "c", "f2", "nosuch"}) {
      assertThat(indexes(ours, table)).containsExactlyInAnyOrderElementsOf(indexes(theirs, table));
    }
    sameShape(m -> m.getIndexInfo(null, null, "p", false, false));
    assertThat(
            columns(
                ours.getMetaData().getIndexInfo(null, null, "c", false, false),
                "INDEX_NAME",
                "NON_UNIQUE",
                "COLUMN_NAME",
                "ASC_OR_DESC"))
        .containsExactly(
            "sqlite_autoindex_c_1|0|a|A|",
            "sqlite_autoindex_c_1|0|b|A|",
            "ci|1|pid|A|",
            "ci|1|b|D|");
    assertThat(
            columns(
                ours.getMetaData().getIndexInfo(null, null, "p", true, false),
                "INDEX_NAME",
                "COLUMN_NAME",
                "FILTER_CONDITION"))
        .containsExactly("pe|null|id > 5|", "sqlite_autoindex_p_1|u|null|");
  }

  private static List<String> indexes(Connection connection, String table) throws SQLException {
    return columns(
        connection.getMetaData().getIndexInfo(null, null, table, false, false),
        "TABLE_NAME",
        "NON_UNIQUE",
        "INDEX_NAME",
        "TYPE",
        "ORDINAL_POSITION",
        "COLUMN_NAME");
  }

  @Test
  void foreignKeys() throws SQLException {
    String[] columns = {
      "PKTABLE_NAME",
      "PKCOLUMN_NAME",
      "FKTABLE_NAME",
      "FKCOLUMN_NAME",
      "KEY_SEQ",
      "UPDATE_RULE",
      "DELETE_RULE"
    };
    agree(m -> m.getImportedKeys(null, null, "c"), columns);
    sameShape(m -> m.getImportedKeys(null, null, "c"));
    DatabaseMetaData m = ours.getMetaData();
    assertThat(
            columns(
                m.getImportedKeys(null, null, "f2"),
                "PKTABLE_NAME",
                "PKCOLUMN_NAME",
                "FKCOLUMN_NAME",
                "KEY_SEQ",
                "FK_NAME",
                "PK_NAME"))
        .containsExactly("c|a|x|1|k2|c_pk|", "c|b|y|2|k2|c_pk|", "p|id|z|1|null|null|");
    assertThat(columns(m.getExportedKeys(null, null, "p"), "FKTABLE_NAME", "FKCOLUMN_NAME"))
        .containsExactly("c|pid|", "f2|z|");
    assertThat(
            columns(
                m.getCrossReference(null, null, "p", null, null, "c"),
                "FKTABLE_NAME",
                "FK_NAME",
                "UPDATE_RULE",
                "DELETE_RULE"))
        .containsExactly("c|c_fk|2|0|");
  }

  @Test
  void attachedDatabasesAreSchemas() throws SQLException {
    TestDatabases.execute(ours, "ATTACH ':memory:' AS aux1", "CREATE TABLE aux1.t(a PRIMARY KEY)");
    DatabaseMetaData m = ours.getMetaData();
    assertThat(columns(m.getSchemas(), "TABLE_SCHEM")).containsExactly("aux1|");
    assertThat(columns(m.getTables(null, "aux1", "t", null), "TABLE_SCHEM", "TABLE_NAME"))
        .containsExactly("aux1|t|");
    assertThat(columns(m.getPrimaryKeys(null, "aux1", "t"), "COLUMN_NAME")).containsExactly("a|");
  }

  @Test
  void resultSets() throws SQLException {
    String insert = "INSERT INTO p(name, amount, ts, u, b, bo) VALUES ('n', 1.5, 5, 6, x'00', 1)";
    TestDatabases.execute(ours, insert);
    TestDatabases.execute(theirs, insert);
    for (String sql :
        new String[] {
          "SELECT * FROM p",
          "SELECT id AS x, p.name FROM p",
          "SELECT 1, 'a', x'00', count(*) FROM p"
        }) {
      List<String> expected = describe(theirs, sql);
      expected.replaceAll(text -> text.replaceFirst("^(id|x) 4 ", "$1 -5 "));
      assertThat(describe(ours, sql)).as(sql).isEqualTo(expected);
    }
  }

  private static List<String> describe(Connection connection, String sql) throws SQLException {
    List<String> result = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      ResultSetMetaData m = rows.getMetaData();
      for (int i = 1; i <= m.getColumnCount(); i++) {
        result.add(
            m.getColumnLabel(i)
                + " "
                + m.getColumnType(i)
                + " "
                + m.getTableName(i)
                + " "
                + m.getPrecision(i)
                + " "
                + m.getScale(i));
      }
    }
    return result;
  }

  @Test
  void knowsMoreOfColumns() throws SQLException {
    try (Statement statement = ours.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, name, amount, 1 FROM p")) {
      ResultSetMetaData m = rows.getMetaData();
      assertThat(m.isAutoIncrement(1)).isTrue();
      assertThat(m.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
      assertThat(m.isNullable(2)).isEqualTo(ResultSetMetaData.columnNoNulls);
      assertThat(m.isNullable(3)).isEqualTo(ResultSetMetaData.columnNullable);
      assertThat(m.isNullable(4)).isEqualTo(ResultSetMetaData.columnNullableUnknown);
      assertThat(m.getColumnClassName(2)).isEqualTo("java.lang.String");
    }
  }

  @Test
  void introducesItself() throws SQLException {
    DatabaseMetaData m = ours.getMetaData();
    assertThat(m.getDatabaseProductName()).isEqualTo("SQLite");
    assertThat(m.getDatabaseMajorVersion()).isEqualTo(3);
    assertThat(m.getURL()).isEqualTo("jdbc:libsql::memory:");
    assertThat(m.nullsAreSortedLow()).isTrue();
    assertThat(m.supportsStatementPooling()).isTrue();
    assertThat(columns(m.getTypeInfo(), "TYPE_NAME")).hasSize(5);
  }
}
