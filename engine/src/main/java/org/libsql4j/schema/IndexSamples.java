package org.libsql4j.schema;

import java.util.List;
import org.libsql4j.record.Mem;

/**
 * Entries of an index that ANALYZE picked out and stored in sqlite_stat4, in the order of the
 * index: a histogram for each prefix of its columns.
 *
 * <p>What is in the table may be anything; nobody relies on it being true or even sorted.
 *
 * <p>Source: <a href="https://www.sqlite.org/fileformat2.html#the_sqlite_stat4_table">The
 * sqlite_stat4 table</a>.
 */
public final class IndexSamples {
  /**
   * One entry. Each array has an element for each prefix of the columns.
   *
   * @param key the values of the columns; never changed
   * @param equal number of entries with the same prefix
   * @param less number of entries with a lesser prefix
   * @param distinctLess number of different prefixes that are less
   */
  public record Sample(Mem[] key, long[] equal, long[] less, long[] distinctLess) {}

  private final List<Sample> samples;
  private final int columnCount;
  private final long rows;
  private final long[] averages;

  /**
   * @param rowCounts what sqlite_stat1 says: the number of entries, then the average number of
   *     entries for each prefix; zeros where it says nothing
   */
  public IndexSamples(List<Sample> samples, int columnCount, long[] rowCounts) {
    this.samples = List.copyOf(samples);
    this.columnCount = columnCount;
    this.averages = new long[columnCount];
    long count = rowCounts[0];
    for (int i = 0; i < columnCount; i++) {
      if (i > 0 && i == columnCount - 1) {
        averages[i] = 1;
      } else {
        Average average = new Average(i, rowCounts);
        averages[i] = average.value;
        count = average.rows;
      }
    }
    this.rows = count;
  }

  /** Number of columns that the samples have. */
  public int columnCount() {
    return columnCount;
  }

  public int size() {
    return samples.size();
  }

  public Sample get(int number) {
    return samples.get(number);
  }

  /** Number of entries of the index when it was analysed. */
  public long rows() {
    return rows;
  }

  /**
   * How many entries a value has on average that no sample has.
   *
   * @param column the last column of the prefix, 0-based
   */
  public long average(int column) {
    return averages[column];
  }

  /** How many entries there are for each value without those that the samples tell about. */
  private final class Average {
    final long rows;
    final long value;

    Average(int column, long[] rowCounts) {
      Sample last = samples.get(samples.size() - 1);
      int known = samples.size();
      long distinctHundredths;
      if (column + 1 >= rowCounts.length || rowCounts[column + 1] == 0) {
        rows = last.less[column];
        distinctHundredths = 100 * last.distinctLess[column];
        known--;
      } else {
        rows = rowCounts[0];
        distinctHundredths = (100 * rowCounts[0]) / rowCounts[column + 1];
      }
      long sampled = 0;
      long sampledHundredths = 0;
      for (int i = 0; i < known; i++) {
        if (i + 1 == samples.size()
            || samples.get(i).distinctLess[column] != samples.get(i + 1).distinctLess[column]) {
          sampled += samples.get(i).equal[column];
          sampledHundredths += 100;
        }
      }
      long average = 0;
      if (distinctHundredths > sampledHundredths && sampled < rows) {
        average = 100 * (rows - sampled) / (distinctHundredths - sampledHundredths);
      }
      value = Math.max(average, 1);
    }
  }
}
