package org.libsql4j.vfs;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * One lockable file in this process, whatever names and however many connections it is open by.
 *
 * <p>Owns all descriptors of the file. A descriptor that is not needed any more is closed only
 * while the JVM holds no lock on the file, and handed to the next connection until then. The strong
 * references also keep a connection that was leaked from dropping the locks of others when it is
 * garbage collected.
 */
final class FileIdentity {
  private static final ReentrantLock TABLE_LOCK = new ReentrantLock();
  private static final Map<Object, FileIdentity> TABLE = new HashMap<>();

  private final Object key;
  private final long pendingByte;
  private final FileLockTable table = new FileLockTable();
  private final ByteRangeLocks processLocks;

  /** Guards the fields below and, with it, that nothing is closed while a lock is being taken. */
  private final ReentrantLock mutex = new ReentrantLock();

  private final List<RandomAccessFile> inUse = new ArrayList<>();
  private final Deque<RandomAccessFile> idleReaders = new ArrayDeque<>();
  private final Deque<RandomAccessFile> idleWriters = new ArrayDeque<>();
  private int connections;
  private @Nullable SharedMemoryNode sharedMemory;

  private FileIdentity(Object key, long pendingByte) {
    this.key = key;
    this.pendingByte = pendingByte;
    this.processLocks = new ByteRangeLocks(pendingByte);
  }

  /**
   * A file's identity: device and inode where the system has them, otherwise the canonical name.
   */
  static Object keyOf(File path) throws IOException {
    Object fileKey = Files.readAttributes(path.toPath(), BasicFileAttributes.class).fileKey();
    return fileKey != null ? fileKey : path.getCanonicalPath();
  }

  /** The identity of an existing file; give it back with {@link #leave}. */
  static FileIdentity join(File path, long pendingByte) throws IOException {
    TABLE_LOCK.lock();
    try {
      Object key = keyOf(path);
      FileIdentity identity = TABLE.computeIfAbsent(key, k -> new FileIdentity(k, pendingByte));
      if (identity.pendingByte != pendingByte) {
        throw new LibsqlException(ResultCode.MISUSE);
      }
      identity.connections++;
      return identity;
    } finally {
      TABLE_LOCK.unlock();
    }
  }

  void leave() {
    TABLE_LOCK.lock();
    try {
      connections--;
      if (connections == 0) {
        TABLE.remove(key, this);
      }
    } finally {
      TABLE_LOCK.unlock();
    }
  }

  Object key() {
    return key;
  }

  /** A descriptor that waits for its close and can be used again, or null. */
  @Nullable RandomAccessFile takeIdle(boolean writable) {
    mutex.lock();
    try {
      RandomAccessFile handle = (writable ? idleWriters : idleReaders).pollFirst();
      if (handle != null) {
        inUse.add(handle);
      }
      return handle;
    } finally {
      mutex.unlock();
    }
  }

  void adopt(RandomAccessFile handle) {
    mutex.lock();
    try {
      inUse.add(handle);
    } finally {
      mutex.unlock();
    }
  }

  /** Closes a descriptor as soon as no lock is held. */
  void retire(RandomAccessFile handle, boolean writable) {
    mutex.lock();
    try {
      inUse.remove(handle);
      (writable ? idleWriters : idleReaders).addFirst(handle);
      closeIdleIfUnlocked();
    } finally {
      mutex.unlock();
    }
  }

  private void closeIdleIfUnlocked() {
    if (table.isHeld()) {
      return;
    }
    closeAll(idleReaders);
    closeAll(idleWriters);
  }

  private static void closeAll(Deque<RandomAccessFile> handles) {
    RandomAccessFile handle;
    while ((handle = handles.pollFirst()) != null) {
      try {
        handle.close();
      } catch (IOException e) {
        continue; // The descriptor is gone all the same, and nothing is buffered in it.
      }
    }
  }

  boolean tryLock(FileLockTable.Holder holder, LockLevel level, RandomAccessFile handle) {
    mutex.lock();
    try {
      processLocks.use(handle.getChannel());
      return table.tryLock(holder, level, processLocks);
    } finally {
      mutex.unlock();
    }
  }

  void unlock(FileLockTable.Holder holder, LockLevel level, RandomAccessFile handle) {
    mutex.lock();
    try {
      processLocks.use(handle.getChannel());
      table.unlock(holder, level, processLocks);
      closeIdleIfUnlocked();
    } finally {
      mutex.unlock();
    }
  }

  boolean isReserved(RandomAccessFile handle) {
    mutex.lock();
    try {
      processLocks.use(handle.getChannel());
      return table.isReserved(processLocks);
    } finally {
      mutex.unlock();
    }
  }

  /**
   * Joins the shared memory of the database, which the first one opens.
   *
   * @param readOnly whether the first one may only read it
   */
  SharedMemory openSharedMemory(File path, boolean readOnly) {
    mutex.lock();
    try {
      SharedMemoryNode node = sharedMemory;
      SharedMemory joined = node == null ? null : node.joinOthers();
      if (joined == null) {
        node = new SharedMemoryNode(NioSharedMemory.open(path, readOnly));
        sharedMemory = node;
        joined = node.join();
      }
      return joined;
    } finally {
      mutex.unlock();
    }
  }

  void awaitLowered(FileLockTable.Holder holder, long timeoutMillis) {
    table.awaitLowered(holder, timeoutMillis);
  }
}
