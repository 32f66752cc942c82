package org.libsql4j.compat.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.compat.engines.Outcome;
import org.libsql4j.compat.engines.SqlEngine;

/** Statements about keys, and accesses with wrong ones, give the same rows and errors. */
class KeyStatementsTest {
  @TempDir Path folder;

  @BeforeAll
  static void isThereANativeEngine() {
    Engines.assumeInstalled();
  }

  private static final List<String> STATEMENTS =
      List.of(
          "PRAGMA key = 'abc'",
          "CREATE TABLE t(a)",
          "INSERT INTO t VALUES ('hello')",
          "PRAGMA key",
          "PRAGMA hexkey",
          "PRAGMA cipher",
          "PRAGMA cipher = aes256CBC",
          "PRAGMA cipher = 'foo'",
          "PRAGMA cipher = ''",
          "PRAGMA hexkey = 'zz'",
          "SELECT * FROM t",
          "PRAGMA hexkey = '616263'",
          "SELECT * FROM t",
          "PRAGMA key = 'wrong'",
          "SELECT * FROM t",
          "INSERT INTO t VALUES (1)",
          "CREATE TABLE u(a)",
          "PRAGMA user_version",
          "PRAGMA integrity_check",
          "PRAGMA rekey = 'x'",
          "VACUUM",
          "PRAGMA key = ''",
          "SELECT * FROM t",
          "PRAGMA key(abc)",
          "SELECT * FROM t",
          "PRAGMA main.key = 'abc'",
          "PRAGMA nosuch.key = 'abc'",
          "PRAGMA temp.key = 'abc'",
          "PRAGMA temp.rekey = 'abc'",
          "PRAGMA rekey = 'x'",
          "SELECT * FROM t",
          "PRAGMA rekey",
          "PRAGMA hexrekey = '6'",
          "PRAGMA hexrekey = '6b6b'",
          "SELECT * FROM t",
          "ATTACH '@b.db' AS b",
          "CREATE TABLE b.u(x)",
          "INSERT INTO b.u VALUES (1)",
          "ATTACH '@c.db' AS c KEY 'k'",
          "CREATE TABLE c.u(x)",
          "ATTACH '@d.db' AS d KEY ''",
          "CREATE TABLE d.u(x)",
          "PRAGMA c.rekey = 'k2'",
          "SELECT * FROM c.u",
          "DETACH c",
          "ATTACH '@c.db' AS c KEY 'k'",
          "ATTACH '@c.db' AS c KEY 'k2'",
          "ATTACH '@d.db' AS dd",
          "ATTACH '@d.db' AS dd KEY x'6162'",
          "ATTACH '@e.db' AS e KEY x'6162'",
          "CREATE TABLE e.u(x)",
          "DETACH e",
          "ATTACH '@e.db' AS e KEY 'ab'",
          "ATTACH '@f.db' AS f KEY 5",
          "ATTACH '@f.db' AS f KEY 1.5",
          "ATTACH '@f.db' AS f KEY null",
          "ATTACH ':memory:' AS m KEY 'k'",
          "CREATE TABLE m.u(x)",
          "PRAGMA m.key = 'x'",
          "PRAGMA m.rekey = 'x'",
          "PRAGMA b.key = 'zzz'",
          "SELECT * FROM b.u",
          "PRAGMA b.key = 'kk'",
          "SELECT * FROM b.u",
          "PRAGMA integrity_check",
          "SELECT count(*) FROM pragma_pragma_list WHERE name LIKE '%key'",
          "VACUUM",
          "VACUUM INTO '@v.db'",
          "ATTACH '@v.db' AS v",
          "SELECT * FROM v.t",
          "PRAGMA hexrekey = ''",
          "SELECT * FROM t");

  @Test
  void sameOutcomes() throws Exception {
    Path ours = Files.createDirectory(folder.resolve("ours"));
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    try (SqlEngine our = Engines.OURS.open(ours.resolve("a.db"), "");
        SqlEngine their = Engines.NATIVE.open(theirs.resolve("a.db"), "")) {
      for (String sql : STATEMENTS) {
        Outcome found = our.run(sql.replace("@", ours + "/"));
        Outcome wanted = their.run(sql.replace("@", theirs + "/"));
        assertThat(found.rows() + " " + found.error())
            .as(sql)
            .isEqualTo(wanted.rows() + " " + wanted.error());
      }
    }
  }

  /** Errors of opening with a key, by either engine, of files of either. */
  @Test
  void sameErrorsForWrongAndMissingKeys() {
    for (Engines writer : Engines.values()) {
      Path encrypted = folder.resolve(writer + "-encrypted.db");
      Path plain = folder.resolve(writer + "-plain.db");
      try (SqlEngine one = writer.open(encrypted, "right");
          SqlEngine two = writer.open(plain, "")) {
        Engines.fill(one, 10);
        Engines.fill(two, 10);
      }
      for (Engines reader : Engines.values()) {
        assertNotADatabase(reader, encrypted, "wrong");
        assertNotADatabase(reader, encrypted, "");
        assertNotADatabase(reader, plain, "right");
      }
    }
  }

  private static void assertNotADatabase(Engines reader, Path file, String key) {
    try (SqlEngine engine = reader.open(file, key)) {
      for (String sql :
          List.of("SELECT * FROM t", "PRAGMA journal_mode = WAL", "CREATE TABLE x(a)")) {
        Outcome outcome = engine.run(sql);
        assertThat(outcome.error()).as(reader + " " + sql).isNotNull();
        assertThat(outcome.error().toString()).isEqualTo("[26] file is not a database");
      }
    }
  }
}
