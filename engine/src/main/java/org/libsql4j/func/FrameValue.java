package org.libsql4j.func;

import java.util.Arrays;
import org.libsql4j.record.Mem;

/**
 * first_value() and nth_value(): keeps the values of the frame's rows in a ring, the oldest first.
 */
final class FrameValue implements Accumulator {
  private final boolean nth;
  private Mem[] ring = new Mem[4];
  private int head;
  private int count;
  private long position = 1;

  private FrameValue(boolean nth) {
    this.nth = nth;
  }

  static FrameValue first() {
    return new FrameValue(false);
  }

  static FrameValue nth() {
    return new FrameValue(true);
  }

  @Override
  public void step(FunctionContext context, Mem[] arguments) {
    if (nth) {
      position = position(context, arguments[1]);
    }
    if (count == ring.length) {
      grow();
    }
    int tail = (head + count) % ring.length;
    if (ring[tail] == null) {
      ring[tail] = new Mem();
    }
    ring[tail].copyFrom(arguments[0]);
    count++;
  }

  private static long position(FunctionContext context, Mem argument) {
    long value = argument.asLong();
    boolean whole =
        argument.type == Mem.INTEGER || (argument.type == Mem.REAL && argument.real == value);
    if (!whole || value <= 0) {
      throw context.error("second argument to nth_value must be a positive integer");
    }
    return value;
  }

  private void grow() {
    Mem[] bigger = Arrays.copyOf(ring, ring.length * 2);
    for (int i = 0; i < head; i++) {
      bigger[ring.length + i] = ring[i];
      bigger[i] = null;
    }
    ring = bigger;
  }

  @Override
  public void inverse(FunctionContext context, Mem[] arguments) {
    head = (head + 1) % ring.length;
    count--;
  }

  @Override
  public void finish(FunctionContext context) {
    if (position <= count) {
      context.result().copyFrom(ring[(head + (int) position - 1) % ring.length]);
    }
  }
}
