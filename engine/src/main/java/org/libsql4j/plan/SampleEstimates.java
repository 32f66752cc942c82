package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Mem;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.IndexSamples;
import org.libsql4j.schema.LogEstimate;

/** Estimates from the samples of an index how many of its entries satisfy conditions on values. */
final class SampleEstimates {
  /** No estimate is possible. */
  static final int UNKNOWN = -1;

  /** A range within the reach of one sample is assumed to be a quarter of what the samples say. */
  private static final int WITHIN_ONE_SAMPLE = 20;

  /** The least estimate of a range: two rows. */
  private static final int LEAST_RANGE = 10;

  private final IndexExpressions indexExpressions;
  private final PeekedValues values;

  SampleEstimates(IndexExpressions indexExpressions, PeekedValues values) {
    this.indexExpressions = indexExpressions;
    this.values = values;
  }

  /**
   * Estimates the entries for one more column compared for equality, as LogEst.
   *
   * @param path the columns to the left
   * @param term the condition on the next column; IN is one, too
   * @return {@link #UNKNOWN} without samples, or if a value is not known
   */
  int equal(Source source, AccessPath path, WhereTerm term) {
    Index index = path.index;
    IndexSamples samples = index == null ? null : index.samples;
    int column = path.prefix();
    if (index == null || samples == null || column >= samples.columnCount()) {
      return UNKNOWN;
    }
    List<BoundExpr> prefix = prefix(path);
    List<BoundExpr> options = options(term);
    if (prefix == null || options == null) {
      return UNKNOWN;
    }
    Affinity[] affinities = affinities(source, index, column + 1);
    SampleSearch search = new SampleSearch(index, samples, values);
    boolean isIn = term.kind == WhereTerm.Kind.IN;
    int all = index.statistics.rowEstimates()[0];
    boolean isWhole = column + 1 >= index.columnCount();
    return values.conclude(
        parameters -> {
          List<Mem> key = all(prefix, affinities, parameters);
          if (key == null) {
            return UNKNOWN;
          }
          long rows = 0;
          for (BoundExpr option : options) {
            Mem value = isWhole ? null : values.value(option, affinities[column], parameters);
            if (value == null && !isWhole) {
              return UNKNOWN;
            }
            rows += isWhole ? 1 : equal(search, key, value);
          }
          int estimate = rows <= 0 ? UNKNOWN : LogEstimate.of(rows);
          return isIn ? Math.min(estimate, all) : estimate;
        });
  }

  private static long equal(SampleSearch search, List<Mem> prefix, @Nullable Mem value) {
    List<Mem> key = new ArrayList<>(prefix);
    if (value != null) {
      key.add(value);
    }
    return search.find(key, false).equal();
  }

  /** What the column is compared with; null if it cannot be known. */
  private static @Nullable List<BoundExpr> options(WhereTerm term) {
    if (term.kind == WhereTerm.Kind.IS_NULL) {
      return List.of(new BoundExpr.NullValue());
    }
    if (term.kind == WhereTerm.Kind.IN) {
      return term.expr instanceof BoundExpr.InList list && term.field < 0 ? list.values() : null;
    }
    BoundExpr right = term.right;
    return right == null ? null : List.of(right);
  }

  /** What the leading columns are compared with; null if not all of them with one value. */
  private static @Nullable List<BoundExpr> prefix(AccessPath path) {
    List<BoundExpr> prefix = new ArrayList<>();
    if (path.skipped > 0 || path.index == null) {
      return null;
    }
    for (int i = 0; i < path.equalities.size(); i++) {
      WhereTerm term = path.equalities.get(i);
      List<BoundExpr> options = term.kind == WhereTerm.Kind.IN ? null : options(term);
      if (options == null || (term.truth <= 0 && path.index.columns[i] >= 0)) {
        return null;
      }
      prefix.addAll(options);
    }
    return prefix;
  }

