package org.libsql4j.connection;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.Randomness;

/**
 * Random numbers of one connection: a generator whose key is drawn from the injected source when
 * the first number is asked for.
 */
public final class RandomSource {
  private final Randomness source;
  private @Nullable ChaCha20 generator;
  private final byte[] pool = new byte[ChaCha20.BLOCK_BYTES];
  private int used = pool.length;

  /** Seeded from the platform's randomness. */
  public RandomSource(Randomness source) {
    this.source = source;
  }

  private ChaCha20 generator() {
    ChaCha20 known = generator;
    if (known == null) {
      byte[] key = new byte[ChaCha20.KEY_BYTES];
      source.nextBytes(key);
      known = new ChaCha20(key, 0);
      generator = known;
    }
    return known;
  }

  /** 64 random bits. */
  public long nextLong() {
    if (pool.length - used < Long.BYTES) {
      refill();
    }
    long value = ByteBuffer.wrap(pool, used, Long.BYTES).getLong();
    used += Long.BYTES;
    return value;
  }

  /** Fills the array. */
  public void nextBytes(byte[] target) {
    ChaCha20 blocks = generator();
    int at = 0;
    for (; target.length - at >= ChaCha20.BLOCK_BYTES; at += ChaCha20.BLOCK_BYTES) {
      blocks.next(target, at);
    }
    while (at < target.length) {
      if (used == pool.length) {
        refill();
      }
      int count = Math.min(target.length - at, pool.length - used);
      System.arraycopy(pool, used, target, at, count);
      used += count;
      at += count;
    }
  }

  private void refill() {
    generator().next(pool, 0);
    used = 0;
  }
}
