package org.libsql4j.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.core.SQLiteDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.diff.DiffResult;
import liquibase.diff.compare.CompareControl;
import liquibase.exception.LiquibaseException;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.snapshot.DatabaseSnapshot;
import liquibase.snapshot.SnapshotControl;
import liquibase.snapshot.SnapshotGeneratorFactory;
import liquibase.structure.core.Column;
import liquibase.structure.core.ForeignKey;
import liquibase.structure.core.Index;
import liquibase.structure.core.PrimaryKey;
import liquibase.structure.core.Table;
import liquibase.structure.core.UniqueConstraint;
import liquibase.structure.core.View;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Liquibase, which knows the database by the name of the product, and what it sees of a schema. */
class LiquibaseTest {
  private static final Logger LOGGER = Logger.getLogger("liquibase");

  private static final String CHANGES =
      """
      databaseChangeLog:
        - changeSet:
            id: 1
            author: someone
            changes:
              - createTable:
                  tableName: customer
                  columns:
                    - column:
                        name: id
                        type: INTEGER
                        autoIncrement: true
                        constraints: {primaryKey: true, nullable: false}
                    - column:
                        name: name
                        type: VARCHAR(80)
                        constraints: {nullable: false, unique: true, uniqueConstraintName: uq_name}
                    - column: {name: since, type: DATE}
              - createTable:
                  tableName: purchase
                  columns:
                    - column:
                        name: id
                        type: INTEGER
                        autoIncrement: true
                        constraints: {primaryKey: true}
                    - column:
                        name: customer_id
                        type: BIGINT
                        constraints:
                          nullable: false
                          foreignKeyName: fk_customer
                          references: customer(id)
                    - column: {name: amount, type: "DECIMAL(10, 2)", defaultValueNumeric: 1.5}
              - createIndex:
                  tableName: purchase
                  indexName: purchase_amount
                  columns:
                    - column: {name: customer_id}
                    - column: {name: amount, descending: true}
        - changeSet:
            id: 2
            author: someone
            changes:
              - insert:
                  tableName: customer
                  columns:
                    - column: {name: name, value: "Phileas"}
                    - column: {name: since, valueDate: "1872-10-02"}
              - createView:
                  viewName: rich
                  selectQuery: SELECT customer_id FROM purchase WHERE amount > 1000
        - changeSet:
            id: 3
            author: someone
            changes:
              - addColumn:
                  tableName: customer
                  columns:
                    - column: {name: club, type: VARCHAR(40)}
              - renameColumn:
                  tableName: purchase
                  oldColumnName: amount
                  newColumnName: price
                  columnDataType: "DECIMAL(10, 2)"
      """;

  @TempDir Path folder;

  private Database database;

  @BeforeAll
  static void quieten() {
    LOGGER.setLevel(Level.OFF);
  }

  private String url(String name) {
    return "jdbc:libsql:"
        + folder.resolve(name)
        + "?journal_mode=WAL&synchronous=NORMAL&date_class=TEXT";
  }

