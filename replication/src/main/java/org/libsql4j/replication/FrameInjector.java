package org.libsql4j.replication;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.EncryptionConfig;
import org.libsql4j.WalAccess;
import org.libsql4j.pager.CheckpointMode;

/**
 * Puts frames of a primary into the write-ahead log of the local file, for all to see once their
 * transaction is complete.
 */
final class FrameInjector implements AutoCloseable {
  /** A log of more frames than this is moved into the database, as SQLite does on its own. */
  private static final int CHECKPOINT_FRAMES = 1000;

  private final Connection connection;
  private final WalAccess log;
  private final byte[] frame = new byte[WalAccess.FRAME_HEADER_BYTES + LogFrame.PAGE_BYTES];
  private boolean inserting;

  /** Opens the file. One that does not exist becomes an empty database in WAL mode. */
  FrameInjector(Path database, int busyTimeoutMillis, @Nullable EncryptionConfig encryption) {
    connection =
        Database.builder(database.toString())
            .busyTimeoutMillis(busyTimeoutMillis)
            .encryption(encryption)
            .build()
            .connect();
    log = connection.wal();
    boolean done = false;
    try {
      prepare(database);
      done = true;
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  private void prepare(Path database) {
    // The log is synced once for all transactions that came together, by endDurably.
    connection.execute("PRAGMA synchronous=NORMAL");
    if (!text("PRAGMA journal_mode=WAL").equals("wal")) {
      throw new ReplicationException(
          ReplicationException.Reason.LOCAL_STATE, database + " cannot be put into WAL mode");
    }
    String pageSize = text("PRAGMA page_size");
    if (!pageSize.equals(Integer.toString(LogFrame.PAGE_BYTES))) {
      throw new ReplicationException(
          ReplicationException.Reason.LOCAL_STATE,
          database + " has pages of " + pageSize + " bytes, which no replica has");
    }
  }

  private String text(String pragma) {
    try (org.libsql4j.Statement statement = connection.prepare(pragma)) {
      String value = statement.step() ? statement.getString(0) : null;
      return value == null ? "" : value;
    }
  }

  /**
   * Inserts a frame.
   *
   * @param commits whether it ends a transaction: makes all since the last such frame visible
   */
  void add(LogFrame logged, boolean commits) {
    if (!inserting) {
      log.beginInsert();
      inserting = true;
    }
    putInt(0, logged.pageNumber());
    putInt(4, commits ? logged.sizeAfter() : 0);
    logged.copyPage(frame, WalAccess.FRAME_HEADER_BYTES);
    log.append(frame);
  }

  private void putInt(int at, int value) {
    for (int i = 0; i < 4; i++) {
      frame[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  /** Gives up frames after the last commit, and lets others write. */
  void end() {
    if (inserting) {
      inserting = false;
      log.endInsert();
    }
  }

  /** As {@link #end}, and waits until all that was committed is on the disk. */
  void endDurably() {
    if (inserting) {
      log.sync();
    }
    end();
  }

  /** Moves the log's pages into the database if there are many; readers go on as they are. */
  void checkpoint() {
    if (log.frameCount() >= CHECKPOINT_FRAMES) {
      log.checkpoint(CheckpointMode.PASSIVE);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
