package org.libsql4j.vfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
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

    /** See {@link SharedMemory#isReliable}. */
    boolean isReliable();

    /** The last connection of the process has left. */
    void close(boolean delete);
  }

  /** Value of a slot that is held exclusively; otherwise the number of shared holders. */
  private static final int EXCLUSIVE = -1;

  /** The lock that connections queue for; all others are held for moments, or by many. */
  private static final int WRITER_SLOT = 0;

  /** How often the mutex is tried for before the thread sleeps. */
  private static final int SPINS = 100;

  private final ReentrantLock mutex = new ReentrantLock();
  private final LockQueue queue = new LockQueue(mutex, SharedMemory.LOCK_COUNT);
  private final Backing backing;

  /**
   * For each lock the number of shared holders, or {@link #EXCLUSIVE}. Without the mutex it may
   * only go from one number above zero to another: then the process's own lock stays what it is.
   * That makes readers who come while others read cheap.
   */
  private final AtomicIntegerArray holders = new AtomicIntegerArray(SharedMemory.LOCK_COUNT);

  private final List<ByteBuffer> regions = new ArrayList<>();
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

  /**
   * The mutex is held for a system call or two: to wait for it awake is cheaper than to be put to
   * sleep and woken.
   */
  private void lockMutex() {
    for (int i = 0; i < SPINS; i++) {
      if (mutex.tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    mutex.lock();
  }

  private final class View implements SharedMemory {
    /** Bits of the locks that this connection holds. */
    private int shared;

    private int exclusive;

    /** Of this connection alone: threads that share a cache line would slow each other down. */
    private final AtomicInteger fence = new AtomicInteger();

    private final LockQueue.Waiter waiter = new LockQueue.Waiter();
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
      if (!asExclusive && ((shared & 1 << first) != 0 || joinShared(first))) {
        shared |= 1 << first;
        return true;
      }
      if (asExclusive && count == 1 && isRefusedInPassing(first)) {
        return false;
      }
      lockMutex();
      try {
        return asExclusive ? lockExclusive(first, count) : lockShared(first);
      } finally {
        mutex.unlock();
      }
    }

    /** Whether another connection has a lock, so that it is in vain to try. */
    private boolean isRefusedInPassing(int slot) {
      long freedBefore = queue.freedCount(slot);
      return (exclusive & 1 << slot) == 0
          && holders.get(slot) != 0
          && queue.refusedInPassing(waiter, slot, freedBefore);
    }

    /** Becomes one more shared holder if there is one. */
    private boolean joinShared(int slot) {
      int count;
      while ((count = holders.get(slot)) > 0) {
        if (holders.compareAndSet(slot, count, count + 1)) {
          return true;
        }
      }
      return false;
    }

    private boolean lockShared(int slot) {
      if (!joinShared(slot)) {
        if (holders.get(slot) == EXCLUSIVE || !backing.tryLock(slot, false)) {
          queue.refused(waiter, slot);
          return false;
        }
        holders.set(slot, 1);
      }
      shared |= 1 << slot;
      return true;
    }

    private boolean lockExclusive(int first, int count) {
      for (int slot = first; slot < first + count; slot++) {
        boolean isHeld = (exclusive & 1 << slot) == 0 && holders.get(slot) != 0;
        if (isHeld || queue.isKeptFor(waiter, slot)) {
          queue.refused(waiter, slot);
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
          queue.refused(waiter, slot);
          return false;
        }
        holders.set(slot, EXCLUSIVE);
        queue.taken(waiter, slot);
        exclusive |= bit;
        taken |= bit;
      }
      return true;
    }

    private void releaseExclusive(int bits) {
      for (int slot = 0; slot < LOCK_COUNT; slot++) {
        if ((bits & exclusive & 1 << slot) != 0) {
          holders.set(slot, 0);
          exclusive &= ~(1 << slot);
          backing.unlock(slot);
          if (slot == WRITER_SLOT) {
            queue.freedForOne(waiter, slot);
          } else {
            queue.freedForAll(waiter, slot);
          }
        }
      }
    }

    /** Stops to be a shared holder; false, and only with the mutex, if it was the last one. */
    private boolean leaveShared(int slot) {
      while (true) {
        int count = holders.get(slot);
        if (count > 1) {
          if (holders.compareAndSet(slot, count, count - 1)) {
            return true;
          }
        } else if (!mutex.isHeldByCurrentThread()) {
          return false;
        } else if (holders.compareAndSet(slot, 1, 0)) {
          return false;
        }
      }
    }

    private void releaseShared(int bits) {
      for (int slot = 0; slot < LOCK_COUNT; slot++) {
        if ((bits & shared & 1 << slot) != 0) {
          shared &= ~(1 << slot);
          if (!leaveShared(slot)) {
            backing.unlock(slot);
            queue.freedForAll(waiter, slot);
          }
        }
      }
    }

    @Override
    public void unlock(int first, int count, boolean asExclusive) {
      if (!asExclusive && count == 1 && (shared & 1 << first) != 0 && leaveShared(first)) {
        shared &= ~(1 << first);
        return;
      }
      int bits = ((1 << count) - 1) << first;
      lockMutex();
      try {
        if (asExclusive) {
          releaseExclusive(bits);
        } else {
          releaseShared(bits);
        }
      } finally {
        mutex.unlock();
      }
    }

    @Override
    public void awaitUnlock(long timeoutMillis) {
      queue.await(waiter, timeoutMillis);
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
    public boolean isReliable() {
      mutex.lock();
      try {
        return backing.isReliable();
      } finally {
        mutex.unlock();
      }
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
        queue.leave(waiter);
        if (--connections == 0) {
          regions.clear();
          backing.close(delete);
        }
      } finally {
        mutex.unlock();
      }
    }
  }
}
