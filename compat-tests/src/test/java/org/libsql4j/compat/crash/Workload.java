package org.libsql4j.compat.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.libsql4j.Database;
import org.libsql4j.EncryptionConfig;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.Outcome;
import org.libsql4j.compat.engines.RealEngine;
import org.libsql4j.compat.engines.SqlEngine;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * Transactions that are made of a seed alone, so that what a database must hold after each of them
 * is known from elsewhere: from the real engine, which runs the same statements in memory.
 */
final class Workload {
  /** What the database goes through beside the transactions. */
  enum Kind {
    DELETE("delete"),
    TRUNCATE("truncate"),
    PERSIST("persist"),
    EXTRA("delete"),
    EXCLUSIVE("persist"),
    WAL_PASSIVE("wal"),
    WAL_FULL("wal"),
    WAL_RESTART("wal"),
    WAL_TRUNCATE("wal"),
    WAL_AUTOMATIC("wal"),
    VACUUM("delete"),
    VACUUM_IN_WAL("wal"),
    AUTO_VACUUM_FULL("truncate"),
    AUTO_VACUUM_INCREMENTAL("delete"),
    TWO_FILES("delete"),
    TWO_FILES_PERSIST("persist"),
    TWO_FILES_TRUNCATE("truncate"),
    ENCRYPTED("delete"),
    ENCRYPTED_PERSIST("persist"),
    ENCRYPTED_WAL("wal"),
    REKEY("truncate"),
    TWO_FILES_ENCRYPTED("delete");

    final String journalMode;

    Kind(String journalMode) {
      this.journalMode = journalMode;
    }

    boolean isTwoFiles() {
      return name().startsWith("TWO_FILES");
    }

    boolean isWal() {
      return journalMode.equals("wal");
    }

    /** Whether the real engine cannot read it. */
    boolean isEncrypted() {
      return this == REKEY || name().contains("ENCRYPTED");
    }
  }

  private static final int REKEY_EVERY = 5;
  private static final int KEYS = 60;
  private static final int[] PAGE_SIZES = {512, 1024, 1024, 4096};

  final Kind kind;
  final long seed;
  final String main;
  final String other;
  final int transactions;
  final int pageSize;

  /** The content after each transaction; at 0 that before the first one. */
  final List<String> states = new ArrayList<>();

  /**
   * @param folder where the files are
   */
  Workload(Kind kind, long seed, String folder, int transactions) {
    this.kind = kind;
    this.seed = seed;
    this.main = folder + "/main.db";
    this.other = folder + "/other.db";
    this.transactions = transactions;
    this.pageSize = PAGE_SIZES[new Random(seed).nextInt(PAGE_SIZES.length)];
    try (RealEngine real = RealEngine.inMemory()) {
      if (kind.isTwoFiles()) {
        real.must("ATTACH ':memory:' AS other");
      }
      creation().forEach(real::must);
      states.add(content(real));
      for (int i = 1; i <= transactions; i++) {
        transaction(i).forEach(real::must);
        states.add(content(real));
      }
    }
  }

  /** Statements that make the database, of which nothing is recorded. */
  List<String> creation() {
    List<String> sql = new ArrayList<>();
    for (String schema : schemas()) {
      sql.add("PRAGMA " + schema + ".page_size = " + pageSize);
      switch (kind) {
        case AUTO_VACUUM_FULL -> sql.add("PRAGMA auto_vacuum = 1");
        case AUTO_VACUUM_INCREMENTAL -> sql.add("PRAGMA auto_vacuum = 2");
        default -> {}
      }
      sql.add("CREATE TABLE " + schema + ".counter(n INT)");
      sql.add("INSERT INTO " + schema + ".counter VALUES (0)");
      sql.add("CREATE TABLE " + schema + ".t(id INTEGER PRIMARY KEY, k TEXT, n INT, body BLOB)");
      sql.add("CREATE INDEX " + schema + ".t_k ON t(k, n)");
      sql.add("CREATE TABLE " + schema + ".u(k TEXT PRIMARY KEY, v ANY) WITHOUT ROWID");
      sql.add("BEGIN");
      for (int i = 0; i < 25; i++) {
        sql.add(upsert(schema, i, new Random(seed * 31 + i)));
      }
      sql.add("COMMIT");
    }
    return sql;
  }

