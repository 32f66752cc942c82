package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Collation;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundWindow;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.Window;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates the motion of a frame over the rows of a partition.
 *
 * <p>The frame of the current row is the rows from {@code start} to before {@code end}. Both only
 * grow. Rows enter at the end and leave at the start; a start that lies beyond the end waits there.
 */
final class WindowFrameCodegen {
  /** Whether a value is an integer or real, as mask of IsType. */
  private static final int NUMERIC_TYPES = 3;

  /**
   * The partition.
   *
   * @param groupColumn column of the ephemeral table with the number of the group of peers
   * @param current cursor on the current row
   * @param position register of the current row's rowid
   * @param last register of the last rowid
   * @param complete register that tells whether there are no more rows to come
   */
  record Rows(Source source, int groupColumn, int current, int position, int last, int complete) {}

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final BoundWindow window;
  private final WindowFunctionCodegen functions;
  private final Rows rows;

  /** Rowid of the first row of the frame. */
  final int start;

  /** Rowid of the first row after the frame. */
  final int end;

  private final int startCursor;
  private final int endCursor;
  private final int startDistance;
  private final int endDistance;
  private final int currentGroup;

  WindowFrameCodegen(
      CodeContext context, BoundWindow window, WindowFunctionCodegen functions, Rows rows) {
    this.context = context;
    this.builder = context.builder();
    this.window = window;
    this.functions = functions;
    this.rows = rows;
    this.start = builder.newRegister();
    this.end = builder.newRegister();
    this.startCursor = builder.newCursor();
    this.endCursor = builder.newCursor();
    this.startDistance = window.startDistance() == null ? 0 : builder.newRegister();
    this.endDistance = window.endDistance() == null ? 0 : builder.newRegister();
    this.currentGroup = builder.newRegister();
  }

  boolean needsWholePartition() {
    return window.end() == Window.BoundKind.UNBOUNDED_FOLLOWING;
  }

  /** Whether groups of peers matter. */
  boolean needsGroups() {
    return window.unit() != Window.Unit.ROWS
        || window.exclude() == Window.Exclude.GROUP
        || window.exclude() == Window.Exclude.TIES;
  }

  boolean excludes() {
    return window.exclude() != Window.Exclude.NOTHING;
  }

  void open(int table) {
    builder.add(Opcode.OPEN_DUP, startCursor, table);
    builder.add(Opcode.OPEN_DUP, endCursor, table);
  }

  /** Begins a partition. */
  void reset() {
    builder.add(Opcode.INTEGER, 1, start);
    builder.add(Opcode.INTEGER, 1, end);
    distance(window.startDistance(), startDistance, "starting");
    distance(window.endDistance(), endDistance, "ending");
  }

  private void distance(@Nullable BoundExpr expr, int register, String which) {
    if (expr == null) {
      return;
    }
    context.exprs().codeCopy(expr, register);
    boolean range = window.unit() == Window.Unit.RANGE;
    int bad = builder.newLabel();
    int good = builder.newLabel();
    if (range) {
      int text = context.constantRegister(new BoundExpr.TextValue(""));
      builder.add(Opcode.GE, text, bad, register);
      builder.setP5(Affinity.NUMERIC.letter() | OpFlags.JUMPIFNULL);
    } else {
      builder.add(Opcode.MUST_BE_INT, register, bad);
    }
    int zero = context.constantRegister(new BoundExpr.IntegerValue(0));
    builder.add(Opcode.GE, zero, good, register);
    builder.setP5(Affinity.NUMERIC.letter());
    builder.resolve(bad);
    String kind = range ? "number" : "integer";
    builder.add(
        Opcode.HALT,
        ResultCode.ERROR.code(),
        ConflictCodes.ABORT,
        0,
        "frame " + which + " offset must be a non-negative " + kind);
    builder.resolve(good);
  }

  /** Lowers a register to the first row that the frame still needs. */
  void limitKeep(int keep) {
    for (int register : new int[] {start, end}) {
      if (register == start && window.start() == Window.BoundKind.UNBOUNDED_PRECEDING) {
        continue;
      }
      int lower = builder.newLabel();
      builder.add(Opcode.GE, keep, lower, register);
      builder.add(Opcode.COPY, register, keep);
      builder.resolve(lower);
    }
  }

