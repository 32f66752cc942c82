package org.libsql4j.codegen;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Columns that several expressions of one row compute with: they are loaded once, ahead of all.
 *
 * <p>Only columns of numbers, which cost little if they are not needed after all, and only if no
 * subquery is among the expressions, whose code may run elsewhere, too. Where a column is not
 * computed with but copied, it may as well be loaded.
 */
final class SharedColumns {
  private static final int WORTHWHILE_USES = 2;

  private final CodeContext context;
  private final List<Source> sources;
  private final Map<BoundExpr.ColumnRef, Integer> uses = new LinkedHashMap<>();
  private boolean hasSubquery;

  SharedColumns(CodeContext context, List<Source> sources) {
    this.context = context;
    this.sources = sources;
  }

  /** Counts the columns in an expression. */
  void add(@Nullable BoundExpr expr) {
    if (expr != null) {
      count(expr, false);
    }
  }

  private void count(BoundExpr expr, boolean isOperand) {
    if (expr instanceof BoundExpr.ColumnRef ref) {
      if (isOperand && isEligible(ref)) {
        uses.merge(ref, 1, Integer::sum);
      }
      return;
    }
    hasSubquery |= expr.subquery() != null;
    boolean computes = expr instanceof BoundExpr.Binary || expr instanceof BoundExpr.Unary;
    expr.forEachChild(child -> count(child, computes));
  }

  private boolean isEligible(BoundExpr.ColumnRef ref) {
    if (!sources.contains(ref.source()) || context.known(ref) != null) {
      return false;
    }
    RowLocation location = context.locationOrNull(ref.source());
    Table table = ref.source().table;
    int column = ref.column();
    return (location instanceof RowLocation.TableCursor
            || location instanceof RowLocation.CoveringIndex)
        && column >= 0
        && column != table.rowidColumn
        && table.affinity(column).isNumeric()
        && !table.column(column).isVirtual();
  }

  /**
   * Loads the columns that are used several times and makes them known.
   *
   * @return whether there are any; then the caller forgets them when the row has been dealt with
   */
  boolean load() {
    if (hasSubquery) {
      return false;
    }
    boolean any = false;
    ProgramBuilder builder = context.builder();
    for (Map.Entry<BoundExpr.ColumnRef, Integer> use : uses.entrySet()) {
      if (use.getValue() >= WORTHWHILE_USES) {
        BoundExpr.ColumnRef ref = use.getKey();
        context.know(
            ref, context.location(ref.source()).load(context, ref.column(), builder.newRegister()));
        any = true;
      }
    }
    return any;
  }
}
