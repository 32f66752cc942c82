package org.libsql4j.vfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shared memory of a database that only this process can reach. */
final class HeapSharedMemory implements SharedMemoryNode.Backing {
  private final List<ByteBuffer> regions = new ArrayList<>();

  @Override
  public @Nullable ByteBuffer map(int index, boolean create, boolean inUse) {
    while (create && regions.size() <= index) {
      regions.add(ByteBuffer.allocate(SharedMemory.REGION_BYTES));
    }
    return index < regions.size() ? regions.get(index) : null;
  }

  @Override
  public boolean tryLock(int first, int count, boolean exclusive) {
    return true;
  }

  @Override
  public void unlock(int first, int count) {}

  @Override
  public boolean isReliable() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public void close(boolean delete) {
    regions.clear();
  }
}
