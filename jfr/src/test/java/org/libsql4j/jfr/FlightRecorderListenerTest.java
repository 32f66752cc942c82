package org.libsql4j.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.observe.ReplicaSynced;
import org.libsql4j.pager.CheckpointMode;

/** The listener is found as a service, and a recording has an event for all that happens. */
class FlightRecorderListenerTest {
  @TempDir Path directory;

  private void work() {
    Path file = directory.resolve("a.db");
    try (Connection connection = Database.openLocal(file).connect();
        Connection other =
            Database.builder(file.toString()).busyTimeoutMillis(5).build().connect()) {
      connection.query("PRAGMA journal_mode=WAL").toList();
      connection.execute("CREATE TABLE t(a)");
      connection.begin();
      connection.execute("INSERT INTO t VALUES(1), (2)");
      assertThatThrownBy(() -> other.execute("INSERT INTO t VALUES(3)")).isNotNull();
      connection.commit();
      connection.query("SELECT a FROM t").toList();
      connection.wal().checkpoint(CheckpointMode.PASSIVE);
    }
    new FlightRecorderListener()
        .replicaSynced(new ReplicaSynced("r.db", 1, OptionalLong.of(9), 4, null));
  }

  private List<RecordedEvent> record() throws Exception {
    Path file = directory.resolve("a.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      work();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(e -> e.getEventType().getName().startsWith("libsql4j."))
        .collect(Collectors.toList());
  }

  private static RecordedEvent find(
      List<RecordedEvent> events, String type, String field, Object value) {
    return events.stream()
        .filter(e -> e.getEventType().getName().equals("libsql4j." + type))
        .filter(e -> value.equals(e.getValue(field)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " with " + field + " " + value));
  }

  @Test
  void everyEventIsRecorded() throws Exception {
    List<RecordedEvent> events = record();
    RecordedEvent select = find(events, "Statement", "sql", "SELECT a FROM t");
    assertThat(select.getLong("rows")).isEqualTo(2);
    assertThat(select.getDuration("elapsed").toNanos()).isPositive();
    assertThat(select.getString("database")).endsWith("a.db");
    RecordedEvent insert = find(events, "Statement", "sql", "INSERT INTO t VALUES(1), (2)");
    assertThat(insert.getLong("changes")).isEqualTo(2);
    assertThat(insert.getString("error")).isNull();
    assertThat(find(events, "Statement", "error", "database is locked").getString("sql"))
        .isEqualTo("INSERT INTO t VALUES(3)");
    find(events, "Prepare", "sql", "SELECT a FROM t");
    find(events, "Transaction", "committed", true);
    assertThat(find(events, "LockWait", "acquired", false).getString("purpose")).isEqualTo("WRITE");
    assertThat(find(events, "Checkpoint", "mode", "PASSIVE").getLong("frames")).isPositive();
    find(events, "Connection", "open", true);
    find(events, "Connection", "open", false);
    assertThat(find(events, "Sync", "file", "r.db").getLong("frameNumber")).isEqualTo(9);
  }
}
