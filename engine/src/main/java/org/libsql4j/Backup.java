package org.libsql4j;

import java.util.concurrent.locks.ReentrantLock;
import org.libsql4j.btree.Btree;
import org.libsql4j.btree.BtreeBackup;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * A copy of a database that is made while the database is in use; begins with {@link
 * Connection#startBackup}.
 *
 * <p>Each {@link #step} copies some pages. Between steps the source can be read and written by
 * anybody: what its own connection changes is copied once more, a change by others starts the copy
 * anew with the next step. The target is locked from the first step on, and its connection does
 * nothing else until the backup is closed. It becomes the copy at once, when the last page is
 * there; if the backup is closed before, it stays what it was.
 *
 * <p>Source: <a href="https://www.sqlite.org/backup.html">Using the SQLite Online Backup API</a>.
 */
public final class Backup implements AutoCloseable {
  private final Connection source;
  private final Connection target;
  private final BtreeBackup copy;
  private boolean closed;

  private Backup(Connection source, Connection target, BtreeBackup copy) {
    this.source = source;
    this.target = target;
    this.copy = copy;
  }

  static Backup start(
      Connection source, String sourceDatabase, Connection target, String targetDatabase) {
    if (source == target) {
      throw new LibsqlException(ResultCode.ERROR, "source and destination must be distinct");
    }
    return source.locked(
        () ->
            target.locked(
                () -> {
                  Btree from = source.openBtree(sourceDatabase);
                  Btree to = target.openBtree(targetDatabase);
                  if (to.isInReadTransaction()) {
                    throw new LibsqlException(ResultCode.ERROR, "destination database is in use");
                  }
                  ReentrantLock targetLock = target.lock();
                  Backup backup = new Backup(source, target, from.startBackup(to, targetLock));
                  target.setBackupTarget(true);
                  source.backups().add(backup);
                  target.backups().add(backup);
                  return backup;
                }));
  }

  /**
   * Copies some pages.
   *
   * @param pages how many at most; all that are left if negative
   * @return true if the target now is a copy of the source
   * @throws LibsqlException BUSY or LOCKED: try again later; anything else: the backup has failed,
   *     and can only be closed
   */
  public boolean step(int pages) {
    return source.locked(
        () -> {
          checkOpen();
          source.state().startPatience();
          target.state().startPatience();
          boolean done = copy.step(pages);
          if (done) {
            target.forgetSchemas();
          }
          return done;
        });
  }

  /** Copies all that is left; returns what {@link #step} does. */
  public boolean step() {
    return step(-1);
  }

  /** Pages that were left to be copied after the last step; 0 before the first. */
  public int remaining() {
    return copy.remaining();
  }

  /** Pages of the source at the last step; 0 before the first. */
  public int pageCount() {
    return copy.pageCount();
  }

  private void checkOpen() {
    if (closed) {
      throw Misuse.of(source, "backup is closed");
    }
  }

  /** Ends the backup; an incomplete one is undone. Closing twice is harmless. */
  @Override
  public void close() {
    source
        .lock()
        .lock(); // In the order in which a step takes them, so that nobody waits for the other.
    target.lock().lock();
    try {
      if (!closed) {
        closed = true;
        source.backups().remove(this);
        target.backups().remove(this);
        target.setBackupTarget(false);
        copy.close();
      }
    } finally {
      target.lock().unlock();
      source.lock().unlock();
    }
  }
}
