package org.libsql4j.compat.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libsql4j.Database;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.Outcome;
import org.libsql4j.compat.engines.RealEngine;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.MemoryVfs;

/**
 * Damaged databases, logs and journals are read, checked, changed and vacuumed: an answer or an SQL
 * error, never another exception, in time and in bounded memory.
 */
class DamagedFilesTest {
  private static final int FILES = Integer.getInteger("compat.damaged.files", 1_250);
  private static final long SEED = Long.getLong("compat.damaged.seed", 20_260_101);

  /** The only file to try, as failures name it. */
  private static final int ONLY = Integer.getInteger("compat.damaged.file", -1);

  /** Of its thread's time; more time may pass on a busy machine. */
  private static final long LIMIT_SECONDS = 10;

  private static final long LIMIT_BYTES = 1L << 30;

  private static final List<String> READING =
      List.of(
          "SELECT * FROM t ORDER BY a",
          "SELECT b, c FROM t INDEXED BY t_b WHERE b > 'text 2' ORDER BY b DESC",
          "SELECT count(*), sum(a), max(b), total(length(d)) FROM t",
          "SELECT * FROM u WHERE k > 'text 5'",
          "SELECT * FROM w WHERE a % 7 = 0",
          "SELECT name, type, sql FROM sqlite_schema",
          "SELECT * FROM pragma_table_xinfo('t'), pragma_index_list('t')",
          "PRAGMA integrity_check",
          "PRAGMA quick_check",
          "PRAGMA foreign_key_check",
          "SELECT sum(pgsize), count(*) FROM dbstat");

  private static final List<String> CHANGING =
      List.of(
          "INSERT INTO t(b, d) VALUES ('new', 1), ('newer', NULL), (printf('%5000d', 1), 'x')",
          "UPDATE t SET b = b || 'x', d = zeroblob(700) WHERE a % 7 = 0",
          "DELETE FROM t WHERE a % 3 = 0",
          "INSERT OR REPLACE INTO u SELECT k || 'y', 1 FROM u",
          "DELETE FROM u WHERE v > 20",
          "BEGIN",
          "SAVEPOINT s",
          "DELETE FROM seq",
          "CREATE TABLE v AS SELECT * FROM t",
          "ROLLBACK TO s",
          "INSERT INTO gone SELECT zeroblob(400) FROM t WHERE a % 10 = 0",
          "COMMIT",
          "PRAGMA incremental_vacuum",
          "CREATE INDEX g ON gone(x)",
          "ALTER TABLE t RENAME TO t2",
          "ALTER TABLE u ADD COLUMN z DEFAULT 7",
          "REINDEX",
          "ANALYZE",
          "PRAGMA wal_checkpoint(TRUNCATE)",
          "DROP TABLE gone",
          "VACUUM",
          "DELETE FROM t2",
          "DROP TABLE t",
          "PRAGMA integrity_check");

  /** For one file of so many our integrity check is compared with that of the real engine. */
  private static final int COMPARED_ONE_IN = Integer.getInteger("compat.damaged.compared", 5);

  private static int tried;
  private static int compared;
  private static int unsound;
  private static long mostBytes;
  private static long mostMillis;

  @TempDir static Path folder;

  private static List<DatabaseImage> sound;
  private static List<DatabaseImage> withLog;
  private static List<DatabaseImage> withJournal;

