package org.libsql4j.vfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** The bytes of a file in memory, which several open files may share. */
final class MemoryContent {
  private static final int CHUNK_BYTES = 1 << 16;

  final FileLockTable locks = new FileLockTable();

  private final ReentrantLock mutex = new ReentrantLock();
  private final List<byte[]> chunks = new ArrayList<>();
  private long size;

  /** Beyond it writing fails with FULL. */
  long maxBytes = Long.MAX_VALUE;

  private @Nullable SharedMemoryNode sharedMemory;

  SharedMemory openSharedMemory() {
    mutex.lock();
    try {
      SharedMemoryNode node = sharedMemory;
      SharedMemory joined = node == null ? null : node.joinOthers();
      if (joined == null) {
        node = new SharedMemoryNode(new HeapSharedMemory());
        sharedMemory = node;
        joined = node.join();
      }
      return joined;
    } finally {
      mutex.unlock();
    }
  }

  int read(long position, byte[] dest, int destOffset, int length) {
    mutex.lock();
    try {
      int count = (int) Math.max(0, Math.min(length, size - position));
      int done = 0;
      while (done < count) {
        int inChunk = (int) ((position + done) % CHUNK_BYTES);
        int part = Math.min(count - done, CHUNK_BYTES - inChunk);
        byte[] chunk = chunks.get((int) ((position + done) / CHUNK_BYTES));
        System.arraycopy(chunk, inChunk, dest, destOffset + done, part);
        done += part;
      }
      return count;
    } finally {
      mutex.unlock();
    }
  }

  void write(long position, byte[] src, int srcOffset, int length) {
    mutex.lock();
    try {
      if (position + length > maxBytes) {
        throw new LibsqlException(ResultCode.FULL);
      }
      setSize(Math.max(size, position + length));
      int done = 0;
      while (done < length) {
        int inChunk = (int) ((position + done) % CHUNK_BYTES);
        int part = Math.min(length - done, CHUNK_BYTES - inChunk);
        byte[] chunk = chunks.get((int) ((position + done) / CHUNK_BYTES));
        System.arraycopy(src, srcOffset + done, chunk, inChunk, part);
        done += part;
      }
    } finally {
      mutex.unlock();
    }
  }

  void truncate(long newSize) {
    mutex.lock();
    try {
      setSize(newSize);
    } finally {
      mutex.unlock();
    }
  }

  /**
   * Keeps the bytes behind the end zero, so that growing needs no clearing, and the first chunk, so
   * that a file that is emptied and filled again and again needs no memory.
   */
  private void setSize(long newSize) {
    int needed = (int) ((newSize + CHUNK_BYTES - 1) / CHUNK_BYTES);
    while (chunks.size() < needed) {
      chunks.add(new byte[CHUNK_BYTES]);
    }
    while (chunks.size() > Math.max(1, needed)) {
      chunks.remove(chunks.size() - 1);
    }
    if (newSize < size) {
      int last = Math.max(0, needed - 1);
      int from = (int) (newSize - (long) last * CHUNK_BYTES);
      int to = (int) Math.min(CHUNK_BYTES, size - (long) last * CHUNK_BYTES);
      Arrays.fill(chunks.get(last), from, to, (byte) 0);
    }
    size = newSize;
  }

  long size() {
    mutex.lock();
    try {
      return size;
    } finally {
      mutex.unlock();
    }
  }
}