  private @Nullable List<Mem> all(
      List<BoundExpr> exprs, Affinity[] affinities, PeekedValues.Parameters parameters) {
    List<Mem> out = new ArrayList<>();
    for (BoundExpr expr : exprs) {
      Mem value = values.value(expr, affinities[out.size()], parameters);
      if (value == null) {
        return null;
      }
      out.add(value);
    }
    return out;
  }

  private Affinity[] affinities(Source source, Index index, int count) {
    Affinity[] affinities = new Affinity[Math.min(count, index.columnCount())];
    for (int i = 0; i < affinities.length; i++) {
      BoundExpr column = BoundExprs.skipOnlyCollate(indexExpressions.column(source, index, i));
      Affinity affinity = ExprTypes.affinity(column);
      affinities[i] =
          affinity.isNumeric()
              ? Affinity.NUMERIC
              : affinity == Affinity.NONE ? Affinity.BLOB : affinity;
    }
    return affinities;
  }

  // ---- ranges

  /**
   * Estimates the entries in a range of one more column, as LogEst.
   *
   * @param path the columns to the left, and the bounds; may be a search for rowids, too
   * @param rows the estimate without the bounds
   */
  int range(Source source, AccessPath path, int rows) {
    Index index = path.index;
    IndexSamples samples = index == null ? null : index.samples;
    int column = path.prefix();
    Bound lower = Bound.of(path.lower, path.lowerWidth);
    Bound upper = Bound.of(path.upper, path.upperWidth);
    if (index == null || samples == null || column >= samples.columnCount()) {
      return withoutSamples(rows, lower, upper);
    }
    int width = column + Math.max(path.lowerWidth, path.upperWidth);
    Affinity[] affinities = affinities(source, index, width);
    SampleSearch search = new SampleSearch(index, samples, values);
    List<BoundExpr> prefix = prefix(path);
    boolean descending = index.descending[column];
    return values.conclude(
        parameters -> {
          List<Mem> key = prefix == null ? null : all(prefix, affinities, parameters);
          if (key == null) {
            Integer less = skipping(search, column, affinities[column], lower, upper, parameters);
            return less == null ? withoutSamples(rows, lower, upper) : rows - less;
          }
          Range range = new Range(search, key, affinities, parameters);
          return descending ? range.rows(rows, upper, lower) : range.rows(rows, lower, upper);
        });
  }

  /**
   * A bound; more than one value where row values are compared.
   *
   * @param reduction the share of rows that is assumed to be within, as LogEst with reversed sign
   * @param promised whether the user told which share
   */
  private record Bound(
      List<BoundExpr> exprs, int size, WhereTerm.Kind kind, int reduction, boolean promised) {
    static @Nullable Bound of(@Nullable WhereTerm term, int width) {
      if (term == null) {
        return null;
      }
      List<BoundExpr> exprs = term.vectorRight;
      BoundExpr right = term.right;
      if (exprs.isEmpty()) {
        exprs = right == null ? List.of() : List.of(right);
      }
      int size = exprs.size();
      int reduction = term.truth <= 0 ? -term.truth : term.isNotNull ? 0 : 20;
      return new Bound(
          exprs.subList(0, Math.min(width, size)), size, term.kind, reduction, term.truth <= 0);
    }
  }

  /** The usual assumption: a quarter of the rows for each bound, and less for a closed range. */
  private static int withoutSamples(int rows, @Nullable Bound lower, @Nullable Bound upper) {
    int out = rows - (lower == null ? 0 : lower.reduction) - (upper == null ? 0 : upper.reduction);
    if (lower != null && upper != null && !lower.promised && !upper.promised) {
      out -= 20;
    }
    int bounds = (lower == null ? 0 : 1) + (upper == null ? 0 : 1);
    return Math.min(rows - bounds, Math.max(out, LEAST_RANGE));
  }

  /** A search for both ends of a range. */
  private final class Range {
    private final SampleSearch search;
    private final List<Mem> prefix;
    private final Affinity[] affinities;
    private final PeekedValues.Parameters parameters;

