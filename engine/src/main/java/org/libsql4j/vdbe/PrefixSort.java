package org.libsql4j.vdbe;

import java.util.Arrays;

/**
 * A stable merge sort of records in a byte arena by their prefixes; the records stay where they
 * are.
 *
 * <p>Prefixes and record numbers move together, so that almost all comparisons touch only memory
 * that is read in sequence. Blocks of {@link #BLOCK} are sorted by insertion, then merged
 * bottom-up; two neighbouring runs that are in order already are copied as a whole.
 */
final class PrefixSort {
  private static final int BLOCK = 8;

  private final RecordOrder order;
  private final byte[] arena;
  private final int[] positions;
  private final boolean tiesAreEqual;

  /** Prefixes; sorted by {@link #sort}. */
  long[] keys;

  /** Record numbers; sorted by {@link #sort}. */
  int[] numbers;

  private long[] otherKeys = {};
  private int[] otherNumbers = {};

  /**
   * @param positions where each record starts in the arena
   * @param keys the prefix of each record; its order is destroyed
   */
  PrefixSort(RecordOrder order, byte[] arena, int[] positions, long[] keys, int count) {
    this.order = order;
    this.arena = arena;
    this.positions = positions;
    this.tiesAreEqual = order.tiesAreEqual();
    this.keys = keys;
    this.numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
  }

  void sort() {
    int count = numbers.length;
    if (isSorted(count)) {
      return;
    }
    for (int from = 0; from < count; from += BLOCK) {
      insertionSort(from, Math.min(from + BLOCK, count));
    }
    if (count <= BLOCK) {
      return;
    }
    otherKeys = new long[count];
    otherNumbers = new int[count];
    for (long width = BLOCK; width < count; width *= 2) {
      for (long from = 0; from < count; from += 2 * width) {
        int middle = (int) Math.min(from + width, count);
        int end = (int) Math.min(from + 2 * width, count);
        merge((int) from, middle, end);
      }
      swap();
    }
  }

  private void swap() {
    long[] k = keys;
    keys = otherKeys;
    otherKeys = k;
    int[] n = numbers;
    numbers = otherNumbers;
    otherNumbers = n;
  }

  private boolean isSorted(int count) {
    for (int i = 1; i < count; i++) {
      if (isGreater(keys[i - 1], numbers[i - 1], keys[i], numbers[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean isGreater(long leftKey, int left, long rightKey, int right) {
    if (leftKey != rightKey) {
      return leftKey > rightKey;
    }
    return !tiesAreEqual && order.compare(arena, positions[left], arena, positions[right]) > 0;
  }

  private void insertionSort(int from, int end) {
    for (int i = from + 1; i < end; i++) {
      long key = keys[i];
      int number = numbers[i];
      int j = i;
      while (j > from && isGreater(keys[j - 1], numbers[j - 1], key, number)) {
        keys[j] = keys[j - 1];
        numbers[j] = numbers[j - 1];
        j--;
      }
      keys[j] = key;
      numbers[j] = number;
    }
  }

  private void merge(int from, int middle, int end) {
    if (middle >= end
        || !isGreater(keys[middle - 1], numbers[middle - 1], keys[middle], numbers[middle])) {
      System.arraycopy(keys, from, otherKeys, from, end - from);
      System.arraycopy(numbers, from, otherNumbers, from, end - from);
      return;
    }
    int left = from;
    int right = middle;
    for (int to = from; to < end; to++) {
      boolean takeRight =
          left >= middle
              || (right < end && isGreater(keys[left], numbers[left], keys[right], numbers[right]));
      int source = takeRight ? right++ : left++;
      otherKeys[to] = keys[source];
      otherNumbers[to] = numbers[source];
    }
  }

  /** The sorted record numbers, and no other memory. */
  static int[] sorted(
      RecordOrder order, byte[] arena, int[] positions, long[] prefixes, int count) {
    long[] keys = Arrays.copyOf(prefixes, count);
    order.skipCommonBeginning(arena, positions, keys, count);
    PrefixSort sort = new PrefixSort(order, arena, positions, keys, count);
    sort.sort();
    return sort.numbers;
  }
}
