package org.libsql4j.vfs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * The bytes of a file in memory, for reading: no system call and one copy a page.
 *
 * <p>What others write becomes visible here as it does to reads. Only bytes within the size that
 * the file had when it was last asked for may be touched: behind the end the system answers with a
 * fault. The caller holds a lock that keeps others from making the file smaller.
 *
 * <p>One connection uses it. The memory goes back to the system when the garbage collector finds
 * the mapping unused; Windows would not let the file be cut or deleted until then, so there is
 * none.
 */
final class FileMapping {
  private static final boolean SUPPORTED =
      !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");

  /** So many reads are made the ordinary way first: a connection for one query maps nothing. */
  private static final int READS_BEFORE_MAPPING = 64;

  private final RandomAccessFile handle;
  private @Nullable MappedByteBuffer mapped;
  private int readsWithout;

  FileMapping(RandomAccessFile handle) {
    this.handle = handle;
  }

  /**
   * Copies bytes of the file.
   *
   * @param fileSize the size of the file in bytes as last seen
   * @return whether it was done; if not, the bytes must be read in another way
   */
  boolean read(long position, byte[] dest, int destOffset, int length, long fileSize) {
    MappedByteBuffer bytes = mapped;
    if (bytes == null || position + length > Math.min(bytes.capacity(), fileSize)) {
      if (position + length <= fileSize) {
        considerMapping(fileSize);
      }
      return false;
    }
    try {
      ((Buffer) bytes).limit(bytes.capacity());
      ((Buffer) bytes).position((int) position);
      bytes.get(dest, destOffset, length);
      return true;
    } catch (InternalError e) {
      // The file was cut by somebody who does not know of locks.
      mapped = null;
      throw new LibsqlException(ResultCode.IOERR_READ, ResultCode.IOERR_READ.defaultMessage(), e);
    }
  }

  /** See {@link DatabaseFile#view}. */
  @Nullable ByteBuffer view(long fileSize) {
    MappedByteBuffer bytes = mapped;
    if (bytes != null) {
      ((Buffer) bytes).limit((int) Math.min(bytes.capacity(), fileSize));
    }
    return bytes;
  }

  private void considerMapping(long fileSize) {
    if (SUPPORTED && fileSize <= Integer.MAX_VALUE && ++readsWithout >= READS_BEFORE_MAPPING) {
      readsWithout = 0;
      mapped = mapUninterrupted(fileSize);
    }
  }

  /**
   * Maps in a thread of its own: an interrupt of this one would close the channel under everyone,
   * and with it drop the locks of the process.
   */
  private @Nullable MappedByteBuffer mapUninterrupted(long size) {
    MappedByteBuffer[] result = new MappedByteBuffer[1];
    Thread mapper =
        new Thread(
            () -> {
              try {
                result[0] = handle.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, size);
              } catch (IOException | RuntimeException | OutOfMemoryError e) {
                result[0] = null; // Reads go on the ordinary way.
              }
            },
            "libsql4j-map");
    mapper.setDaemon(true);
    mapper.start();
    boolean interrupted = false;
    while (true) {
      try {
        mapper.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result[0];
  }
}
