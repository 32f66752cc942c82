package org.libsql4j.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.jdbc.LibsqlDataSource;

/**
 * Flyway: given a {@code DataSource} it knows the database by the name of the product. By URL it
 * knows {@code jdbc:sqlite:} alone.
 */
class FlywayTest {
  @TempDir Path folder;

  private LibsqlDataSource dataSource;
  private Path scripts;

  @BeforeEach
  void write() throws IOException {
    dataSource = new LibsqlDataSource("jdbc:libsql:" + folder.resolve("app.db"));
    dataSource.setProperty("journal_mode", "WAL");
    dataSource.setProperty("synchronous", "NORMAL");
    scripts = Files.createDirectory(folder.resolve("migration"));
    script(
        "V1__people.sql",
        """
        -- People; and more
        CREATE TABLE person (
          id INTEGER PRIMARY KEY,
          name TEXT NOT NULL DEFAULT 'some;one'
        );
        INSERT INTO person(name) VALUES ('${who}'), ('O''Hara; Scarlett');
        """);
    script(
        "V2__triggers.sql",
        """
        CREATE TABLE log (at TEXT DEFAULT CURRENT_TIMESTAMP, what TEXT);
        CREATE TRIGGER person_inserted AFTER INSERT ON person
        BEGIN
          INSERT INTO log(what) VALUES (CASE WHEN new.id > 1 THEN 'later' ELSE 'first' END);
          UPDATE person SET name = trim(name) WHERE id = new.id;
        END;
        INSERT INTO person(name) VALUES ('  Rhett ');
        """);
    script(
        "R__views.sql",
        "DROP VIEW IF EXISTS names; CREATE VIEW names AS SELECT name FROM person ORDER BY id;");
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(scripts.resolve(name), sql);
  }

  private FluentConfiguration configuration() {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations("filesystem:" + scripts)
        .placeholders(java.util.Map.of("who", "Melanie"));
  }

  private List<String> names() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM names")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Test
  void migrates() throws Exception {
    Flyway flyway = configuration().load();
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(3);
    assertThat(names()).containsExactly("Melanie", "O'Hara; Scarlett", "Rhett");
    assertThat(flyway.migrate().migrationsExecuted).isZero();
    flyway.validate();

    script("V3__age.sql", "ALTER TABLE person ADD COLUMN age INTEGER CHECK (age >= 0);");
    Flyway later = configuration().load();
    assertThat(later.info().pending()).extracting(MigrationInfo::getScript).hasSize(1);
    assertThat(later.migrate().targetSchemaVersion).isEqualTo("3");
    assertThat(later.info().current().getState()).isEqualTo(MigrationState.SUCCESS);
  }

  @Test
  void noticesAChangedScript() throws Exception {
    configuration().load().migrate();
    script("V1__people.sql", "CREATE TABLE person (id INTEGER PRIMARY KEY, name);");
    assertThatThrownBy(() -> configuration().load().migrate())
        .isInstanceOf(FlywayValidateException.class)
        .hasMessageContaining("checksum mismatch");
    configuration().load().repair();
    configuration().load().validate();
  }

  /** A migration is a transaction, changes of the schema too. */
  @Test
  void aFailedMigrationLeavesNothing() throws Exception {
    script("V3__broken.sql", "CREATE TABLE half (a);\nINSERT INTO half VALUES (nosuch());");
    assertThatThrownBy(() -> configuration().load().migrate())
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("no such function: nosuch");
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM half"))
          .hasMessageContaining("no such table: half");
    }
    script("V3__broken.sql", "CREATE TABLE half (a);\nINSERT INTO half VALUES (1);");
    assertThat(configuration().load().migrate().success).isTrue();
  }

  /** A migration in Java. */
  public static class V4__Shout extends BaseJavaMigration {
    @Override
    public void migrate(Context context) throws Exception {
      try (Statement statement = context.getConnection().createStatement()) {
        statement.executeUpdate("UPDATE person SET name = upper(name)");
      }
    }
  }

  @Test
  void migrationsInJavaBaselinesAndCleaning() throws Exception {
    Flyway flyway = configuration().javaMigrations(new V4__Shout()).cleanDisabled(false).load();
    flyway.migrate();
    assertThat(names()).contains("RHETT");
    flyway.clean();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM sqlite_schema WHERE type <> 'index'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isZero();
      statement.execute("CREATE TABLE person(id INTEGER PRIMARY KEY, name)");
    }
    Flyway adopted = configuration().baselineOnMigrate(true).baselineVersion("1").load();
    assertThat(adopted.migrate().migrationsExecuted).isEqualTo(2);
    assertThat(names()).containsExactly("Rhett");
  }

  @Test
  void theUrlAloneIsNotEnough() {
    assertThatThrownBy(
            () -> Flyway.configure().dataSource(dataSource.getUrl(), null, null).load().migrate())
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("found to handle jdbc:libsql:");
  }
}
