package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.VirtualDefinition;
import org.libsql4j.sql.ast.UnaryOperator;
import org.libsql4j.vtab.IndexInfo;
import org.libsql4j.vtab.VirtualTable;

/**
 * Asks a virtual table how it can be searched: with all conditions, then with fewer and fewer
 * tables in outer loops, and with and without the conditions that are an IN.
 */
public final class VirtualPaths {
  private final WhereTerms terms;
  private final PlanOptions options;
  private final Source source;
  private final int position;
  private final long required;
  private final VirtualTable table;
  private final List<WhereTerm> constraints = new ArrayList<>();
  private final List<IndexInfo.OrderTerm> order = new ArrayList<>();
  private boolean usedIn;

  /**
   * @param required sources that are in outer loops anyway
   */
  VirtualPaths(WhereTerms terms, PlanOptions options, Source source, int position, long required) {
    this.terms = terms;
    this.options = options;
    this.source = source;
    this.position = position;
    this.required = required;
    VirtualDefinition definition = source.table.virtual;
    if (definition == null) {
      throw new IllegalStateException("not a virtual table");
    }
    this.table = definition.instance().table();
    for (WhereTerm term : terms.all()) {
      if (isConstraint(term)) {
        constraints.add(term);
      }
    }
    findOrder();
  }

  private boolean isConstraint(WhereTerm term) {
    return term.left instanceof BoundExpr.ColumnRef ref
        && ref.source() == source
        && (term.kind != WhereTerm.Kind.OTHER || term.virtualOperator != 0)
        && (term.rightMask >> position & 1) == 0
        && ColumnConstraints.usableAt(terms, term, source, position);
  }

  /** The order matters to the table only if all terms are its columns. */
  private void findOrder() {
    for (BoundExpr.SortTerm term : options.order()) {
      BoundExpr expr = BoundExprs.skipCollate(term.expr());
      if (BoundExprs.isConstant(expr)) {
        continue;
      }
      if (!(expr instanceof BoundExpr.ColumnRef ref)
          || ref.source() != source
          || term.nullsBig()
          || (expr != term.expr() && !sameCollation(term.expr(), ref))) {
        order.clear();
        return;
      }
      order.add(new IndexInfo.OrderTerm(ref.column(), term.descending()));
    }
  }

  private static boolean sameCollation(BoundExpr expr, BoundExpr.ColumnRef column) {
    return collation(expr).equalsIgnoreCase(collation(column));
  }

  private static String collation(BoundExpr expr) {
    String name = ExprTypes.collation(expr).name();
    return name == null ? "BINARY" : name;
  }

  /**
   * The way to walk over all rows once more, for those that no row on the left of a RIGHT JOIN
   * matched: only the arguments of the table-valued function count then.
   */
  public static AccessPath unmatched(
      WhereTerms terms, PlanOptions options, Source source, int position) {
    VirtualPaths paths = new VirtualPaths(terms, options, source, position, 0);
    paths.constraints.removeIf(term -> !term.isArgument);
    paths.order.clear();
    AccessPath path = paths.ask(0, -1L, false);
    if (path == null) {
      throw new LibsqlException(ResultCode.ERROR, "no query solution");
    }
    return path;
  }

  void addTo(List<AccessPath> paths) {
    AccessPath all = ask(required, -1L, true);
    boolean seenNone = false;
    boolean seenNoneWithoutIn = false;
    if (all != null) {
      paths.add(all);
    }
    long best = all == null ? -1 : all.prerequisites & ~required;
    boolean bestUsedIn = usedIn;
    if (all != null && best == 0 && !bestUsedIn) {
      return;
    }
    long bestWithoutIn = -1;
    if (bestUsedIn) {
      AccessPath withoutIn = ask(required, -1L, false);
      if (withoutIn != null) {
        paths.add(withoutIn);
        bestWithoutIn = withoutIn.prerequisites & ~required;
        if (bestWithoutIn == 0) {
          seenNone = true;
          seenNoneWithoutIn = true;
        }
      }
    }
    for (long outer : prerequisites()) {
      if (outer == best || outer == bestWithoutIn || outer == 0) {
        continue;
      }
      AccessPath path = ask(required, outer | required, true);
      if (path != null) {
        paths.add(path);
        if ((path.prerequisites & ~required) == 0) {
          seenNone = true;
          seenNoneWithoutIn |= !usedIn;
        }
      }
    }
    if (!seenNone) {
      AccessPath path = ask(required, required, true);
      if (path != null) {
        paths.add(path);
        seenNoneWithoutIn |= !usedIn;
      }
    }
    if (!seenNoneWithoutIn && usedIn) {
      AccessPath path = ask(required, required, false);
      if (path != null) {
        paths.add(path);
      }
    }
  }

