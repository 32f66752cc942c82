package org.libsql4j.vfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The shared memory of one database in this process: its regions, and which connection holds which
 * lock. Locks of the process against others are the {@link Backing}'s.
 */
final class SharedMemoryNode {

  /**
   * Where the memory is, and how other processes are locked out. Called under the node's mutex
   * unless noted.
   */
  interface Backing {
    /**
     * See {@link SharedMemory#region}.
     *
     * @param inUse somebody in this process may rely on a lock and what was read under it
     */
    @Nullable ByteBuffer map(int index, boolean create, boolean inUse);

    /** See {@link SharedMemory#createUnmapped}. */
    default boolean createUnmapped(byte[] head) {
      return false;
    }

    /** See {@link SharedMemory#readUnmapped}. */
    default boolean readUnmapped(byte[] dest) {
      return false;
    }

    /**
     * Takes the locks of neighbouring slots, or none. Called without the mutex, but by one thread
     * at a time for each slot.
     */
    boolean tryLock(int first, int count, boolean exclusive);

    /** As {@link #tryLock}; what was taken together is given back together. */
    void unlock(int first, int count);

    boolean isReadOnly();

    /** See {@link SharedMemory#isReliable}. */
    boolean isReliable();

    /** The last connection of the process has left. */
    void close(boolean delete);
  }

  /** Value of a slot that is held exclusively; otherwise the number of shared holders. */
  private static final int EXCLUSIVE = -1;

  /** Value of a slot while a thread takes or gives back the lock of the process. */
  private static final int CHANGING = -2;

  /** How often a slot that changes is looked at before the thread lets others run. */
  private static final int SPINS = 50;

  /** Then it sleeps so long between two looks: whoever changes it does one call of the system. */
  private static final long PAUSE_NANOS = 1_000;

  /** The lock that connections queue for; all others are held for moments, or by many. */
  private static final int WRITER_SLOT = 0;

  /** For the regions and for connections that come and go, and of the queue. */
  private final ReentrantLock mutex = new ReentrantLock();

  private final LockQueue queue = new LockQueue(mutex, SharedMemory.LOCK_COUNT);
  private final Backing backing;

  /**
   * For each lock the number of shared holders, {@link #EXCLUSIVE} or {@link #CHANGING}. Who has
   * set it to the latter has the process's own lock to itself, and sets it to what it has become.
   * No mutex: readers begin and end too often for threads to be put to sleep over it.
   */
  private final AtomicInteger[] holders = new AtomicInteger[SharedMemory.LOCK_COUNT];

  private final List<ByteBuffer> regions = new ArrayList<>();

  /** Region 0 has been used without being mapped. */
  private boolean usedUnmapped;

  private int connections;

  SharedMemoryNode(Backing backing) {
    this.backing = backing;
    for (int slot = 0; slot < holders.length; slot++) {
      holders[slot] = new AtomicInteger();
    }
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

  /** Null if the last connection has left, after which the node is of no use. */
  @Nullable SharedMemory joinOthers() {
    mutex.lock();
    try {
      return connections == 0 ? null : join();
    } finally {
      mutex.unlock();
    }
  }

  /** The value of a slot once it does not change any more. */
  private int settled(int slot) {
    int value;
    for (int i = 0; (value = holders[slot].get()) == CHANGING; i++) {
      if (i >= SPINS) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return value;
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
          int next = regions.size();
          // Others may read with locks alone: the log, or the beginning of the file.
          boolean inUse = next > 0 || usedUnmapped || connections > 1;
          ByteBuffer mapped = backing.map(next, create, inUse);
          if (mapped == null) {
            return null;
          }
          regions.add(mapped);
        }
        return regions.get(index).duplicate().order(ByteOrder.nativeOrder());
      } finally {
        mutex.unlock();
      }
    }

    @Override
    public boolean createUnmapped(byte[] head) {
      mutex.lock();
      try {
        boolean done = regions.isEmpty() && backing.createUnmapped(head);
        usedUnmapped |= done;
        return done;
      } finally {
        mutex.unlock();
      }
    }

    @Override
    public boolean readUnmapped(byte[] dest) {
      mutex.lock();
      try {
        return regions.isEmpty() && backing.readUnmapped(dest);
      } finally {
        mutex.unlock();
      }
    }

    @Override
    public boolean tryLock(int first, int count, boolean asExclusive) {
      return asExclusive ? lockExclusive(first, count) : lockShared(first);
    }

