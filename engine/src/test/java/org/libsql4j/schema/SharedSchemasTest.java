package org.libsql4j.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.error.LibsqlException;

/** Files whose schema this process knows already: nothing may be other than when it is read. */
class SharedSchemasTest {
  private static final String SCHEMA =
      """
      CREATE TABLE parent(id INTEGER PRIMARY KEY, name TEXT UNIQUE COLLATE NOCASE);
      CREATE TABLE child(a, p REFERENCES parent(id) ON DELETE CASCADE, UNIQUE(a, p));
      CREATE TABLE keyed(k TEXT PRIMARY KEY, v) WITHOUT ROWID;
      CREATE INDEX child_p ON child(p DESC) WHERE a > 0;
      CREATE INDEX keyed_v ON keyed(v, lower(k));
      CREATE VIEW both AS SELECT name, a FROM parent JOIN child ON p = id;
      CREATE TABLE log(what);
      CREATE TRIGGER logged AFTER INSERT ON child BEGIN INSERT INTO log VALUES(new.a); END;
      CREATE TRIGGER viewed INSTEAD OF INSERT ON both BEGIN
        INSERT INTO parent(name) VALUES(new.name); END;
      CREATE TABLE computed(x, y AS (x * 2) STORED, CHECK(x < 100));
      INSERT INTO parent VALUES(1, 'One'), (2, 'Two');
      INSERT INTO child VALUES(1, 1), (2, 1), (3, 2);
      INSERT INTO keyed VALUES('a', 1), ('b', 2);
      """;

  /** Each is run on a connection of its own, so the first use of the schema differs. */
  private static final List<String> USES =
      List.of(
          "SELECT * FROM both ORDER BY a",
          "SELECT k FROM keyed INDEXED BY keyed_v WHERE v = 2",
          "SELECT name FROM PARENT WHERE name = 'ONE'",
          "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema ORDER BY rowid",
          "SELECT schema, name, type, ncol, wr, strict FROM pragma_table_list ORDER BY 1, 2",
          "PRAGMA foreign_key_list(child)",
          "PRAGMA index_list(child)",
          "PRAGMA index_xinfo(child_p)",
          "PRAGMA table_xinfo(computed)",
          "PRAGMA integrity_check",
          "PRAGMA foreign_key_check",
          "EXPLAIN QUERY PLAN SELECT * FROM child WHERE a = 5 AND p = 3",
          "BEGIN; DELETE FROM parent WHERE id = 1; SELECT * FROM child; ROLLBACK",
          "BEGIN; INSERT INTO child VALUES(9, 2); SELECT * FROM log; ROLLBACK",
          "BEGIN; INSERT INTO both VALUES('Three', 0); SELECT * FROM parent; ROLLBACK",
          "INSERT INTO computed(x) VALUES(100)",
          "CREATE TABLE keyed(a)",
          "CREATE INDEX child_p ON log(what)",
          "BEGIN; DROP TABLE log; SELECT name FROM sqlite_schema; ROLLBACK; SELECT * FROM log",
          "BEGIN; DROP INDEX child_p; CREATE INDEX child_p ON child(a); ROLLBACK;"
              + " PRAGMA index_xinfo(child_p)",
          "BEGIN; ALTER TABLE parent RENAME TO elder; SELECT * FROM both; ROLLBACK;"
              + " SELECT * FROM both",
          "BEGIN; ALTER TABLE child DROP COLUMN nothing; ROLLBACK",
          "BEGIN; ALTER TABLE child RENAME COLUMN a TO b; SELECT sql FROM sqlite_schema; ROLLBACK",
          "BEGIN; ANALYZE; SELECT * FROM sqlite_stat1 ORDER BY 1, 2; ROLLBACK",
          "BEGIN; REINDEX; DROP VIEW both; DROP TRIGGER logged; INSERT INTO child VALUES(7, 2);"
              + " SELECT count(*) FROM log; ROLLBACK");

  @TempDir Path folder;

  private static List<String> use(Path file, String sql) {
    List<String> seen = new ArrayList<>();
    try (Connection connection = Database.openLocal(file.toString()).connect()) {
      for (String statement : sql.split(";")) {
        try {
          connection.query(statement).toList().forEach(row -> seen.add(String.valueOf(row)));
        } catch (LibsqlException e) {
          seen.add(e.getMessage());
        }
      }
    }
    return seen;
  }

  private static void execute(Path file, String sql) {
    try (Connection connection = Database.openLocal(file.toString()).connect()) {
      connection.executeMultiple(sql);
    }
  }

