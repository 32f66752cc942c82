package org.libsql4j.codegen;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.resolve.WindowStage;
import org.libsql4j.sql.ast.Window;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates what the functions of one window do when their frame moves, and their values. */
final class WindowFunctionCodegen {
  /** How a function gets its value. */
  private enum Way {
    /** An accumulator that rows enter and leave. */
    ACCUMULATE,
    /** min() and max() over a frame whose start moves: from an ephemeral index of its values. */
    EXTREME,
    /** lag() and lead(): from another row of the partition. */
    OFFSET,
    /** first_value() and nth_value(): from a row of the frame. */
    FRAME_ROW
  }

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Source rows;
  private final boolean excludes;
  private final boolean startMoves;

  /**
   * A function of the window.
   *
   * @param accumulator register of the accumulator; for {@link Way#EXTREME} a sequence number
   * @param values cursor of the ephemeral index for {@link Way#EXTREME}, else -1
   */
  private record Function(
      BoundExpr.WindowCall call, Way way, int accumulator, int result, int values) {}

  private final Map<BoundExpr.WindowCall, Function> functions = new LinkedHashMap<>();

  /** Cursor for single rows and for frames that are read as a whole. */
  private final int cursor;

  /** Register that tells whether the frame has changed since values were taken. */
  private final int changed;

  WindowFunctionCodegen(CodeContext context, WindowStage stage, Source rows) {
    this.context = context;
    this.builder = context.builder();
    this.rows = rows;
    this.excludes = stage.window().exclude() != Window.Exclude.NOTHING;
    this.startMoves = stage.window().start() != Window.BoundKind.UNBOUNDED_PRECEDING;
    this.cursor = builder.newCursor();
    this.changed = builder.newRegister();
    for (BoundExpr.WindowCall call : stage.calls()) {
      functions.computeIfAbsent(call, this::function);
    }
  }

  private Function function(BoundExpr.WindowCall call) {
    Way way = way(call);
    int accumulator = builder.newRegister();
    int result = builder.newRegister();
    return new Function(
        call, way, accumulator, result, way == Way.EXTREME ? builder.newCursor() : -1);
  }

  private Way way(BoundExpr.WindowCall call) {
    if (call.function().has(Flag.MIN) || call.function().has(Flag.MAX)) {
      return startMoves && !excludes ? Way.EXTREME : Way.ACCUMULATE;
    }
    if (!call.function().has(Flag.WINDOW_ONLY)) {
      return Way.ACCUMULATE;
    }
    return switch (call.function().name().toLowerCase(Locale.ROOT)) {
      case "lag", "lead" -> Way.OFFSET;
      case "first_value", "nth_value" -> excludes ? Way.ACCUMULATE : Way.FRAME_ROW;
      default -> Way.ACCUMULATE;
    };
  }

  void open(int table) {
    builder.add(Opcode.OPEN_DUP, cursor, table);
  }

  /** Begins a partition. */
  void reset() {
    for (Function function : functions.values()) {
      builder.add(Opcode.NULL, 0, function.accumulator, function.result);
      if (function.way == Way.EXTREME) {
        openValues(function);
      }
    }
    builder.add(Opcode.INTEGER, 1, changed);
  }

  private void openValues(Function function) {
    BoundExpr argument = function.call.arguments().get(0);
    boolean min = function.call.function().has(Flag.MIN);
    KeyInfo key =
        KeyInfos.ofOrder(context, List.of(new BoundExpr.SortTerm(argument, min, null)), 1);
    builder.add(Opcode.INTEGER, 0, function.accumulator);
    builder.add(
        Opcode.OPEN_EPHEMERAL,
        function.values,
        2,
        0,
        new KeyInfo(key.encoding(), 2, key.collations(), key.sortFlags()));
  }

  /** Whether a function may look at any row of the partition. */
  boolean readsWholePartition() {
    return functions.values().stream().anyMatch(f -> f.way == Way.OFFSET);
  }

  /** Whether a function may look at all rows of the frame. */
  boolean readsFrame() {
    return excludes || functions.values().stream().anyMatch(f -> f.way == Way.FRAME_ROW);
  }

  /** The row under a cursor enters the frame. */
  void step(int from) {
    builder.add(Opcode.INTEGER, 1, changed);
    at(from, () -> functions.values().forEach(f -> accumulate(f, Opcode.AGG_STEP)));
  }

  /** The row under a cursor leaves the frame. */
  void inverse(int from) {
    builder.add(Opcode.INTEGER, 1, changed);
    at(from, () -> functions.values().forEach(f -> accumulate(f, Opcode.AGG_INVERSE)));
  }

  private void at(int from, Runnable code) {
    RowLocation saved = context.location(rows);
    context.locate(rows, new RowLocation.EphemeralCursor(from, 0));
    code.run();
    context.locate(rows, saved);
  }

  private void accumulate(Function function, int opcode) {
    if (function.way != Way.ACCUMULATE && function.way != Way.EXTREME) {
      return;
    }
    BoundExpr.WindowCall call = function.call;
    int skip = builder.newLabel();
    if (call.filter() != null) {
      context.conditions().jumpIfFalse(call.filter(), skip, true);
    }
    List<BoundExpr> arguments = call.arguments();
    int base = arguments.isEmpty() ? 0 : builder.newRegisters(arguments.size());
    context.exprs().codeList(arguments, base);
    if (function.way == Way.EXTREME) {
      changeValues(function, base, opcode == Opcode.AGG_INVERSE, skip);
      builder.resolve(skip);
      return;
    }
    if (call.function().has(Flag.NEEDS_COLLATION)) {
      builder.add(Opcode.COLL_SEQ, 0, 0, 0, AccumulatorCodegen.collationOf(context, arguments));
    }
    builder.add(
        opcode, opcode == Opcode.AGG_INVERSE ? 1 : 0, base, function.accumulator, call.function());
    builder.setP5(arguments.size());
    builder.resolve(skip);
  }

