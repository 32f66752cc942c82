package org.libsql4j.vfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The shared memory of one database in this process: its regions, and which connection holds which
 * lock. Locks of the process against others are the {@link Backing}'s.
 */
final class SharedMemoryNode {

  /** Where the memory is, and how other processes are locked out. Called under the node's mutex. */
  interface Backing {
    /** See {@link SharedMemory#region}. */
    @Nullable ByteBuffer map(int index, boolean create);

    boolean tryLock(int slot, boolean exclusive);

    void unlock(int slot);

    boolean isReadOnly();

    /** The last connection of the process has left. */
    void close(boolean delete);
  }

  /** Value of a slot that is held exclusively; otherwise the number of shared holders. */
  private static final int EXCLUSIVE = -1;

  private final ReentrantLock mutex = new ReentrantLock();
  private final Condition unlocked = mutex.newCondition();
  private final Backing backing;
  private final int[] holders = new int[SharedMemory.LOCK_COUNT];
  private final List<ByteBuffer> regions = new ArrayList<>();
  private final AtomicInteger fence = new AtomicInteger();
  private int connections;

  SharedMemoryNode(Backing backing) {
    this.backing = backing;
  }

  SharedMemory join() {
    mutex.lock();
    try {
      connections++;
      return new View();
    } finally {
      mutex.unlock();
    }
  }

  /** Whether no connection is left, so that the node must not be joined any more. */
  boolean isAbandoned() {
    mutex.lock();
    try {
      return connections == 0;
    } finally {
      mutex.unlock();
    }
  }

  private final class View implements SharedMemory {
    /** Bits of the locks that this connection holds. */
    private int shared;

    private int exclusive;
    private boolean closed;

    @Override
    public @Nullable ByteBuffer region(int index, boolean create) {
      mutex.lock();
      try {
        while (regions.size() <= index) {
          ByteBuffer next = backing.map(regions.size(), create);
          if (next == null) {
            return null;
          }
          regions.add(next);
        }
        return regions.get(index).duplicate().order(ByteOrder.nativeOrder());
      } finally {
        mutex.unlock();
      }
    }

    @Override
    public boolean tryLock(int first, int count, boolean asExclusive) {
      mutex.lock();
      try {
        return asExclusive ? lockExclusive(first, count) : lockShared(first);
      } finally {
        mutex.unlock();
      }
    }

    private boolean lockShared(int slot) {
      int bit = 1 << slot;
      if ((shared & bit) != 0) {
        return true;
      }
      if (holders[slot] == EXCLUSIVE || (holders[slot] == 0 && !backing.tryLock(slot, false))) {
        return false;
      }
      holders[slot]++;
      shared |= bit;
      return true;
    }

    private boolean lockExclusive(int first, int count) {
      for (int slot = first; slot < first + count; slot++) {
        if ((exclusive & 1 << slot) == 0 && holders[slot] != 0) {
          return false;
        }
      }
      int taken = 0;
      for (int slot = first; slot < first + count; slot++) {
        int bit = 1 << slot;
        if ((exclusive & bit) != 0) {
          continue;
        }
        if (!backing.tryLock(slot, true)) {
          releaseExclusive(taken);
          return false;
        }
        holders[slot] = EXCLUSIVE;
        exclusive |= bit;
        taken |= bit;
      }
      return true;
    }

    private void releaseExclusive(int bits) {
      for (int slot = 0; slot < LOCK_COUNT; slot++) {
        if ((bits & exclusive & 1 << slot) != 0) {
          holders[slot] = 0;
          exclusive &= ~(1 << slot);
          backing.unlock(slot);
        }
      }
    }

    private void releaseShared(int bits) {
      for (int slot = 0; slot < LOCK_COUNT; slot++) {
        if ((bits & shared & 1 << slot) != 0) {
          shared &= ~(1 << slot);
          if (--holders[slot] == 0) {
            backing.unlock(slot);
          }
        }
      }
    }

    @Override
    public void unlock(int first, int count, boolean asExclusive) {
      int bits = ((1 << count) - 1) << first;
      mutex.lock();
      try {
        if (asExclusive) {
          releaseExclusive(bits);
        } else {
          releaseShared(bits);
        }
      } finally {
        unlocked.signalAll();
        mutex.unlock();
      }
    }

    @Override
    public void awaitUnlock(long timeoutMillis) {
      boolean interrupted = false;
      long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      long end = System.nanoTime() + left;
      mutex.lock();
      try {
        while (left > 0) {
          try {
            if (unlocked.await(left, TimeUnit.NANOSECONDS)) {
              break;
            }
          } catch (InterruptedException e) {
            interrupted = true;
          }
          left = end - System.nanoTime();
        }
      } finally {
        mutex.unlock();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void barrier() {
      fence.incrementAndGet(); // An atomic update is a full fence, for the compiler and the CPU.
    }

    @Override
    public boolean isReadOnly() {
      return backing.isReadOnly();
    }

    @Override
    public void close() {
      leave(false);
    }

    @Override
    public void closeAndDelete() {
      leave(true);
    }

    private void leave(boolean delete) {
      mutex.lock();
      try {
        if (closed) {
          return;
        }
        closed = true;
        releaseExclusive(-1);
        releaseShared(-1);
        if (--connections == 0) {
          regions.clear();
          backing.close(delete);
        }
      } finally {
        unlocked.signalAll();
        mutex.unlock();
      }
    }
  }
}