    private boolean lockShared(int slot) {
      if ((shared & 1 << slot) != 0) {
        return true;
      }
      long freedBefore = queue.freedCount(slot);
      int value;
      while ((value = settled(slot)) != EXCLUSIVE) {
        if (value > 0) {
          if (holders[slot].compareAndSet(value, value + 1)) {
            shared |= 1 << slot;
            return true;
          }
        } else if (holders[slot].compareAndSet(0, CHANGING)) {
          if (change(slot, 1, false, 1)) {
            shared |= 1 << slot;
            return true;
          }
          break;
        }
      }
      queue.refused(waiter, slot, freedBefore);
      return false;
    }

    /** Takes the locks of the process; the slots are CHANGING and get another value. */
    private boolean change(int first, int count, boolean asExclusive, int value) {
      boolean taken = false;
      try {
        taken = backing.tryLock(first, count, asExclusive);
      } finally {
        setHolders(first, count, taken ? value : 0);
      }
      return taken;
    }

    private void setHolders(int first, int count, int value) {
      for (int slot = first; slot < first + count; slot++) {
        holders[slot].set(value);
      }
    }

    private boolean lockExclusive(int first, int count) {
      int held = exclusive & bits(first, count);
      if (held == 0) {
        return lockAllExclusive(first, count);
      }
      for (int slot = first; slot < first + count; slot++) {
        if ((exclusive & 1 << slot) == 0 && !lockAllExclusive(slot, 1)) {
          releaseExclusive(exclusive & bits(first, count) & ~held);
          return false;
        }
      }
      return true;
    }

    /** None of them is held yet. */
    private boolean lockAllExclusive(int first, int count) {
      for (int slot = first; slot < first + count; slot++) {
        long freedBefore = queue.freedCount(slot);
        if (!claim(slot)) {
          setHolders(first, slot - first, 0);
          queue.refused(waiter, slot, freedBefore);
          return false;
        }
      }
      long freedBefore = queue.freedCount(first);
      if (!change(first, count, true, EXCLUSIVE)) {
        queue.refused(waiter, first, freedBefore);
        return false;
      }
      exclusive |= bits(first, count);
      for (int slot = first; slot < first + count; slot++) {
        queue.taken(waiter, slot);
      }
      return true;
    }

    /** Makes a slot that nobody in this process holds CHANGING. */
    private boolean claim(int slot) {
      while (settled(slot) == 0 && !queue.isKeptFor(waiter, slot)) {
        if (holders[slot].compareAndSet(0, CHANGING)) {
          return true;
        }
      }
      return false;
    }

    private int bits(int first, int count) {
      return ((1 << count) - 1) << first;
    }

    private void releaseExclusive(int first, int count) {
      exclusive &= ~bits(first, count);
      setHolders(first, count, CHANGING);
      release(first, count);
      for (int slot = first; slot < first + count; slot++) {
        if (slot == WRITER_SLOT) {
          queue.freedForOne(waiter, slot);
        } else {
          queue.freedForAll(waiter, slot);
        }
      }
    }

    /** Gives back the locks of the process; the slots are CHANGING. */
    private void release(int first, int count) {
      try {
        backing.unlock(first, count);
      } finally {
        setHolders(first, count, 0);
      }
    }

    private void releaseExclusive(int bits) {
      for (int slot = 0; slot < LOCK_COUNT; slot++) {
        if ((bits & exclusive & 1 << slot) != 0) {
          releaseExclusive(slot, 1);
        }
      }
    }

    private void releaseShared(int bits) {
      for (int slot = 0; slot < LOCK_COUNT; slot++) {
        if ((bits & shared & 1 << slot) != 0) {
          shared &= ~(1 << slot);
          leaveShared(slot);
        }
      }
    }

    private void leaveShared(int slot) {
      while (true) {
        int count = holders[slot].get();
        if (count > 1) {
          if (holders[slot].compareAndSet(count, count - 1)) {
            return;
          }
        } else if (holders[slot].compareAndSet(1, CHANGING)) {
          release(slot, 1);
          queue.freedForAll(waiter, slot);
          return;
        }
      }
    }

    @Override
    public void unlock(int first, int count, boolean asExclusive) {
      if (!asExclusive) {
        releaseShared(bits(first, count));
      } else if ((exclusive & bits(first, count)) == bits(first, count)) {
        releaseExclusive(first, count);
      } else {
        releaseExclusive(bits(first, count));
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
