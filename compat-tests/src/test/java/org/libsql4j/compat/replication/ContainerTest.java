package org.libsql4j.compat.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.compat.sqld.SqldContainer;
import org.libsql4j.replication.Replica;
import org.libsql4j.replication.ReplicationException;
import org.libsql4j.replication.ReplicationException.Reason;

/** A replica of a server that runs in a container, reached over its network. */
@Tag("docker")
class ContainerTest {
  @TempDir Path folder;

  private static long count(Connection connection) {
    return connection.queryOne("SELECT count(*) FROM t").getLong(0);
  }

  private Replica open(SqldContainer server, String name) {
    return Replica.open(
        folder.resolve(name),
        ReplicaOptions.of(server.url())
            .readTimeout(Duration.ofSeconds(1))
            .retryAttempts(1)
            .circuitBreaker(0, Duration.ZERO));
  }

  @Test
  void replicasFollowIt() {
    try (SqldContainer server = SqldContainer.start();
        Replica writer = open(server, "writer.db");
        Replica reader = open(server, "reader.db");
        Connection writing = writer.connect();
        Connection reading = reader.connect()) {
      writing.execute("CREATE TABLE t(a)");
      for (int i = 0; i < 20; i++) {
        writing.execute("INSERT INTO t VALUES (?)", i);
      }
      assertThat(count(writing)).isEqualTo(20);
      reader.sync();
      assertThat(count(reading)).isEqualTo(20);
      assertThat(reader.replicationIndex()).isEqualTo(writer.replicationIndex());
    }
  }

  @Test
  void aServerThatDoesNotAnswerCostsNothingButTime() {
    try (SqldContainer server = SqldContainer.start();
        Replica replica = open(server, "a.db");
        Connection connection = replica.connect()) {
      connection.execute("CREATE TABLE t(a)");
      connection.execute("INSERT INTO t VALUES (1)");
      server.pause();
      assertThatThrownBy(replica::sync)
          .isInstanceOfSatisfying(
              ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TRANSPORT));
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (2)"))
          .isInstanceOf(ReplicationException.class);
      assertThat(count(connection)).isEqualTo(1);

      server.unpause();
      replica.sync();
      connection.execute("INSERT INTO t VALUES (3)");
      // Nobody can know whether the write that got no answer was carried out.
      assertThat(count(connection)).isBetween(2L, 3L);
    }
  }
}
