package org.libsql4j.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to change a replica, and the state file that it protects.
 *
 * <p>Between processes it is a lock on a byte far behind the end of the state file; within one, a
 * lock for each path, as locks of files belong to the whole process and go when any channel on the
 * file is closed.
 */
final class ReplicaLock implements AutoCloseable {
  private static final long LOCK_BYTE = 1L << 40;
  private static final long RETRY_MILLIS = 20;
  private static final ConcurrentHashMap<Path, ReentrantLock> IN_THIS_PROCESS =
      new ConcurrentHashMap<>();

  private final ReentrantLock lock;
  private final FileChannel file;

  private ReplicaLock(ReentrantLock lock, FileChannel file) {
    this.lock = lock;
    this.file = file;
  }

  /**
   * Waits for the right.
   *
   * @param stateFile is created if it does not exist
   * @throws ReplicationException LOCAL_STATE if others have it all that time, or the file cannot be
   *     opened
   */
  static ReplicaLock acquire(Path stateFile, long timeoutMillis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    ReentrantLock lock =
        IN_THIS_PROCESS.computeIfAbsent(
            stateFile.toAbsolutePath().normalize(), path -> new ReentrantLock(true));
    FileChannel file = null;
    boolean done = false;
    boolean locked = false;
    try {
      locked = lock.tryLock(timeoutMillis, TimeUnit.MILLISECONDS);
      if (!locked) {
        throw busy(stateFile);
      }
      file =
          FileChannel.open(
              stateFile,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE);
      lockFile(file, stateFile, deadline);
      done = true;
      return new ReplicaLock(lock, file);
    } catch (IOException e) {
      throw new ReplicationException(
          ReplicationException.Reason.LOCAL_STATE, "cannot open " + stateFile + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy(stateFile);
    } finally {
      if (!done) {
        closeQuietly(file);
        if (locked) {
          lock.unlock();
        }
      }
    }
  }

  /** The lock goes with the channel. */
  private static void lockFile(FileChannel file, Path path, long deadline)
      throws IOException, InterruptedException {
    while (true) {
      FileLock taken = file.tryLock(LOCK_BYTE, 1, false);
      if (taken != null) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw busy(path);
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  private static ReplicationException busy(Path path) {
    return new ReplicationException(
        ReplicationException.Reason.LOCAL_STATE, "the replica is being synced by others: " + path);
  }

  /** The state file, open for reading and writing. */
  FileChannel file() {
    return file;
  }

  @Override
  public void close() {
    closeQuietly(file);
    lock.unlock();
  }

  private static void closeQuietly(@Nullable FileChannel file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // The descriptor is gone all the same, and with it the lock; the state was forced before.
        return;
      }
    }
  }
}
