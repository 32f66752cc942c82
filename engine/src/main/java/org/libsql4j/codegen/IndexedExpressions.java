package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.schema.Index;
import org.libsql4j.vdbe.Opcode;

/**
 * Expressions whose values stand in the entries of indexes that open loops walk over, so that they
 * need not be computed.
 *
 * <p>Not for rows that an outer join may replace by NULLs: what is computed of NULLs need not be
 * NULL. Values from an index have no subtype, so they are not taken for functions that look at it.
 */
final class IndexedExpressions {
  private record Entry(BoundExpr expr, int cursor, int position) {}

  private final CodeContext context;
  private final List<Entry> entries = new ArrayList<>();

  /** More than 0 while arguments are computed whose subtypes matter. */
  private int subtypesMatter;

  IndexedExpressions(CodeContext context) {
    this.context = context;
  }

  int size() {
    return entries.size();
  }

  /** Forgets all but the first ones: the loops that they belong to have ended. */
  void truncate(int size) {
    while (entries.size() > size) {
      entries.remove(entries.size() - 1);
    }
  }

  /** Makes the expressions of an index known while a loop walks over it. */
  void add(LoopLevel level, Index index) {
    for (int i = 0; i < index.columnCount(); i++) {
      if (index.columns[i] == Index.EXPRESSION) {
        BoundExpr expr =
            BoundExprs.skipOnlyCollate(context.schemaExpressions().column(level.source, index, i));
        if (!BoundExprs.isConstant(expr) && !(expr instanceof BoundExpr.ColumnRef)) {
          entries.add(new Entry(expr, level.indexCursor, i));
        }
      }
    }
  }

  /** Reads the value of an expression into a register; answers whether it is in an index. */
  boolean load(BoundExpr expr, int target) {
    if (entries.isEmpty() || expr instanceof BoundExpr.ColumnRef) {
      return false;
    }
    for (Entry entry : entries) {
      if (entry.expr.equals(expr) && (subtypesMatter == 0 || !mayHaveSubtype(expr))) {
        context.builder().add(Opcode.COLUMN, entry.cursor, entry.position, target);
        if (ExprTypes.affinity(expr) == Affinity.REAL) {
          context.builder().add(Opcode.REAL_AFFINITY, target);
        }
        return true;
      }
    }
    return false;
  }

  private static boolean mayHaveSubtype(BoundExpr expr) {
    boolean[] found = new boolean[1];
    BoundExprs.walk(
        expr,
        e ->
            found[0] |=
                e instanceof BoundExpr.Call call && call.function().has(Flag.RESULT_SUBTYPE));
    return found[0];
  }

  /** Generates code that computes arguments of a function that looks at their subtypes. */
  void withSubtypes(Runnable code) {
    subtypesMatter++;
    code.run();
    subtypesMatter--;
  }
}