  private void changeValues(Function function, int value, boolean remove, int skip) {
    builder.add(Opcode.IS_NULL, value, skip);
    if (remove) {
      builder.add(Opcode.SEEK_GE, function.values, skip, value, 1);
      builder.add(Opcode.DELETE, function.values);
      return;
    }
    int key = builder.newRegisters(2);
    int record = builder.newRegister();
    builder.add(Opcode.ADD_IMM, function.accumulator, 1);
    builder.add(Opcode.COPY, value, key);
    builder.add(Opcode.COPY, function.accumulator, key + 1);
    builder.add(Opcode.MAKE_RECORD, key, 2, record);
    builder.add(Opcode.IDX_INSERT, function.values, record, key, 2);
  }

  /** Takes the values for the current row. */
  void values(WindowFrameCodegen frame, int position) {
    if (excludes) {
      valuesOfPart(frame);
    } else {
      int same = builder.newLabel();
      builder.add(Opcode.IF_NOT, changed, same, 1);
      for (Function function : functions.values()) {
        if (function.way == Way.ACCUMULATE) {
          builder.add(
              Opcode.AGG_VALUE,
              function.accumulator,
              function.call.arguments().size(),
              function.result,
              function.call.function());
        } else if (function.way == Way.EXTREME) {
          int empty = builder.newLabel();
          builder.add(Opcode.NULL, 0, function.result);
          builder.add(Opcode.LAST, function.values, empty);
          builder.add(Opcode.COLUMN, function.values, 0, function.result);
          builder.resolve(empty);
        }
      }
      builder.add(Opcode.INTEGER, 0, changed);
      builder.resolve(same);
    }
    for (Function function : functions.values()) {
      if (function.way == Way.OFFSET) {
        offsetValue(function, position);
      } else if (function.way == Way.FRAME_ROW) {
        frameValue(function, frame);
      }
    }
  }

  /** Rows are left out of the frame: all others are taken in anew. */
  private void valuesOfPart(WindowFrameCodegen frame) {
    for (Function function : functions.values()) {
      builder.add(Opcode.NULL, 0, function.accumulator);
    }
    frame.forEachRow(
        cursor,
        () -> at(cursor, () -> functions.values().forEach(f -> accumulate(f, Opcode.AGG_STEP))));
    for (Function function : functions.values()) {
      builder.add(
          Opcode.AGG_FINAL,
          function.accumulator,
          function.call.arguments().size(),
          0,
          function.call.function());
      builder.add(Opcode.COPY, function.accumulator, function.result);
    }
  }

  /** lag(value, distance, otherwise) and lead(). */
  private void offsetValue(Function function, int position) {
    List<BoundExpr> arguments = function.call.arguments();
    boolean forward = function.call.function().name().equalsIgnoreCase("lead");
    if (arguments.size() < 3) {
      builder.add(Opcode.NULL, 0, function.result);
    } else {
      context.exprs().codeCopy(arguments.get(2), function.result);
    }
    int target = builder.newRegister();
    if (arguments.size() < 2) {
      builder.add(Opcode.COPY, position, target);
      builder.add(Opcode.ADD_IMM, target, forward ? 1 : -1);
    } else {
      int distance = builder.newRegister();
      context.exprs().codeCopy(arguments.get(1), distance);
      builder.add(forward ? Opcode.ADD : Opcode.SUBTRACT, distance, position, target);
    }
    rowValue(function, target);
  }

  private void frameValue(Function function, WindowFrameCodegen frame) {
    List<BoundExpr> arguments = function.call.arguments();
    int target = builder.newRegister();
    builder.add(Opcode.NULL, 0, function.result);
    builder.add(Opcode.COPY, frame.start, target);
    if (arguments.size() > 1) {
      int number = builder.newRegister();
      context.exprs().codeCopy(arguments.get(1), number);
      checkPositive(number);
      builder.add(Opcode.ADD, number, target, target);
      builder.add(Opcode.ADD_IMM, target, -1);
    }
    int outside = builder.newLabel();
    builder.add(Opcode.GE, frame.end, outside, target);
    rowValue(function, target);
    builder.resolve(outside);
  }

  private void checkPositive(int register) {
    int bad = builder.newLabel();
    int good = builder.newLabel();
    builder.add(Opcode.MUST_BE_INT, register, bad);
    int zero = context.constantRegister(new BoundExpr.IntegerValue(0));
    builder.add(Opcode.GT, zero, good, register);
    builder.setP5(Affinity.NUMERIC.letter());
    builder.resolve(bad);
    builder.add(
        Opcode.HALT,
        ResultCode.ERROR.code(),
        ConflictCodes.ABORT,
        0,
        "second argument to nth_value must be a positive integer");
    builder.resolve(good);
  }

  /** The result becomes the first argument's value in the row with the number in a register. */
  private void rowValue(Function function, int number) {
    int missing = builder.newLabel();
    builder.add(Opcode.SEEK_ROWID, cursor, missing, number);
    at(cursor, () -> context.exprs().codeCopy(function.call.arguments().get(0), function.result));
    builder.resolve(missing);
  }

  /** Makes values readable for the expressions that follow. */
  void publish() {
    functions.forEach((call, function) -> context.know(call, function.result));
  }
}
