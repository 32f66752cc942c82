package org.libsql4j.vfs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * SQLite's lock bytes, locked with {@link FileChannel#tryLock}.
 *
 * <p>Java cannot turn a shared lock into an exclusive one in place, so the byte range is given up
 * and taken again. That is safe because PENDING is held exclusively around it: nobody can enter the
 * range without a shared lock on PENDING first.
 */
final class ByteRangeLocks implements ProcessLocks {
  private static final int RESERVED_OFFSET = 1;
  private static final int SHARED_OFFSET = 2;
  private static final int SHARED_BYTES = 510;

  private final long pendingByte;

  /** The channel of whoever calls; locks already held stay with the channel they were taken by. */
  private @Nullable FileChannel channel;

  private @Nullable FileLock pending;
  private @Nullable FileLock reserved;
  private @Nullable FileLock shared;

  ByteRangeLocks(long pendingByte) {
    this.pendingByte = pendingByte;
  }

  /** Which channel to take locks by from now on. */
  void use(FileChannel caller) {
    channel = caller;
  }

  @Override
  public boolean lockShared() {
    FileLock gate = tryLock(pendingByte, 1, true);
    if (gate == null) {
      return false;
    }
    try {
      shared = tryLock(pendingByte + SHARED_OFFSET, SHARED_BYTES, true);
    } finally {
      release(gate);
    }
    return shared != null;
  }

  @Override
  public boolean lockReserved() {
    reserved = tryLock(pendingByte + RESERVED_OFFSET, 1, false);
    return reserved != null;
  }

  @Override
  public boolean lockPending() {
    pending = tryLock(pendingByte, 1, false);
    return pending != null;
  }

  @Override
  public boolean lockExclusive() {
    release(shared);
    shared = null;
    FileLock exclusive = tryLock(pendingByte + SHARED_OFFSET, SHARED_BYTES, false);
    if (exclusive == null) {
      retakeShared();
      return false;
    }
    shared = exclusive;
    return true;
  }

  private void retakeShared() {
    shared = tryLock(pendingByte + SHARED_OFFSET, SHARED_BYTES, true);
    if (shared == null) {
      throw new LibsqlException(ResultCode.IOERR_RDLOCK);
    }
  }

  @Override
  public void downgradeToShared(boolean wasExclusive) {
    if (wasExclusive) {
      release(shared);
      shared = null;
      retakeShared();
    }
    releaseWriterLocks();
  }

  private void releaseWriterLocks() {
    release(reserved);
    reserved = null;
    release(pending);
    pending = null;
  }

  @Override
  public void unlockAll() {
    releaseWriterLocks();
    release(shared);
    shared = null;
  }

  @Override
  public boolean isReservedElsewhere() {
    if (reserved != null) {
      return false;
    }
    FileLock probe = tryLock(pendingByte + RESERVED_OFFSET, 1, true);
    if (probe == null) {
      return true;
    }
    release(probe);
    return false;
  }

  private @Nullable FileLock tryLock(long position, long size, boolean asShared) {
    FileChannel current = channel;
    if (current == null) {
      throw new LibsqlException(ResultCode.IOERR_LOCK);
    }
    try {
      return current.tryLock(position, size, asShared);
    } catch (OverlappingFileLockException e) {
      return null; // Somebody in this JVM but outside this class: another class loader's copy.
    } catch (NonWritableChannelException e) {
      throw new LibsqlException(ResultCode.IOERR_LOCK); // A file opened for reading only.
    } catch (IOException e) {
      throw IoFailure.of(asShared ? ResultCode.IOERR_RDLOCK : ResultCode.IOERR_LOCK, e);
    }
  }

  private static void release(@Nullable FileLock lock) {
    if (lock == null) {
      return;
    }
    try {
      lock.release();
    } catch (IOException e) {
      throw IoFailure.of(ResultCode.IOERR_UNLOCK, e);
    }
  }
}
