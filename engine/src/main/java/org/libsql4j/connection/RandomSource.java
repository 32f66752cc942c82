package org.libsql4j.connection;

import java.nio.ByteBuffer;
import org.libsql4j.vfs.Randomness;

/** Random numbers of one connection, drawn from the injected source in larger pieces. */
public final class RandomSource {
  private final Randomness source;
  private final byte[] pool = new byte[256];
  private int used = pool.length;

  public RandomSource(Randomness source) {
    this.source = source;
  }

  /** 64 random bits. */
  public long nextLong() {
    refillFor(8);
    long value = ByteBuffer.wrap(pool, used, 8).getLong();
    used += 8;
    return value;
  }

  /** Fills the array. */
  public void nextBytes(byte[] target) {
    if (target.length > pool.length) {
      source.nextBytes(target);
      return;
    }
    refillFor(target.length);
    System.arraycopy(pool, used, target, 0, target.length);
    used += target.length;
  }

  private void refillFor(int count) {
    if (pool.length - used < count) {
      source.nextBytes(pool);
      used = 0;
    }
  }
}
