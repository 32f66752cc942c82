package org.libsql4j.vdbe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.WorkingMemory;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.vfs.DatabaseFile;

/**
 * Sorts records: collects them, then gives them back in order. Records with equal keys keep the
 * order in which they came.
 *
 * <p>Records are collected one after the other in a byte array. When that is full they are sorted
 * and written to a temporary file as one run; at the end the runs are merged. Without runs nothing
 * is ever written.
 */
final class VdbeSorter {
  /** Memory for records before they are written to a file. */
  static final int DEFAULT_BUDGET_BYTES = WorkingMemory.budget(64 << 20);

  private static final int FIRST_COUNT = 64;

  /** How many records ahead one is fetched from memory. */
  private static final int AHEAD = 3;

  private static final int FIRST_ARENA_BYTES = 16 << 10;
  private static final int MAX_RUN_BUFFER_BYTES = 256 << 10;
  private static final int MIN_RUN_BUFFER_BYTES = 4 << 10;

  /** What a record costs besides its bytes: position, length, prefix and their copies. */
  private static final int BYTES_PER_RECORD = 32;

  private final ConnectionState connection;
  private final KeyInfo keyInfo;
  private final RecordOrder order;
  private final int budgetBytes;

  private byte[] arena = {};
  private boolean arenaIsShared;
  private int used;
  private int[] positions = new int[FIRST_COUNT];
  private int[] lengths = new int[FIRST_COUNT];
  private long[] prefixes = new long[FIRST_COUNT];
  private int count;

  /** Whether {@link #positions} and {@link #lengths} are in order. */
  private boolean sorted;

  private int at;

  /** What was read only to have it near; nobody looks at it. */
  int touched;

  private @Nullable DatabaseFile file;
  private long fileEnd;
  private final List<long[]> runs = new ArrayList<>();
  private @Nullable RunMerger merger;

  VdbeSorter(ConnectionState connection, KeyInfo keyInfo, int fieldCount) {
    this(connection, keyInfo, fieldCount, DEFAULT_BUDGET_BYTES);
  }

  VdbeSorter(ConnectionState connection, KeyInfo keyInfo, int fieldCount, int budgetBytes) {
    this.connection = connection;
    this.keyInfo = keyInfo;
    this.order = new RecordOrder(keyInfo, fieldCount);
    this.budgetBytes = budgetBytes;
  }

  // ---- collecting
  // ---------------------------------------------------------------------------------

  void add(byte[] record, int offset, int length) {
    if (sorted) {
      resume();
    }
    long needed = (long) used + length + (long) count * BYTES_PER_RECORD;
    if (needed > budgetBytes && count > 0) {
      spill();
    }
    if (count == positions.length) {
      int grown = count * 2;
      positions = Arrays.copyOf(positions, grown);
      lengths = Arrays.copyOf(lengths, grown);
      prefixes = Arrays.copyOf(prefixes, grown);
    }
    if (arena.length - used < length) {
      growArena(length);
    }
    System.arraycopy(record, offset, arena, used, length);
    positions[count] = used;
    lengths[count] = length;
    prefixes[count] = order.prefix(arena, used);
    used += length;
    count++;
  }

  /** Goes on collecting after records were read in order. */
  private void resume() {
    sorted = false;
    int size = Math.max(count, FIRST_COUNT);
    positions = Arrays.copyOf(positions, size);
    lengths = Arrays.copyOf(lengths, size);
    prefixes = new long[size];
    for (int i = 0; i < count; i++) {
      prefixes[i] = order.prefix(arena, positions[i]);
    }
  }

  private void growArena(int length) {
    long wanted = Math.max((long) arena.length * 2, FIRST_ARENA_BYTES);
    wanted = Math.max(Math.min(wanted, budgetBytes), (long) used + length);
    // A few bytes more, so that reading a long number at the very end stays within the array.
    arena = Arrays.copyOf(arena, (int) Math.min(wanted + 16, Integer.MAX_VALUE - 8));
  }

  private void spill() {
    int[] numbers = PrefixSort.sorted(order, arena, positions, prefixes, count);
    DatabaseFile target = file;
    if (target == null) {
      target = connection.opener().openTransient();
      file = target;
    }
    RunWriter writer = new RunWriter(target, fileEnd);
    for (int number : numbers) {
      writer.write(arena, positions[number], lengths[number]);
    }
    long end = writer.finish();
    runs.add(new long[] {fileEnd, end});
    fileEnd = end;
    count = 0;
    used = 0;
    order.forgetPrefixes();
  }

  // ---- reading
  // ------------------------------------------------------------------------------------

