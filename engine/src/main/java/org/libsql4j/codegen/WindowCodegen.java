package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundWindow;
import org.libsql4j.resolve.Source;
import org.libsql4j.resolve.WindowStage;
import org.libsql4j.sql.ast.Window;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates one pass of window functions over the sorted rows that a coroutine yields.
 *
 * <p>Rows of the current partition are appended to an ephemeral table under the rowids 1, 2, 3 and
 * so on, each with the number of its group of peers. After each row, and at the end of the
 * partition, a subroutine puts out all rows whose frames are complete: it takes the next row to be
 * put out, moves the end of its frame over rows that now belong to it, moves the start over rows
 * that do not any more, takes the values of the functions and hands the row on. When a frame needs
 * rows that are not there yet it returns, to begin with the same row next time. Rows that no frame
 * can need any more are deleted.
 */
final class WindowCodegen {
  /** Deleting goes in batches of this many rows. */
  private static final int BATCH = 256;

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final BoundQuery query;
  private final BoundWindow window;
  private final Source rows;
  private final int table;
  private final int current;
  private final int width;
  private final WindowFrameCodegen frame;
  private final WindowFunctionCodegen functions;

  /** Rowid of the last row of the partition, as far as it is known: 0 between partitions. */
  private final int last;

  /** Rowid of the next row to be put out. */
  private final int position;

  /** Whether the partition has no more rows. */
  private final int complete;

  /** The first row that is still in the table. */
  private final int kept;

  private final int groupNumber;

  WindowCodegen(CodeContext context, BoundQuery query, WindowStage stage) {
    this.context = context;
    this.builder = context.builder();
    this.query = query;
    this.window = stage.window();
    this.rows = query.sources.get(0);
    this.width = rows.table.columnCount();
    this.table = builder.newCursor();
    this.current = builder.newCursor();
    this.last = builder.newRegister();
    this.position = builder.newRegister();
    this.complete = builder.newRegister();
    this.kept = builder.newRegister();
    this.groupNumber = builder.newRegister();
    this.functions = new WindowFunctionCodegen(context, stage, rows);
    this.frame =
        new WindowFrameCodegen(
            context,
            window,
            functions,
            new WindowFrameCodegen.Rows(rows, width, current, position, last, complete));
  }

  void code(List<BoundExpr.SortTerm> orderBy, Destination destination, Limits limits) {
    RowOutput output = new RowOutput(context, query, orderBy, query.distinct, destination, limits);
    output.open();
    context.selects().froms().prepare(query);
    FromCodegen.Prepared prepared = context.selects().froms().of(rows);
    if (prepared == null || !prepared.isCoroutine()) {
      throw new IllegalStateException("rows of a window must come from a coroutine");
    }
    builder.explainPlan(context.planParent, 0, "SCAN " + PlanText.name(context, rows));
    output.explainDistinct();
    builder.add(Opcode.OPEN_EPHEMERAL, table, width + 1);
    builder.add(Opcode.OPEN_DUP, current, table);
    frame.open(table);
    functions.open(table);
    int process = builder.newLabel();
    int processReturn = builder.newRegister();
    int flush = builder.newLabel();
    int flushReturn = builder.newRegister();
    int end = builder.newLabel();
    builder.add(Opcode.INTEGER, 0, last);
    builder.add(Opcode.INIT_COROUTINE, prepared.yieldRegister(), 0, prepared.entry());
    int finished = builder.newLabel();
    int top = builder.add(Opcode.YIELD, prepared.yieldRegister(), finished);
    row(flush, flushReturn);
    if (!frame.needsWholePartition()) {
      builder.add(Opcode.GOSUB, processReturn, process);
    }
    builder.add(Opcode.GOTO, 0, top);
    builder.resolve(flush);
    builder.add(Opcode.INTEGER, 1, complete);
    builder.add(Opcode.GOSUB, processReturn, process);
    builder.add(Opcode.RESET_SORTER, table);
    builder.add(Opcode.INTEGER, 0, last);
    builder.add(Opcode.RETURN, flushReturn);
    builder.resolve(process);
    process(output, processReturn);
    builder.resolve(finished);
    builder.add(Opcode.IF_NOT, last, end, 1);
    builder.add(Opcode.GOSUB, flushReturn, flush);
    builder.resolve(end);
    output.close();
  }

  // ---- rows that come in
  // ---------------------------------------------------------------------------

