package org.libsql4j.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.ReplicaHealth.Circuit;
import org.libsql4j.ReplicaHealth.State;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.replication.ReplicationException.Reason;

/** Servers that are away for a while, or for good. */
class ResilienceTest {
  @TempDir Path folder;
  private final FakeTime time = new FakeTime();
  private FakePrimary primary;

  @BeforeEach
  void start() throws Exception {
    primary = new FakePrimary();
    primary.logDatabase(SourceFile.withRows(folder, 20));
  }

  @AfterEach
  void stop() {
    primary.close();
  }

  private ReplicaOptions options(String url) {
    return ReplicaOptions.of(url).environment(time.environment());
  }

  private Replica open(ReplicaOptions options) {
    return Replica.open(folder.resolve("replica.db"), options);
  }

  private static String nobody() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @Test
  void requestsAreRepeatedAfterWaitsThatGrow() {
    try (Replica replica =
        open(
            options(primary.url())
                .retryAttempts(6)
                .circuitBreaker(0, Duration.ZERO)
                .retryDelays(Duration.ofMillis(100), Duration.ofMillis(500)))) {
      primary.unavailable = 5;
      replica.sync();
      assertThat(time.sleeps).containsExactly(100L, 200L, 400L, 500L, 500L);
      assertThat(replica.health().state()).isEqualTo(State.IN_STEP);
      time.sleeps.clear();
      time.chance = -1;
      primary.unavailable = 6;
      assertThatThrownBy(replica::sync).hasMessageContaining("HTTP status 503");
      assertThat(time.sleeps).containsExactly(50L, 100L, 200L, 250L, 250L);
      assertThat(replica.health().state()).isEqualTo(State.BEHIND);
      assertThat(replica.health().lastFailure()).hasMessageContaining("HTTP status 503");
      assertThat(replica.health().failures()).isEqualTo(1);
    }
  }

  @Test
  void whatAServerRefusesIsNotAskedForAgain() {
    try (Replica replica = open(options(primary.url()).authToken("wrong"))) {
      primary.requiredAuthorization = "Bearer right";
      assertThatThrownBy(replica::sync).hasMessageContaining("The JWT is invalid");
      assertThat(time.sleeps).isEmpty();
      assertThat(replica.health().servers().get(0).failures()).isZero();
    }
  }

  @Test
  void aServerThatKeepsFailingIsLeftAlone() {
    try (Replica replica =
        open(options(primary.url()).retryAttempts(1).circuitBreaker(3, Duration.ofSeconds(10)))) {
      primary.unavailable = 4;
      for (int i = 0; i < 3; i++) {
        assertThat(replica.health().servers().get(0).circuit()).isEqualTo(Circuit.CLOSED);
        assertThatThrownBy(replica::sync).hasMessageContaining("HTTP status 503");
      }
      assertThat(replica.health().servers().get(0).circuit()).isEqualTo(Circuit.OPEN);
      assertThat(replica.health().servers().get(0).failures()).isEqualTo(3);
      int asked = primary.requests.size();
      assertThatThrownBy(replica::sync)
          .isInstanceOfSatisfying(
              ReplicationException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.CIRCUIT_OPEN))
          .hasMessageContaining("HTTP status 503");
      assertThat(primary.requests).hasSize(asked);
      time.pass(Duration.ofSeconds(10));
      assertThat(replica.health().servers().get(0).circuit()).isEqualTo(Circuit.HALF_OPEN);
      // One request tries how it is; it fails, and the waiting begins anew.
      assertThatThrownBy(replica::sync).hasMessageContaining("HTTP status 503");
      assertThat(primary.requests).hasSize(asked + 1);
      assertThat(replica.health().servers().get(0).circuit()).isEqualTo(Circuit.OPEN);
      time.pass(Duration.ofSeconds(10));
      replica.sync();
      assertThat(replica.health().servers().get(0).circuit()).isEqualTo(Circuit.CLOSED);
      assertThat(SourceFile.rows(folder.resolve("replica.db"))).isEqualTo(20);
    }
  }

  @Test
  void anotherServerIsAskedInstead() throws Exception {
    try (FakePrimary second = new FakePrimary();
        Replica replica =
            open(
                options(primary.url())
                    .failoverUrls(List.of(second.url()))
                    .circuitBreaker(1, Duration.ofSeconds(10)))) {
      second.copyLogOf(primary);
      replica.sync();
      assertThat(second.requests).isEmpty();
      primary.unavailable = Integer.MAX_VALUE;
      second.logDatabase(SourceFile.withRows(folder, 30));
      assertThat(replica.sync().framesSynced()).isPositive();
      assertThat(SourceFile.rows(folder.resolve("replica.db"))).isEqualTo(30);
      assertThat(time.sleeps).isEmpty();
      assertThat(replica.health().servers())
          .extracting(server -> server.circuit())
          .containsExactly(Circuit.OPEN, Circuit.CLOSED);
      try (Connection connection = replica.connect()) {
        assertThat(connection.execute("DELETE FROM t")).isEqualTo(1);
        assertThat(second.requests).contains("Describe", "Execute");
      }
      primary.copyLogOf(second);
      primary.unavailable = 0;
      primary.requests.clear();
      time.pass(Duration.ofSeconds(10));
      replica.sync();
      assertThat(primary.requests).contains("Hello");
    }
  }

  @Test
  void nothingListensThere() throws Exception {
    try (Replica replica =
        open(
            options(nobody())
                .retryAttempts(3)
                .retryDelays(Duration.ofMillis(10), Duration.ofMillis(10)))) {
      assertThatThrownBy(replica::sync)
          .isInstanceOfSatisfying(
              ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TRANSPORT));
      assertThat(time.sleeps).hasSize(2);
      // A statement that never left is tried again too.
      try (Connection connection = replica.connect()) {
        assertThatThrownBy(() -> connection.execute("CREATE TABLE t(v)"))
            .isInstanceOf(ReplicationException.class);
      }
      assertThat(time.sleeps).hasSize(4);
    }
  }

  @Test
  void aWriteThatWasDoneStaysDone() {
    try (Replica replica = open(options(primary.url()).retryAttempts(1));
        Connection connection = replica.connect()) {
      replica.sync();
      primary.status = 14;
      primary.statusMessage = "away";
      primary.logOnePage();
      assertThat(connection.execute("DELETE FROM t")).isEqualTo(1);
      assertThat(replica.health().state()).isEqualTo(State.BEHIND);
      assertThat(connection.queryOne("SELECT count(*) FROM t").getLong(0)).isEqualTo(20);
    }
    try (Replica replica =
            open(options(primary.url()).retryAttempts(1).degradeToLocalReads(false));
        Connection connection = replica.connect()) {
      assertThatThrownBy(() -> connection.execute("DELETE FROM t")).hasMessageContaining("away");
    }
  }

  @Test
  void aStatementThatMayHaveBeenExecutedIsNotSentAgain() {
    try (Replica replica =
            open(options(primary.url()).circuitBreaker(0, Duration.ZERO).readYourWrites(false));
        Connection connection = replica.connect()) {
      primary.cutExecute = true;
      assertThatThrownBy(() -> connection.execute("DELETE FROM t"))
          .isInstanceOfSatisfying(
              ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TRANSPORT));
      assertThat(primary.requests.stream().filter("Execute"::equals)).hasSize(1);
    }
  }
}
