package org.libsql4j.pager;

import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.LockLevel;
import org.libsql4j.vfs.MemoryFile;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.SyncMode;
import org.libsql4j.vfs.VirtualFileSystem;

/** A private file that is in memory until it gets large, and in a temporary file from then on. */
final class SpillingFile implements DatabaseFile {
  static final long DEFAULT_LIMIT_BYTES = 64 * 1024;

  private static final int COPY_BYTES = 4096;

  private final VirtualFileSystem vfs;
  private final FileKind kind;
  private final long limit;
  private final MemoryFile memory = MemoryFile.anonymous();
  private @Nullable DatabaseFile spilled;

  /**
   * @param limit the size in bytes from which on a file is used; negative for never
   */
  SpillingFile(VirtualFileSystem vfs, FileKind kind, long limit) {
    this.vfs = vfs;
    this.kind = kind;
    this.limit = limit;
  }

  private DatabaseFile current() {
    DatabaseFile file = spilled;
    return file != null ? file : memory;
  }

  @Override
  public int read(long position, byte[] dest, int destOffset, int length) {
    return current().read(position, dest, destOffset, length);
  }

  @Override
  public void write(long position, byte[] src, int srcOffset, int length) {
    if (spilled == null && limit >= 0 && position + length > limit) {
      spill();
    }
    current().write(position, src, srcOffset, length);
  }

  private void spill() {
    DatabaseFile file = vfs.open(null, OpenOptions.temporary(kind));
    boolean done = false;
    try {
      byte[] buffer = new byte[COPY_BYTES];
      long size = memory.size();
      for (long position = 0; position < size; position += COPY_BYTES) {
        int count = memory.read(position, buffer, 0, COPY_BYTES);
        file.write(position, buffer, 0, count);
      }
      done = true;
    } finally {
      if (!done) {
        file.close();
      }
    }
    spilled = file;
    memory.truncate(0);
  }

  @Override
  public void truncate(long size) {
    if (size == 0 && spilled != null) {
      spilled.close();
      spilled = null;
    }
    current().truncate(size);
  }

  @Override
  public void sync(SyncMode mode, boolean dataOnly) {}

  @Override
  public long size() {
    return current().size();
  }

  @Override
  public boolean tryLock(LockLevel level) {
    return true;
  }

  @Override
  public void unlock(LockLevel level) {}

  @Override
  public LockLevel lockLevel() {
    return LockLevel.EXCLUSIVE;
  }

  @Override
  public boolean isReservedByAnyone() {
    return false;
  }

  @Override
  public void awaitUnlock(long timeoutMillis) {}

  @Override
  public int sectorSize() {
    return memory.sectorSize();
  }

  @Override
  public int deviceCharacteristics() {
    return memory.deviceCharacteristics();
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public boolean hasMoved() {
    return false;
  }

  @Override
  public void close() {
    DatabaseFile file = spilled;
    spilled = null;
    memory.truncate(0);
    if (file != null) {
      file.close();
    }
  }
}
