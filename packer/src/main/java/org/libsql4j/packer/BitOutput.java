package org.libsql4j.packer;

import java.io.ByteArrayOutputStream;

/** Bits, of which the first is the lowest of the first byte. */
final class BitOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long pending;
  private int pendingCount;

  /** Adds the low bits of a value, at most 16. */
  void add(int value, int count) {
    pending |= (long) value << pendingCount;
    pendingCount += count;
    while (pendingCount >= 8) {
      bytes.write((int) pending);
      pending >>>= 8;
      pendingCount -= 8;
    }
  }

  /** All that was added, with bits of 0 up to a whole byte. */
  byte[] toByteArray() {
    if (pendingCount > 0) {
      add(0, 8 - pendingCount);
    }
    return bytes.toByteArray();
  }
}
