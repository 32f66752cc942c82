package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks out entries of an index for sqlite_stat4 while they go by in the order of the index.
 *
 * <p>Some are taken at regular distances, so that any range has one near its ends. The others stand
 * for the prefixes that most entries have in common, so that frequent values are known to be
 * frequent. Of equally good ones chance decides, which is made from the shape of the index alone:
 * the same content gives the same samples, and those that SQLite picks.
 */
final class SampleCollector {
  /** How many samples there are of an index at most. */
  static final int MAX_SAMPLES = 24;

  /** An entry with how many others have, or are less than, each prefix of it. */
  final class Entry {
    /**
     * Number of entries with the same prefix. 0 in a sample means that they are still being
     * counted.
     */
    final long[] equal = new long[columns];

    final long[] less = new long[columns];
    final long[] distinctLess = new long[columns];
    byte[] payload = new byte[64];
    int payloadSize;

    /** Whether it is there for its place and not for its values; such a sample stays. */
    private boolean periodic;

    /** The last column of the prefix for which it was chosen. */
    private int column;

    private int lot;

    private void copyFrom(Entry other) {
      System.arraycopy(other.equal, 0, equal, 0, columns);
      System.arraycopy(other.less, 0, less, 0, columns);
      System.arraycopy(other.distinctLess, 0, distinctLess, 0, columns);
      if (payload.length < other.payloadSize) {
        payload = new byte[Math.max(other.payloadSize, 2 * payload.length)];
      }
      System.arraycopy(other.payload, 0, payload, 0, other.payloadSize);
      payloadSize = other.payloadSize;
      periodic = other.periodic;
      column = other.column;
      lot = other.lot;
    }

    /** Whether the prefix that it was chosen for is more frequent, or else shorter. */
    private boolean isMoreFrequentThan(Entry other) {
      long mine = equal[column];
      long theirs = other.equal[other.column];
      if (mine != theirs) {
        return mine > theirs;
      }
      return column < other.column || (column == other.column && isPreferredTo(other));
    }

    /** Of two entries for prefixes of one length: longer prefixes decide, then the lot. */
    private boolean isPreferredTo(Entry other) {
      for (int i = column + 1; i < columns; i++) {
        if (equal[i] != other.equal[i]) {
          return equal[i] > other.equal[i];
        }
      }
      return Integer.compareUnsigned(lot, other.lot) > 0;
    }
  }

  private final int columns;

  /** Distance of the samples that are taken at regular distances, in entries. */
  private final long period;

  private final Entry current;

  /** For each prefix but the whole key, the entry that will stand for it. */
  private final Entry[] candidates;

  private final List<Entry> samples = new ArrayList<>();
  private int lot;
  private boolean started;

  /** Number of leading columns whose counts may be unfinished in some sample. */
  private int unfinished;

  /** The sample that goes first if there is no room for another. */
  private @Nullable Entry weakest;

  /**
   * @param columns how many columns tell entries apart
   * @param rows how many entries will come
   */
  SampleCollector(int columns, long rows) {
    this.columns = columns;
    this.period = rows / (MAX_SAMPLES / 3 + 1) + 1;
    this.current = new Entry();
    this.candidates = new Entry[Math.max(columns - 1, 0)];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = new Entry();
    }
    // The real engine draws its lots from this number on, and so both choose the same samples.
    this.lot = 0x689e962d * columns ^ 0xd0944565 * (int) rows;
  }

  /**
   * Takes the next entry.
   *
   * @param changed the first column that differs from the entry before
   */
  void add(int changed, byte[] payload, int size) {
    count(changed);
    current.payload = payload;
    current.payloadSize = size;
    lot = lot * 1103515245 + 12345;
    current.lot = lot;
    long before = current.less[columns - 1];
    if (before / period != (before + 1) / period) {
      current.periodic = true;
      current.column = 0;
      insert(current, columns - 1);
      current.periodic = false;
    }
    for (int i = 0; i < candidates.length; i++) {
      current.column = i;
      if (i >= changed || current.isPreferredTo(candidates[i])) {
        candidates[i].copyFrom(current);
      }
    }
  }

  private void count(int changed) {
    if (!started) {
      started = true;
      Arrays.fill(current.equal, 1);
      return;
    }
    finishPrefixes(changed);
    for (int i = 0; i < changed; i++) {
      current.equal[i]++;
    }
    for (int i = changed; i < columns; i++) {
      current.distinctLess[i]++;
      current.less[i] += current.equal[i];
      current.equal[i] = 1;
    }
  }

  /** The samples in the order of the index; nothing can be added any more. */
  List<Entry> finish() {
    if (started) {
      finishPrefixes(0);
    }
    return samples;
  }

  /** Prefixes that reach the changed column are complete: makes samples of frequent ones. */
  private void finishPrefixes(int changed) {
    for (int i = columns - 2; i >= changed; i--) {
      Entry candidate = candidates[i];
      candidate.equal[i] = current.equal[i];
      if (weakest == null || candidate.isMoreFrequentThan(weakest)) {
        insert(candidate, i);
      }
    }
    if (changed < unfinished) {
      for (Entry sample : samples) {
        for (int i = changed; i < columns; i++) {
          if (sample.equal[i] == 0) {
            sample.equal[i] = current.equal[i];
          }
        }
      }
      unfinished = changed;
    }
  }

  /**
   * Makes a sample of an entry, or, if there is one already with the same prefix, raises that.
   *
   * @param open number of leading columns whose equal entries are still being counted
   */
  private void insert(Entry entry, int open) {
    unfinished = Math.max(unfinished, open);
    if (!entry.periodic) {
      Entry same = null;
      for (int i = samples.size() - 1; i >= 0; i--) {
        Entry sample = samples.get(i);
        if (sample.equal[entry.column] == 0) {
          if (sample.periodic) {
            return;
          }
          if (same == null || sample.isMoreFrequentThan(same)) {
            same = sample;
          }
        }
      }
      if (same != null) {
        same.column = entry.column;
        same.equal[entry.column] = entry.equal[entry.column];
        findWeakest();
        return;
      }
    }
    Entry sample = weakest;
    if (sample == null) {
      sample = new Entry();
    } else {
      samples.remove(sample);
    }
    sample.copyFrom(entry);
    Arrays.fill(sample.equal, 0, open, 0);
    samples.add(sample);
    findWeakest();
  }

  private void findWeakest() {
    if (samples.size() < MAX_SAMPLES) {
      return;
    }
    Entry found = null;
    for (Entry sample : samples) {
      if (!sample.periodic && (found == null || found.isMoreFrequentThan(sample))) {
        found = sample;
      }
    }
    weakest = found == null ? samples.get(0) : found;
  }
}