  /**
   * Moves the frame to the current row.
   *
   * @param wait where to go if rows are missing
   */
  void advance(int wait) {
    if (needsGroups()) {
      builder.add(Opcode.COLUMN, rows.current, rows.groupColumn, currentGroup);
    }
    Bound endBound = new Bound(false, window.end(), endDistance);
    Bound startBound = new Bound(true, window.start(), startDistance);
    int done = builder.newLabel();
    endBound.prepare();
    int loop = builder.currentAddress();
    endBound.stopByNumber(end, done);
    int there = builder.newLabel();
    builder.add(Opcode.LE, rows.last, there, end);
    builder.add(Opcode.IF_NOT, rows.complete, wait, 1);
    builder.add(Opcode.GOTO, 0, done);
    builder.resolve(there);
    builder.add(Opcode.SEEK_ROWID, endCursor, done, end);
    endBound.stopByContent(endCursor, done);
    if (!excludes()) {
      functions.step(endCursor);
    }
    builder.add(Opcode.ADD_IMM, end, 1);
    builder.add(Opcode.GOTO, 0, loop);
    builder.resolve(done);
    if (window.start() != Window.BoundKind.UNBOUNDED_PRECEDING) {
      advanceStart(startBound);
    }
  }

  private void advanceStart(Bound bound) {
    int done = builder.newLabel();
    bound.prepare();
    int loop = builder.currentAddress();
    builder.add(Opcode.GE, end, done, start);
    bound.stopByNumber(start, done);
    builder.add(Opcode.SEEK_ROWID, startCursor, done, start);
    bound.stopByContent(startCursor, done);
    if (!excludes()) {
      functions.inverse(startCursor);
    }
    builder.add(Opcode.ADD_IMM, start, 1);
    builder.add(Opcode.GOTO, 0, loop);
    builder.resolve(done);
  }

  /**
   * Generates a loop over the rows of the frame that are not excluded.
   *
   * @param cursor cursor to read them with
   */
  void forEachRow(int cursor, Runnable body) {
    int row = builder.newRegister();
    int done = builder.newLabel();
    int next = builder.newLabel();
    builder.add(Opcode.COPY, start, row);
    int loop = builder.currentAddress();
    builder.add(Opcode.GE, end, done, row);
    builder.add(Opcode.SEEK_ROWID, cursor, next, row);
    if (window.exclude() == Window.Exclude.CURRENT_ROW) {
      builder.add(Opcode.EQ, rows.position, next, row);
    } else if (window.exclude() != Window.Exclude.NO_OTHERS) {
      int use = builder.newLabel();
      int group = builder.newRegister();
      builder.add(Opcode.COLUMN, cursor, rows.groupColumn, group);
      if (window.exclude() == Window.Exclude.TIES) {
        builder.add(Opcode.EQ, rows.position, use, row);
      }
      builder.add(Opcode.EQ, currentGroup, next, group);
      builder.resolve(use);
    }
    body.run();
    builder.resolve(next);
    builder.add(Opcode.ADD_IMM, row, 1);
    builder.add(Opcode.GOTO, 0, loop);
    builder.resolve(done);
  }

  /** Tells which rows a bound of the current row's frame lies behind. */
  private final class Bound {
    private final boolean isStart;
    private final Window.BoundKind kind;
    private final int distance;

    /** Register of the group or rowid where the bound is; of the current row's value in RANGE. */
    private int limit;

    Bound(boolean isStart, Window.BoundKind kind, int distance) {
      this.isStart = isStart;
      this.kind = kind;
      this.distance = distance;
    }

    private boolean isValueRange() {
      return window.unit() == Window.Unit.RANGE && distance != 0;
    }

    /** Computes the bound for the current row. */
    void prepare() {
      if (kind == Window.BoundKind.UNBOUNDED_FOLLOWING
          || kind == Window.BoundKind.UNBOUNDED_PRECEDING) {
        return;
      }
      limit = builder.newRegister();
      if (isValueRange()) {
        context.exprs().codeCopy(window.orderBy().get(0).expr(), limit);
        return;
      }
      int base = window.unit() == Window.Unit.ROWS ? rows.position : currentGroup;
      move(base, kind == Window.BoundKind.FOLLOWING);
    }

