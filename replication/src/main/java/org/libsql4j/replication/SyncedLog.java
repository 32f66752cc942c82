package org.libsql4j.replication;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.EncryptionConfig;
import org.libsql4j.Statement;
import org.libsql4j.WalAccess;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.CheckpointResult;
import org.libsql4j.replication.ReplicationException.Reason;

/** The write-ahead log of a synced database: its frames are what is exchanged with the server. */
final class SyncedLog implements AutoCloseable {
  static final int PAGE_BYTES = 4096;
  static final int FRAME_BYTES = WalAccess.FRAME_HEADER_BYTES + PAGE_BYTES;
  private static final int SIZE_OFFSET = 4;

  private final Connection connection;
  private final WalAccess log;
  private boolean inserting;

  /** Opens the file, which must exist. */
  SyncedLog(Path database, int busyTimeoutMillis, @Nullable EncryptionConfig encryption) {
    connection =
        Database.builder(database.toString())
            .create(false)
            .busyTimeoutMillis(busyTimeoutMillis)
            .encryption(encryption)
            .build()
            .connect();
    log = connection.wal();
    boolean done = false;
    try {
      log.disableCheckpoints();
      require("PRAGMA journal_mode=WAL", "wal");
      require("PRAGMA page_size", Integer.toString(PAGE_BYTES));
      done = true;
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  private void require(String pragma, String wanted) {
    try (Statement statement = connection.prepare(pragma)) {
      String value = statement.step() ? String.valueOf(statement.getString(0)) : "";
      if (!value.equals(wanted)) {
        throw new ReplicationException(
            Reason.LOCAL_STATE, pragma + " gives " + value + " instead of " + wanted);
      }
    }
  }

  /** How many frames there are. */
  int frameCount() {
    return log.frameCount();
  }

  /** Frames from one number to before another. */
  byte[] read(int from, int to) {
    byte[] frames = new byte[(to - from) * FRAME_BYTES];
    for (int number = from; number < to; number++) {
      System.arraycopy(log.frame(number), 0, frames, (number - from) * FRAME_BYTES, FRAME_BYTES);
    }
    return frames;
  }

  /** Whether a frame has the same page as one that came. */
  boolean hasSame(int number, byte[] frames, int at) {
    byte[] present = log.frame(number);
    for (int i = WalAccess.FRAME_HEADER_BYTES; i < FRAME_BYTES; i++) {
      if (present[i] != frames[at + i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether a frame ends a transaction. */
  static boolean isCommit(byte[] frames, int at) {
    int size = 0;
    for (int i = 0; i < 4; i++) {
      size |= frames[at + SIZE_OFFSET + i];
    }
    return size != 0;
  }

  /**
   * Inserts a frame, which others see as soon as one that ends a transaction has come.
   *
   * @throws ReplicationException CONFLICT if the log has another page there
   */
  void insert(int number, byte[] frames, int at) {
    byte[] frame = new byte[FRAME_BYTES];
    System.arraycopy(frames, at, frame, 0, FRAME_BYTES);
    if (!inserting) {
      log.beginInsert();
      inserting = true;
    }
    if (log.insert(number, frame) == WalAccess.Insertion.CONFLICT) {
      throw new ReplicationException(Reason.CONFLICT, "WAL frame insert conflict");
    }
  }

  /** Waits until what was inserted is on the disk. */
  void sync() {
    if (inserting) {
      log.sync();
    }
  }

  /** Gives up frames after the last commit, and lets others write. */
  void endInsert() {
    if (inserting) {
      inserting = false;
      log.endInsert();
    }
  }

  /**
   * Moves everything into the database and empties the log.
   *
   * @param expectedFrames so many frames are in it
   * @throws ReplicationException CONFLICT if there are others, LOCAL_STATE if others are using it
   */
  void empty(int expectedFrames) {
    CheckpointResult result;
    try {
      result = log.empty(expectedFrames);
    } catch (LibsqlException e) {
      if (e.resultCode() != ResultCode.BUSY_SNAPSHOT) {
        throw e;
      }
      throw new ReplicationException(
          Reason.CONFLICT, "the database was changed while the server began another generation", e);
    }
    if (result.busy()) {
      throw new ReplicationException(
          Reason.LOCAL_STATE,
          "the database is in use: it cannot go over to the server's next generation");
    }
  }

  @Override
  public void close() {
    endInsert();
    connection.close();
  }
}
