package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.Source;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates recursive common tables.
 *
 * <p>A queue holds rows that are still to be worked on: in memory, or with ORDER BY an ephemeral
 * index of sort keys, a sequence number and the row as one blob. The setup part fills it. Then,
 * until it is empty: the first row leaves the queue, goes to the destination, and is the one row of
 * the table for the recursive part, whose rows are queued. UNION keeps all rows ever queued in an
 * ephemeral index and queues none of them twice.
 */
final class RecursiveCodegen {
  /** As LogEst: four thousand million rows. */
  private static final int UNBOUNDED_ROWS = 320;

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final BoundSelect select;
  private final BoundSelect.Recursion recursion;
  private final int columnCount;
  private final int queue;

  /** Cursor of all rows ever queued, or -1 for UNION ALL. */
  private final int seen;

  RecursiveCodegen(CodeContext context, BoundSelect select, BoundSelect.Recursion recursion) {
    this.context = context;
    this.builder = context.builder();
    this.select = select;
    this.recursion = recursion;
    this.columnCount = select.columnCount();
    this.queue = builder.newCursor();
    Select.CompoundOperator operator = select.operators.get(select.operators.size() - 1);
    this.seen = operator == Select.CompoundOperator.UNION ? builder.newCursor() : -1;
  }

  private void check() {
    if (select.cores.get(select.cores.size() - 1).windowStage != null) {
      throw new LibsqlException(
          ResultCode.ERROR, "cannot use window functions in recursive queries");
    }
    for (BoundQuery core : select.cores.subList(recursion.setupCount(), select.cores.size())) {
      if (core.aggregate) {
        throw new LibsqlException(ResultCode.ERROR, "recursive aggregate queries not supported");
      }
    }
  }

  void code(Destination destination, Limits limits) {
    check();
    int row = builder.newRegister();
    int current = builder.newCursor();
    builder.add(Opcode.OPEN_PSEUDO, current, row, columnCount);
    open();
    int parent = context.planParent;
    context.planParent = builder.explainPlan(parent, 0, "SETUP");
    BoundSelect setup = select.prefix(recursion.setupCount());
    context.selects().code(setup, new Destination.Code(this::enqueue));
    int end = builder.newLabel();
    int next = builder.newLabel();
    boolean inOrder = !select.orderBy.isEmpty();
    int top =
        inOrder
            ? builder.add(Opcode.REWIND, queue, end)
            : builder.addQueueOp(Opcode.REWIND, queue, end);
    builder.add(Opcode.NULL_ROW, current);
    if (!inOrder) {
      builder.add(Opcode.ROW_DATA, queue, row);
    } else {
      builder.add(Opcode.COLUMN, queue, select.orderBy.size() + 1, row);
    }
    builder.add(Opcode.DELETE, queue);
    output(current, destination, limits, next);
    builder.resolve(next);
    context.planParent = builder.explainPlan(parent, 0, "RECURSIVE STEP");
    for (int i = 0; i < recursion.rows().size(); i++) {
      Source source = recursion.rows().get(i);
      context.locate(source, new RowLocation.EphemeralCursor(current, 0));
      BoundQuery core = select.cores.get(recursion.setupCount() + i);
      Limits none = Limits.none(context);
      context.selects().core(core, List.of(), new Destination.Code(this::enqueue), none);
      builder.resolve(none.endLabel);
    }
    context.planParent = parent;
    builder.add(Opcode.GOTO, 0, top);
    builder.resolve(end);
    context.selects().estimateRows(UNBOUNDED_ROWS);
  }

  private void open() {
    if (select.orderBy.isEmpty()) {
      builder.addQueueOp(Opcode.OPEN_EPHEMERAL, queue, columnCount);
    } else {
      builder.add(Opcode.OPEN_EPHEMERAL, queue, select.orderBy.size() + 2, 0, queueKey());
    }
    if (seen >= 0) {
      KeyInfo key = CompoundCodegen.rowKey(context, select, select.cores.size() - 1);
      builder.add(Opcode.OPEN_EPHEMERAL, seen, columnCount, 0, key);
    }
  }

  private KeyInfo queueKey() {
    List<BoundExpr.SortTerm> terms = new ArrayList<>();
    for (BoundExpr.SortTerm term : select.orderBy) {
      BoundExpr like =
          CompoundCodegen.withCollation(select, select.cores.size() - 1, column(term) - 1);
      BoundExpr expr =
          term.expr() instanceof BoundExpr.Collate collate
              ? new BoundExpr.Collate(like, collate.collation())
              : like;
      terms.add(new BoundExpr.SortTerm(expr, term.descending(), term.nulls()));
    }
    KeyInfo key = KeyInfos.ofOrder(context, terms, 2);
    // The sequence number belongs to the key, the row does not.
    return new KeyInfo(key.encoding(), terms.size() + 1, key.collations(), key.sortFlags());
  }

  /** The 1-based number of the column that a term sorts by. */
  private static int column(BoundExpr.SortTerm term) {
    BoundExpr expr = term.expr() instanceof BoundExpr.Collate c ? c.operand() : term.expr();
    return (int) ((BoundExpr.IntegerValue) expr).value();
  }

  private void enqueue(int first, int count, int breakLabel) {
    int skip = builder.newLabel();
    int record = builder.newRegister();
    if (seen >= 0) {
      builder.add(Opcode.FOUND, seen, skip, first, count);
    }
    builder.add(Opcode.MAKE_RECORD, first, count, record);
    if (seen >= 0) {
      builder.add(Opcode.IDX_INSERT, seen, record, first, count);
      builder.setP5(OpFlags.USESEEKRESULT);
    }
    if (select.orderBy.isEmpty()) {
      int rowid = builder.newRegister();
      builder.addQueueOp(Opcode.NEW_ROWID, queue, rowid);
      builder.add(Opcode.INSERT, queue, record, rowid);
      builder.setP5(OpFlags.APPEND);
    } else {
      enqueueInOrder(first, record);
    }
    builder.resolve(skip);
  }

  private void enqueueInOrder(int first, int record) {
    int keys = select.orderBy.size();
    int base = builder.newRegisters(keys + 2);
    for (int i = 0; i < keys; i++) {
      builder.add(Opcode.COPY, first + column(select.orderBy.get(i)) - 1, base + i);
    }
    builder.add(Opcode.SEQUENCE, queue, base + keys);
    builder.add(Opcode.COPY, record, base + keys + 1);
    int entry = builder.newRegister();
    builder.add(Opcode.MAKE_RECORD, base, keys + 2, entry);
    builder.add(Opcode.IDX_INSERT, queue, entry, base, keys + 2);
  }

  private void output(int current, Destination destination, Limits limits, int next) {
    limits.skip(builder, next);
    int first =
        destination instanceof Destination.Coroutine coroutine
            ? coroutine.first()
            : builder.newRegisters(columnCount);
    for (int i = 0; i < columnCount; i++) {
      builder.add(Opcode.COLUMN, current, i, first + i);
    }
    DestinationCodegen.row(context, destination, first, columnCount, limits.endLabel);
    if (destination instanceof Destination.Exists) {
      builder.add(Opcode.GOTO, 0, limits.endLabel);
    } else {
      limits.count(builder, limits.endLabel);
    }
  }
}