  /** Statements by which a new connection is set up. */
  List<String> settings() {
    List<String> sql = new ArrayList<>();
    for (String schema : schemas()) {
      sql.add("PRAGMA " + schema + ".journal_mode = " + kind.journalMode);
      sql.add("PRAGMA " + schema + ".synchronous = " + (kind == Kind.EXTRA ? "EXTRA" : "FULL"));
      sql.add("PRAGMA " + schema + ".cache_size = " + (seed % 2 == 0 ? 5 : 100));
      if (seed % 3 == 0) {
        sql.add("PRAGMA " + schema + ".journal_size_limit = 8000");
      }
    }
    switch (kind) {
      case WAL_AUTOMATIC -> sql.add("PRAGMA wal_autocheckpoint = 7");
      case WAL_PASSIVE, WAL_FULL, WAL_RESTART, WAL_TRUNCATE, VACUUM_IN_WAL ->
          sql.add("PRAGMA wal_autocheckpoint = 0");
      case EXCLUSIVE -> sql.add("PRAGMA locking_mode = exclusive");
      default -> {}
    }
    return sql;
  }

  private List<String> schemas() {
    return kind.isTwoFiles() ? List.of("main", "other") : List.of("main");
  }

  /** The statements of a transaction, from 1; BEGIN and COMMIT included. */
  List<String> transaction(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    List<String> sql = new ArrayList<>();
    sql.add(random.nextBoolean() ? "BEGIN" : "BEGIN IMMEDIATE");
    changes(sql, random);
    if (random.nextInt(4) == 0) {
      sql.add("SAVEPOINT s");
      changes(sql, random);
      sql.add("ROLLBACK TO s");
      changes(sql, random);
      sql.add("RELEASE s");
    }
    for (String schema : schemas()) {
      sql.add("UPDATE " + schema + ".counter SET n = " + number);
    }
    sql.add("COMMIT");
    return sql;
  }

  private void changes(List<String> sql, Random random) {
    for (int i = random.nextInt(5); i >= 0; i--) {
      for (String schema : schemas()) {
        int key = random.nextInt(KEYS);
        switch (random.nextInt(8)) {
          case 0 -> sql.add("DELETE FROM " + schema + ".t WHERE id % 7 = " + key % 7);
          case 1 -> sql.add("DELETE FROM " + schema + ".t WHERE id = " + key);
          case 2 -> sql.add("UPDATE " + schema + ".t SET n = n + 1 WHERE id > " + key);
          case 3 -> sql.add("UPDATE " + schema + ".t SET k = k || 'x' WHERE id = " + key);
          case 4 ->
              sql.add(
                  "INSERT OR REPLACE INTO "
                      + schema
                      + ".u VALUES ('k"
                      + key % 20
                      + "', "
                      + random.nextInt()
                      + ")");
          default -> sql.add(upsert(schema, key, random));
        }
      }
    }
  }

  private String upsert(String schema, int key, Random random) {
    int bytes = random.nextInt(6) == 0 ? random.nextInt(3 * pageSize) : random.nextInt(60);
    return String.format(
        "INSERT OR REPLACE INTO %s.t VALUES (%d, 'key %d', %d, zeroblob(%d) || 'b%d')",
        schema, key, random.nextInt(1000), random.nextInt(100), bytes, random.nextInt());
  }

  /** Statements between transactions, which change no row. */
  List<String> maintenance(int number) {
    Random random = new Random(seed * 7_000_003 + number);
    return switch (kind) {
      case WAL_PASSIVE, WAL_FULL, WAL_RESTART, WAL_TRUNCATE ->
          random.nextInt(3) == 0
              ? List.of("PRAGMA wal_checkpoint(" + kind.name().substring(4) + ")")
              : List.of();
      case VACUUM, VACUUM_IN_WAL -> vacuum(random);
      case AUTO_VACUUM_INCREMENTAL ->
          random.nextInt(3) == 0
              ? List.of("PRAGMA incremental_vacuum(" + random.nextInt(6) + ")")
              : List.of();
      case REKEY ->
          number % REKEY_EVERY == 0
              ? List.of("PRAGMA rekey = '" + keyAfter(number) + "'")
              : rolledBack(random);
      default -> rolledBack(random);
    };
  }