  /** Opens a file so often that its schema is known. */
  private static void makeKnown(Path file) throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(use(file, "SELECT count(*) > 0 FROM sqlite_schema")).hasSize(1);
    }
    assertThat(SharedSchemas.knows(file.toRealPath().toString())).isTrue();
  }

  @Test
  void everyUseGivesTheSameWhetherTheSchemaIsKnownOrNot() throws Exception {
    Path known = folder.resolve("known.db");
    execute(known, SCHEMA);
    makeKnown(known);
    for (int i = 0; i < USES.size(); i++) {
      Path unknown = Files.copy(known, folder.resolve("unknown" + i + ".db"));
      assertThat(use(known, USES.get(i))).as(USES.get(i)).isEqualTo(use(unknown, USES.get(i)));
    }
  }

  @Test
  void changesByOthersAreSeen() throws Exception {
    Path file = folder.resolve("changed.db");
    execute(file, SCHEMA);
    makeKnown(file);
    try (java.sql.Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.executeUpdate("ALTER TABLE parent ADD COLUMN since DEFAULT 1970");
    }
    assertThat(use(file, "SELECT since FROM parent WHERE id = 1")).hasSize(1);
    assertThat(use(file, "SELECT since FROM parent WHERE id = 1").get(0)).contains("1970");
  }

  @Test
  void anotherFileByTheSameNameIsSeen() throws Exception {
    Path file = folder.resolve("replaced.db");
    execute(file, SCHEMA);
    makeKnown(file);
    Path other = folder.resolve("other.db");
    execute(other, SCHEMA.replace("keyed", "lock").replace("parent", "father"));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(use(file, "SELECT count(*) FROM father")).isEqualTo(List.of("{count(*)=2}"));
    assertThat(use(file, "SELECT * FROM parent").get(0)).contains("no such table: parent");
  }

  @Test
  void statisticsAreThoseOfTheFile() throws IOException {
    Path file = folder.resolve("analyzed.db");
    execute(file, SCHEMA + "CREATE INDEX log_what ON log(what);");
    makeKnown(file);
    String plan = "EXPLAIN QUERY PLAN SELECT * FROM child, log WHERE a = what";
    List<String> before = use(file, plan);
    execute(
        file,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000)"
            + " INSERT INTO log SELECT i % 3 FROM n; ANALYZE");
    makeKnown(file);
    assertThat(use(file, plan)).isNotEqualTo(before);
    assertThat(use(file, "SELECT count(*) > 0 FROM sqlite_stat1")).hasSize(1);
  }

  @Test
  void pragmasTellOfTablesThatOthersCreatedSince() {
    Path file = folder.resolve("grown.db");
    execute(file, SCHEMA);
    try (Connection connection = Database.openLocal(file.toString()).connect()) {
      connection.query("SELECT * FROM parent").toList();
      execute(file, "CREATE TABLE younger(x, y)");
      assertThat(connection.query("PRAGMA table_info(younger)").toList()).hasSize(2);
      execute(file, "CREATE TABLE youngest(x, y)");
      assertThat(connection.query("PRAGMA table_list(youngest)").toList()).hasSize(1);
    }
  }

  @Test
  void vacuumKnowsWhereOthersMovedTrees() {
    Path file = folder.resolve("moved.db");
    execute(file, "PRAGMA auto_vacuum = FULL; CREATE TABLE a(x); CREATE INDEX ax ON a(x)");
    execute(
        file, "CREATE TABLE b(x PRIMARY KEY); INSERT INTO a VALUES(1); INSERT INTO b VALUES(2)");
    try (Connection connection = Database.openLocal(file.toString()).connect()) {
      connection.query("SELECT * FROM a").toList();
      execute(file, "DROP INDEX ax");
      connection.executeMultiple("VACUUM");
      assertThat(connection.query("PRAGMA integrity_check").toList().toString()).contains("=ok");
      assertThat(connection.query("SELECT x FROM b WHERE x = 2").toList()).hasSize(1);
    }
  }

  @Test
  void connectionsDoNotShareWhatTheyChange() throws IOException {
    Path file = folder.resolve("apart.db");
    execute(file, SCHEMA);
    makeKnown(file);
    Database database = Database.openLocal(file.toString());
    try (Connection one = database.connect();
        Connection two = database.connect()) {
      assertThat(two.query("SELECT * FROM keyed").toList()).hasSize(2);
      one.executeMultiple("BEGIN; DROP TABLE keyed; DROP TRIGGER logged; CREATE TABLE extra(a);");
      assertThat(two.query("SELECT * FROM sqlite_schema WHERE name = 'extra'").toList()).isEmpty();
      one.rollback();
      assertThat(one.query("SELECT * FROM keyed").toList()).hasSize(2);
      two.execute("INSERT INTO child VALUES(20, 1)");
      assertThat(one.query("SELECT * FROM log WHERE what = 20").toList()).hasSize(1);
    }
  }
}
