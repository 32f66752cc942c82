package org.libsql4j.vtab.builtin;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.vtab.IndexInfo;
import org.libsql4j.vtab.Module;
import org.libsql4j.vtab.RiskLevel;
import org.libsql4j.vtab.TableDefinition;
import org.libsql4j.vtab.VirtualCursor;
import org.libsql4j.vtab.VirtualTable;

/**
 * {@code generate_series(start, stop, step)}: whole numbers at equal distances.
 *
 * <p>Source: <a href="https://www.sqlite.org/series.html">The generate_series Table-Valued
 * Function</a>.
 */
final class SeriesModule implements Module {
  private static final int VALUE = 0;
  private static final int START = 1;
  private static final int STOP = 2;
  private static final int STEP = 3;

  /** Bits of the index number: which arguments are given, and the order. */
  private static final int HAS_START = 1;

  private static final int HAS_STOP = 2;
  private static final int HAS_STEP = 4;
  private static final int DESCENDING = 8;
  private static final int ASCENDING = 16;

  /** Where a series without stop ends. */
  private static final long DEFAULT_STOP = 0xffffffffL;

  @Override
  public Kind kind() {
    return Kind.EPONYMOUS_ONLY;
  }

  @Override
  public VirtualTable connect(TableDefinition definition) {
    definition.declare("CREATE TABLE x(value,start hidden,stop hidden,step hidden)");
    definition.setRiskLevel(RiskLevel.INNOCUOUS);
    return new Series();
  }

  private static final class Series implements VirtualTable {
    @Override
    public boolean bestIndex(IndexInfo info) {
      int[] constraintOf = {-1, -1, -1};
      int unusable = 0;
      int given = 0;
      boolean startSeen = false;
      for (int i = 0; i < info.constraints().size(); i++) {
        IndexInfo.Constraint constraint = info.constraints().get(i);
        int argument = constraint.column() - START;
        if (argument < 0) {
          continue;
        }
        boolean equal = constraint.operator() == IndexInfo.EQ;
        startSeen |= argument == 0 && equal;
        if (!constraint.usable()) {
          unusable |= 1 << argument;
        } else if (equal) {
          given |= 1 << argument;
          constraintOf[argument] = i;
        }
      }
      if (!startSeen) {
        throw new LibsqlException(
            ResultCode.ERROR, "first argument to \"generate_series()\" missing or unusable");
      }
      if ((unusable & ~given) != 0) {
        return false;
      }
      answer(info, constraintOf, given);
      return true;
    }

    private static void answer(IndexInfo info, int[] constraintOf, int given) {
      int position = 0;
      for (int constraint : constraintOf) {
        if (constraint >= 0) {
          info.use(constraint, position++, true);
        }
      }
      int number = given;
      if ((given & (HAS_START | HAS_STOP)) == (HAS_START | HAS_STOP)) {
        info.setEstimatedCost((given & HAS_STEP) != 0 ? 1 : 2);
        info.setEstimatedRows(1000);
        if (!info.orderBy().isEmpty() && info.orderBy().get(0).column() == VALUE) {
          number |= info.orderBy().get(0).descending() ? DESCENDING : ASCENDING;
          info.setOrderByConsumed(true);
        }
      } else {
        info.setEstimatedRows(Integer.MAX_VALUE);
      }
      info.setIndex(number, null);
      info.showHexadecimal();
    }

    @Override
    public VirtualCursor open() {
      return new SeriesCursor();
    }
  }

  /** Counts from 0 to the greatest index, or the other way round; no step can overflow. */
  private static final class SeriesCursor implements VirtualCursor {
    private long start;
    private long stop;
    private long step;

    /** Index of the last value, unsigned. */
    private long lastIndex;

    private long index;
    private boolean backwards;
    private boolean atEnd = true;

    @Override
    public void filter(int indexNumber, @Nullable String indexText, Mem[] arguments) {
      start = 0;
      stop = DEFAULT_STOP;
      step = 1;
      int position = 0;
      boolean anyNull = false;
      for (Mem argument : arguments) {
        anyNull |= argument.isNull();
      }
      if ((indexNumber & HAS_START) != 0) {
        start = arguments[position++].asLong();
      }
      if ((indexNumber & HAS_STOP) != 0) {
        stop = arguments[position++].asLong();
      }
      if ((indexNumber & HAS_STEP) != 0) {
        step = arguments[position].asLong();
        step = step == 0 ? 1 : step;
      }
      atEnd = anyNull || (stop > start && step < 0) || (stop < start && step > 0);
      // As unsigned numbers both the distance and the step always fit.
      long distance = stop > start ? stop - start : start - stop;
      long width = step < 0 ? -step : step;
      lastIndex = Long.divideUnsigned(distance, width);
      backwards = (indexNumber & (step < 0 ? ASCENDING : DESCENDING)) != 0;
      index = backwards ? lastIndex : 0;
    }

    @Override
    public void next() {
      if (index == (backwards ? 0 : lastIndex)) {
        atEnd = true;
      } else {
        index += backwards ? -1 : 1;
      }
    }

    @Override
    public boolean isAtEnd() {
      return atEnd;
    }

    @Override
    public void column(int column, Mem result) {
      switch (column) {
        case START -> result.setInteger(start);
        case STOP -> result.setInteger(stop);
        case STEP -> result.setInteger(step);
        default -> result.setInteger(start + index * step);
      }
    }

    @Override
    public long rowid() {
      return index + 1;
    }
  }
}
