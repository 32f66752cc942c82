package org.libsql4j.faults;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.SharedMemory;

/** Shared memory that does what another one does. */
class ForwardingSharedMemory implements SharedMemory {
  private final SharedMemory target;

  ForwardingSharedMemory(SharedMemory target) {
    this.target = target;
  }

  @Override
  public @Nullable ByteBuffer region(int index, boolean create) {
    return target.region(index, create);
  }

  @Override
  public boolean createUnmapped(byte[] head) {
    return target.createUnmapped(head);
  }

  @Override
  public boolean readUnmapped(byte[] dest) {
    return target.readUnmapped(dest);
  }

  @Override
  public boolean tryLock(int first, int count, boolean exclusive) {
    return target.tryLock(first, count, exclusive);
  }

  @Override
  public void unlock(int first, int count, boolean exclusive) {
    target.unlock(first, count, exclusive);
  }

  @Override
  public void awaitUnlock(long timeoutMillis) {
    target.awaitUnlock(timeoutMillis);
  }

  @Override
  public void barrier() {
    target.barrier();
  }

  @Override
  public boolean isReadOnly() {
    return target.isReadOnly();
  }

  @Override
  public boolean isReliable() {
    return target.isReliable();
  }

  @Override
  public void close() {
    target.close();
  }

  @Override
  public void closeAndDelete() {
    target.closeAndDelete();
  }
}
