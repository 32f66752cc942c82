package org.libsql4j.vdbe;

import java.util.Arrays;

/**
 * A stable merge sort of records in a byte arena by their prefixes; the records stay where they
 * are.
 *
 * <p>Prefixes and record numbers move together, so that sorting touches only memory that is read in
 * sequence. Many are sorted by the bytes of their prefixes, last byte first. Of fewer, blocks of
 * {@link #BLOCK} are sorted by insertion, then merged bottom-up; two neighbouring runs that are in
 * order already are copied as a whole. Records whose prefixes tie then get keys from what follows
 * in them ({@link TieKeys}) and are sorted by those: so a record is looked at as often as its key
 * has pieces that tie, not for each comparison. Only a few records, or such whose next key cannot
 * be told, are compared as they are.
 */
final class PrefixSort {
  private static final int BLOCK = 8;

  /** From how many on counting pays. */
  private static final int MANY = 1000;

  private static final int RADIX_BITS = 11;

  /** Up to how many records that tie are compared as a whole. */
  private static final int FEW = 3;

  /** How often ties are looked at again before whole records are compared. */
  private static final int MAX_DEPTH = 16;

  private final RecordOrder order;
  private final byte[] arena;
  private final int[] positions;

  /** Whether whole records are compared if keys are equal. */
  private boolean comparesRecords;

  /** Prefixes; sorted by {@link #sort}. */
  private final long[] keys;

  /** Record numbers; sorted by {@link #sort}. */
  private final int[] numbers;

  private long[] otherKeys = {};
  private int[] otherNumbers = {};

  /**
   * @param positions where each record starts in the arena
   * @param keys the prefix of each record; its content is destroyed
   */
  private PrefixSort(RecordOrder order, byte[] arena, int[] positions, long[] keys, int count) {
    this.order = order;
    this.arena = arena;
    this.positions = positions;
    this.keys = keys;
    this.numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
  }

  private void sort() {
    int count = numbers.length;
    comparesRecords = !order.tiesAreEqual();
    if (isSorted(count)) {
      return;
    }
    boolean tiesAreEqual = !comparesRecords;
    comparesRecords = false;
    sort(0, count);
    if (!tiesAreEqual) {
      TieKeys tieKeys = new TieKeys(order, arena, positions, keys, numbers);
      breakTies(tieKeys, 0, count, tieKeys.start(), 0);
    }
  }

  private boolean isSorted(int count) {
    for (int i = 1; i < count; i++) {
      if (isGreater(keys[i - 1], numbers[i - 1], keys[i], numbers[i])) {
        return false;
      }
    }
    return true;
  }

  /** Sorts each group of records with equal keys by what follows. */
  private void breakTies(TieKeys tieKeys, int from, int end, long place, int depth) {
    int start = from;
    while (start < end) {
      long key = keys[start];
      int stop = start + 1;
      while (stop < end && keys[stop] == key) {
        stop++;
      }
      if (stop - start > 1) {
        breakTie(tieKeys, start, stop, place, depth);
      }
      start = stop;
    }
  }

  private void breakTie(TieKeys tieKeys, int from, int end, long place, int depth) {
    long next = TieKeys.UNKNOWN;
    if (end - from > FEW && depth < MAX_DEPTH) {
      next = tieKeys.fill(from, end, place);
    }
    if (next == TieKeys.EQUAL) {
      return;
    }
    if (next == TieKeys.UNKNOWN) {
      Arrays.fill(keys, from, end, 0);
      comparesRecords = true;
      sort(from, end);
      comparesRecords = false;
      return;
    }
    sort(from, end);
    breakTies(tieKeys, from, end, next, depth + 1);
  }

  // ---- the merge sort ---------------------------------------------------------------------------

  private void sort(int from, int end) {
    if (!comparesRecords && end - from >= MANY) {
      radixSort(from, end);
      return;
    }
    for (int block = from; block < end; block += BLOCK) {
      insertionSort(block, Math.min(block + BLOCK, end));
    }
    if (end - from <= BLOCK) {
      return;
    }
    makeRoom(end);
    long[] k = keys;
    int[] n = numbers;
    long[] toKeys = otherKeys;
    int[] toNumbers = otherNumbers;
    for (long width = BLOCK; width < end - from; width *= 2) {
      for (long at = from; at < end; at += 2 * width) {
        int middle = (int) Math.min(at + width, end);
        merge(k, n, (int) at, middle, (int) Math.min(at + 2 * width, end), toKeys, toNumbers);
      }
      long[] sortedKeys = toKeys;
      toKeys = k;
      k = sortedKeys;
      int[] sortedNumbers = toNumbers;
      toNumbers = n;
      n = sortedNumbers;
    }
    if (k != keys) {
      System.arraycopy(k, from, keys, from, end - from);
      System.arraycopy(n, from, numbers, from, end - from);
    }
  }