  @AfterAll
  static void report() {
    System.out.printf(
        "%d damaged files, %d of them checked by the real engine too, which finds %d"
            + " damaged; at most %d ms and %d MiB"
            + " allocated for one; seed %d%n",
        tried, compared, unsound, mostMillis, mostBytes >> 20, SEED);
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerOrAnSqlError(Damage damage) throws Exception {
    if (sound == null) {
      sound = DatabaseImage.sound(folder);
      withLog = DatabaseImage.withLog(folder);
      withJournal = DatabaseImage.withJournal(folder);
    }
    int count = FILES / Damage.values().length;
    List<String> failures = new ArrayList<>();
    for (int i = Math.max(0, ONLY); i < (ONLY >= 0 ? ONLY + 1 : count); i++) {
      long seed = SEED * 31 + damage.ordinal() * 1_000_003L + i;
      String failure = tryFile(damage, new Random(seed));
      tried++;
      if (failure != null) {
        failures.add(
            String.format(
                "%s, file %d: %s%n  replay with -Dtest=DamagedFilesTest -Dcompat.damaged.seed=%d"
                    + " -Dcompat.damaged.file=%d",
                damage, i, failure, SEED, i));
      }
    }
    System.out.printf("%s: %d files, seed %d%n", damage, ONLY >= 0 ? 1 : count, SEED);
    assertThat(failures).isEmpty();
  }

  /** What was wrong, or null. */
  private String tryFile(Damage damage, Random random) throws Exception {
    List<DatabaseImage> images =
        damage.isOfLog() ? withLog : damage.isOfJournal() ? withJournal : sound;
    DatabaseImage image = images.get(random.nextInt(images.size())).copy();
    if (damage == Damage.SCHEMA) {
      image.database = withHostileSchema(image.database, random);
    }
    damage.apply(image, random);
    if (random.nextInt(COMPARED_ONE_IN) == 0) {
      String difference = compareChecks(image);
      if (difference != null) {
        return difference;
      }
    }
    boolean inMemory = !damage.isOfLog() && !damage.isOfJournal() && random.nextInt(10) > 0;
    Use use = new Use(inMemory ? inMemory(image) : onDisk(image), random);
    FutureTask<String> task = new FutureTask<>(use);
    Thread thread = new Thread(null, task, "damaged file", 2 << 20);
    long start = System.nanoTime();
    thread.setDaemon(true);
    thread.start();
    try {
      if (!awaitEnd(task, thread)) {
        return "hangs in " + use.statement + " at " + Arrays.toString(thread.getStackTrace());
      }
      String failure = task.get();
      mostBytes = Math.max(mostBytes, use.allocatedBytes);
      if (failure == null && use.allocatedBytes > LIMIT_BYTES) {
        return (use.allocatedBytes >> 20) + " MiB allocated, most of it in " + use.greediest;
      }
      return failure;
    } catch (ExecutionException e) {
      return describe(e.getCause(), use.statement);
    } finally {
      mostMillis = Math.max(mostMillis, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
  }

  /** Waits until the task is done, or has worked or waited for too long. */
  private static boolean awaitEnd(FutureTask<String> task, Thread thread)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!task.isDone()) {
      long cpu = Use.THREADS.getThreadCpuTime(thread.getId());
      long waited = System.nanoTime() - start;
      if (TimeUnit.NANOSECONDS.toSeconds(cpu) >= LIMIT_SECONDS
          || TimeUnit.NANOSECONDS.toSeconds(waited) >= 6 * LIMIT_SECONDS) {
        return false;
      }
      thread.join(1_000);
    }
    return true;
  }

  /** Whether both engines find that something is wrong, or that nothing is; null if so. */
  private static String compareChecks(DatabaseImage image) throws IOException {
    onDisk(image);
    Path file = folder.resolve("damaged.db");
    String sql = "PRAGMA integrity_check";
    String real = Attempt.real(file, false, sql);
    onDisk(image);
    String ours = Attempt.ours(file, false, sql);
    compared++;
    unsound += real.trim().equals("'ok'") ? 0 : 1;
    if (ours.trim().equals("'ok'") == real.trim().equals("'ok'")) {
      return null;
    }
    return String.format("integrity_check gives '%.300s', the real engine's '%.300s'", ours, real);
  }

  private static String describe(Throwable thrown, String statement) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    StackTraceElement[] trace = cause.getStackTrace();
    return thrown
        + " in "
        + statement
        + ": "
        + cause
        + " at "
        + Arrays.toString(Arrays.copyOf(trace, Math.min(8, trace.length)));
  }

  private static byte[] withHostileSchema(byte[] database, Random random) throws IOException {
    Path file = folder.resolve("schema.db");
    Files.write(file, database);
    try (RealEngine real = RealEngine.open(file)) {
      HostileSchema.statements(random).forEach(real::run);
    }
    return Files.readAllBytes(file);
  }

  private static Database inMemory(DatabaseImage image) {
    MemoryVfs vfs = new MemoryVfs();
    vfs.setContent("/damaged.db", image.database);
    return Database.builder("/damaged.db").vfs(vfs).busyTimeoutMillis(0).build();
  }

  private static Database onDisk(DatabaseImage image) throws IOException {
    Path file = folder.resolve("damaged.db");
    for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
      Files.deleteIfExists(Path.of(file + suffix));
    }
    Files.write(file, image.database);
    if (image.wal.length > 0) {
      Files.write(Path.of(file + "-wal"), image.wal);
    }
    if (image.journal.length > 0) {
      Files.write(Path.of(file + "-journal"), image.journal);
    }
    return Database.builder(file.toString()).busyTimeoutMillis(0).build();
  }

  /** What is done with a file; gives null or what was wrong. */
  private static final class Use implements java.util.concurrent.Callable<String> {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Database database;
    private final Random random;
    volatile String statement = "open";
    volatile long allocatedBytes;
    volatile String greediest = "";

    Use(Database database, Random random) {
      this.database = database;
      this.random = random;
    }

    @Override
    public String call() {
      List<String> sql = new ArrayList<>(List.of("PRAGMA synchronous = OFF"));
      if (random.nextInt(4) == 0) {
        sql.add("PRAGMA cache_size = " + random.nextInt(20));
      }
      if (random.nextInt(8) == 0) {
        sql.add("PRAGMA writable_schema = 1");
      }
      if (random.nextInt(4) > 0) {
        sql.addAll(READING);
      }
      sql.addAll(CHANGING);
      long self = Thread.currentThread().getId();
      long most = 0;
      try (OurEngine engine = OurEngine.of(database.connect())) {
        for (String next : sql) {
          statement = next;
          long before = THREADS.getThreadAllocatedBytes(self);
          Outcome outcome = engine.run(next);
          long bytes = THREADS.getThreadAllocatedBytes(self) - before;
          if (bytes > most) {
            most = bytes;
            greediest = next;
          }
          allocatedBytes += bytes;
          Outcome.Failure error = outcome.error();
          if (error != null && isOurFault(error)) {
            return "'" + error + "' in " + next;
          }
        }
        statement = "close";
      } catch (LibsqlException e) {
        // What opening or closing a damaged file may say.
      }
      return null;
    }

    private static boolean isOurFault(Outcome.Failure error) {
      ResultCode code = ResultCode.of(error.code()).primary();
      return code == ResultCode.INTERNAL || code == ResultCode.MISUSE || code == ResultCode.NOMEM;
    }
  }
}
