package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.plan.AccessPath;
import org.libsql4j.plan.WhereTerm;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates the head of a loop over an index that is made for the loop: when the loop is reached
 * for the first time, rows of a table, an ephemeral table or a coroutine are put into it. A Bloom
 * filter of the keys spares searches that would find nothing.
 */
final class AutomaticIndexCodegen {
  static final int FILTER_BYTES = 10_000;

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final LoopLevel level;
  private final AccessPath path;
  private final Source source;
  private final List<Integer> columns = new ArrayList<>();
  private final int keyCount;
  private final boolean rowid;
  private final int width;
  private final int cursor;
  private final int filter;

  AutomaticIndexCodegen(CodeContext context, LoopLevel level) {
    this.context = context;
    this.builder = context.builder();
    this.level = level;
    this.path = level.path;
    this.source = level.source;
    for (WhereTerm term : path.equalities) {
      columns.add(column(term).column());
    }
    this.keyCount = columns.size();
    Table table = source.table;
    for (int column = 0; column < table.columnCount(); column++) {
      boolean used = source.uses(column);
      if (used && !columns.contains(column) && column != table.rowidColumn) {
        columns.add(column);
      }
    }
    this.rowid = table.hasRowid() && source.subquery == null;
    // At the end what tells equal rows apart: the rowid, or else a running number.
    this.width = columns.size() + 1;
    this.cursor = builder.newCursor();
    this.filter = builder.newRegister();
  }

  private static BoundExpr.ColumnRef column(WhereTerm term) {
    if (term.left instanceof BoundExpr.ColumnRef ref) {
      return ref;
    }
    throw new IllegalStateException("automatic index without column");
  }

  void code() {
    boolean correlated = source.subquery != null && source.subquery.isCorrelated();
    int once = correlated ? -1 : builder.add(Opcode.ONCE);
    Collation[] collations = new Collation[width];
    for (int i = 0; i < width; i++) {
      collations[i] = context.collation(i < keyCount ? path.equalities.get(i).collation : null);
    }
    builder.addIndexOp(
        Opcode.OPEN_AUTOINDEX,
        cursor,
        width,
        0,
        new KeyInfo(context.connection().encoding, width, collations, null));
    builder.add(Opcode.BLOB, FILTER_BYTES, filter, 0, new byte[FILTER_BYTES]);
    fill();
    if (once >= 0) {
      builder.jumpHere(once);
    }
    level.indexCursor = cursor;
    search();
    context.locate(source, this::load);
  }

  private void fill() {
    FromCodegen.Prepared prepared = context.selects().froms().of(source);
    int end = builder.newLabel();
    int next = builder.newLabel();
    boolean coroutine = prepared != null && prepared.isCoroutine();
    int top;
    if (prepared != null && coroutine) {
      builder.add(Opcode.INIT_COROUTINE, prepared.yieldRegister(), 0, prepared.entry());
      top = builder.add(Opcode.YIELD, prepared.yieldRegister(), end);
    } else {
      top = builder.add(Opcode.REWIND, level.tableCursor, end) + 1;
    }
    for (WhereTerm term : path.partial) {
      context.conditions().jumpIfFalse(term.expr, next, true);
    }
    int base = builder.newRegisters(width);
    RowLocation row = context.location(source);
    for (int i = 0; i < columns.size(); i++) {
      copy(row.load(context, columns.get(i), base + i), base + i);
    }
    if (rowid) {
      copy(row.load(context, -1, base + width - 1), base + width - 1);
    } else {
      builder.add(Opcode.SEQUENCE, cursor, base + width - 1);
    }
    builder.add(Opcode.FILTER_ADD, filter, 0, base, keyCount);
    int record = builder.newRegister();
    builder.add(Opcode.MAKE_RECORD, base, width, record);
    builder.addIndexOp(Opcode.IDX_INSERT, cursor, record, base, width);
    builder.resolve(next);
    if (coroutine) {
      builder.add(Opcode.GOTO, 0, top);
    } else {
      builder.add(Opcode.NEXT, level.tableCursor, top);
    }
    builder.resolve(end);
  }

  private void copy(int from, int to) {
    if (from != to) {
      builder.add(Opcode.COPY, from, to);
    }
  }

  private void search() {
    int key = builder.newRegisters(keyCount);
    for (int i = 0; i < keyCount; i++) {
      WhereTerm term = path.equalities.get(i);
      BoundExpr right = term.right;
      if (right == null) {
        throw new IllegalStateException("equality without value");
      }
      context.exprs().codeCopy(right, key + i);
      if (term.kind == WhereTerm.Kind.EQUAL) {
        builder.add(Opcode.IS_NULL, key + i, level.breakLabel);
      }
      BoundExpr column = column(term);
      Affinity affinity = ExprTypes.affinity(column);
      if (affinity.compareTo(Affinity.TEXT) >= 0
          && ExprTypes.comparisonAffinity(column, right).compareTo(Affinity.TEXT) >= 0) {
        // An integer keeps its digits in a column of real numbers, too.
        Affinity ofKey = affinity.isNumeric() ? Affinity.NUMERIC : affinity;
        builder.add(Opcode.AFFINITY, key + i, 1, 0, String.valueOf(ofKey.letter()));
      }
    }
    builder.add(Opcode.FILTER, filter, level.breakLabel, key, keyCount);
    builder.addIndexOp(Opcode.SEEK_GE, cursor, level.breakLabel, key, keyCount);
    level.stepP2 = builder.addIndexOp(Opcode.IDX_GT, cursor, level.breakLabel, key, keyCount);
    level.stepOpcode = Opcode.NEXT;
    level.stepP1 = cursor;
  }

  /** Reads a column from the index. */
  private int load(CodeContext c, int column, int target) {
    boolean isRowid = column < 0 || (rowid && column == source.table.rowidColumn);
    int position = isRowid ? width - 1 : columns.indexOf(column);
    if (position < 0) {
      throw new IllegalStateException("column " + column + " not in automatic index");
    }
    c.builder().add(Opcode.COLUMN, cursor, position, target);
    return target;
  }
}
