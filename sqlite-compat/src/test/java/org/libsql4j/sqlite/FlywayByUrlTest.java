package org.libsql4j.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway knows {@code jdbc:sqlite:} URLs and the class of their driver by name. */
class FlywayByUrlTest {
  @TempDir Path folder;

  private Flyway flyway(String url) {
    return Flyway.configure()
        .dataSource(url, null, null)
        .locations("filesystem:" + folder.resolve("migration"))
        .cleanDisabled(false)
        .load();
  }

  @Test
  void migratesByUrl() throws Exception {
    Path scripts = Files.createDirectory(folder.resolve("migration"));
    Files.writeString(
        scripts.resolve("V1__people.sql"),
        "CREATE TABLE person(id INTEGER PRIMARY KEY, name);\nINSERT INTO person(name) VALUES ('A');");
    Files.writeString(
        scripts.resolve("V2__more.sql"),
        "CREATE TRIGGER t AFTER INSERT ON person BEGIN\n"
            + "  UPDATE person SET name = upper(name);\nEND;\n"
            + "INSERT INTO person(name) VALUES ('b');");
    String url = "jdbc:sqlite:" + folder.resolve("app.db");
    assertThat(flyway(url).migrate().migrationsExecuted).isEqualTo(2);
    assertThat(flyway(url).migrate().migrationsExecuted).isZero();
    flyway(url).validate();
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT group_concat(name) FROM person")) {
      assertThat(connection.getClass().getName()).isEqualTo("org.sqlite.SQLiteConnection");
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("A,B");
    }
    flyway(url).clean();
    assertThat(flyway(url).info().pending()).hasSize(2);
  }
}
