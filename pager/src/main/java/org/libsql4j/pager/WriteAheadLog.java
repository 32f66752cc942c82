package org.libsql4j.pager;

import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.DatabaseFile;

/**
 * A connection's view of a write-ahead log: libSQL's virtual WAL.
 *
 * <p>The pager asks it for pages before it asks the database file, and hands it changed pages
 * instead of writing them to the file. Used by one connection, from one thread at a time.
 *
 * <p>A failure is a {@link org.libsql4j.error.LibsqlException}; {@code SQLITE_BUSY} where a lock is
 * held by somebody else.
 */
public interface WriteAheadLog {

  /** How many ints {@link #savepoint} fills. */
  int SAVEPOINT_INTS = 4;

  /**
   * Starts reading a snapshot.
   *
   * @return true if the database changed since the last snapshot of this connection, so that cached
   *     pages are void
   */
  boolean beginReadTransaction();

  /**
   * Tells which pages are other ones than in the last read transaction of this connection, right
   * after {@link #beginReadTransaction} has returned true.
   *
   * @param most give up if there are more frames to look at
   * @param changed told every page with a new frame
   * @return false if that is not known, so that any page may be another one
   */
  default boolean changesSinceLastRead(int most, FrameConsumer changed) {
    return false;
  }

  /** Ends reading. Harmless if there is nothing to end. */
  void endReadTransaction();

  /**
   * Finds the newest version of a page in the snapshot.
   *
   * @return the frame's number, or 0 if the page has to be read from the database file
   */
  int findFrame(int pageNumber);

  /** Copies the page in a frame into {@code dest}, as many bytes as fit. */
  void readFrame(int frameNumber, byte[] dest);

  /** The size of the database in pages in the snapshot, or 0 if the log does not know. */
  int databaseSize();

  /**
   * Becomes the writer.
   *
   * @throws org.libsql4j.error.LibsqlException {@code BUSY} if there is one, {@code BUSY_SNAPSHOT}
   *     if the snapshot is not the newest
   */
  void beginWriteTransaction();

  /** Ends writing. Harmless if there is nothing to end. */
  void endWriteTransaction();

  /**
   * Forgets the frames that the current write transaction appended.
   *
   * @param forgotten told the number of every page that had such a frame
   */
  void undo(PageNumberConsumer forgotten);

  /** Stores the current end of the log into {@code dest}, {@link #SAVEPOINT_INTS} ints. */
  void savepoint(int[] dest);

  /** Forgets frames appended since {@link #savepoint} filled {@code state}. */
  void savepointUndo(int[] state);

  /**
   * Appends pages.
   *
   * @param pages changed pages, in ascending order of their numbers when {@code commit}
   * @param count how many of them
   * @param databaseSize size of the database in pages after the commit; 0 if not {@code commit}
   * @param commit whether these are the last of the transaction
   * @param sync what to sync
   * @return how many frames were appended
   */
  int appendFrames(
      int pageSize, Page[] pages, int count, int databaseSize, boolean commit, WalSync sync);

  /**
   * Moves pages from the log to the database file.
   *
   * @param busyHandler asked when a lock is taken; null gives up at once
   * @param listener told of every page that is moved, or null
   * @throws org.libsql4j.error.LibsqlException {@code BUSY} if another checkpoint is going on
   */
  CheckpointResult checkpoint(
      CheckpointMode mode,
      @Nullable BusyHandler busyHandler,
      WalSync sync,
      int pageSize,
      @Nullable CheckpointListener listener);

  /**
   * Waits until a connection of this JVM gives up the lock that was refused last, at most {@code
   * timeoutMillis}; as {@link DatabaseFile#awaitUnlock}.
   */
  void awaitUnlock(long timeoutMillis);

  // ---- optimistic writers

  /**
   * Becomes the writer although the snapshot may not be the newest.
   *
   * @throws org.libsql4j.error.LibsqlException {@code BUSY}
   */
  void beginLateWrite();

  /**
   * Tells what was committed after the snapshot that the read transaction began with. Needs {@link
   * #beginLateWrite}.
   *
   * @param changed told every page with a frame, in the order of frames
   * @return size of the database in pages in the newest state
   * @throws org.libsql4j.error.LibsqlException {@code BUSY_SNAPSHOT} if that is not known any more
   */
  int changesSince(FrameConsumer changed);

  /** Makes the newest state the one that is seen. Needs {@link #beginLateWrite}. */
  void adoptNewest();

  // ---- frames as they are

  /** How many frames the log has in the snapshot. Needs a read transaction. */
  int frameCount();

  /**
   * Copies a frame as it is in the file: 24 bytes of header and the page.
   *
   * @param frameNumber from 1 to {@link #frameCount}
   */
  void readRawFrame(int frameNumber, byte[] dest);

  /**
   * Appends the page of a raw frame, of which only the page number, the database size and the page
   * are used. Needs a write transaction; a database size that is not 0 commits.
   *
   * @param frame 24 bytes of header and the page
   */
  void appendRawFrame(int pageSize, byte[] frame, WalSync sync);

  /** Waits until every frame that was appended is on the disk. Within a transaction. */
  void sync();

  // ---- snapshots

  /** What the open read transaction sees; null if the log has never had a frame. */
  @Nullable WalSnapshot snapshot();

  /**
   * Makes the next read transaction see an old snapshot; null makes it see the newest again. It
   * fails with {@code ERROR_SNAPSHOT} if the snapshot is not in the log any more.
   */
  void useSnapshot(@Nullable WalSnapshot snapshot);

  // ---- commits

  /** Frames in the log after the last commit of this connection, once; 0 when asked again. */
  int takeCommittedFrameCount();

  /**
   * Changes to or from the mode in which no shared memory or lock of the log is needed because the
   * database file is locked exclusively.
   *
   * @return whether the mode is now exclusive
   */
  boolean setExclusiveMode(boolean exclusive);

  /** Whether no other connection can use the log. */
  boolean isExclusiveMode();

  /** Whether the index is in private memory, which binds the log to exclusive mode. */
  boolean usesHeapMemory();

  /** The log cuts its file to this many bytes when it starts over; negative for no limit. */
  void setSizeLimit(long bytes);

  /** The log's file, or null if it is not in a file. */
  @Nullable DatabaseFile file();

  /**
   * Ends the use of the log. The last connection checkpoints and deletes it.
   *
   * @param sync what to sync
   * @param checkpoint false to leave everything as it is
   * @throws org.libsql4j.error.LibsqlException if that fails; the use has ended even so
   */
  void close(WalSync sync, int pageSize, boolean checkpoint);

  /** Takes pages and where they are. */
  @FunctionalInterface
  interface FrameConsumer {
    /** Takes one page. */
    void accept(int pageNumber, int frameNumber);
  }

  /** Takes page numbers. */
  @FunctionalInterface
  interface PageNumberConsumer {
    /** Takes one page. */
    void accept(int pageNumber);
  }
}
