package org.libsql4j.codegen;

import java.util.List;
import org.libsql4j.plan.WhereTerm;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates the head of a loop over the rows that an OR finds: one loop after the other for its
 * parts, each of which calls the body as a subroutine for rows that no loop before has found.
 */
final class DisjunctionCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final LoopLevel level;
  private final Table table;
  private final WhereTerm term;
  private final int returnRegister;
  private final int body;

  /** Register of the rowids found; 0 where rows are known by their primary key. */
  private final int rowSet;

  /** Cursor of the primary keys found, or -1. */
  private final int keys;

  DisjunctionCodegen(CodeContext context, LoopLevel level) {
    this.context = context;
    this.builder = context.builder();
    this.level = level;
    this.table = level.source.table;
    WhereTerm disjunction = level.path.disjunction;
    if (disjunction == null) {
      throw new IllegalStateException("path without OR");
    }
    this.term = disjunction;
    this.returnRegister = builder.newRegister();
    this.body = builder.newLabel();
    this.rowSet = table.withoutRowid ? 0 : builder.newRegister();
    this.keys = table.withoutRowid ? builder.newCursor() : -1;
  }

  void code() {
    RowLocation location = context.location(level.source);
    open();
    int parent = context.planParent;
    int plan = builder.explainPlan(parent, 0, "MULTI-INDEX OR");
    List<BoundExpr> parts = term.disjuncts;
    for (int i = 0; i < parts.size(); i++) {
      context.planParent = builder.explainPlan(plan, 0, "INDEX " + (i + 1));
      BoundExpr part = parts.get(i);
      for (WhereTerm joint : level.path.joint) {
        part = new BoundExpr.Binary(BinaryOperator.AND, part, joint.expr);
      }
      part(part, i, parts.size());
    }
    context.planParent = parent;
    context.locate(level.source, location);
    builder.add(Opcode.GOTO, 0, level.breakLabel);
    builder.resolve(body);
    level.stepOpcode = Opcode.RETURN;
    level.stepP1 = returnRegister;
  }

  private Index primaryKey() {
    Index key = table.primaryKeyIndex();
    if (key == null) {
      throw new IllegalStateException("WITHOUT ROWID table without primary key");
    }
    return key;
  }

  private void open() {
    if (rowSet != 0) {
      builder.add(Opcode.NULL, 0, rowSet);
      return;
    }
    Index key = primaryKey();
    Collation[] collations = new Collation[key.keyColumnCount];
    for (int i = 0; i < collations.length; i++) {
      collations[i] = context.collation(key.collations[i]);
    }
    builder.add(
        Opcode.OPEN_EPHEMERAL,
        keys,
        collations.length,
        0,
        new KeyInfo(context.connection().encoding, collations.length, collations, null));
  }

  private void part(BoundExpr part, int number, int count) {
    WhereLoop loop = LoopCodegen.beginPart(context, level.source, part);
    if (rowSet != 0) {
      int rowid = builder.newRegister();
      load(-1, rowid);
      // The set is told which part the row is from: 0 for the first, -1 for the last.
      int set = number == count - 1 ? -1 : number;
      builder.add(Opcode.ROW_SET_TEST, rowSet, loop.continueLabel(), rowid, set);
      builder.add(Opcode.NOT_EXISTS, level.tableCursor, loop.continueLabel(), rowid);
    } else {
      Index key = primaryKey();
      int width = key.keyColumnCount;
      int first = builder.newRegisters(width);
      for (int i = 0; i < width; i++) {
        load(key.columns[i], first + i);
      }
      int record = builder.newRegister();
      builder.add(Opcode.FOUND, keys, loop.continueLabel(), first, width);
      builder.add(Opcode.MAKE_RECORD, first, width, record);
      builder.add(Opcode.IDX_INSERT, keys, record, first, width);
      builder.setP5(OpFlags.USESEEKRESULT);
      builder.add(Opcode.NOT_FOUND, level.tableCursor, loop.continueLabel(), first, width);
    }
    builder.add(Opcode.GOSUB, returnRegister, body);
    loop.end();
  }

  private void load(int column, int target) {
    int register = context.location(level.source).load(context, column, target);
    if (register != target) {
      builder.add(Opcode.COPY, register, target);
    }
  }
}
