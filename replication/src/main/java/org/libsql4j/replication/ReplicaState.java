package org.libsql4j.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a replica has come: which log it follows and the last frame it has of that.
 *
 * <p>Kept in 32 bytes beside the database, in the form that libSQL's own client has: the log's UUID
 * as a little-endian number of 128 bits, the frame number in 8 bytes little-endian, all ones for
 * none, 8 bytes of zeros.
 *
 * @param logId which log
 * @param committedFrame the last frame of the last transaction in the local file; {@link #NONE} if
 *     there is none
 */
record ReplicaState(UUID logId, long committedFrame) {
  /** What is appended to the database's file name. */
  static final String FILE_SUFFIX = "-client_wal_index";

  static final long NONE = -1;
  static final int BYTES = 32;

  /** The state in a file; null if it is too short to hold one, which means none. */
  static @Nullable ReplicaState read(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, bytes.position()) < 0) {
        return null;
      }
    }
    return new ReplicaState(new UUID(bytes.getLong(8), bytes.getLong(0)), bytes.getLong(16));
  }

  /** Writes it and waits until it is on the disk. */
  void write(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0, logId.getLeastSignificantBits());
    bytes.putLong(8, logId.getMostSignificantBits());
    bytes.putLong(16, committedFrame);
    while (bytes.hasRemaining()) {
      file.write(bytes, bytes.position());
    }
    file.force(false);
  }
}