    Range(
        SampleSearch search,
        List<Mem> prefix,
        Affinity[] affinities,
        PeekedValues.Parameters parameters) {
      this.search = search;
      this.prefix = prefix;
      this.affinities = affinities;
      this.parameters = parameters;
    }

    /** The bounds are given in the order of the index. */
    int rows(int rows, @Nullable Bound first, @Nullable Bound last) {
      long from = 0;
      long to = search.samples().rows();
      if (!prefix.isEmpty()) {
        SampleSearch.Place place = search.find(prefix, false);
        from = place.less();
        to = from + place.equal();
      }
      int out = rows;
      int firstSample = -2;
      int lastSample = -1;
      Bound unknownFirst = first;
      Bound unknownLast = last;
      SampleSearch.Place place = find(first, false);
      if (first != null && place != null) {
        from = Math.max(from, place.less() + (isBehindEqual(first) ? place.equal() : 0));
        firstSample = place.sample();
        unknownFirst = null;
        out--;
      }
      place = find(last, true);
      if (last != null && place != null) {
        to = Math.min(to, place.less() + (isBehindEqual(last) ? place.equal() : 0));
        lastSample = place.sample();
        unknownLast = null;
        out--;
      }
      int found = LEAST_RANGE;
      if (to > from) {
        found = LogEstimate.of(to - from) - (firstSample == lastSample ? WITHIN_ONE_SAMPLE : 0);
      }
      return withoutSamples(Math.min(found, out), unknownFirst, unknownLast);
    }

    private SampleSearch.@Nullable Place find(@Nullable Bound bound, boolean high) {
      if (bound == null) {
        return null;
      }
      List<Mem> key = new ArrayList<>(prefix);
      for (BoundExpr expr : bound.exprs) {
        Mem value =
            key.size() < affinities.length
                ? values.value(expr, affinities[key.size()], parameters)
                : null;
        if (value == null) {
          break;
        }
        key.add(value);
      }
      return key.size() == prefix.size() ? null : search.find(key, high);
    }

    /** Whether entries equal to the values of the bound are on its left in the index. */
    private boolean isBehindEqual(Bound bound) {
      int known = 0;
      while (known < bound.exprs.size()
          && values.value(bound.exprs.get(known), Affinity.BLOB, parameters) != null) {
        known++;
      }
      if (known < bound.size) {
        return bound.kind.isUpperBound();
      }
      return bound.kind == WhereTerm.Kind.GREATER || bound.kind == WhereTerm.Kind.LESS_EQUAL;
    }
  }

  /**
   * By how much a range reduces the rows where the columns to the left may have any value: as many
   * of the samples as are outside of it. Null if that says nothing.
   */
  private @Nullable Integer skipping(
      SampleSearch search,
      int column,
      Affinity affinity,
      @Nullable Bound lower,
      @Nullable Bound upper,
      PeekedValues.Parameters parameters) {
    Mem low = first(lower, affinity, parameters);
    Mem high = first(upper, affinity, parameters);
    if (low == null && high == null) {
      return null;
    }
    int size = search.samples().size();
    int below = lower == null ? -1 : 0;
    int upTo = upper == null ? size + 1 : high == null ? size : 0;
    for (int i = 0; i < size; i++) {
      if (low != null && search.compare(i, column, low) <= 0) {
        below++;
      }
      if (high != null && search.compare(i, column, high) <= 0) {
        upTo++;
      }
    }
    int inside = Math.max(upTo - below, 1);
    if (inside == 1 && lower != null && upper != null) {
      return null;
    }
    return LogEstimate.of(size) - LogEstimate.of(inside);
  }

  private @Nullable Mem first(
      @Nullable Bound bound, Affinity affinity, PeekedValues.Parameters parameters) {
    return bound == null || bound.exprs.isEmpty()
        ? null
        : values.value(bound.exprs.get(0), affinity, parameters);
  }
}
