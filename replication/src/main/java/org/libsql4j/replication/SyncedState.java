package org.libsql4j.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.libsql4j.replication.ReplicationException.Reason;

/**
 * How far a synced database and its server agree.
 *
 * <p>Kept beside the database as JSON, in the form that libSQL's own client has, with a CRC-32 over
 * the other three numbers, each 4 bytes little-endian. It is replaced as a whole.
 *
 * @param durableFrame how many frames of the local write-ahead log the server has too
 * @param generation which incarnation of the database those frames belong to, from 1
 */
record SyncedState(int durableFrame, int generation) {
  /** What is appended to the database's file name. */
  static final String FILE_SUFFIX = "-info";

  private static final int VERSION = 0;
  private static final int MAX_BYTES = 1 << 12;

  static Path file(Path database) {
    return database.resolveSibling(database.getFileName() + FILE_SUFFIX);
  }

  /**
   * Reads it; null if there is no file.
   *
   * @throws ReplicationException LOCAL_STATE if the file is damaged
   */
  static @Nullable SyncedState read(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    Map<String, Object> fields;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("it is too long");
      }
      fields = FlatJson.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ReplicationException(Reason.LOCAL_STATE, file + ": " + e.getMessage(), e);
    }
    long hash = number(fields, "hash");
    int version = (int) number(fields, "version");
    SyncedState state =
        new SyncedState(
            (int) number(fields, "durable_frame_num"), (int) number(fields, "generation"));
    if (hash != state.hash(version)) {
      throw invalid(
          "failed to verify metadata file hash: expected=" + hash + ", got=" + state.hash(version));
    }
    if (version != VERSION) {
      throw invalid(
          "failed to verify metadata file version: expected=" + VERSION + ", got=" + version);
    }
    if (state.generation == 0) {
      throw invalid("invalid local state: generation is 0");
    }
    return state;
  }

  private static ReplicationException invalid(String message) {
    return new ReplicationException(Reason.LOCAL_STATE, message);
  }

  private static long number(Map<String, Object> fields, String name) {
    long value = FlatJson.number(fields, name);
    if (value < 0 || value > 0xffff_ffffL) {
      throw invalid("failed to verify metadata file: no " + name);
    }
    return value;
  }

  private long hash(int version) {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(version).putInt(durableFrame).putInt(generation);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    return crc.getValue();
  }

  /** As it stands in the file. */
  String toJson() {
    return "{\"hash\":"
        + hash(VERSION)
        + ",\"version\":"
        + VERSION
        + ",\"durable_frame_num\":"
        + Integer.toUnsignedString(durableFrame)
        + ",\"generation\":"
        + Integer.toUnsignedString(generation)
        + "}";
  }

  /** Replaces the file; it is on the disk when this returns. */
  void write(Path file) {
    byte[] bytes = toJson().getBytes(StandardCharsets.UTF_8);
    Path parent = file.toAbsolutePath().getParent();
    Path temporary =
        file.resolveSibling(".tmp." + System.currentTimeMillis() + "." + UUID.randomUUID());
    try {
      try (FileChannel out =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        out.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ReplicationException(Reason.LOCAL_STATE, parent + ": " + e, e);
    }
  }
}