    private void move(int base, boolean forward) {
      if (distance == 0) {
        builder.add(Opcode.COPY, base, limit);
      } else {
        builder.add(forward ? Opcode.ADD : Opcode.SUBTRACT, distance, base, limit);
      }
    }

    /** Leaves the loop if the number of the row, in a register, is beyond the bound. */
    void stopByNumber(int row, int done) {
      if (window.unit() == Window.Unit.ROWS && limit != 0) {
        builder.add(isStart ? Opcode.GE : Opcode.GT, limit, done, row);
      }
    }

    /** Leaves the loop if the row under the cursor is beyond the bound. */
    void stopByContent(int cursor, int done) {
      if (window.unit() == Window.Unit.ROWS || limit == 0) {
        return;
      }
      if (!isValueRange()) {
        stopByGroup(cursor, done);
        return;
      }
      RowLocation saved = context.location(rows.source);
      context.locate(rows.source, new RowLocation.EphemeralCursor(cursor, 0));
      int value = builder.newRegister();
      context.exprs().codeCopy(window.orderBy().get(0).expr(), value);
      context.locate(rows.source, saved);
      if (kind == Window.BoundKind.PRECEDING) {
        jumpIf(isStart ? Opcode.GE : Opcode.GT, value, limit, done);
      } else if (isStart) {
        jumpIf(Opcode.LE, limit, value, done);
      } else {
        int go = builder.newLabel();
        jumpIf(Opcode.GE, limit, value, go);
        builder.add(Opcode.GOTO, 0, done);
        builder.resolve(go);
      }
    }

    /**
     * Jumps if {@code left + distance OP right}, as seen along the order. NULLs, texts and blobs
     * have no distances: they are compared as they are.
     */
    private void jumpIf(int opcode, int left, int right, int label) {
      BoundExpr.SortTerm term = window.orderBy().get(0);
      Collation collation = context.collation(ExprTypes.collation(term.expr()).name());
      int code = term.descending() ? reversed(opcode) : opcode;
      int end = builder.newLabel();
      int leftNull = builder.newLabel();
      int rightNull = builder.newLabel();
      int compare = builder.newLabel();
      int sum = builder.newRegister();
      builder.add(Opcode.IS_NULL, left, leftNull);
      builder.add(Opcode.IS_NULL, right, rightNull);
      builder.add(Opcode.COPY, left, sum);
      int numeric = builder.newLabel();
      builder.add(Opcode.IS_TYPE, -1, numeric, left);
      builder.setP5(NUMERIC_TYPES);
      builder.add(Opcode.GOTO, 0, compare);
      builder.resolve(numeric);
      if (opcode == Opcode.GE) {
        // True without the distance already: no rounding can make it false.
        builder.add(code, right, label, left);
      }
      builder.add(term.descending() ? Opcode.SUBTRACT : Opcode.ADD, distance, left, sum);
      builder.resolve(compare);
      builder.add(code, right, label, sum, collation);
      builder.add(Opcode.GOTO, 0, end);
      boolean nullsLast =
          term.nulls() == null ? term.descending() : term.nulls() == OrderingTerm.NullsOrder.LAST;
      builder.resolve(leftNull);
      int bothNull = builder.newLabel();
      builder.add(Opcode.IS_NULL, right, bothNull);
      builder.add(Opcode.GOTO, 0, nullsLast != (opcode == Opcode.LE) ? label : end);
      builder.resolve(bothNull);
      builder.add(Opcode.GOTO, 0, opcode == Opcode.GT ? end : label);
      builder.resolve(rightNull);
      builder.add(Opcode.GOTO, 0, nullsLast == (opcode == Opcode.LE) ? label : end);
      builder.resolve(end);
    }

    private static int reversed(int opcode) {
      return switch (opcode) {
        case Opcode.GE -> Opcode.LE;
        case Opcode.GT -> Opcode.LT;
        default -> Opcode.GE;
      };
    }

    private void stopByGroup(int cursor, int done) {
      int group = builder.newRegister();
      builder.add(Opcode.COLUMN, cursor, rows.groupColumn, group);
      builder.add(isStart ? Opcode.GE : Opcode.GT, limit, done, group);
    }
  }
}
