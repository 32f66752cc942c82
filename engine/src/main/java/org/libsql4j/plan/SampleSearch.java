package org.libsql4j.plan;

import java.util.List;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Mem;
import org.libsql4j.record.MemComparator;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.IndexSamples;

/**
 * Finds where values belong among the samples of an index.
 *
 * <p>Of each sample not only the whole is looked at but each of its prefixes, too, as far as one is
 * greater than what is before it: samples (a,5), (a,10), (b,5) are a, (a,5), (a,10), b, (b,5) to a
 * search for two values.
 */
final class SampleSearch {
  /**
   * The estimates for a key.
   *
   * @param less number of entries whose first columns are less than the key
   * @param equal number of entries whose first columns are equal to the key
   * @param sample number of the sample that the key was found at or is before
   */
  record Place(long less, long equal, int sample) {}

  private final IndexSamples samples;
  private final Collation[] collations;
  private final boolean[] descending;

  SampleSearch(Index index, IndexSamples samples, PeekedValues values) {
    this.samples = samples;
    this.collations = new Collation[samples.columnCount()];
    for (int i = 0; i < collations.length; i++) {
      collations[i] = values.collation(index.collations[i]);
    }
    this.descending = index.descending;
  }

  IndexSamples samples() {
    return samples;
  }

  /**
   * Searches.
   *
   * @param key values of the leading columns, at least one
   * @param high for a key between two samples: whether to assume rather too many entries before it
   *     than too few
   */
  Place find(List<Mem> key, boolean high) {
    int fields = Math.min(key.size(), samples.columnCount());
    int from = 0;
    int to = samples.size() * fields;
    int column = 0;
    long lower = 0;
    while (from < to) {
      int test = (from + to) >>> 1;
      IndexSamples.Sample sample = samples.get(test / fields);
      int width = width(test, fields);
      int order = compare(sample, key, width);
      if (order < 0) {
        lower = sample.less()[width - 1] + sample.equal()[width - 1];
        from = test + 1;
      } else if (order == 0 && width < fields) {
        lower = sample.less()[width - 1];
        from = test + 1;
      } else if (order == 0) {
        return new Place(sample.less()[width - 1], sample.equal()[width - 1], test / fields);
      } else {
        to = test;
        column = width - 1;
      }
    }
    int next = to / fields;
    long upper = next >= samples.size() ? samples.rows() : samples.get(next).less()[column];
    long gap = Math.max(0, upper - lower);
    return new Place(lower + (high ? gap * 2 / 3 : gap / 3), samples.average(fields - 1), next);
  }

  /** How many columns of its sample a place of the search is about. */
  private int width(int place, int fields) {
    int number = place / fields;
    int width = place % fields + 1;
    if (number > 0) {
      long[] before = samples.get(number - 1).less();
      long[] less = samples.get(number).less();
      while (width < fields && before[width - 1] == less[width - 1]) {
        width++;
      }
    }
    return width;
  }

  private int compare(IndexSamples.Sample sample, List<Mem> key, int width) {
    for (int i = 0; i < width; i++) {
      int order = MemComparator.compare(sample.key()[i], key.get(i), collations[i]);
      if (order != 0) {
        return descending[i] ? -order : order;
      }
    }
    return 0;
  }

  /** Compares one column of a sample with a value, in ascending order. */
  int compare(int sample, int column, Mem value) {
    return MemComparator.compare(samples.get(sample).key()[column], value, collations[column]);
  }
}
