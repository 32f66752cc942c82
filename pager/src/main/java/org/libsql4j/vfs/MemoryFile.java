package org.libsql4j.vfs;

import org.jspecify.annotations.Nullable;

/** An open file of a {@link MemoryVfs}, or a private buffer that looks like a file. */
public final class MemoryFile implements DatabaseFile {
  private static final int SECTOR_SIZE_BYTES = 4096;

  private final MemoryContent content;
  private final FileLockTable.Holder lock = new FileLockTable.Holder();
  private final boolean readOnly;
  private final int sectorSize;
  private final int characteristics;
  private final boolean sharesMemory;
  private final Runnable onClose;
  private boolean closed;

  MemoryFile(
      MemoryContent content,
      boolean readOnly,
      int sectorSize,
      int characteristics,
      boolean sharesMemory,
      Runnable onClose) {
    this.content = content;
    this.readOnly = readOnly;
    this.sectorSize = sectorSize;
    this.characteristics = characteristics;
    this.sharesMemory = sharesMemory;
    this.onClose = onClose;
  }

  /** A file of its own that nobody else can see. */
  public static MemoryFile anonymous() {
    int characteristics = DeviceCharacteristics.POWERSAFE_OVERWRITE;
    return new MemoryFile(
        new MemoryContent(), false, SECTOR_SIZE_BYTES, characteristics, true, () -> {});
  }

  @Override
  public int read(long position, byte[] dest, int destOffset, int length) {
    return content.read(position, dest, destOffset, length);
  }

  @Override
  public void write(long position, byte[] src, int srcOffset, int length) {
    content.write(position, src, srcOffset, length);
  }

  @Override
  public void truncate(long size) {
    content.truncate(size);
  }

  @Override
  public void sync(SyncMode mode, boolean dataOnly) {}

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public boolean tryLock(LockLevel level) {
    return content.locks.tryLock(lock, level, ProcessLocks.NONE);
  }

  @Override
  public void unlock(LockLevel level) {
    content.locks.unlock(lock, level, ProcessLocks.NONE);
  }

  @Override
  public LockLevel lockLevel() {
    return lock.level;
  }

  @Override
  public boolean isReservedByAnyone() {
    return content.locks.isReserved(ProcessLocks.NONE);
  }

  @Override
  public void awaitUnlock(long timeoutMillis) {
    content.locks.awaitLowered(lock, timeoutMillis);
  }

  @Override
  public @Nullable SharedMemory openSharedMemory() {
    return sharesMemory ? content.openSharedMemory() : null;
  }

  @Override
  public boolean hasSharedMemory() {
    return sharesMemory;
  }

  @Override
  public int sectorSize() {
    return sectorSize;
  }

  @Override
  public int deviceCharacteristics() {
    return characteristics;
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public boolean hasMoved() {
    return false;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      unlock(LockLevel.NONE);
      onClose.run();
    }
  }
}