  /** Takes a row in; what came before is flushed first if it begins a new partition. */
  private void row(int flush, int flushReturn) {
    if (!(context.location(rows) instanceof RowLocation.Registers registers)) {
      throw new IllegalStateException("a coroutine yields registers");
    }
    List<BoundExpr> partition = window.partitionBy();
    List<BoundExpr> order = new ArrayList<>();
    for (BoundExpr.SortTerm term : window.orderBy()) {
      order.add(term.expr());
    }
    int newPartition = partition.isEmpty() ? 0 : builder.newRegisters(partition.size());
    int oldPartition = partition.isEmpty() ? 0 : builder.newRegisters(partition.size());
    boolean groups = frame.needsGroups() && !order.isEmpty();
    int newOrder = groups ? builder.newRegisters(order.size()) : 0;
    int oldOrder = groups ? builder.newRegisters(order.size()) : 0;
    int first = builder.newLabel();
    int append = builder.newLabel();
    context.exprs().codeList(partition, newPartition);
    if (groups) {
      context.exprs().codeList(order, newOrder);
    }
    builder.add(Opcode.IF_NOT, last, first, 1);
    if (!partition.isEmpty()) {
      int same = builder.newLabel();
      compare(oldPartition, newPartition, partition, same);
      builder.add(Opcode.GOSUB, flushReturn, flush);
      builder.add(Opcode.GOTO, 0, first);
      builder.resolve(same);
    }
    if (groups) {
      compare(oldOrder, newOrder, order, append);
      builder.add(Opcode.ADD_IMM, groupNumber, 1);
      builder.add(Opcode.COPY, newOrder, oldOrder, order.size() - 1);
    }
    builder.add(Opcode.GOTO, 0, append);
    builder.resolve(first);
    if (!partition.isEmpty()) {
      builder.add(Opcode.COPY, newPartition, oldPartition, partition.size() - 1);
    }
    if (groups) {
      builder.add(Opcode.COPY, newOrder, oldOrder, order.size() - 1);
    }
    beginPartition();
    builder.resolve(append);
    int values = builder.newRegisters(width + 1);
    int record = builder.newRegister();
    builder.add(Opcode.COPY, registers.first, values, width - 1);
    builder.add(Opcode.COPY, groupNumber, values + width);
    builder.add(Opcode.MAKE_RECORD, values, width + 1, record);
    builder.add(Opcode.ADD_IMM, last, 1);
    builder.add(Opcode.INSERT, table, record, last);
  }

  private void compare(int left, int right, List<BoundExpr> like, int equal) {
    KeyInfo key = KeyInfos.of(context, like);
    builder.add(Opcode.COMPARE, left, right, like.size(), key);
    int next = builder.currentAddress() + 1;
    builder.add(Opcode.JUMP, next, equal, next);
  }

  private void beginPartition() {
    builder.add(Opcode.INTEGER, 0, complete);
    builder.add(Opcode.INTEGER, 1, position);
    builder.add(Opcode.INTEGER, 1, kept);
    builder.add(Opcode.INTEGER, 1, groupNumber);
    frame.reset();
    functions.reset();
  }

  // ---- rows that go out
  // ----------------------------------------------------------------------------

  private void process(RowOutput output, int processReturn) {
    int top = builder.currentAddress();
    int leave = builder.newLabel();
    int next = builder.newLabel();
    builder.add(Opcode.GT, last, leave, position);
    if (functions.readsWholePartition() && !frame.needsWholePartition()) {
      // lag() with a distance of -1 sees the next row, but none beyond it.
      int ready = builder.newLabel();
      builder.add(Opcode.LT, last, ready, position);
      builder.add(Opcode.IF_NOT, complete, leave, 1);
      builder.resolve(ready);
    }
    builder.add(Opcode.SEEK_ROWID, current, leave, position);
    RowLocation registers = context.location(rows);
    Map<BoundExpr, Integer> known = context.saveKnown();
    context.locate(rows, new RowLocation.EphemeralCursor(current, 0));
    frame.advance(leave);
    functions.values(frame, position);
    functions.publish();
    output.row(next);
    context.restoreKnown(known);
    context.locate(rows, registers);
    builder.resolve(next);
    builder.add(Opcode.ADD_IMM, position, 1);
    deleteOld();
    builder.add(Opcode.GOTO, 0, top);
    builder.resolve(leave);
    builder.add(Opcode.RETURN, processReturn);
  }

  /** Deletes rows that lie before all that can still be read, from time to time. */
  private void deleteOld() {
    if (functions.readsWholePartition()
        || frame.needsWholePartition()
        || (window.start() == Window.BoundKind.UNBOUNDED_PRECEDING && functions.readsFrame())) {
      return;
    }
    int keep = builder.newRegister();
    int done = builder.newLabel();
    builder.add(Opcode.ADD_IMM, kept, BATCH);
    builder.add(Opcode.COPY, position, keep);
    frame.limitKeep(keep);
    int enough = builder.add(Opcode.GE, kept, 0, keep);
    builder.add(Opcode.ADD_IMM, kept, -BATCH);
    builder.add(Opcode.GOTO, 0, done);
    builder.jumpHere(enough);
    builder.add(Opcode.ADD_IMM, kept, -BATCH);
    int loop = builder.currentAddress();
    int missing = builder.newLabel();
    builder.add(Opcode.SEEK_ROWID, table, missing, kept);
    builder.add(Opcode.DELETE, table);
    builder.resolve(missing);
    builder.add(Opcode.ADD_IMM, kept, 1);
    builder.add(Opcode.GT, kept, loop, keep);
    builder.resolve(done);
  }
}