  private Database open(String name) throws LiquibaseException, SQLException {
    Connection connection = DriverManager.getConnection(url(name));
    return DatabaseFactory.getInstance()
        .findCorrectDatabaseImplementation(new JdbcConnection(connection));
  }

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("changes.yaml"), CHANGES);
    database = open("shop.db");
  }

  @AfterEach
  void close() throws LiquibaseException {
    database.close();
  }

  private Liquibase liquibase(Database of) throws IOException {
    return new Liquibase("changes.yaml", new DirectoryResourceAccessor(folder), of);
  }

  private Connection connection() {
    return ((JdbcConnection) database.getConnection()).getUnderlyingConnection();
  }

  private void update(Database of) throws Exception {
    Liquibase liquibase = liquibase(of);
    liquibase.setShowSummary(UpdateSummaryEnum.OFF);
    quietly(() -> liquibase.update(new Contexts()));
  }

  /** Without messages on the console. */
  private static void quietly(Scope.ScopedRunner<?> action) throws Exception {
    Scope.child(Scope.Attr.ui, new LoggerUIService(), action);
  }

  private List<String> query(Connection on, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = on.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private List<String> column(ResultSet rows, String label) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(label));
      }
    }
    return values;
  }

  @Test
  void theDatabaseIsKnown() throws LiquibaseException {
    assertThat(database).isInstanceOf(SQLiteDatabase.class);
    assertThat(database.getDatabaseProductName()).isEqualTo("SQLite");
  }

  @Test
  void opensByUrlIfTheDriverIsNamed() throws Exception {
    try (Database opened =
        DatabaseFactory.getInstance()
            .openDatabase(
                url("byurl.db"),
                null,
                null,
                "org.libsql4j.jdbc.LibsqlDriver",
                null,
                null,
                null,
                new DirectoryResourceAccessor(folder))) {
      assertThat(opened).isInstanceOf(SQLiteDatabase.class);
    }
  }

  /** The schema becomes the same as with the C library's driver. */
  @Test
  void updatesAndRollsBack() throws Exception {
    update(database);
    Liquibase liquibase = liquibase(database);
    assertThat(liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression())).isEmpty();
    assertThat(query(connection(), "SELECT name || since FROM customer"))
        .containsExactly("Phileas1872-10-02");
    try (Connection real = DriverManager.getConnection("jdbc:sqlite::memory:");
        Database theirs =
            DatabaseFactory.getInstance()
                .findCorrectDatabaseImplementation(new JdbcConnection(real))) {
      update(theirs);
      String schema = "SELECT sql FROM sqlite_schema ORDER BY name";
      assertThat(query(connection(), schema)).isEqualTo(query(real, schema));
    }
    update(database);
    quietly(liquibase::validate);
    quietly(() -> liquibase.rollback(1, ""));
    DatabaseMetaData metaData = connection().getMetaData();
    assertThat(column(metaData.getColumns(null, null, "purchase", null), "COLUMN_NAME"))
        .containsExactly("id", "customer_id", "amount");
  }

  @Test
  void seesTheSchemaAsItIs() throws Exception {
    update(database);
    DatabaseSnapshot snapshot =
        SnapshotGeneratorFactory.getInstance()
            .createSnapshot(database.getDefaultSchema(), database, new SnapshotControl(database));
    assertThat(snapshot.get(Table.class))
        .extracting(Table::getName)
        .contains("customer", "purchase", "DATABASECHANGELOG");
    assertThat(snapshot.get(View.class)).extracting(View::getName).containsExactly("rich");
    assertThat(snapshot.get(PrimaryKey.class))
        .extracting(key -> key.getTable().getName() + key.getColumnNames())
        .contains("customerid", "purchaseid");
    assertThat(snapshot.get(ForeignKey.class))
        .extracting(ForeignKey::getName)
        .containsExactly("fk_customer");
    assertThat(snapshot.get(Index.class)).extracting(Index::getName).contains("purchase_amount");
    assertThat(snapshot.get(UniqueConstraint.class)).isNotNull();
    Column amount =
        snapshot.get(Column.class).stream()
            .filter(column -> column.getName().equals("price"))
            .findAny()
            .orElseThrow();
    assertThat(amount.getType().toString()).isEqualToIgnoringCase("DECIMAL(10, 2)");
  }

  @Test
  void equalSchemasDoNotDiffer() throws Exception {
    update(database);
    try (Database other = open("other.db")) {
      update(other);
      DiffResult same = liquibase(database).diff(other, database, new CompareControl());
      assertThat(same.areEqual()).isTrue();
      ((JdbcConnection) other.getConnection())
          .getUnderlyingConnection()
          .createStatement()
          .executeUpdate("ALTER TABLE customer DROP COLUMN club");
      DiffResult different = liquibase(database).diff(other, database, new CompareControl());
      assertThat(different.areEqual()).isFalse();
      assertThat(different.getUnexpectedObjects(Column.class))
          .extracting(Column::getName)
          .containsExactly("club");
    }
  }

  @Test
  void aFailedChangeSetLeavesNothing() throws Exception {
    Files.writeString(
        folder.resolve("changes.yaml"),
        """
        databaseChangeLog:
          - changeSet:
              id: 1
              author: someone
              changes:
                - sql: {sql: "CREATE TABLE half (a); INSERT INTO nosuch VALUES (1)"}
        """);
    assertThatThrownBy(() -> update(database)).hasMessageContaining("no such table: nosuch");
    assertThat(column(connection().getMetaData().getTables(null, null, "half", null), "TABLE_NAME"))
        .isEmpty();
  }
}
