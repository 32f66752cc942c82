package org.libsql4j.connection;

import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.CheckpointListener;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.CheckpointResult;
import org.libsql4j.pager.JournalMode;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.pager.Pager;
import org.libsql4j.pager.WriteAheadLog;

/** Checkpoints of a connection's databases, those asked for and those made after commits. */
public final class WalCheckpoints {
  /** A log of any length. */
  private static final int ANY = -1;

  private WalCheckpoints() {}

  /**
   * Checkpoints one database.
   *
   * @return all -1 if it has no log
   * @throws LibsqlException LOCKED within a transaction, BUSY if another checkpoint is going on,
   *     INTERRUPT
   */
  public static CheckpointResult run(
      ConnectionState connection, int database, CheckpointMode mode) {
    return run(connection, database, mode, ANY);
  }

  /**
   * Moves all pages of a log to the database file and empties it, if it is as long as expected.
   *
   * @throws LibsqlException BUSY_SNAPSHOT if the log has another number of frames, which stay; and
   *     as {@link #run}
   */
  public static CheckpointResult empty(ConnectionState connection, int database, int frames) {
    return run(connection, database, CheckpointMode.TRUNCATE, frames);
  }

  private static CheckpointResult run(
      ConnectionState connection, int database, CheckpointMode mode, int expectedFrames) {
    ConnectionObserver observer = connection.observer();
    if (observer == null) {
      return runUnobserved(connection, database, mode, expectedFrames);
    }
    String name = connection.database(database).name();
    long start = observer.nanoTime();
    try {
      CheckpointResult result = runUnobserved(connection, database, mode, expectedFrames);
      observer.checkpointed(name, mode, start, result, null);
      return result;
    } catch (LibsqlException e) {
      observer.checkpointed(name, mode, start, null, e);
      throw e;
    }
  }

  private static CheckpointResult runUnobserved(
      ConnectionState connection, int database, CheckpointMode mode, int expectedFrames) {
    Btree btree = connection.database(database).btree();
    if (btree.isInReadTransaction()) {
      throw new LibsqlException(ResultCode.LOCKED);
    }
    Pager pager = btree.pager();
    if (pager.journalMode() == JournalMode.WAL && !pager.usesWal()) {
      btree.beginTransaction(false, false); // Opens the log.
      btree.setActiveReaderCount(0);
      btree.commit();
    }
    return pager.checkpoint(mode, listener(connection, pager, expectedFrames));
  }

  private static CheckpointListener listener(
      ConnectionState connection, Pager pager, int expectedFrames) {
    CheckpointListener told = connection.hooks().checkpoint();
    return new CheckpointListener() {
      @Override
      public void pageMoved(int pageNumber, int frameNumber, byte[] bytes, int offset) {
        if (connection.isInterrupted()) {
          throw new LibsqlException(ResultCode.INTERRUPT);
        }
        if (told != null) {
          tell(told, pageNumber, frameNumber, bytes, offset);
        }
      }

      /** What is moved is as it is stored; the listener is told of the page. */
      private void tell(CheckpointListener told, int number, int frame, byte[] bytes, int offset) {
        PageCodec codec = pager.codec();
        if (codec == null) {
          told.pageMoved(number, frame, bytes, offset);
          return;
        }
        byte[] page = new byte[pager.pageSize()];
        codec.decode(number, bytes, offset, page, 0, page.length);
        told.pageMoved(number, frame, page, 0);
      }

      @Override
      public void startingOver(int frames) {
        if (expectedFrames != ANY && frames != expectedFrames) {
          throw new LibsqlException(ResultCode.BUSY_SNAPSHOT);
        }
        if (told != null) {
          told.startingOver(frames);
        }
      }
    };
  }

  /** Tells the hook of commits to logs since the last call, or checkpoints logs that are long. */
  static void afterCommits(ConnectionState connection) {
    for (int i = 0; i < connection.databases().size(); i++) {
      int frames = committedFrames(connection.database(i).btreeOrNull());
      WalHook hook = connection.hooks().wal();
      int limit = connection.settings().walAutoCheckpoint;
      if (frames > 0 && hook != null) {
        hook.committed(connection.database(i).name(), frames);
      } else if (frames > 0 && limit > 0 && frames >= limit) {
        checkpointIfPossible(connection, i);
      }
    }
  }

  private static int committedFrames(@Nullable Btree btree) {
    WriteAheadLog log = btree == null ? null : btree.pager().writeAheadLog();
    return log == null ? 0 : log.takeCommittedFrameCount();
  }

  /** The commit is done whatever comes of this; the next one tries again. */
  private static void checkpointIfPossible(ConnectionState connection, int database) {
    try {
      run(connection, database, CheckpointMode.PASSIVE);
    } catch (LibsqlException e) {
      return;
    }
  }
}
