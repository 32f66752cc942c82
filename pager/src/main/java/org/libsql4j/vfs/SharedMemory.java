package org.libsql4j.vfs;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection's view of memory that all users of a database share, in this process and others.
 *
 * <p>On disk it is the file {@code <database>-shm}: regions of 32 KiB, and locks at bytes 120..127.
 * Byte 128 is held shared by every process that uses the file; who finds it free empties the file.
 */
public interface SharedMemory extends AutoCloseable {
  /** Size of a region. */
  int REGION_BYTES = 32 * 1024;

  /** Number of locks. */
  int LOCK_COUNT = 8;

  /**
   * A region, in the byte order of the machine. All connections of the process get the same memory;
   * the object belongs to the caller, and its position and limit mean nothing.
   *
   * @param index from 0; regions come into being in order
   * @param create make it, filled with zeros, if it does not exist
   * @return null if it does not exist and {@code create} is false
   */
  @Nullable ByteBuffer region(int index, boolean create);

  /**
   * Makes region 0 in its file without mapping it. A mapping stays until the garbage collector
   * finds it, and with it the file, even if that is deleted: who opens a database for a moment is
   * better off without. All locks must be held.
   *
   * @param head what the region begins with; zeros follow
   * @return false if nothing was done: it exists, or what is written to the file is not for certain
   *     what those see who map it
   */
  default boolean createUnmapped(byte[] head) {
    return false;
  }

  /**
   * Reads the beginning of region 0 from its file, after {@link #createUnmapped}.
   *
   * @return false if nothing was read, because this process has mapped the region meanwhile
   */
  default boolean readUnmapped(byte[] dest) {
    return false;
  }

  /**
   * Takes locks; never waits.
   *
   * @param first the first lock, from 0
   * @param count how many neighbours; 1 for shared locks. What is taken together is given back so
   * @return false if somebody else is in the way; then none was taken. True at once if held already
   */
  boolean tryLock(int first, int count, boolean exclusive);

  /** Gives locks up that this connection holds in the same way. */
  void unlock(int first, int count, boolean exclusive);

  /**
   * Waits until a connection of this process gives up a lock, at most {@code timeoutMillis}; as
   * {@link DatabaseFile#awaitUnlock}.
   */
  void awaitUnlock(long timeoutMillis);

  /**
   * Orders memory accesses: those before it are visible to others before those after it, and those
   * after it see what others wrote before theirs.
   */
  void barrier();

  /** Whether the memory can only be read, because the file is not writable. */
  boolean isReadOnly();

  /**
   * Whether what is in the memory can be trusted. Where it can only be read, that is so if somebody
   * else who could mend it has it open; until then there are locks, but {@link #region} must not be
   * called. Once true it stays so.
   */
  boolean isReliable();

  /** Gives up all locks and leaves; the last one of the process lets go of the file. */
  @Override
  void close();

  /** As {@link #close()}, and deletes the file. For the last user of the database only. */
  void closeAndDelete();
}
