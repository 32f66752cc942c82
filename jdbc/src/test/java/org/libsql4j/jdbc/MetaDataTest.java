package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metadata of attached databases, views, generated columns, tables without rowid, functions. */
class MetaDataTest {
  private Connection connection;
  private DatabaseMetaData metaData;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:libsql::memory:");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "ATTACH ':memory:' AS x;"
              + "CREATE TABLE x.at(i INTEGER PRIMARY KEY, n VARCHAR(20) NOT NULL);"
              + "CREATE TABLE w(a TEXT, b INT, c AS (a||b), d INT AS (b+1) STORED,"
              + " PRIMARY KEY(b,a)) WITHOUT ROWID;"
              + "CREATE VIEW v AS SELECT a AS va, b FROM w;"
              + "CREATE TABLE child(p REFERENCES at(i) NOT DEFERRABLE INITIALLY DEFERRED,"
              + " q INT REFERENCES at DEFERRABLE, r INT,"
              + " CONSTRAINT fk FOREIGN KEY(p,q) REFERENCES w(b,a)"
              + " DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(r) REFERENCES at);");
    }
    metaData = connection.getMetaData();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static List<String> column(ResultSet rows, String... labels) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (String label : labels) {
          row.append(row.length() == 0 ? "" : " ").append(rows.getString(label));
        }
        values.add(row.toString());
      }
    }
    return values;
  }

  @Test
  void attachedDatabasesAreSchemas() throws SQLException {
    assertThat(column(metaData.getSchemas(), "TABLE_SCHEM")).containsExactly("x");
    assertThat(column(metaData.getTables(null, "x", null, new String[] {"TABLE"}), "TABLE_NAME"))
        .containsExactly("at");
    assertThat(column(metaData.getPrimaryKeys(null, "x", "at"), "COLUMN_NAME"))
        .containsExactly("i");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT n, 1 FROM x.at")) {
      assertThat(rows.getMetaData().getSchemaName(1)).isEqualTo("x");
      assertThat(rows.getMetaData().getSchemaName(2)).isEmpty();
    }
  }

  @Test
  void columns() throws SQLException {
    assertThat(
            column(metaData.getColumns(null, null, "w", "%"), "COLUMN_NAME", "IS_GENERATEDCOLUMN"))
        .containsExactly("a NO", "b NO", "c YES", "d YES");
    assertThat(column(metaData.getColumns(null, null, "v", "%"), "COLUMN_NAME", "TYPE_NAME"))
        .containsExactly("va TEXT", "b INT");
    try (PreparedStatement statement = connection.prepareStatement("SELECT a, c, d, 1 FROM w")) {
      ResultSetMetaData result = statement.getMetaData();
      assertThat(result.isReadOnly(1)).isFalse();
      assertThat(result.isReadOnly(2)).isTrue();
      assertThat(result.isWritable(3)).isFalse();
      assertThat(result.isReadOnly(4)).isTrue();
      assertThat(result.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
      assertThat(result.getColumnType(3)).isEqualTo(Types.INTEGER);
    }
  }

  /** A rowid was BIGINT in one and INTEGER in the other. */
  @Test
  void bothKindsOfMetadataAgreeOnDeclaredTypes() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE main.k(i INTEGER PRIMARY KEY, b BOOL, s SMALLINT, l INTEGER, t DATETIME,"
              + " d DECIMAL(5,2), v VARCHAR(3))");
      try (ResultSet rows = statement.executeQuery("SELECT * FROM k")) {
        ResultSetMetaData result = rows.getMetaData();
        List<String> types = new ArrayList<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
          types.add(result.getColumnName(i) + " " + result.getColumnType(i));
        }
        assertThat(types)
            .contains("i " + Types.BIGINT, "l " + Types.INTEGER)
            .isEqualTo(
                column(metaData.getColumns(null, null, "k", "%"), "COLUMN_NAME", "DATA_TYPE"));
        assertThat(result.getColumnClassName(1)).isEqualTo("java.lang.Long");
      }
    }
  }

  @Test
  void keysWithoutRowid() throws SQLException {
    assertThat(column(metaData.getPrimaryKeys(null, null, "w"), "COLUMN_NAME", "KEY_SEQ"))
        .containsExactly("a 2", "b 1");
    assertThat(
            column(
                metaData.getBestRowIdentifier(
                    null, null, "w", DatabaseMetaData.bestRowSession, true),
                "COLUMN_NAME"))
        .containsExactly("b", "a");
    assertThat(column(metaData.getPseudoColumns(null, null, "%", "%"), "TABLE_NAME", "COLUMN_NAME"))
        .contains("at rowid", "child rowid")
        .doesNotContain("w rowid", "v rowid");
  }

  @Test
  void foreignKeysSayWhenTheyAreChecked() throws SQLException {
    assertThat(
            column(
                metaData.getImportedKeys(null, null, "child"),
                "PKTABLE_NAME",
                "FKCOLUMN_NAME",
                "FK_NAME",
                "DEFERRABILITY"))
        .containsExactlyInAnyOrder(
            "w p fk " + DatabaseMetaData.importedKeyInitiallyDeferred,
            "w q fk " + DatabaseMetaData.importedKeyInitiallyDeferred,
            "at r null " + DatabaseMetaData.importedKeyNotDeferrable,
            "at q null " + DatabaseMetaData.importedKeyInitiallyImmediate,
            "at p null " + DatabaseMetaData.importedKeyNotDeferrable);
  }

  @Test
  void functions() throws SQLException {
    assertThat(column(metaData.getFunctions(null, null, "substr%"), "SPECIFIC_NAME"))
        .contains("substr/2", "substr/3", "substring/2", "substring/3");
    assertThat(column(metaData.getFunctions(null, "x", "abs"), "FUNCTION_NAME")).isEmpty();
  }

  @Test
  void argumentsOfFunctions() throws SQLException {
    assertThat(
            column(
                metaData.getFunctionColumns(null, null, "replace", "%"),
                "COLUMN_NAME",
                "COLUMN_TYPE",
                "ORDINAL_POSITION",
                "SPECIFIC_NAME"))
        .containsExactly(
            DatabaseMetaData.functionColumnResult + " 0 replace/3",
            "arg1 " + DatabaseMetaData.functionColumnIn + " 1 replace/3",
            "arg2 " + DatabaseMetaData.functionColumnIn + " 2 replace/3",
            "arg3 " + DatabaseMetaData.functionColumnIn + " 3 replace/3");
    assertThat(column(metaData.getFunctionColumns("", null, "concat", null), "DATA_TYPE"))
        .containsExactly(String.valueOf(Types.OTHER));
    assertThat(column(metaData.getFunctionColumns(null, null, "abs", "arg_"), "COLUMN_NAME"))
        .containsExactly("arg1");
    assertThat(column(metaData.getFunctionColumns(null, "x", "abs", null), "COLUMN_NAME"))
        .isEmpty();
  }

  @Test
  void keywordsOfTheEngineThatTheStandardDoesNotReserve() throws SQLException {
    assertThat(metaData.getSQLKeywords().split(","))
        .isSorted()
        .contains("ABORT", "DO", "GENERATED", "MATERIALIZED", "NULLS", "RETURNING", "VIRTUAL")
        .doesNotContain("SELECT", "WINDOW", "CURRENT_DATE", "SAVEPOINT");
  }

  @Test
  void clientInfo() throws SQLException {
    assertThat(column(metaData.getClientInfoProperties(), "NAME"))
        .containsExactly("ApplicationName", "ClientHostname", "ClientUser");
  }

  @Test
  void rowIds() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO x.at VALUES(7, 'seven')");
      RowId id;
      try (ResultSet rows = statement.executeQuery("SELECT rowid AS r, NULL AS n FROM x.at")) {
        rows.next();
        id = rows.getRowId("r");
        assertThat(id).isEqualTo(rows.getObject(1, RowId.class)).hasToString("7");
        assertThat(rows.getRowId(2)).isNull();
      }
      try (PreparedStatement query =
          connection.prepareStatement("SELECT n FROM x.at WHERE rowid = ? OR rowid = ?")) {
        query.setRowId(1, id);
        query.setObject(2, id);
        try (ResultSet rows = query.executeQuery()) {
          rows.next();
          assertThat(rows.getString(1)).isEqualTo("seven");
        }
      }
    }
  }

  /** A type does not depend on the first row, or on whether there is one. */
  @Test
  void columnsOfMetadataHaveTheTypesThatJdbcSays() throws SQLException {
    DatabaseMetaData meta = connection.getMetaData();
    for (String table : new String[] {"%", "there is none"}) {
      try (ResultSet rows = meta.getColumns(null, null, table, null)) {
        ResultSetMetaData types = rows.getMetaData();
        for (int i = 1; i <= types.getColumnCount(); i++) {
          int expected =
              switch (types.getColumnLabel(i)) {
                case "DATA_TYPE",
                    "COLUMN_SIZE",
                    "BUFFER_LENGTH",
                    "DECIMAL_DIGITS",
                    "NUM_PREC_RADIX",
                    "NULLABLE",
                    "SQL_DATA_TYPE",
                    "SQL_DATETIME_SUB",
                    "CHAR_OCTET_LENGTH",
                    "ORDINAL_POSITION",
                    "SOURCE_DATA_TYPE" ->
                    Types.INTEGER;
                default -> Types.VARCHAR;
              };
          assertThat(types.getColumnType(i)).as(types.getColumnLabel(i)).isEqualTo(expected);
        }
      }
    }
  }
}