  /** The different sets of sources that values of conditions come from, in ascending order. */
  private TreeSet<Long> prerequisites() {
    TreeSet<Long> sets = new TreeSet<>(Long::compareUnsigned);
    for (WhereTerm term : constraints) {
      sets.add(term.rightMask & ~required);
    }
    return sets;
  }

  // ---- one question
  // -------------------------------------------------------------------------------

  private @Nullable AccessPath ask(long needed, long usable, boolean withIn) {
    usedIn = false;
    List<IndexInfo.Constraint> list = new ArrayList<>();
    for (WhereTerm term : constraints) {
      boolean isIn = term.kind == WhereTerm.Kind.IN;
      boolean isUsable = (term.rightMask & ~usable) == 0 && (withIn || !isIn);
      list.add(constraint(term, isIn, isUsable));
    }
    IndexInfo info =
        new IndexInfo(
            List.copyOf(list), List.copyOf(order), source.columnsUsed, options.distinct());
    if (!table.bestIndex(info)) {
      return null;
    }
    return path(info, list, needed);
  }

  private static IndexInfo.Constraint constraint(WhereTerm term, boolean isIn, boolean usable) {
    int column = term.left instanceof BoundExpr.ColumnRef ref ? ref.column() : -1;
    String collation = term.collation == null ? "BINARY" : term.collation;
    return new IndexInfo.Constraint(
        column, operator(term), usable, collation, value(term.right), isIn);
  }

  private static int operator(WhereTerm term) {
    return term.kind == WhereTerm.Kind.OTHER ? term.virtualOperator : term.kind.virtualOperator;
  }

  /** The value of a literal. */
  private static @Nullable Mem value(@Nullable BoundExpr expr) {
    Mem value = new Mem();
    if (expr instanceof BoundExpr.IntegerValue e) {
      value.setInteger(e.value());
    } else if (expr instanceof BoundExpr.RealValue e) {
      value.setReal(e.value());
    } else if (expr instanceof BoundExpr.TextValue e) {
      value.setText(e.value());
    } else if (expr instanceof BoundExpr.BlobValue e) {
      value.setBlobShared(e.value());
    } else if (expr instanceof BoundExpr.Unary e && BoundExprs.isConstant(e.operand())) {
      return e.operator() == UnaryOperator.PLUS ? value(e.operand()) : null;
    } else if (!(expr instanceof BoundExpr.NullValue)) {
      return null;
    }
    return value;
  }

  private AccessPath path(IndexInfo info, List<IndexInfo.Constraint> list, long needed) {
    AccessPath path = new AccessPath(AccessPath.Kind.VIRTUAL, position, null);
    path.prerequisites = needed;
    int count = 0;
    for (int i = 0; i < list.size(); i++) {
      count = Math.max(count, info.argument(i) + 1);
    }
    @Nullable WhereTerm[] arguments = new WhereTerm[count];
    boolean[] omit = new boolean[count];
    boolean[] allAtOnce = new boolean[count];
    for (int i = 0; i < list.size(); i++) {
      int argument = info.argument(i);
      if (argument < 0) {
        continue;
      }
      WhereTerm term = constraints.get(i);
      if (arguments[argument] != null || !list.get(i).usable()) {
        throw malfunction();
      }
      arguments[argument] = term;
      omit[argument] = info.isOmitted(i);
      allAtOnce[argument] = info.isAllAtOnce(i) && list.get(i).isIn();
      path.prerequisites |= term.rightMask & ~(1L << position);
      usedIn |= list.get(i).isIn() && !allAtOnce[argument];
    }
    List<WhereTerm> inOrder = new ArrayList<>();
    for (WhereTerm term : arguments) {
      if (term == null) {
        throw malfunction();
      }
      inOrder.add(term);
    }
    // One search after the other for the values of an IN: no order, and more than one row.
    boolean ordered = info.isOrderByConsumed() && !order.isEmpty() && !usedIn;
    path.virtual =
        new VirtualPlan(
            info.indexNumber(),
            info.indexText(),
            inOrder,
            omit,
            allAtOnce,
            ordered,
            info.isHexadecimal());
    path.oneRow = info.isUnique() && !usedIn;
    path.runCost = cost(info.estimatedCost());
    path.rowsOut = path.oneRow ? 0 : LogEst.of(info.estimatedRows());
    return path;
  }

  private static int cost(double estimate) {
    return estimate <= 1
        ? 0
        : (int) Math.min(Math.round(10 * Math.log(estimate) / Math.log(2)), 3300);
  }

  private LibsqlException malfunction() {
    return new LibsqlException(ResultCode.ERROR, source.table.name + ".xBestIndex malfunction");
  }
}
