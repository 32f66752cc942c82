package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.aggregate;

import java.util.EnumSet;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Mem;

/**
 * The functions that only make sense with OVER.
 *
 * <p>Their frame is fixed, whatever the statement says, and they count the rows that enter and
 * leave it:
 *
 * <pre>
 *   row_number     ROWS   UNBOUNDED PRECEDING .. CURRENT ROW
 *   rank           RANGE  UNBOUNDED PRECEDING .. CURRENT ROW
 *   dense_rank     RANGE  UNBOUNDED PRECEDING .. CURRENT ROW
 *   percent_rank   GROUPS CURRENT ROW .. UNBOUNDED FOLLOWING
 *   cume_dist      GROUPS 1 FOLLOWING .. UNBOUNDED FOLLOWING
 *   ntile          ROWS   CURRENT ROW .. UNBOUNDED FOLLOWING
 * </pre>
 *
 * <p>lag() and lead() are answered from the rows of the partition, of which their state knows
 * nothing: the code generator has to replace their calls. first_value(), last_value() and
 * nth_value() keep to the frame of the statement.
 */
final class WindowFunctions {
  private WindowFunctions() {}

  static void register(FunctionRegistry registry) {
    add(registry, "row_number", 0, RowNumber::new);
    add(registry, "rank", 0, Rank::new);
    add(registry, "dense_rank", 0, DenseRank::new);
    add(registry, "percent_rank", 0, () -> new Distribution(true));
    add(registry, "cume_dist", 0, () -> new Distribution(false));
    add(registry, "ntile", 1, Tile::new);
    for (int arguments = 1; arguments <= 3; arguments++) {
      add(registry, "lag", arguments, Partition::new);
      add(registry, "lead", arguments, Partition::new);
    }
    add(registry, "first_value", 1, FrameValue::first);
    add(registry, "last_value", 1, LastValue::new);
    add(registry, "nth_value", 2, FrameValue::nth);
  }

  private static void add(
      FunctionRegistry registry, String name, int arguments, AggregateFunction function) {
    EnumSet<Flag> flags =
        EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.WINDOW, Flag.WINDOW_ONLY);
    registry.register(aggregate(name, arguments, flags, function));
  }

  /** Number of the row within the partition. */
  private static final class RowNumber implements Accumulator {
    private long rows;

    @Override
    public void step(FunctionContext context, Mem[] arguments) {
      rows++;
    }

    @Override
    public void inverse(FunctionContext context, Mem[] arguments) {}

    @Override
    public void finish(FunctionContext context) {
      context.result().setInteger(rows);
    }
  }

  /** Number of the first row of the peers. */
  private static final class Rank implements Accumulator {
    private long rows;
    private long rank;

    @Override
    public void step(FunctionContext context, Mem[] arguments) {
      rows++;
      if (rank == 0) {
        rank = rows;
      }
    }

    @Override
    public void inverse(FunctionContext context, Mem[] arguments) {}

    /** Peers come in together, so that what comes after this call is of a higher rank. */
    @Override
    public void finish(FunctionContext context) {
      context.result().setInteger(rank);
      rank = 0;
    }
  }

  /** Number of the group of peers. */
  private static final class DenseRank implements Accumulator {
    private long rank;
    private boolean newPeers;

    @Override
    public void step(FunctionContext context, Mem[] arguments) {
      newPeers = true;
    }

    @Override
    public void inverse(FunctionContext context, Mem[] arguments) {}

    @Override
    public void finish(FunctionContext context) {
      if (newPeers) {
        rank++;
        newPeers = false;
      }
      context.result().setInteger(rank);
    }
  }

  /** Share of the rows that have left the frame: percent_rank() and cume_dist(). */
  private static final class Distribution implements Accumulator {
    private final boolean withoutSelf;
    private long total;
    private long left;

    Distribution(boolean withoutSelf) {
      this.withoutSelf = withoutSelf;
    }

    @Override
    public void step(FunctionContext context, Mem[] arguments) {
      total++;
    }

    @Override
    public void inverse(FunctionContext context, Mem[] arguments) {
      left++;
    }

    @Override
    public void finish(FunctionContext context) {
      long divisor = withoutSelf ? total - 1 : total;
      context.result().setReal(divisor > 0 ? (double) left / divisor : 0.0);
    }
  }

  /** Divides the partition into parts of nearly equal size, the larger ones first. */
  private static final class Tile implements Accumulator {
    private long parts;
    private long total;
    private long row;

    @Override
    public void step(FunctionContext context, Mem[] arguments) {
      if (total == 0) {
        parts = arguments[0].asLong();
        if (parts <= 0) {
          throw context.error("argument of ntile must be a positive integer");
        }
      }
      total++;
    }

    @Override
    public void inverse(FunctionContext context, Mem[] arguments) {
      row++;
    }

    @Override
    public void finish(FunctionContext context) {
      if (parts <= 0) {
        return;
      }
      long size = total / parts;
      if (size == 0) {
        context.result().setInteger(row + 1);
        return;
      }
      long larger = total - parts * size;
      long inLarger = larger * (size + 1);
      long part = row < inLarger ? 1 + row / (size + 1) : 1 + larger + (row - inLarger) / size;
      context.result().setInteger(part);
    }
  }

  /** The value of the last row of the frame. */
  private static final class LastValue implements Accumulator {
    private final Mem last = new Mem();
    private long rows;

    @Override
    public void step(FunctionContext context, Mem[] arguments) {
      last.copyFrom(arguments[0]);
      rows++;
    }

    @Override
    public void inverse(FunctionContext context, Mem[] arguments) {
      if (--rows == 0) {
        last.setNull();
      }
    }

    @Override
    public void finish(FunctionContext context) {
      if (rows > 0) {
        context.result().copyFrom(last);
      }
    }
  }

  /** Stands for lag() and lead(). */
  private static final class Partition implements Accumulator {
    @Override
    public void step(FunctionContext context, Mem[] arguments) {}

    @Override
    public void inverse(FunctionContext context, Mem[] arguments) {}

    @Override
    public void finish(FunctionContext context) {}
  }
}
