package org.libsql4j;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.WalCheckpoints;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.CheckpointResult;
import org.libsql4j.pager.Pager;
import org.libsql4j.pager.WalSnapshot;
import org.libsql4j.pager.WriteAheadLog;

/**
 * The write-ahead log of one database of a connection: frames as they are, snapshots, checkpoints.
 *
 * <p>For those who copy databases frame by frame or look at older states. All methods throw {@link
 * LibsqlException}: {@code ERROR} if the database is not in WAL mode, and what reading and writing
 * can throw.
 */
public final class WalAccess {
  /** Bytes of a frame before the page: page number, database size, salts and checksums. */
  public static final int FRAME_HEADER_BYTES = 24;

  /** What became of a frame that was inserted. */
  public enum Insertion {
    /** It is now the last frame of the log. */
    APPENDED,
    /** The log has this frame already, with the same page. */
    ALREADY_THERE,
    /** The log has another page in this frame; nothing was changed. */
    CONFLICT
  }

  private final Connection connection;
  private final int database;

  WalAccess(Connection connection, int database) {
    this.connection = connection;
    this.database = database;
  }

  private <T> T locked(Function<Btree, T> work) {
    ReentrantLock lock = connection.lock();
    lock.lock();
    try {
      connection.checkOpen();
      state().startPatience();
      return work.apply(state().database(database).btree());
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #locked}, for what has no result. */
  private void doLocked(Consumer<Btree> work) {
    locked(
        btree -> {
          work.accept(btree);
          return true;
        });
  }

  private ConnectionState state() {
    return connection.state();
  }

  /** Runs something within the open transaction, or in a read transaction of its own. */
  private <T> T reading(Function<Btree, T> work) {
    return locked(
        btree -> {
          boolean own = !btree.isInReadTransaction();
          if (own) {
            btree.beginTransaction(false, false);
          }
          try {
            return work.apply(btree);
          } finally {
            if (own) {
              endReading(btree);
            }
          }
        });
  }

  private static void endReading(Btree btree) {
    btree.setActiveReaderCount(0);
    btree.commit();
  }

  private static WriteAheadLog log(Btree btree) {
    WriteAheadLog log = btree.pager().writeAheadLog();
    if (log == null) {
      throw new LibsqlException(ResultCode.ERROR, "the database is not in WAL mode");
    }
    return log;
  }

  // ---- frames

  /** How many frames the log has up to the last commit. */
  public int frameCount() {
    return reading(btree -> log(btree).frameCount());
  }

  /**
   * A frame.
   *
   * @param number from 1 to {@link #frameCount}
   * @return 24 bytes of header, all numbers big-endian, and the page
   */
  public byte[] frame(int number) {
    return reading(
        btree -> {
          byte[] frame = new byte[FRAME_HEADER_BYTES + btree.pageSize()];
          log(btree);
          btree.pager().readRawFrame(number, frame);
          return frame;
        });
  }

  /**
   * Becomes the writer, to insert frames.
   *
   * @throws LibsqlException LOCKED within a transaction, BUSY if somebody else writes
   */
  public void beginInsert() {
    doLocked(
        btree -> {
          if (!state().autoCommit || btree.isInReadTransaction()) {
            throw new LibsqlException(ResultCode.LOCKED);
          }
          begin(btree);
        });
  }

  private static void begin(Btree btree) {
    btree.beginTransaction(false, false); // Opens the log, and waits for locks.
    boolean done = false;
    try {
      log(btree);
      btree.beginTransaction(true, false);
      done = true;
    } finally {
      if (!done) {
        endReading(btree);
      }
    }
  }

  /**
   * Inserts a frame. One whose database size is not 0 commits it and those before it.
   *
   * @param number where it belongs, from 1: if the log has that frame already, the pages are
   *     compared, otherwise the frame is appended
   * @param frame of which page number, database size and page are used
   */
  public Insertion insert(int number, byte[] frame) {
    return locked(
        btree -> {
          checkInserting(btree);
          WriteAheadLog log = log(btree);
          if (number > log.frameCount()) {
            btree.pager().appendRawFrame(frame);
            return Insertion.APPENDED;
          }
          byte[] present = new byte[FRAME_HEADER_BYTES + btree.pageSize()];
          btree.pager().readRawFrame(number, present);
          return hasSamePage(present, frame) ? Insertion.ALREADY_THERE : Insertion.CONFLICT;
        });
  }

  /** As {@link #insert} of the frame after the last. */
  public void append(byte[] frame) {
    doLocked(
        btree -> {
          checkInserting(btree);
          log(btree);
          btree.pager().appendRawFrame(frame);
        });
  }

  /** Waits until the frames that were inserted are on the disk. */
  public void sync() {
    doLocked(
        btree -> {
          checkInserting(btree);
          log(btree).sync();
        });
  }

  private static void checkInserting(Btree btree) {
    if (!btree.isInTransaction()) {
      throw new LibsqlException(ResultCode.MISUSE, "no frames are being inserted");
    }
  }

  private static boolean hasSamePage(byte[] a, byte[] b) {
    byte[] pageOfA = Arrays.copyOfRange(a, FRAME_HEADER_BYTES, a.length);
    byte[] pageOfB = Arrays.copyOfRange(b, FRAME_HEADER_BYTES, b.length);
    return Arrays.equals(pageOfA, pageOfB);
  }

  /** Ends inserting. Frames after the last commit are given up. Harmless if nothing was begun. */
  public void endInsert() {
    doLocked(
        btree -> {
          if (btree.isInTransaction()) {
            btree.setActiveReaderCount(0);
            btree.rollback(ResultCode.ABORT_ROLLBACK, false);
            btree.pager().discardCache();
          }
        });
  }

  // ---- snapshots

  /**
   * What the open transaction sees. It can be read again for as long as no checkpoint has emptied
   * the log, which an open transaction on it, or {@link #disableCheckpoints} for all connections,
   * prevents.
   *
   * @throws LibsqlException ERROR outside of a transaction, and if the log has never been written
   */
  public WalSnapshot snapshot() {
    return locked(
        btree -> {
          checkInTransaction(btree);
          if (!btree.isInReadTransaction()) {
            btree.beginTransaction(false, false);
          }
          WalSnapshot snapshot = log(btree).snapshot();
          if (snapshot == null) {
            throw new LibsqlException(ResultCode.ERROR);
          }
          return snapshot;
        });
  }

  /**
   * Makes the transaction that was begun see a snapshot. It cannot write then, unless the snapshot
   * is the newest.
   *
   * @throws LibsqlException ERROR_SNAPSHOT if the log does not have it any more; ERROR outside of a
   *     transaction and in one that writes; BUSY during a checkpoint
   */
  public void openSnapshot(WalSnapshot snapshot) {
    doLocked(
        btree -> {
          checkInTransaction(btree);
          if (btree.isInReadTransaction()) {
            if (state().transactions().activeReaders > 0) {
              throw new LibsqlException(ResultCode.ERROR);
            }
          } else {
            btree.beginTransaction(false, false); // Opens the log.
          }
          WriteAheadLog log = log(btree);
          endReading(btree);
          log.useSnapshot(snapshot);
          try {
            btree.beginTransaction(false, false);
          } finally {
            log.useSnapshot(null);
          }
        });
  }

  private void checkInTransaction(Btree btree) {
    if (state().autoCommit || btree.isInTransaction()) {
      throw new LibsqlException(ResultCode.ERROR);
    }
  }

  // ---- checkpoints

  /**
   * Moves pages from the log to the database file.
   *
   * @throws LibsqlException LOCKED within a transaction, BUSY if another checkpoint is going on
   */
  public CheckpointResult checkpoint(CheckpointMode mode) {
    return locked(btree -> WalCheckpoints.run(state(), database, mode));
  }

  /**
   * Moves all pages to the database file and empties the log, if nobody has written to it.
   *
   * @param expectedFrames how many frames the log is known to have
   * @return whether readers or writers are in the way; the log is as it was then
   * @throws LibsqlException BUSY_SNAPSHOT if it has another number of frames, which stay there;
   *     otherwise as {@link #checkpoint}
   */
  public CheckpointResult empty(int expectedFrames) {
    return locked(btree -> WalCheckpoints.empty(state(), database, expectedFrames));
  }

  /** From now on this connection checkpoints only when asked to, not even when it closes. */
  public void disableCheckpoints() {
    doLocked(
        btree -> {
          state().settings().walAutoCheckpoint = 0;
          Pager pager = btree.pager();
          pager.setCheckpointOnClose(false);
        });
  }
}
