package org.libsql4j.faults;

import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.LockLevel;
import org.libsql4j.vfs.SharedMemory;
import org.libsql4j.vfs.SyncMode;

/** A file that does what another one does. */
class ForwardingFile implements DatabaseFile {
  private final DatabaseFile target;

  ForwardingFile(DatabaseFile target) {
    this.target = target;
  }

  @Override
  public int read(long position, byte[] dest, int destOffset, int length) {
    return target.read(position, dest, destOffset, length);
  }

  @Override
  public void write(long position, byte[] src, int srcOffset, int length) {
    target.write(position, src, srcOffset, length);
  }

  @Override
  public void truncate(long size) {
    target.truncate(size);
  }

  @Override
  public void sync(SyncMode mode, boolean dataOnly) {
    target.sync(mode, dataOnly);
  }

  @Override
  public long size() {
    return target.size();
  }

  @Override
  public boolean tryLock(LockLevel level) {
    return target.tryLock(level);
  }

  @Override
  public void unlock(LockLevel level) {
    target.unlock(level);
  }

  @Override
  public LockLevel lockLevel() {
    return target.lockLevel();
  }

  @Override
  public boolean isReservedByAnyone() {
    return target.isReservedByAnyone();
  }

  @Override
  public void awaitUnlock(long timeoutMillis) {
    target.awaitUnlock(timeoutMillis);
  }

  @Override
  public int sectorSize() {
    return target.sectorSize();
  }

  @Override
  public int deviceCharacteristics() {
    return target.deviceCharacteristics();
  }

  @Override
  public boolean isReadOnly() {
    return target.isReadOnly();
  }

  @Override
  public boolean hasMoved() {
    return target.hasMoved();
  }

  @Override
  public @Nullable SharedMemory openSharedMemory() {
    return target.openSharedMemory();
  }

  @Override
  public boolean hasSharedMemory() {
    return target.hasSharedMemory();
  }

  @Override
  public void setPowersafeOverwrite(boolean value) {
    target.setPowersafeOverwrite(value);
  }

  @Override
  public void close() {
    target.close();
  }
}
