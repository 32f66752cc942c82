package org.libsql4j.codegen;

import java.util.List;
import org.libsql4j.plan.AccessPath;
import org.libsql4j.plan.LogEst;
import org.libsql4j.plan.WhereTerm;
import org.libsql4j.plan.WhereTerms;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.JoinOperator;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Bloom filters in front of the searches of inner loops. Where a table is searched more often than
 * it has rows, and conditions on it alone drop some of these, reading it through once tells which
 * searches find nothing.
 */
final class BloomFilterCodegen {
  private static final int LEAST_BYTES = 10_000;
  private static final int MOST_BYTES = 1_000_000;

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final LoopLevel level;
  private final WhereTerms terms;

  BloomFilterCodegen(CodeContext context, LoopLevel level, WhereTerms terms) {
    this.context = context;
    this.builder = context.builder();
    this.level = level;
    this.terms = terms;
  }

  /** Marks the loops that are worth a filter; as that reads the table, no index covers it then. */
  static void mark(List<AccessPath> loops, WhereTerms terms) {
    int searches = 0;
    for (int i = 0; i < loops.size(); i++) {
      AccessPath path = loops.get(i);
      Source source = terms.sources().get(path.position);
      if (!source.table.analyzed || terms.lastRightJoin() >= 0) {
        return;
      }
      if (i > 0
          && searches > source.table.rowEstimate
          && isSearch(path)
          && dropsRows(path, source, terms)) {
        path.filtered = true;
        path.covering = false;
      }
      searches += path.rowsOut;
    }
  }

  private static boolean isSearch(AccessPath path) {
    boolean byKey = path.kind == AccessPath.Kind.ROWID || path.kind == AccessPath.Kind.INDEX;
    if (!byKey || path.skipped > 0) {
      return false;
    }
    for (WhereTerm term : path.equalities) {
      if (term.kind == WhereTerm.Kind.EQUAL || term.kind == WhereTerm.Kind.IS) {
        return true;
      }
    }
    return false;
  }

  private static boolean dropsRows(AccessPath path, Source source, WhereTerms terms) {
    for (WhereTerm term : terms.all()) {
      // An outer join keeps rows of NULLs, which only comparisons are sure to drop.
      boolean drops = source.join != JoinOperator.Kind.LEFT || isComparison(term.kind);
      if (drops && isTest(term, path, source) && !path.usesView(term)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isComparison(WhereTerm.Kind kind) {
    return kind == WhereTerm.Kind.EQUAL
        || kind == WhereTerm.Kind.IN
        || kind.isLowerBound()
        || kind.isUpperBound();
  }

  /** Whether a condition is on the table alone and can be tested while it is read through. */
  private static boolean isTest(WhereTerm term, AccessPath path, Source source) {
    boolean outer = source.join == JoinOperator.Kind.LEFT;
    return term.original == null
        && term.mask == 1L << path.position
        && (outer ? term.onPosition == path.position : term.onPosition < 0)
        && term.isSimple();
  }

  /** Makes the filter when the loop is reached for the first time. */
  void code() {
    level.filter = builder.newRegister();
    int once = builder.add(Opcode.ONCE);
    Table table = level.source.table;
    double rows = LogEst.toDouble(table.rowEstimate);
    int bytes = (int) Math.max(LEAST_BYTES, Math.min(MOST_BYTES, rows));
    builder.add(Opcode.BLOB, bytes, level.filter, 0, new byte[bytes]);
    int end = builder.newLabel();
    int next = builder.newLabel();
    int top = builder.add(Opcode.REWIND, level.tableCursor, end) + 1;
    for (WhereTerm term : terms.all()) {
      if (isTest(term, level.path, level.source)) {
        context.conditions().jumpIfFalse(term.expr, next, true);
      }
    }
    int count = level.path.equalities.size();
    int base = builder.newRegisters(count);
    for (int i = 0; i < count; i++) {
      key(i, base + i);
    }
    builder.add(Opcode.FILTER_ADD, level.filter, 0, base, count);
    builder.resolve(next);
    builder.add(Opcode.NEXT, level.tableCursor, top);
    builder.resolve(end);
    builder.jumpHere(once);
  }

  private void key(int position, int target) {
    Index index = level.path.index;
    if (index == null) {
      builder.add(Opcode.ROWID, level.tableCursor, target);
      return;
    }
    context
        .exprs()
        .codeCopy(
            BoundExprs.skipOnlyCollate(
                context.schemaExpressions().column(level.source, index, position)),
            target);
  }
}