  // ---- keys

  /** The key after a transaction and the maintenance that follows it; empty if there is none. */
  String keyAfter(int transaction) {
    if (!kind.isEncrypted()) {
      return "";
    }
    return "key " + (kind == Kind.REKEY ? transaction / REKEY_EVERY * REKEY_EVERY : 0);
  }

  /** Opens the files with a key. */
  OurEngine open(VirtualFileSystem vfs, String path, String key) {
    return OurEngine.of(
        Database.builder(path)
            .vfs(vfs)
            .busyTimeoutMillis(0)
            .encryption(EncryptionConfig.aes256Cbc(key))
            .build()
            .connect());
  }

  /**
   * Opens the files with the key that they have.
   *
   * @param transaction the last one that was reported; its maintenance may have been done or not,
   *     and may have been undone
   * @param likelyFirst which key is tried first; a wrong one must do no harm
   */
  OurEngine openAfter(VirtualFileSystem vfs, String path, int transaction, boolean likelyFirst) {
    String likely = keyAfter(transaction);
    String before = keyAfter(Math.max(0, transaction - REKEY_EVERY));
    if (!likely.equals(before)) {
      OurEngine engine = open(vfs, path, likelyFirst ? likely : before);
      Outcome outcome = engine.run("SELECT n FROM counter");
      if (outcome.error() == null) {
        return engine;
      }
      engine.close();
      assertThat(outcome.error().code()).isEqualTo(ResultCode.NOTADB.code());
    }
    return open(vfs, path, likelyFirst ? before : likely);
  }

  private static List<String> vacuum(Random random) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> List.of("VACUUM");
      case 2 -> List.of("PRAGMA wal_checkpoint(TRUNCATE)");
      default -> List.of();
    };
  }

  private List<String> rolledBack(Random random) {
    List<String> sql = new ArrayList<>();
    if (random.nextInt(5) == 0) {
      sql.add("BEGIN");
      changes(sql, random);
      sql.add("ROLLBACK");
    }
    return sql;
  }

  /** All rows, by tables and indexes, and the number of the last transaction first. */
  String content(SqlEngine engine) {
    StringBuilder text = new StringBuilder();
    for (String schema : schemas()) {
      text.append(engine.value("SELECT n FROM " + schema + ".counter")).append('\n');
      for (String query :
          List.of(
              "SELECT * FROM %s.t ORDER BY id",
              "SELECT k, n FROM %s.t INDEXED BY t_k WHERE k > '' ORDER BY k, n, id",
              "SELECT k, v FROM %s.u ORDER BY k")) {
        text.append(engine.must(String.format(query, schema)).rows()).append('\n');
      }
    }
    return text.toString();
  }

  /**
   * Checks that the content is that after one of the transactions.
   *
   * @return after which one
   */
  int state(SqlEngine engine) {
    String[] found = content(engine).split("\n");
    int number = Integer.parseInt(found[0]);
    String[] expected = states.get(number).split("\n");
    for (int i = 0; i < expected.length; i++) {
      if (!found[i].equals(expected[i])) {
        int at = 0;
        while (at < Math.min(found[i].length(), expected[i].length())
            && found[i].charAt(at) == expected[i].charAt(at)) {
          at++;
        }
        throw new AssertionError(
            String.format(
                "not the content after transaction %d: line %d from character %d on is '%.80s', not"
                    + " '%.80s'",
                number, i, at, found[i].substring(at), expected[i].substring(at)));
      }
    }
    return number;
  }

  /** Statements that attach what belongs to the main database. */
  List<String> attachment() {
    return kind.isTwoFiles() ? List.of("ATTACH '" + other + "' AS other") : List.of();
  }

  /** Integrity of all of it; {@code 'ok'} for each database. */
  List<String> integrity(SqlEngine engine) {
    List<String> found = new ArrayList<>();
    for (String schema : schemas()) {
      found.addAll(engine.must("PRAGMA " + schema + ".integrity_check").rows());
    }
    return found;
  }

  /** What {@link #integrity} says of a sound database. */
  List<String> sound() {
    return schemas().stream().map(schema -> "'ok'").toList();
  }

  @Override
  public String toString() {
    return kind + ", seed " + seed + ", pages of " + pageSize + " bytes";
  }
}