  /** Sorts and goes to the first record; false if there is none. */
  boolean rewind() {
    at = 0;
    if (runs.isEmpty()) {
      if (!sorted) {
        arrange(PrefixSort.sorted(order, arena, positions, prefixes, count));
      }
      return count > 0;
    }
    if (count > 0) {
      spill();
    }
    arena = new byte[0];
    List<SortedRun> readers = new ArrayList<>();
    int bufferBytes =
        Math.max(MIN_RUN_BUFFER_BYTES, Math.min(MAX_RUN_BUFFER_BYTES, budgetBytes / runs.size()));
    DatabaseFile source = file;
    if (source == null) {
      throw Vdbe.internalError("sorter has no file");
    }
    for (long[] run : runs) {
      readers.add(new SortedRun(source, order, run[0], run[1], bufferBytes));
    }
    merger = new RunMerger(order, readers);
    return merger.current() != null;
  }

  /** Puts the list of records in order, so that it is read in sequence from now on. */
  private void arrange(int[] numbers) {
    int[] sortedPositions = new int[count];
    int[] sortedLengths = new int[count];
    for (int i = 0; i < count; i++) {
      int number = numbers[i];
      sortedPositions[i] = positions[number];
      sortedLengths[i] = lengths[number];
    }
    positions = sortedPositions;
    lengths = sortedLengths;
    prefixes = new long[0];
    sorted = true;
  }

  /** Goes to the next record; false at the end. */
  boolean next() {
    if (merger != null) {
      return merger.next();
    }
    int next = ++at;
    if (next + AHEAD < count) {
      // Brings a record that will be needed soon from memory, where they are all over the place.
      touched += arena[positions[next + AHEAD]];
    }
    return next < count;
  }

  /** The current record. */
  void data(Mem target) {
    RunMerger merging = merger;
    if (merging != null) {
      SortedRun run = current(merging);
      target.setBlob(run.bytes, run.offset, run.length);
      return;
    }
    int index = current();
    arenaIsShared = true;
    target.setBlobShared(arena, positions[index], lengths[index]);
  }

  private static SortedRun current(RunMerger merging) {
    SortedRun run = merging.current();
    if (run == null) {
      throw Vdbe.internalError("sorter is at its end");
    }
    return run;
  }

  private int current() {
    if (!sorted || at >= count) {
      throw Vdbe.internalError("sorter is at no record");
    }
    return at;
  }

  /**
   * Whether the first fields of a record and of the current one differ; they count as different if
   * one of the record's is NULL.
   */
  boolean differs(byte[] record, int offset, int length, int fields) {
    byte[] current;
    int currentOffset;
    RunMerger merging = merger;
    if (merging != null) {
      SortedRun run = current(merging);
      current = run.bytes;
      currentOffset = run.offset;
    } else {
      current = arena;
      currentOffset = positions[current()];
    }
    if (length == 0 || RecordOrder.hasNull(current, currentOffset, fields)) {
      return true;
    }
    return new RecordOrder(keyInfo, fields).compare(record, offset, current, currentOffset) != 0;
  }

  // ---- the end
  // ------------------------------------------------------------------------------------

  /** Empties the sorter for new records. */
  void reset() {
    if (arenaIsShared) {
      // Registers may still refer to records in it.
      arena = new byte[0];
      arenaIsShared = false;
    }
    count = 0;
    used = 0;
    forgetOrder();
    merger = null;
    runs.clear();
    fileEnd = 0;
    order.forgetPrefixes();
  }

  /** The list of records is for new ones. */
  private void forgetOrder() {
    if (sorted) {
      sorted = false;
      positions = new int[FIRST_COUNT];
      lengths = new int[FIRST_COUNT];
      prefixes = new long[FIRST_COUNT];
    }
  }

  void close() {
    reset();
    arena = new byte[0];
    DatabaseFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }

  /** Collects a run in a buffer that is written piece by piece. */
  private static final class RunWriter {
    private final DatabaseFile target;
    private final byte[] buffer = new byte[MAX_RUN_BUFFER_BYTES];
    private final byte[] lengthBytes = new byte[SortedRun.LENGTH_BYTES];
    private long position;
    private int filled;

    RunWriter(DatabaseFile target, long position) {
      this.target = target;
      this.position = position;
    }

    void write(byte[] record, int offset, int length) {
      BigEndian.putInt(lengthBytes, 0, length);
      append(lengthBytes, 0, lengthBytes.length);
      append(record, offset, length);
    }

    private void append(byte[] source, int offset, int length) {
      if (buffer.length - filled < length) {
        flush();
      }
      if (length > buffer.length) {
        target.write(position, source, offset, length);
        position += length;
        return;
      }
      System.arraycopy(source, offset, buffer, filled, length);
      filled += length;
    }

    private void flush() {
      if (filled > 0) {
        target.write(position, buffer, 0, filled);
        position += filled;
        filled = 0;
      }
    }

    long finish() {
      flush();
      return position;
    }
  }
}