  private void makeRoom(int end) {
    if (otherKeys.length < end) {
      otherKeys = new long[end];
      otherNumbers = new int[end];
    }
  }

  /** Sorts by pieces of the keys in which they are not all the same, lowest piece first. */
  private void radixSort(int from, int end) {
    makeRoom(end);
    long different = 0;
    for (int i = from; i < end; i++) {
      different |= keys[i] ^ keys[from];
    }
    long[] k = keys;
    int[] n = numbers;
    long[] toKeys = otherKeys;
    int[] toNumbers = otherNumbers;
    for (int shift = 0; shift < Long.SIZE; shift += RADIX_BITS) {
      if ((different >>> shift & (1 << RADIX_BITS) - 1) == 0) {
        continue;
      }
      distribute(k, n, from, end, shift, toKeys, toNumbers);
      long[] sortedKeys = toKeys;
      toKeys = k;
      k = sortedKeys;
      int[] sortedNumbers = toNumbers;
      toNumbers = n;
      n = sortedNumbers;
    }
    if (k != keys) {
      System.arraycopy(k, from, keys, from, end - from);
      System.arraycopy(n, from, numbers, from, end - from);
    }
  }

  /** One stable pass: all records by the bits of their keys from {@code shift} on. */
  private static void distribute(
      long[] k, int[] n, int from, int end, int shift, long[] toKeys, int[] toNumbers) {
    int mask = (1 << RADIX_BITS) - 1;
    int[] places = new int[mask + 1];
    for (int i = from; i < end; i++) {
      places[(int) ((k[i] ^ Long.MIN_VALUE) >>> shift) & mask]++;
    }
    int place = from;
    for (int i = 0; i <= mask; i++) {
      int count = places[i];
      places[i] = place;
      place += count;
    }
    for (int i = from; i < end; i++) {
      int at = places[(int) ((k[i] ^ Long.MIN_VALUE) >>> shift) & mask]++;
      toKeys[at] = k[i];
      toNumbers[at] = n[i];
    }
  }

  private boolean isGreater(long leftKey, int left, long rightKey, int right) {
    if (leftKey != rightKey) {
      return leftKey > rightKey;
    }
    return comparesRecords && order.compare(arena, positions[left], arena, positions[right]) > 0;
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

  private void merge(
      long[] k, int[] n, int from, int middle, int end, long[] toKeys, int[] toNumbers) {
    if (middle >= end || !isGreater(k[middle - 1], n[middle - 1], k[middle], n[middle])) {
      System.arraycopy(k, from, toKeys, from, end - from);
      System.arraycopy(n, from, toNumbers, from, end - from);
      return;
    }
    int left = from;
    int right = middle;
    int to = from;
    while (left < middle && right < end) {
      int source = isGreater(k[left], n[left], k[right], n[right]) ? right++ : left++;
      toKeys[to] = k[source];
      toNumbers[to++] = n[source];
    }
    int rest = left < middle ? left : right;
    System.arraycopy(k, rest, toKeys, to, end - to);
    System.arraycopy(n, rest, toNumbers, to, end - to);
  }

  /** The sorted record numbers, and no other memory. */
  static int[] sorted(
      RecordOrder order, byte[] arena, int[] positions, long[] prefixes, int count) {
    long[] keys = Arrays.copyOf(prefixes, count);
    order.skipCommonBeginning(arena, positions, keys, count);
    return sort(order, arena, positions, keys, count);
  }

  /** As {@link #sorted}, of records whose prefixes decide a search as well. */
  static int[] byPrefixes(
      RecordOrder order, byte[] arena, int[] positions, long[] prefixes, int count) {
    return sort(order, arena, positions, Arrays.copyOf(prefixes, count), count);
  }

  private static int[] sort(
      RecordOrder order, byte[] arena, int[] positions, long[] keys, int count) {
    PrefixSort sort = new PrefixSort(order, arena, positions, keys, count);
    sort.sort();
    return sort.numbers;
  }
}
