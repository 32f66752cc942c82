package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.DeepWalk;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.JoinOperator;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Loops over full tables in the order of the FROM clause, each condition tested early. */
final class NestedLoops implements WhereLoop {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final int breakLabel;
  private int continueLabel;
  private final List<Level> levels = new ArrayList<>();

  private static final class Level {
    int next = -1;
    int nextOpcode;
    int nextP1;
    int nextP2;
    int breakLabel;
    int matched;
    int bodyLabel;
    int cursor;
  }

  private NestedLoops(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
    this.breakLabel = builder.newLabel();
  }

  static WhereLoop begin(CodeContext context, WhereRequest request) {
    NestedLoops loops = new NestedLoops(context);
    loops.open(request);
    return loops;
  }

  private static void split(@Nullable BoundExpr condition, List<BoundExpr> out) {
    if (condition instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.AND) {
      split(e.left(), out);
      split(e.right(), out);
    } else if (condition != null) {
      out.add(condition);
    }
  }

  private void open(WhereRequest request) {
    List<BoundExpr> where = new ArrayList<>();
    split(request.where(), where);
    for (Source source : request.sources()) {
      if (source.join == JoinOperator.Kind.RIGHT || source.join == JoinOperator.Kind.FULL) {
        throw new LibsqlException(
            ResultCode.ERROR, "RIGHT and FULL JOIN are not supported yet");
      }
      openCursor(source);
    }
    Set<Source> pending = new HashSet<>(request.sources());
    continueLabel = breakLabel;
    test(where, pending);
    for (Source source : request.sources()) {
      Level level = head(source);
      levels.add(level);
      pending.remove(source);
      List<BoundExpr> on = new ArrayList<>();
      split(source.on, on);
      if (source.join == JoinOperator.Kind.LEFT) {
        test(on, pending);
        builder.add(Opcode.INTEGER, 1, level.matched);
        builder.resolve(level.bodyLabel);
        test(where, pending);
      } else {
        where.addAll(on);
        test(where, pending);
      }
    }
  }

  private void openCursor(Source source) {
    if (source.subquery != null) {
      return;
    }
    Table table = source.table;
    int cursor = builder.newCursor();
    int database = context.databaseIndex(table);
    context.useDatabase(database);
    if (table.withoutRowid) {
      Index key = table.primaryKeyIndex();
      if (key == null) {
        throw new IllegalStateException("WITHOUT ROWID table without primary key");
      }
      builder.add(
          Opcode.OPEN_READ, cursor, table.rootPage, database, KeyInfos.of(context, key));
    } else {
      builder.add(Opcode.OPEN_READ, cursor, table.rootPage, database, table.storedColumnCount());
    }
    context.locate(source, new RowLocation.TableCursor(table, cursor));
  }

  private Level head(Source source) {
    Level level = new Level();
    level.breakLabel = builder.newLabel();
    level.next = builder.newLabel();
    boolean left = source.join == JoinOperator.Kind.LEFT;
    if (left) {
      level.matched = builder.newRegister();
      level.bodyLabel = builder.newLabel();
      builder.add(Opcode.INTEGER, 0, level.matched);
    }
    FromCodegen.Prepared prepared = context.selects().froms().of(source);
    if (prepared != null && prepared.isCoroutine()) {
      builder.add(
          Opcode.INIT_COROUTINE, prepared.yieldRegister(), 0, prepared.entry());
      level.nextP2 = builder.add(Opcode.YIELD, prepared.yieldRegister(), level.breakLabel);
      level.nextOpcode = Opcode.GOTO;
    } else {
      int cursor = NullRows.cursorOf(context.location(source));
      level.cursor = cursor;
      level.nextP2 = builder.add(Opcode.REWIND, cursor, level.breakLabel) + 1;
      level.nextOpcode = Opcode.NEXT;
      level.nextP1 = cursor;
    }
    continueLabel = level.next;
    return level;
  }

  /** Tests and removes the conditions all of whose sources are at hand. */
  private void test(List<BoundExpr> conditions, Set<Source> pending) {
    for (int i = 0; i < conditions.size(); ) {
      BoundExpr condition = conditions.get(i);
      boolean[] early = new boolean[1];
      DeepWalk.expr(
          condition,
          e -> early[0] |= e instanceof BoundExpr.ColumnRef ref && pending.contains(ref.source()));
      if (early[0]) {
        i++;
      } else {
        conditions.remove(i);
        context.conditions().jumpIfFalse(condition, continueLabel, true);
      }
    }
  }

  @Override
  public int continueLabel() {
    return continueLabel;
  }

  @Override
  public int breakLabel() {
    return breakLabel;
  }

  @Override
  public int orderedTerms() {
    return 0;
  }

  @Override
  public boolean isDistinct() {
    return false;
  }

  @Override
  public boolean isDistinctOrdered() {
    return false;
  }

  @Override
  public boolean isSingleRow() {
    return false;
  }

  @Override
  public int onePassCursor() {
    return -1;
  }

  @Override
  public int onePassIndexCursor() {
    return -1;
  }

  @Override
  public void end() {
    for (int i = levels.size() - 1; i >= 0; i--) {
      Level level = levels.get(i);
      builder.resolve(level.next);
      builder.add(level.nextOpcode, level.nextP1, level.nextP2);
      builder.resolve(level.breakLabel);
      if (level.matched != 0) {
        int seen = builder.add(Opcode.IF_POS, level.matched);
        builder.add(Opcode.NULL_ROW, level.cursor);
        builder.add(Opcode.INTEGER, 1, level.matched);
        builder.add(Opcode.GOTO, 0, level.bodyLabel);
        builder.jumpHere(seen);
      }
    }
    builder.resolve(breakLabel);
  }
}
