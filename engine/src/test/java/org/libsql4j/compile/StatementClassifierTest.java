package org.libsql4j.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libsql4j.spi.StatementKind.BEGIN;
import static org.libsql4j.spi.StatementKind.BEGIN_READ_ONLY;
import static org.libsql4j.spi.StatementKind.END;
import static org.libsql4j.spi.StatementKind.LOCAL;
import static org.libsql4j.spi.StatementKind.LOG_KEEPING;
import static org.libsql4j.spi.StatementKind.READ;
import static org.libsql4j.spi.StatementKind.RELEASE;
import static org.libsql4j.spi.StatementKind.SAVEPOINT;
import static org.libsql4j.spi.StatementKind.UNSUPPORTED;
import static org.libsql4j.spi.StatementKind.WRITE;

import org.junit.jupiter.api.Test;
import org.libsql4j.spi.StatementKind;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.Statement;

/** Where statements of a replica run. */
class StatementClassifierTest {
  private static void assertKind(StatementKind expected, String... texts) {
    for (String sql : texts) {
      Statement statement = Parser.parseNext(sql, 0).statement();
      assertThat(statement).as(sql).isNotNull();
      assertThat(StatementClassifier.classify(statement)).as(sql).isEqualTo(expected);
    }
  }

  @Test
  void statements() {
    assertKind(READ, "SELECT 1", "VALUES (1)", "WITH c AS (SELECT 1) SELECT * FROM c");
    assertKind(
        WRITE,
        "INSERT INTO t VALUES (1)",
        "UPDATE t SET a = 1",
        "DELETE FROM t",
        "CREATE TABLE t(a)",
        "DROP VIEW v",
        "ALTER TABLE t ADD COLUMN b",
        "REINDEX");
    assertKind(BEGIN, "BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE");
    assertKind(BEGIN_READ_ONLY, "BEGIN READONLY");
    assertKind(END, "COMMIT", "END", "ROLLBACK");
    assertKind(SAVEPOINT, "SAVEPOINT s");
    assertKind(RELEASE, "RELEASE s", "ROLLBACK TO s");
    assertKind(LOCAL, "ATTACH 'x' AS x", "DETACH x", "EXPLAIN SELECT 1", "CREATE TEMP TABLE t(a)");
    assertKind(UNSUPPORTED, "VACUUM", "ANALYZE");
  }

  @Test
  void pragmas() {
    assertKind(
        READ,
        "PRAGMA table_info(t)",
        "PRAGMA table_list",
        "PRAGMA main.index_xinfo(i)",
        "PRAGMA FOREIGN_KEY_LIST(t)",
        "PRAGMA encoding",
        "PRAGMA page_size",
        "PRAGMA application_id",
        "PRAGMA schema_version",
        "PRAGMA auto_vacuum");
    assertKind(
        WRITE,
        "PRAGMA foreign_keys",
        "PRAGMA foreign_keys = ON",
        "PRAGMA defer_foreign_keys = ON",
        "PRAGMA foreign_key_check",
        "PRAGMA integrity_check",
        "PRAGMA quick_check(5)",
        "PRAGMA data_version",
        "PRAGMA freelist_count",
        "PRAGMA page_count",
        "PRAGMA user_version",
        "PRAGMA user_version = 3",
        "PRAGMA nobody_knows_this");
    assertKind(
        LOCAL,
        "PRAGMA busy_timeout",
        "PRAGMA busy_timeout = 10",
        "PRAGMA cache_size(-100)",
        "PRAGMA synchronous = OFF",
        "PRAGMA journal_mode",
        "PRAGMA journal_mode = WAL",
        "PRAGMA locking_mode",
        "PRAGMA wal_autocheckpoint");
    assertKind(
        LOG_KEEPING,
        "PRAGMA journal_mode = DELETE",
        "PRAGMA locking_mode = EXCLUSIVE",
        "PRAGMA wal_autocheckpoint = 5",
        "PRAGMA journal_size_limit = 5",
        "PRAGMA max_page_count = 5",
        "PRAGMA wal_checkpoint",
        "PRAGMA wal_checkpoint(FULL)");
    assertKind(
        UNSUPPORTED,
        "PRAGMA page_size = 512",
        "PRAGMA application_id = 7",
        "PRAGMA schema_version = 7",
        "PRAGMA auto_vacuum = FULL",
        "PRAGMA optimize",
        "PRAGMA incremental_vacuum(3)",
        "PRAGMA ignore_check_constraints = ON");
  }
}
