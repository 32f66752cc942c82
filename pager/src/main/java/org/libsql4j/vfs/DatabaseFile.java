package org.libsql4j.vfs;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * An open file. One connection uses it, from one thread at a time.
 *
 * <p>All methods but {@link #close()} throw {@link org.libsql4j.error.LibsqlException} with an
 * {@code IOERR_*} code when the system reports a failure.
 */
public interface DatabaseFile extends AutoCloseable {

  /**
   * Reads bytes at a position. A thread interrupt has no effect.
   *
   * @return how many bytes were read; fewer than {@code length} only at the end of the file, 0
   *     behind it. What was not read is left as it was
   */
  int read(long position, byte[] dest, int destOffset, int length);

  /**
   * As {@link #read}, but if there are fewer bytes, makes sure that the file ends there: what a
   * failing device did not deliver must not be taken for the end.
   *
   * @throws org.libsql4j.error.LibsqlException {@code IOERR_SHORT_READ} if it does not end there
   */
  default int readToEnd(long position, byte[] dest, int destOffset, int length) {
    int count = read(position, dest, destOffset, length);
    if (count < length && size() > position + count) {
      throw new LibsqlException(ResultCode.IOERR_SHORT_READ);
    }
    return count;
  }

  /**
   * Reads bytes in the fastest way there is, if there is one faster than {@link #read}. The caller
   * knows that they are in the file, and that a lock keeps others from cutting it there.
   *
   * @return false if nothing was done
   */
  default boolean readFast(long position, byte[] dest, int destOffset, int length) {
    return false;
  }

  /**
   * The bytes of the file in memory, for reading under the conditions of {@link #readFast}: from 0
   * to the limit, which may be short of the end of the file. Others may not see it; its position is
   * of no meaning. Reading may end in an InternalError if somebody cuts the file all the same.
   *
   * @return null if there is no such thing
   */
  default @Nullable ByteBuffer view() {
    return null;
  }

  /** Writes all bytes, growing the file if needed; {@code SQLITE_FULL} when there is no room. */
  void write(long position, byte[] src, int srcOffset, int length);

  /** Shortens the file to {@code size} bytes, or lengthens it with zeros. */
  void truncate(long size);

  /**
   * Makes what was written durable, and the directory entry too if the file is new and of a kind
   * that {@linkplain FileKind#needsDirectorySync() needs} it.
   *
   * @param dataOnly the size of the file has not changed since the last sync
   */
  void sync(SyncMode mode, boolean dataOnly);

  /** The size in bytes. */
  long size();

  /**
   * Raises the lock to {@code level}; does nothing if it is as strong already.
   *
   * <p>Allowed steps: NONE to SHARED, SHARED to RESERVED, and SHARED, RESERVED or PENDING to
   * EXCLUSIVE. Never waits.
   *
   * @return false if somebody else is in the way. The lock stays what it was, except that a vain
   *     attempt at EXCLUSIVE may leave PENDING behind, which keeps new readers out
   */
  boolean tryLock(LockLevel level);

  /** Lowers the lock to SHARED or NONE; does nothing if it is as weak already. */
  void unlock(LockLevel level);

  /** The lock that this connection holds. */
  LockLevel lockLevel();

  /** Whether anybody, this connection included, holds RESERVED or a stronger lock. */
  boolean isReservedByAnyone();

  /**
   * Waits until a connection of this JVM lowers its lock on this file since {@link #tryLock} was
   * refused, at most {@code timeoutMillis}. May return early, and does if nothing was refused. A
   * thread interrupt does not end the wait and is preserved.
   *
   * <p>Locks of other processes give no sign: keep the timeout short.
   */
  void awaitUnlock(long timeoutMillis);

  /** The unit of writing of the device in bytes; a power of two. */
  int sectorSize();

  /** Bits of {@link DeviceCharacteristics}. */
  int deviceCharacteristics();

  /**
   * Says whether the device is to be believed to leave bytes beside those written alone when power
   * fails; a file system that knows better may ignore it.
   */
  default void setPowersafeOverwrite(boolean value) {}

  /** Whether the file was opened for reading only, possibly because writing is not permitted. */
  boolean isReadOnly();

  /** Whether the name that it was opened by does not lead to this file any more. */
  boolean hasMoved();

  /**
   * Joins the memory that all users of this database file share: the index of its write-ahead log.
   *
   * @return a new view, to be closed by the caller; null where there is no shared memory, so that a
   *     log can only be used under an exclusive lock
   * @throws org.libsql4j.error.LibsqlException {@code IOERR_SHM*}, {@code CANTOPEN}; {@code BUSY}
   *     if another process is just setting it up
   */
  default @Nullable SharedMemory openSharedMemory() {
    return null;
  }

  /** Whether {@link #openSharedMemory()} gives something. */
  default boolean hasSharedMemory() {
    return true;
  }

  /** Drops the lock and closes the file. Closing twice is harmless. */
  @Override
  void close();
}
