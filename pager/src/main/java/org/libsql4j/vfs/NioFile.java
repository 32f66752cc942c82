package org.libsql4j.vfs;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * A file of the operating system.
 *
 * <p>Position and read are two calls on one descriptor, which is safe because a connection is used
 * by one thread at a time and shares its descriptor with nobody.
 */
final class NioFile implements DatabaseFile {
  private static final int DEFAULT_SECTOR_SIZE_BYTES = 4096;
  private static final int READS_BEFORE_LOOKING = 64;

  private final File path;
  private final OpenOptions options;
  private final boolean readOnly;
  private int characteristics = DeviceCharacteristics.POWERSAFE_OVERWRITE;
  private final RandomAccessFile handle;

  /** Set for files that are locked. */
  private final @Nullable FileIdentity identity;

  private final FileMapping mapping;

  /** In bytes, as last seen: what may be read through the mapping. */
  private long knownSize;

  private int readsBesideMapping;

  /** Where the descriptor is; -1 if that is not known. */
  private long handlePosition;

  private final FileLockTable.Holder lock = new FileLockTable.Holder();
  private final Sleeper sleeper;
  private boolean directoryUnsynced;
  private boolean closed;

  NioFile(
      File path,
      OpenOptions options,
      boolean readOnly,
      boolean isNew,
      RandomAccessFile handle,
      @Nullable FileIdentity identity,
      Sleeper sleeper) {
    this.path = path;
    this.options = options;
    this.readOnly = readOnly;
    this.handle = handle;
    this.identity = identity;
    this.sleeper = sleeper;
    this.mapping = new FileMapping(handle);
    this.handlePosition = -1;
    this.directoryUnsynced = isNew && options.kind().needsDirectorySync();
  }

  @Override
  public int read(long position, byte[] dest, int destOffset, int length) {
    try {
      seek(position);
      int done = 0;
      while (done < length) {
        int count = handle.read(dest, destOffset + done, length - done);
        if (count < 0) {
          break;
        }
        done += count;
      }
      handlePosition = position + done;
      return done;
    } catch (IOException e) {
      throw IoFailure.of(ResultCode.IOERR_READ, e);
    }
  }

  @Override
  public boolean readFast(long position, byte[] dest, int destOffset, int length) {
    if (options.kind() != FileKind.MAIN_DB && options.kind() != FileKind.WAL) {
      return false;
    }
    if (mapping.read(position, dest, destOffset, length, knownSize)) {
      return true;
    }
    if (++readsBesideMapping >= READS_BEFORE_LOOKING) {
      readsBesideMapping = 0;
      size(); // It may have grown.
    }
    return false;
  }

  @Override
  public @Nullable ByteBuffer view() {
    return options.kind() == FileKind.MAIN_DB ? mapping.view(knownSize) : null;
  }

  /** Moves the descriptor, which costs a system call, only if it is not there already. */
  private void seek(long position) throws IOException {
    if (handlePosition != position) {
      handle.seek(position);
    }
    handlePosition = -1;
  }

  @Override
  public void write(long position, byte[] src, int srcOffset, int length) {
    try {
      seek(position);
      handle.write(src, srcOffset, length);
      handlePosition = position + length;
    } catch (IOException e) {
      throw IoFailure.ofWrite(ResultCode.IOERR_WRITE, e);
    }
  }

  @Override
  public void truncate(long size) {
    try {
      knownSize = Math.min(knownSize, size);
      handlePosition = -1;
      handle.setLength(size);
    } catch (IOException e) {
      throw IoFailure.ofWrite(ResultCode.IOERR_TRUNCATE, e);
    }
  }

  @Override
  public void sync(SyncMode mode, boolean dataOnly) {
    try {
      handle.getFD().sync();
    } catch (IOException e) {
      throw IoFailure.ofWrite(ResultCode.IOERR_FSYNC, e);
    }
    if (directoryUnsynced) {
      DirectorySync.syncParentOf(path.toPath());
      directoryUnsynced = false;
    }
  }

  @Override
  public long size() {
    try {
      knownSize = handle.length();
      return knownSize;
    } catch (IOException e) {
      throw IoFailure.of(ResultCode.IOERR_FSTAT, e);
    }
  }

  @Override
  public boolean tryLock(LockLevel level) {
    return lock.level.atLeast(level) || lockedFile().tryLock(lock, level, handle);
  }

  @Override
  public void unlock(LockLevel level) {
    if (identity != null && !level.atLeast(lock.level)) {
      identity.unlock(lock, level, handle);
    }
  }

  @Override
  public LockLevel lockLevel() {
    return lock.level;
  }

  @Override
  public boolean isReservedByAnyone() {
    return lockedFile().isReserved(handle);
  }

  private FileIdentity lockedFile() {
    FileIdentity present = identity;
    if (present == null) {
      throw new LibsqlException(ResultCode.MISUSE);
    }
    return present;
  }

  @Override
  public void awaitUnlock(long timeoutMillis) {
    if (identity != null) {
      identity.awaitLowered(lock, timeoutMillis);
    } else {
      sleeper.sleepMicros(timeoutMillis * 1000);
    }
  }

  @Override
  public SharedMemory openSharedMemory() {
    return lockedFile().openSharedMemory(path, options.readOnlySharedMemory());
  }

  @Override
  public int sectorSize() {
    return DEFAULT_SECTOR_SIZE_BYTES;
  }

  @Override
  public int deviceCharacteristics() {
    return characteristics;
  }

  @Override
  public void setPowersafeOverwrite(boolean value) {
    characteristics = value ? DeviceCharacteristics.POWERSAFE_OVERWRITE : 0;
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public boolean hasMoved() {
    if (identity == null) {
      return false;
    }
    try {
      return !identity.key().equals(FileIdentity.keyOf(path));
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (identity != null) {
      identity.unlock(lock, LockLevel.NONE, handle);
      identity.retire(handle, !readOnly);
      identity.leave();
      return;
    }
    try {
      handle.close();
      if (options.deleteOnClose()) {
        Files.deleteIfExists(path.toPath());
      }
    } catch (IOException e) {
      throw IoFailure.of(ResultCode.IOERR_CLOSE, e);
    }
  }
}
