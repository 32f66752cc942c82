package org.libsql4j.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state file is byte for byte that of libSQL's own client. */
class ReplicaStateTest {
  private static final UUID LOG = UUID.fromString("5770ce5f-a2d9-4fcf-bebc-4a7a8f390e8c");

  @TempDir Path folder;

  private FileChannel open() throws Exception {
    return FileChannel.open(
        folder.resolve("state"),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  private String bytesOf(ReplicaState state) throws Exception {
    try (FileChannel file = open()) {
      state.write(file);
    }
    return HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("state")));
  }

  @Test
  void isWrittenAsTheRealClientDoes() throws Exception {
    assertThat(bytesOf(new ReplicaState(LOG, 2)))
        .isEqualTo("8c0e398f7a4abcbecf4fd9a25fce7057" + "0200000000000000" + "0000000000000000");
    assertThat(bytesOf(new ReplicaState(LOG, ReplicaState.NONE)))
        .isEqualTo("8c0e398f7a4abcbecf4fd9a25fce7057" + "ffffffffffffffff" + "0000000000000000");
  }

  @Test
  void isReadBack() throws Exception {
    ReplicaState state = new ReplicaState(LOG, 123456789);
    try (FileChannel file = open()) {
      state.write(file);
      assertThat(ReplicaState.read(file)).isEqualTo(state);
    }
  }

  @Test
  void aShortFileHoldsNone() throws Exception {
    try (FileChannel file = open()) {
      assertThat(ReplicaState.read(file)).isNull();
      new ReplicaState(LOG, 5).write(file);
      file.truncate(31);
      assertThat(ReplicaState.read(file)).isNull();
    }
  }
}
