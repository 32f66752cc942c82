package org.libsql4j.connection;

/**
 * How much memory one intermediate result of a running statement, in a sorter, queue, index or
 * ephemeral table, may take before it goes to a file.
 */
public final class WorkingMemory {
  private static final long LEAST_BYTES = 1 << 20;

  /** While they grow, arrays are there twice, and a statement may have several. */
  private static final int SHARE_OF_HEAP = 16;

  private WorkingMemory() {}

  /**
   * A budget in bytes: less than asked for where the heap is small.
   *
   * @param wanted bytes that make the most of a large heap
   */
  public static int budget(int wanted) {
    long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    return (int) Math.min(wanted, Math.max(LEAST_BYTES, share));
  }
}
