package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.record.Collation;

/**
 * Many connections to the same files, which share what they know of schemas and compiled programs,
 * while others change these schemas, replace the files, and differ in functions, collations,
 * settings, temporary objects and rights. Every file says in a table of its own what its schema is,
 * changed in one transaction with it; a connection that sees anything else has been served wrongly.
 *
 * <p>More rounds with {@code -Dlibsql4j.sharedSchemas.rounds=100000}, another course with {@code
 * -Dlibsql4j.sharedSchemas.seed}.
 */
@Timeout(600)
class SharedSchemasStressTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = Integer.getInteger("libsql4j.sharedSchemas.rounds", 60);
  private static final long SEED = Long.getLong("libsql4j.sharedSchemas.seed", 20_261_122L);
  private static final String[] MODES = {"DELETE", "WAL"};

  /** A file; who replaces it waits until nobody has it open. */
  private static final class Replaceable {
    final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    final Path path;
    final String mode;

    Replaceable(Path path, String mode) {
      this.path = path;
      this.mode = mode;
    }
  }

  @TempDir Path directory;
  private final List<Replaceable> files = new ArrayList<>();
  private final AtomicInteger names = new AtomicInteger();
  private final AtomicInteger checks = new AtomicInteger();

  @Test
  void everybodySeesTheRightSchema() throws Exception {
    for (int i = 0; i < 3; i++) {
      Replaceable file = new Replaceable(directory.resolve("f" + i + ".db"), MODES[i % 2]);
      files.add(file);
      write(file, file.path, new Random(SEED + i), 0);
    }
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        long seed = SEED * 31 + i;
        running.add(executor.submit(() -> new Worker(seed).run()));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (Exception e) {
      throw new AssertionError("seed " + SEED, e);
    } finally {
      executor.shutdownNow();
      executor.awaitTermination(30, TimeUnit.SECONDS);
    }
    assertThat(checks.get()).isGreaterThan(ROUNDS);
  }

  /** Makes a new file with a schema of its own, and the given cookie if that is not 0. */
  private void write(Replaceable file, Path path, Random random, int cookie) {
    try (Database database = Database.openLocal(path);
        Connection connection = database.connect()) {
      define(connection, new Random(), 1);
      connection.execute("PRAGMA journal_mode=" + file.mode);
      connection.execute("CREATE TABLE meta(columns TEXT, indexed TEXT, shown TEXT, fires INT)");
      connection.execute("INSERT INTO meta VALUES (NULL, NULL, NULL, 0)");
      connection.execute("CREATE TABLE log(x)");
      connection.execute("CREATE VIEW whoami AS SELECT mark() AS m");
      redefine(connection, random);
      if (cookie != 0) {
        connection.execute("PRAGMA schema_version=" + cookie);
      }
    }
  }

  /** Who has the wrong key learns nothing of what others, with the right one, have read. */
  @Test
  void encryptedFilesAreReadWithTheirKeyOnly() throws Exception {
    String path = directory.resolve("secret.db").toString();
    EncryptionConfig right = EncryptionConfig.aes256Cbc("right");
    try (Database database = Database.builder(path).encryption(right).build();
        Connection connection = database.connect()) {
      connection.execute("CREATE TABLE t(a)");
    }
    for (int i = 0; i < 20; i++) {
      try (Database database = Database.builder(path).encryption(right).build();
          Connection connection = database.connect()) {
        assertThat(connection.queryOne("SELECT count(*) FROM t").getLong(0)).isEqualTo(0);
        EncryptionConfig wrong = i % 2 == 0 ? null : EncryptionConfig.aes256Cbc("wrong");
        try (Database other = Database.builder(path).encryption(wrong).build();
            Connection blind = other.connect()) {
          assertThatThrownBy(() -> blind.queryOne("SELECT count(*) FROM t"))
              .isInstanceOfSatisfying(
                  LibsqlException.class,
                  e -> assertThat(e.resultCode()).isEqualTo(ResultCode.NOTADB));
        }
      }
    }
  }

  /** What one connection has of its own. */
  private static void define(Connection connection, Random random, int mark) {
    connection.createFunction(
        FunctionDefinition.scalar(
            "mark",
            0,
            EnumSet.of(FunctionDefinition.Flag.DETERMINISTIC),
            (context, arguments) -> context.result().setInteger(mark)));
    boolean reverse = random.nextBoolean();
    connection.createCollation(
        new Collation() {
          @Override
          public String name() {
            return "MINE";
          }

          @Override
          public int compare(
              byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
            int order =
                java.util.Arrays.compareUnsigned(
                    a, aOffset, aOffset + aLength, b, bOffset, bOffset + bLength);
            return reverse ? -order : order;
          }
        });
  }

  private static String text(Connection connection, String sql) {
    return connection.queryOne(sql).getString(0);
  }

  private String newName(String prefix) {
    return prefix + names.incrementAndGet();
  }

  /** Makes table, index, view and trigger anew, and says so. */
  private void redefine(Connection connection, Random random) {
    List<String> columns = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      columns.add(newName("c"));
    }
    String all = String.join(",", columns);
    String indexed = columns.get(random.nextInt(columns.size()));
    String shown = columns.get(random.nextInt(columns.size()));
    boolean fires = random.nextBoolean();
    connection.execute("DROP VIEW IF EXISTS main.v");
    connection.execute("DROP TABLE IF EXISTS main.a");
    connection.execute(
        "CREATE TABLE main.a("
            + all
            + (random.nextInt(3) == 0 ? ", CHECK (mark() <> 0)" : "")
            + ")");
    connection.execute("CREATE INDEX main.i ON a(" + indexed + ")");
    connection.execute("CREATE VIEW main.v AS SELECT " + shown + " FROM a");
    if (fires) {
      connection.execute(
          "CREATE TRIGGER main.r AFTER INSERT ON a BEGIN INSERT INTO log VALUES (new."
              + shown
              + "); END");
    }
    connection.execute(
        "UPDATE main.meta SET columns=?, indexed=?, shown=?, fires=?",
        all,
        indexed,
        shown,
        fires ? 1 : 0);
    for (int i = 0; i < 3; i++) {
      connection.execute(
          "INSERT INTO main.a(" + columns.get(0) + ") VALUES (?)", (long) random.nextInt(100));
    }
  }

  private final class Worker implements Runnable {
    private final Random random;
    private final List<Held> held = new ArrayList<>();

    Worker(long seed) {
      random = new Random(seed);
    }

    @Override
    public void run() {
      for (int round = 0; round < ROUNDS; round++) {
        Replaceable file = files.get(random.nextInt(files.size()));
        if (random.nextInt(40) == 0 && file.lock.writeLock().tryLock()) {
          try {
            replace(file);
          } finally {
            file.lock.writeLock().unlock();
          }
          continue;
        }
        file.lock.readLock().lock();
        try (Held own = new Held(file, random)) {
          for (int i = random.nextInt(4); i >= 0; i--) {
            step(own);
          }
        } finally {
          file.lock.readLock().unlock();
        }
      }
      held.forEach(Held::close);
    }

    /** Another file at the same path, which often has the same schema cookie. */
    private void replace(Replaceable file) {
      Path other = directory.resolve(newName("new") + ".db");
      long cookie = 0;
      if (random.nextBoolean()) {
        try (Held before = new Held(file, random)) {
          cookie = before.connection.queryOne("PRAGMA schema_version").getLong(0);
        }
      }
      write(file, other, random, (int) cookie);
      try {
        if (random.nextBoolean()) {
          for (String end : new String[] {"", "-journal", "-wal", "-shm"}) {
            Files.deleteIfExists(Path.of(file.path + end));
          }
          Files.move(other, file.path, StandardCopyOption.REPLACE_EXISTING);
        } else {
          restore(file, other);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private void restore(Replaceable file, Path other) {
      try (Held target = new Held(file, random)) {
        target.connection.restoreFrom(other.toString());
        check(target);
      }
    }

    private void step(Held own) {
      Connection connection = own.connection;
      try {
        switch (random.nextInt(14)) {
          case 0 -> change(connection, () -> redefine(connection, random), true);
          case 1 -> change(connection, () -> redefine(connection, random), false);
          case 2 -> change(connection, () -> alter(connection), random.nextBoolean());
          case 3 -> connection.execute(random.nextBoolean() ? "ANALYZE" : "ANALYZE a");
          case 4 -> connection.execute("VACUUM");
          case 5 -> own.shadow();
          case 6 -> own.attach(files.get(random.nextInt(files.size())));
          case 7 -> own.forbid(random);
          default -> check(own);
        }
      } catch (LibsqlException e) {
        ResultCode code = e.resultCode().primary();
        boolean expected =
            code == ResultCode.BUSY
                || code == ResultCode.LOCKED
                || code == ResultCode.AUTH
                || (code == ResultCode.ERROR && e.getMessage().contains("VACUUM"));
        if (!expected) {
          throw e;
        }
        if (!connection.isAutoCommit()) {
          connection.rollback();
        }
      }
    }

    private void change(Connection connection, Runnable changes, boolean kept) {
      connection.beginImmediate();
      changes.run();
      if (kept) {
        connection.commit();
      } else {
        connection.rollback();
      }
    }

    private void alter(Connection connection) {
      Row meta = connection.queryOne("SELECT columns, indexed, shown FROM main.meta");
      String columns = meta.getString(0);
      switch (random.nextInt(3)) {
        case 0 -> {
          String added = newName("c");
          connection.execute("ALTER TABLE main.a ADD COLUMN " + added);
          columns += "," + added;
        }
        case 1 -> {
          String renamed = newName("c");
          String shown = meta.getString(2);
          connection.execute("ALTER TABLE main.a RENAME COLUMN " + shown + " TO " + renamed);
          columns = ("," + columns + ",").replace("," + shown + ",", "," + renamed + ",");
          columns = columns.substring(1, columns.length() - 1);
          connection.execute("UPDATE main.meta SET shown=?", renamed);
          if (meta.getString(1).equals(shown)) {
            connection.execute("UPDATE main.meta SET indexed=?", renamed);
          }
        }
        default -> {
          connection.execute("ALTER TABLE main.a RENAME TO temporary_name");
          connection.execute("ALTER TABLE main.temporary_name RENAME TO a");
        }
      }
      connection.execute("UPDATE main.meta SET columns=?", columns);
    }

    private void check(Held own) {
      own.connection.begin();
      own.checkMain();
      own.checkOwn();
      own.connection.commit();
      checks.incrementAndGet();
    }
  }

  /** A connection with what is its own. */
  private final class Held implements AutoCloseable {
    final Database database;
    final Connection connection;
    final long mark;
    final boolean likeHeedsCase;
    final boolean reverse;
    boolean isShadowed;
    boolean isForbidden;
    String attached;

    Held(Replaceable file, Random random) {
      mark = random.nextInt(1_000_000) + 1;
      likeHeedsCase = random.nextInt(3) == 0;
      long seed = random.nextLong();
      reverse = new Random(seed).nextBoolean();
      database =
          Database.builder(file.path.toString())
              .busyTimeoutMillis(20_000)
              .foreignKeys(random.nextBoolean())
              .stat4(random.nextInt(4) > 0)
              .build();
      connection = database.connect();
      define(connection, new Random(seed), (int) mark);
      if (likeHeedsCase) {
        connection.execute("PRAGMA case_sensitive_like=ON");
      }
    }

    void shadow() {
      if (!isShadowed) {
        connection.execute("CREATE TEMP TABLE a(only_here)");
        connection.execute("INSERT INTO temp.a VALUES ('mine')");
        isShadowed = true;
      }
    }

    void attach(Replaceable other) {
      if (attached == null && other.lock.readLock().tryLock()) {
        try {
          connection.execute("ATTACH '" + other.path + "' AS other");
          attached = other.path.toString();
          connection.begin();
          checkSchema("other", true);
          connection.commit();
        } finally {
          if (attached != null) {
            if (!connection.isAutoCommit()) {
              connection.rollback();
            }
            connection.execute("DETACH other");
            attached = null;
          }
          other.lock.readLock().unlock();
        }
      }
    }

    /** Takes the right to read the table of the log from the connection. */
    void forbid(Random random) {
      int answer = random.nextBoolean() ? Authorizer.DENY : Authorizer.IGNORE;
      connection.setAuthorizer(
          (code, first, second, name, trigger) ->
              code == Authorizer.READ && "log".equals(first) ? answer : Authorizer.OK);
      connection.execute("SELECT count(*) FROM main.meta");
      try (Rows rows = connection.query("SELECT x FROM main.log LIMIT 1")) {
        assertThat(answer).isEqualTo(Authorizer.IGNORE);
        while (rows.next()) {
          assertThat(rows.isNull(0)).isTrue();
        }
      } catch (LibsqlException e) {
        if (e.resultCode() != ResultCode.AUTH || answer != Authorizer.DENY) {
          throw e;
        }
      }
      connection.setAuthorizer(null);
    }

    void checkMain() {
      checkSchema("main", !isShadowed);
    }

    private void checkSchema(String name, boolean plain) {
      Row meta =
          connection.queryOne("SELECT columns, indexed, shown, fires FROM " + name + ".meta");
      String columns = meta.getString(0);
      String indexed = meta.getString(1);
      assertThat(columnsOf("SELECT * FROM " + name + ".a")).isEqualTo(columns);
      if (plain && name.equals("main")) {
        assertThat(columnsOf("SELECT * FROM a")).isEqualTo(columns);
        assertThat(columnsOf("SELECT * FROM a WHERE " + indexed + " = 5")).isEqualTo(columns);
      }
      assertThat(columnsOf("SELECT * FROM " + name + ".v")).isEqualTo(meta.getString(2));
      String pragma = "SELECT group_concat(name) FROM pragma_table_info('a', '" + name + "')";
      assertThat(text(connection, pragma)).isEqualTo(columns);
      assertThat(
              connection
                  .queryOne(
                      "SELECT name FROM pragma_index_info('i') WHERE (SELECT count(*) FROM "
                          + name
                          + ".sqlite_schema WHERE name = 'i') = 1")
                  .getString(0))
          .matches(found -> !name.equals("main") || found.equals(indexed));
      assertThat(plan("SELECT 1 FROM " + name + ".a WHERE " + indexed + " = 5"))
          .contains(" INDEX i");
      assertThat(
              connection
                  .queryOne("SELECT count(*) FROM " + name + ".sqlite_schema WHERE name = 'r'")
                  .getLong(0))
          .isEqualTo(meta.getLong(3));
    }

    private String columnsOf(String sql) {
      try (Statement statement = connection.prepare(sql)) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < statement.columnCount(); i++) {
          names.add(statement.columnName(i));
        }
        while (statement.step()) {
          for (int i = 0; i < statement.columnCount(); i++) {
            statement.getString(i);
          }
        }
        return String.join(",", names);
      }
    }

    private String plan(String sql) {
      StringBuilder plan = new StringBuilder();
      try (Rows rows = connection.query("EXPLAIN QUERY PLAN " + sql)) {
        while (rows.next()) {
          plan.append(rows.getString(3)).append('\n');
        }
      }
      return plan.toString();
    }

    /** What no other connection may have an influence on. */
    void checkOwn() {
      assertThat(connection.queryOne("SELECT m FROM whoami").getLong(0)).isEqualTo(mark);
      assertThat(connection.queryOne("SELECT 'A' LIKE 'a' FROM meta").getLong(0))
          .isEqualTo(likeHeedsCase ? 0 : 1);
      assertThat(
              text(
                  connection,
                  "SELECT group_concat(x, '') FROM (SELECT column1 AS x FROM meta,"
                      + " (VALUES ('a'), ('b')) ORDER BY x COLLATE mine)"))
          .isEqualTo(reverse ? "ba" : "ab");
      if (isShadowed) {
        assertThat(columnsOf("SELECT * FROM a")).isEqualTo("only_here");
        assertThat(text(connection, "SELECT only_here FROM a")).isEqualTo("mine");
      }
      assertThat(connection.pragma().foreignKeys())
          .isEqualTo(connection.queryOne("PRAGMA foreign_keys").getLong(0) == 1);
    }

    @Override
    public void close() {
      connection.close();
      database.close();
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "connection %d", mark);
    }
  }
}
