package org.libsql4j.vfs;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Shared memory in a mapped {@code -shm} file, laid out and locked as SQLite does.
 *
 * <p>One descriptor per database and process, so that nothing else that this process closes can
 * drop its locks.
 */
final class NioSharedMemory implements SharedMemoryNode.Backing {
  private static final int FIRST_LOCK_OFFSET = 120;

  /** Held shared by every process that uses the file ("dead man's switch"). */
  private static final int ALIVE_OFFSET = FIRST_LOCK_OFFSET + SharedMemory.LOCK_COUNT;

  /** Size to which the first process cuts the file: not 0, which SQLite takes for "not there". */
  private static final int EMPTY_BYTES = 3;

  /** Whether what is written to a file is at once in its mappings, and the other way round. */
  private static final boolean HAS_ONE_CACHE = System.getProperty("os.name", "").equals("Linux");

  private final File path;
  private final boolean readOnly;
  private volatile RandomAccessFile handle;
  private volatile FileChannel channel;
  private final @Nullable FileLock[] locks = new @Nullable FileLock[SharedMemory.LOCK_COUNT];

  /** Whether the file may be locked exclusively, which tells if others use it. */
  private final boolean seesOthers;

  /** Byte 128, shared; null as long as nobody else is known to use a file that is only read. */
  private @Nullable FileLock alive;

  private NioSharedMemory(
      File path, RandomAccessFile handle, boolean readOnly, boolean seesOthers) {
    this.path = path;
    this.handle = handle;
    this.channel = handle.getChannel();
    this.readOnly = readOnly;
    this.seesOthers = seesOthers;
  }

  /**
   * Opens the file of a database, which exists.
   *
   * @param readOnly do not create it, and do not write to it even if that is permitted
   */
  static NioSharedMemory open(File database, boolean readOnly) {
    File path = new File(database.getPath() + "-shm");
    if (readOnly && !path.exists()) {
      throw new LibsqlException(ResultCode.CANTOPEN);
    }
    RandomAccessFile handle;
    boolean writable = true;
    try {
      handle = new RandomAccessFile(path, "rw");
    } catch (IOException e) {
      handle = openReadOnly(path);
      writable = false;
    }
    boolean done = false;
    try {
      boolean isNew = writable && handle.length() == 0;
      if (isNew) {
        FilePermissions.copy(database, path);
      }
      NioSharedMemory memory =
          new NioSharedMemory(path, handle, readOnly || !writable, readOnly && writable);
      if (!memory.readOnly) {
        memory.announce(isNew);
      }
      done = true;
      return memory;
    } catch (IOException | OverlappingFileLockException e) {
      throw IoFailure.of(ResultCode.IOERR_SHMOPEN, e);
    } finally {
      if (!done) {
        closeQuietly(handle);
      }
    }
  }

  private static RandomAccessFile openReadOnly(File path) {
    try {
      return new RandomAccessFile(path, "r");
    } catch (IOException e) {
      throw IoFailure.of(ResultCode.CANTOPEN, e);
    }
  }

  /** Takes byte 128, and empties the file if nobody else has it. */
  private void announce(boolean isNew) throws IOException {
    if (isNew) {
      alive = channel.tryLock(ALIVE_OFFSET, 1, true);
      if (alive != null && handle.length() == 0) {
        return; // Nothing to be emptied; and nobody does that while the lock is held.
      }
      releaseAlive();
    }
    FileLock alone = channel.tryLock(ALIVE_OFFSET, 1, false);
    if (alone != null) {
      try {
        handle.setLength(EMPTY_BYTES);
      } finally {
        alone.release();
      }
    }
    // Who comes in between may empty the file once more; nothing is in it yet.
    alive = channel.tryLock(ALIVE_OFFSET, 1, true);
    if (alive == null) {
      throw new LibsqlException(ResultCode.BUSY);
    }
  }

  private void releaseAlive() throws IOException {
    FileLock held = alive;
    alive = null;
    if (held != null) {
      held.release();
    }
  }

  @Override
  public boolean isReliable() {
    if (alive == null && seesOthers) {
      try {
        FileLock alone = channel.tryLock(ALIVE_OFFSET, 1, false);
        if (alone != null) {
          alone.release();
        } else {
          alive = channel.tryLock(ALIVE_OFFSET, 1, true);
        }
      } catch (IOException | OverlappingFileLockException e) {
        throw IoFailure.of(ResultCode.IOERR_SHMLOCK, e);
      }
    }
    return alive != null;
  }

  @Override
  public @Nullable ByteBuffer map(int index, boolean create, boolean inUse) {
    long offset = (long) index * SharedMemory.REGION_BYTES;
    long end = offset + SharedMemory.REGION_BYTES;
    try {
      long size = handle.length();
      if (size < end) {
        if (!create || readOnly) {
          return null;
        }
        write(size, new byte[(int) (end - size)]);
      }
    } catch (IOException e) {
      throw IoFailure.ofWrite(ResultCode.IOERR_SHMSIZE, e);
    }
    return inUse ? mapUninterruptibly(offset) : mapFirst();
  }

  /** Writes into every block: touching a mapped page that has none when the disk is full kills. */
  private void write(long position, byte[] content) throws IOException {
    handle.seek(position);
    handle.write(content);
  }

