package org.libsql4j.vdbe;

import java.util.Arrays;
import org.libsql4j.connection.WorkingMemory;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.RecordComparator;
import org.libsql4j.record.UnpackedRecord;

/**
 * An index in memory that is filled once and then searched: entries one after the other in a byte
 * array, and a list of them that is sorted before the first search.
 *
 * <p>With each entry stands the prefix of its first field ({@link RecordOrder}); a search halves
 * the list of prefixes, and looks at entries only where prefixes tie.
 */
final class MemoryIndex {
  static final int DEFAULT_BUDGET_BYTES = WorkingMemory.budget(32 << 20);

  private static final int FIRST_ARENA_BYTES = 16 << 10;

  /** What an entry costs besides its bytes. */
  private static final int BYTES_PER_ENTRY = 32;

  /** Kept free at both ends of the arena, so that fields are read in the quickest way. */
  private static final int PADDING = 16;

  private final KeyInfo keyInfo;
  private final int budgetBytes;

  /** Knows whether equal prefixes mean equal first fields. */
  private final RecordOrder firstField;

  private byte[] arena = new byte[FIRST_ARENA_BYTES];
  private int used = PADDING;
  private int[] positions = new int[64];
  private int[] lengths = new int[64];
  private long[] prefixes = new long[64];
  private int count;
  private boolean sorted;

  // ---- the last search
  private int at;
  private long wanted;

  /** Whether an entry whose prefix is the one wanted surely is equal to the key. */
  private boolean tiesAreEqual;

  MemoryIndex(KeyInfo keyInfo, int budgetBytes) {
    this.keyInfo = keyInfo;
    this.budgetBytes = budgetBytes;
    this.firstField = new RecordOrder(keyInfo, 1);
  }

  // ---- filling
  // ----------------------------------------------------------------------------------

  /** Adds an entry; false if there is no room for it. */
  boolean add(byte[] record, int offset, int length) {
    long needed = (long) used + length + (long) count * BYTES_PER_ENTRY;
    if (needed > budgetBytes) {
      return false;
    }
    if (count == positions.length) {
      int grown = count * 2;
      positions = Arrays.copyOf(positions, grown);
      lengths = Arrays.copyOf(lengths, grown);
      prefixes = Arrays.copyOf(prefixes, grown);
    }
    if (arena.length - used < length + PADDING) {
      arena = Arrays.copyOf(arena, Math.max(2 * arena.length, used + length + PADDING));
    }
    System.arraycopy(record, offset, arena, used, length);
    positions[count] = used;
    lengths[count] = length;
    prefixes[count] = firstField.prefix(arena, used);
    used += length;
    count++;
    return true;
  }

  private void sort() {
    RecordOrder order = new RecordOrder(keyInfo, keyInfo.allFieldCount());
    int[] numbers = PrefixSort.byPrefixes(order, arena, positions, prefixes, count);
    int[] sortedPositions = new int[count];
    int[] sortedLengths = new int[count];
    long[] sortedPrefixes = new long[count];
    for (int i = 0; i < count; i++) {
      int number = numbers[i];
      sortedPositions[i] = positions[number];
      sortedLengths[i] = lengths[number];
      sortedPrefixes[i] = prefixes[number];
    }
    positions = sortedPositions;
    lengths = sortedLengths;
    prefixes = sortedPrefixes;
    sorted = true;
  }

  int count() {
    return count;
  }

  /** Makes a cell refer to an entry. */
  void get(int entry, Mem target) {
    target.setBlobShared(arena, positions[entry], lengths[entry]);
  }

  // ---- searching
  // --------------------------------------------------------------------------------

  /**
   * Goes to the first entry that does not come before a key.
   *
   * @param key fields of a value other than NULL, that says for equal entries that they come later
   * @return false if there is none
   */
  boolean seek(UnpackedRecord key) {
    if (!sorted) {
      sort();
    }
    Mem first = key.fields[0];
    wanted = firstField.prefix(first);
    tiesAreEqual =
        key.fieldCount == 1
            && first.type == Mem.INTEGER
            && RecordOrder.isExact(first.integer)
            && firstField.tiesAreEqual();
    int found = firstPrefix(wanted);
    if (!tiesAreEqual && found < count && prefixes[found] == wanted && comparesLess(found, key)) {
      found = firstNotLess(found + 1, key);
    }
    at = found;
    return found < count;
  }

  /** The first entry whose prefix is not smaller. */
  private int firstPrefix(long prefix) {
    long[] sortedPrefixes = prefixes;
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sortedPrefixes[middle] < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int firstNotLess(int from, UnpackedRecord key) {
    int low = from;
    int high = wanted == Long.MAX_VALUE ? count : firstPrefix(wanted + 1);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (comparesLess(middle, key)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean comparesLess(int entry, UnpackedRecord key) {
    return RecordComparator.compare(arena, positions[entry], lengths[entry], key) < 0;
  }

  /** Goes to the next entry; false at the end. */
  boolean next() {
    return ++at < count;
  }

  /**
   * Whether the current entry comes after the key searched for.
   *
   * @param key that of the last search, but says for equal entries that they come before
   */
  boolean isAfter(UnpackedRecord key) {
    return prefixes[at] != wanted || (!tiesAreEqual && !comparesLess(at, key));
  }

  /** Makes a view show the current entry. */
  void show(RecordView view) {
    view.setBytes(arena, positions[at], lengths[at]);
  }
}
