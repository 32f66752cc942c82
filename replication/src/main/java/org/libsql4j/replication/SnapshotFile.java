package org.libsql4j.replication;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.libsql4j.replication.ReplicationException.Reason;

/**
 * A part of a primary's log in the form in which it keeps what it has compacted: of each page the
 * newest frame only, from the newest frame to the oldest, as one transaction.
 *
 * <p>Numbers are little-endian: 0 the log's UUID (16 bytes), 16 first frame number (8), 24 last
 * frame number (8), 32 count of frames (8), 40 pages of the database after the last one (4), 44
 * zeros (4), 48 the frames.
 */
final class SnapshotFile implements AutoCloseable {
  static final int HEADER_BYTES = 48;

  private final FileChannel file;
  private final ByteBuffer header;

  private SnapshotFile(FileChannel file, ByteBuffer header) {
    this.file = file;
    this.header = header;
  }

  /**
   * @throws ReplicationException PROTOCOL if it is no snapshot
   */
  static SnapshotFile open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    boolean done = false;
    try {
      SnapshotFile snapshot = new SnapshotFile(file, read(file, 0, HEADER_BYTES));
      snapshot.check(path, file.size());
      done = true;
      return snapshot;
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  private void check(Path path, long bytes) {
    long count = count();
    boolean sound =
        count > 0
            && count <= (bytes - HEADER_BYTES) / LogFrame.BYTES
            && firstFrame() >= 0
            && lastFrame() >= firstFrame()
            && sizeAfter() > 0;
    if (!sound) {
      throw new ReplicationException(Reason.PROTOCOL, path + " is no snapshot");
    }
  }

  private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("the file ends at " + file.size());
      }
    }
    return bytes;
  }

  UUID logId() {
    return new UUID(header.getLong(8), header.getLong(0));
  }

  long firstFrame() {
    return header.getLong(16);
  }

  long lastFrame() {
    return header.getLong(24);
  }

  private long count() {
    return header.getLong(32);
  }

  private int sizeAfter() {
    return header.getInt(40);
  }

  /**
   * Hands on the frames that a replica does not have, the last one as a commit.
   *
   * @param from number of the first frame that it does not have
   */
  void read(long from, LogClient.FrameSink sink) throws IOException {
    LogFrame held = null;
    for (long i = 0; i < count(); i++) {
      ByteBuffer bytes = read(file, HEADER_BYTES + i * LogFrame.BYTES, LogFrame.BYTES);
      if (bytes.getLong(0) < from) {
        break;
      }
      if (held != null) {
        sink.accept(held);
      }
      held = new LogFrame(bytes.array());
    }
    if (held != null) {
      sink.accept(held.withSizeAfter(sizeAfter()));
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
