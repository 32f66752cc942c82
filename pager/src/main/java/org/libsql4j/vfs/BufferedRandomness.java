package org.libsql4j.vfs;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The platform's random bytes, fetched some at a time: a transaction wants four of them, and a
 * request for four costs as much as one for many. What was handed out is not kept.
 */
final class BufferedRandomness implements Randomness {
  private static final int BUFFER_BYTES = 512;

  private final SecureRandom source = new SecureRandom();
  private final ReentrantLock mutex = new ReentrantLock();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int used = BUFFER_BYTES;

  @Override
  public void nextBytes(byte[] dest) {
    int count = dest.length;
    if (count > BUFFER_BYTES / 8) {
      source.nextBytes(dest);
      return;
    }
    mutex.lock();
    try {
      if (used + count > BUFFER_BYTES) {
        source.nextBytes(buffer);
        used = 0;
      }
      System.arraycopy(buffer, used, dest, 0, count);
      Arrays.fill(buffer, used, used + count, (byte) 0);
      used += count;
    } finally {
      mutex.unlock();
    }
  }
}