  @Override
  public boolean createUnmapped(byte[] head) {
    if (!HAS_ONE_CACHE || readOnly) {
      return false;
    }
    try {
      if (handle.length() >= SharedMemory.REGION_BYTES) {
        return false;
      }
      write(0, regionBeginningWith(head));
      return true;
    } catch (IOException e) {
      throw IoFailure.ofWrite(ResultCode.IOERR_SHMSIZE, e);
    }
  }

  /** The last one made: all empty logs have the same index. */
  private static volatile byte @Nullable [] lastRegion;

  private static byte[] regionBeginningWith(byte[] head) {
    byte[] made = lastRegion;
    if (made == null || !ByteBuffer.wrap(made, 0, head.length).equals(ByteBuffer.wrap(head))) {
      made = Arrays.copyOf(head, SharedMemory.REGION_BYTES);
      lastRegion = made;
    }
    return made;
  }

  @Override
  public boolean readUnmapped(byte[] dest) {
    try {
      handle.seek(0);
      handle.readFully(dest);
      return true;
    } catch (IOException e) {
      throw IoFailure.of(ResultCode.IOERR_SHMMAP, e);
    }
  }

  /**
   * Maps the first region in this thread: to start one takes longer than all else that opening a
   * database does. An interrupt just then closes the channel, which drops the locks; but nobody has
   * read anything under them yet, so they can be taken again as if they had never been there.
   */
  private ByteBuffer mapFirst() {
    boolean interrupted = Thread.interrupted();
    try {
      return channel.map(mode(), 0, SharedMemory.REGION_BYTES);
    } catch (ClosedChannelException e) {
      interrupted |= Thread.interrupted();
      openAgain();
      return mapUninterruptibly(0);
    } catch (IOException e) {
      throw IoFailure.of(ResultCode.IOERR_SHMMAP, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Opens the file once more, after its channel was closed, and takes the locks that were held. */
  private void openAgain() {
    try {
      handle = new RandomAccessFile(path, readOnly && !seesOthers ? "r" : "rw");
      channel = handle.getChannel();
      @Nullable FileLock[] lost = locks.clone();
      Arrays.fill(locks, null);
      if (alive != null) {
        alive = null;
        alive = lockAgain(ALIVE_OFFSET, true);
      }
      for (int slot = 0; slot < lost.length; slot++) {
        FileLock lock = lost[slot];
        if (lock != null) {
          locks[slot] = lockAgain(FIRST_LOCK_OFFSET + slot, lock.isShared());
        }
      }
    } catch (IOException | OverlappingFileLockException e) {
      throw IoFailure.of(ResultCode.IOERR_SHMOPEN, e);
    }
  }

  private FileLock lockAgain(int offset, boolean shared) throws IOException {
    FileLock lock = channel.tryLock(offset, 1, shared);
    if (lock == null) {
      throw new LibsqlException(ResultCode.BUSY);
    }
    return lock;
  }

  private FileChannel.MapMode mode() {
    return readOnly ? FileChannel.MapMode.READ_ONLY : FileChannel.MapMode.READ_WRITE;
  }

  /**
   * Maps in a thread that nobody can interrupt, because an interrupt in {@code FileChannel.map}
   * closes the channel and with it drops all locks. Happens once per region and process.
   */
  private ByteBuffer mapUninterruptibly(long offset) {
    FutureTask<ByteBuffer> task =
        new FutureTask<>(() -> channel.map(mode(), offset, SharedMemory.REGION_BYTES));
    Thread mapper = new Thread(task, "libsql4j-map");
    mapper.setDaemon(true);
    mapper.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw IoFailure.of(ResultCode.IOERR_SHMMAP, e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean tryLock(int first, int count, boolean exclusive) {
    try {
      FileLock lock = channel.tryLock(FIRST_LOCK_OFFSET + first, count, !exclusive);
      for (int slot = first; slot < first + count; slot++) {
        locks[slot] = lock;
      }
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw IoFailure.of(ResultCode.IOERR_SHMLOCK, e);
    }
  }

  @Override
  public void unlock(int first, int count) {
    for (int slot = first; slot < first + count; slot++) {
      FileLock lock = locks[slot];
      locks[slot] = null;
      if (lock != null && !isUsed(lock)) {
        try {
          lock.release();
        } catch (IOException e) {
          throw IoFailure.of(ResultCode.IOERR_SHMLOCK, e);
        }
      }
    }
  }

  /** Whether a slot that was locked together with one that is free now is still locked. */
  private boolean isUsed(FileLock lock) {
    int first = (int) lock.position() - FIRST_LOCK_OFFSET;
    for (int slot = first; slot < first + lock.size(); slot++) {
      if (locks[slot] == lock) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public void close(boolean delete) {
    try {
      // Where a mapped file cannot be deleted it stays; the next user empties it.
      boolean gone = delete && path.delete();
      if (!gone) {
        releaseAlive();
      }
      handle.close();
    } catch (IOException e) {
      throw IoFailure.of(ResultCode.IOERR_CLOSE, e);
    }
  }

  private static void closeQuietly(RandomAccessFile handle) {
    try {
      handle.close();
    } catch (IOException e) {
      return; // Another failure is on its way to the caller.
    }
  }
}
