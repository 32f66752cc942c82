package org.libsql4j.compat.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.Statement;
import org.libsql4j.compat.crash.ChildJvm;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.replication.Replicator;

/**
 * Random transactions on a real primary, while processes that sync a replica are killed at random
 * moments. Whenever it is looked at, the replica is as some transaction left the primary; in the
 * end its file equals the primary's, page by page.
 *
 * <p>{@code -Dcompat.replication.transactions} says how many, {@code -Dcompat.replication.seed}
 * replays.
 */
class RandomTransactionsTest {
  private static final int TRANSACTIONS =
      Integer.getInteger("compat.replication.transactions", 1200);
  private static final long SEED = Long.getLong("compat.replication.seed", System.nanoTime());
  private static final int PER_REQUEST = 20;

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private int transactions;

  private Path replica() {
    return folder.resolve("replica.db");
  }

  /** What keeps a mix from going unnoticed: every transaction writes down what the tables hold. */
  private static final String DIGEST =
      "UPDATE digest SET n = n + 1, rows = (SELECT count(*) FROM t) + (SELECT count(*) FROM u),"
          + " total = (SELECT coalesce(sum(a), 0) FROM t) + (SELECT coalesce(sum(b), 0) FROM u)";

  private static final String CHECK =
      "SELECT n, rows = (SELECT count(*) FROM t) + (SELECT count(*) FROM u)"
          + " AND total = (SELECT coalesce(sum(a), 0) FROM t) + (SELECT coalesce(sum(b), 0) FROM u)"
          + " FROM digest";

  private String[] someTransactions() {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < PER_REQUEST; i++) {
      statements.add("BEGIN");
      int changes = 1 + random.nextInt(4);
      for (int k = 0; k < changes; k++) {
        statements.add(change());
      }
      statements.add(DIGEST);
      statements.add("COMMIT");
      transactions++;
    }
    return statements.toArray(String[]::new);
  }

  private String change() {
    int number = random.nextInt(100_000);
    return switch (random.nextInt(8)) {
      case 0, 1, 2 ->
          "INSERT INTO t(a, v) VALUES (" + number + ", randomblob(" + random.nextInt(900) + "))";
      case 3 -> "INSERT INTO u(b) SELECT a + " + number + " FROM t LIMIT " + random.nextInt(30);
      case 4 -> "UPDATE t SET a = a + 1, v = randomblob(50) WHERE a % 7 = " + number % 7;
      case 5 -> "DELETE FROM t WHERE id % 11 = " + number % 11;
      case 6 -> "DELETE FROM u WHERE b % 5 = " + number % 5;
      default ->
          "INSERT OR REPLACE INTO t(id, a) VALUES (" + (1 + number % 50) + ", " + number + ")";
    };
  }

  @Test
  void theReplicaIsAlwaysAStateOfThePrimary() throws Exception {
    System.out.println("RandomTransactionsTest -Dcompat.replication.seed=" + SEED);
    int kills = 0;
    long lastSeen = 0;
    try (SqldServer server = SqldServer.start(folder)) {
      server.execute(
          "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, v BLOB)",
          "CREATE TABLE u(b INT)",
          "CREATE INDEX ta ON t(a)",
          "CREATE TABLE digest(n INT, rows INT, total INT)",
          "INSERT INTO digest VALUES (0, 0, 0)");
      Process process = null;
      try {
        while (transactions < TRANSACTIONS) {
          if (process == null || !process.isAlive()) {
            process = ChildJvm.start(ReplicaProcess.class, replica().toString(), server.url());
            assertThat(process.getInputStream().read()).as("a first line").isPositive();
          }
          server.execute(someTransactions());
          if (random.nextInt(4) == 0) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(30));
            process.destroyForcibly().waitFor();
            kills++;
          }
          lastSeen = check(lastSeen);
        }
      } finally {
        stop(process);
      }
      try (Replicator replicator = Replicator.open(replica(), options(server))) {
        replicator.sync();
      }
      assertThat(check(lastSeen)).isEqualTo(transactions);
      server.stop();
      assertThat(Files.readAllBytes(replica())).isEqualTo(primaryFile(server));
    }
    System.out.println(
        "RandomTransactionsTest: " + transactions + " transactions, " + kills + " kills");
  }

  private static ReplicaOptions options(SqldServer server) {
    return ReplicaOptions.of(server.url())
        .retryDelays(Duration.ofMillis(50), Duration.ofMillis(100));
  }

  private static void stop(@Nullable Process process) throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Which transaction the replica shows; it is whole, and none before the one seen last. */
  private long check(long lastSeen) {
    try (Connection connection = Database.openLocal(replica()).connect()) {
      connection.execute("BEGIN");
      try (Statement tables =
          connection.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'digest'")) {
        assertThat(tables.step()).isTrue();
        if (tables.getLong(0) == 0) {
          assertThat(lastSeen).isZero();
          return 0;
        }
      }
      try (Statement check = connection.prepare(CHECK)) {
        if (!check.step()) {
          assertThat(lastSeen).isZero();
          return 0;
        }
        assertThat(check.getLong(1)).as("the digest fits, seed " + SEED).isEqualTo(1);
        assertThat(check.getLong(0)).isBetween(lastSeen, (long) transactions);
        return check.getLong(0);
      }
    }
  }

  private byte[] primaryFile(SqldServer server) throws Exception {
    Path copy = folder.resolve("primary.db");
    for (String suffix : List.of("", "-wal")) {
      Path from = server.dataFile().resolveSibling("data" + suffix);
      if (Files.exists(from)) {
        Files.copy(
            from, folder.resolve("primary.db" + suffix), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (java.sql.Connection real = DriverManager.getConnection("jdbc:sqlite:" + copy);
        java.sql.Statement statement = real.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      assertThat(result.next()).isTrue();
    }
    return Files.readAllBytes(copy);
  }
}
