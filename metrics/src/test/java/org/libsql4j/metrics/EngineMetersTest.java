package org.libsql4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.observe.ConnectionInfo;
import org.libsql4j.observe.ReplicaSynced;
import org.libsql4j.pager.CheckpointMode;

/** What the engine does, as meters of Micrometer. */
class EngineMetersTest {
  @TempDir Path directory;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EngineMeters meters = new EngineMeters(registry);

  private Connection connect(int busyTimeoutMillis) {
    return Database.builder(directory.resolve("a.db").toString())
        .busyTimeoutMillis(busyTimeoutMillis)
        .listener(meters)
        .build()
        .connect();
  }

  private long timed(String name, String... tags) {
    return registry.get("libsql4j." + name).tags(tags).timer().count();
  }

  private double gauge(String name) {
    return registry.get("libsql4j." + name).tag("database", "a.db").gauge().value();
  }

  @Test
  void everythingIsCounted() {
    try (Connection connection = connect(5000);
        Connection other = connect(5)) {
      assertThat(gauge("connections.open")).isEqualTo(2);
      connection.query("PRAGMA journal_mode=WAL").toList();
      connection.execute("CREATE TABLE t(a UNIQUE)");
      connection.begin();
      assertThat(gauge("transactions.open")).isEqualTo(1);
      connection.execute("INSERT INTO t VALUES(1), (2)");
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES(1)")).isNotNull();
      assertThatThrownBy(() -> other.execute("INSERT INTO t VALUES(3)")).isNotNull();
      connection.commit();
      connection.begin();
      connection.rollback();
      connection.query("SELECT a FROM t").toList();
      assertThatThrownBy(() -> connection.prepare("SELECT nothing")).isNotNull();
      connection.wal().checkpoint(CheckpointMode.PASSIVE);
      assertThat(gauge("wal.frames")).isPositive();
    }
    assertThat(gauge("connections.open")).isZero();
    assertThat(gauge("transactions.open")).isZero();
    assertThat(timed("statements", "operation", "SELECT", "outcome", "ok")).isEqualTo(1);
    assertThat(timed("statements", "operation", "INSERT", "outcome", "ok", "database", "a.db"))
        .isEqualTo(1);
    assertThat(timed("statements", "operation", "INSERT", "outcome", "SQLITE_CONSTRAINT"))
        .isEqualTo(1);
    assertThat(timed("statements", "operation", "INSERT", "outcome", "SQLITE_BUSY")).isEqualTo(1);
    assertThat(timed("statements.prepared", "outcome", "SQLITE_ERROR", "cached", "false"))
        .isEqualTo(1);
    assertThat(registry.get("libsql4j.statements.rows").counter().count())
        .isGreaterThanOrEqualTo(2);
    assertThat(registry.get("libsql4j.statements.changes").counter().count()).isEqualTo(2);
    assertThat(timed("transactions", "outcome", "committed")).isEqualTo(1);
    assertThat(timed("transactions", "outcome", "rolled_back")).isEqualTo(1);
    assertThat(timed("locks.waits", "purpose", "write", "outcome", "given_up")).isEqualTo(1);
    assertThat(timed("checkpoints", "mode", "passive", "outcome", "ok")).isEqualTo(1);
  }

  @Test
  void syncs() {
    meters.replicaSynced(new ReplicaSynced("/x/r.db", 1000, OptionalLong.of(9), 4, null));
    meters.replicaSynced(
        new ReplicaSynced("/y/r.db", 1, OptionalLong.empty(), 0, new java.io.IOException("no")));
    assertThat(timed("syncs", "database", "r.db", "outcome", "ok")).isEqualTo(1);
    assertThat(timed("syncs", "database", "r.db", "outcome", "error")).isEqualTo(1);
    assertThat(registry.get("libsql4j.syncs.frames").counter().count()).isEqualTo(4);
  }

  /** A database for each of a million tenants must not fill the registry. */
  @Test
  void aBoundedNumberOfMeters() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 300; i++) {
        meters.connectionOpened(new ConnectionInfo(i, "/data/" + i + ".db"));
      }
    }
    long names =
        registry.getMeters().stream()
            .map(meter -> meter.getId().getTag("database"))
            .distinct()
            .count();
    assertThat(names).isEqualTo(EngineMeters.MAX_DATABASES + 1);
    assertThat(registry.get("libsql4j.connections.open").tag("database", "other").gauge().value())
        .isEqualTo(400);
  }

  @Test
  void noTokenIsInATag() {
    meters.connectionOpened(new ConnectionInfo(1, "file:/a/b.db?authToken=x"));
    meters.connectionOpened(new ConnectionInfo(2, "C:\\data\\c.db"));
    meters.connectionOpened(new ConnectionInfo(3, ":memory:"));
    meters.connectionOpened(new ConnectionInfo(4, ""));
    assertThat(registry.find("libsql4j.connections.open").gauges())
        .extracting(gauge -> gauge.getId().getTag("database"))
        .containsExactlyInAnyOrder("b.db", "c.db", ":memory:", "temporary");
  }

  /** The module on the class path is all that is needed. */
  @Test
  void theGlobalRegistryHasThemWithoutASettingForTheDriver() throws Exception {
    MeterRegistry global = new SimpleMeterRegistry();
    Metrics.addRegistry(global);
    try (java.sql.Connection connection =
        DriverManager.getConnection("jdbc:libsql:" + directory.resolve("jdbc.db"))) {
      connection.createStatement().execute("CREATE TABLE t(a)");
      Meter meter =
          global
              .get("libsql4j.statements")
              .tags("database", "jdbc.db", "operation", "CREATE")
              .timer();
      assertThat(((io.micrometer.core.instrument.Timer) meter).count()).isEqualTo(1);
    } finally {
      Metrics.removeRegistry(global);
    }
  }
}
