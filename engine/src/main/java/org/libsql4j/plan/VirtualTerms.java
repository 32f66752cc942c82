package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.vtab.FunctionOverload;
import org.libsql4j.vtab.IndexInfo;

/** Finds conditions that no index could use, but perhaps a virtual table: LIKE, MATCH, <> ... */
final class VirtualTerms {
  private final WhereTerms terms;
  private final List<WhereTerm> found = new ArrayList<>();

  VirtualTerms(WhereTerms terms) {
    this.terms = terms;
  }

  void addTo(List<WhereTerm> list) {
    for (WhereTerm term : list) {
      if (term.original == null && term.kind == WhereTerm.Kind.OTHER) {
        look(term);
      }
    }
    list.addAll(found);
  }

  private void look(WhereTerm term) {
    if (term.expr instanceof BoundExpr.Call call && call.arguments().size() == 2) {
      call(term, call);
    } else if (term.expr instanceof BoundExpr.Binary e && BoundExprs.width(e.left()) == 1) {
      int operator = operator(e.operator());
      if (operator != 0) {
        add(term, operator, e.left(), e.right());
        add(term, operator, e.right(), e.left());
      }
    } else if (term.expr instanceof BoundExpr.IsNull e && e.negated()) {
      add(term, IndexInfo.IS_NOT_NULL, e.operand(), new BoundExpr.NullValue());
    }
  }

  private static int operator(BinaryOperator operator) {
    if (operator == BinaryOperator.NE) {
      return IndexInfo.NE;
    }
    return operator == BinaryOperator.IS_NOT ? IndexInfo.IS_NOT : 0;
  }

  /** The operator {@code x LIKE y} is the call {@code like(y, x)}. */
  private void call(WhereTerm term, BoundExpr.Call call) {
    BoundExpr first = call.arguments().get(0);
    BoundExpr second = call.arguments().get(1);
    int operator =
        switch (call.function().name()) {
          case "match" -> IndexInfo.MATCH;
          case "like" -> IndexInfo.LIKE;
          case "glob" -> IndexInfo.GLOB;
          case "regexp" -> IndexInfo.REGEXP;
          default -> 0;
        };
    if (operator != 0 && virtualColumn(second) != null) {
      add(term, operator, second, first);
      return;
    }
    BoundExpr.ColumnRef column = virtualColumn(first);
    if (column != null && column.source().table.virtual != null) {
      FunctionOverload overload =
          column.source().table.virtual.instance().table().findFunction(call.function().name(), 2);
      if (overload != null && overload.constraintOperator() >= IndexInfo.FUNCTION) {
        add(term, overload.constraintOperator(), first, second);
      }
    }
  }

  private static BoundExpr.@Nullable ColumnRef virtualColumn(BoundExpr expr) {
    return BoundExprs.skipCollate(expr) instanceof BoundExpr.ColumnRef ref
            && ref.source().table.isVirtual()
        ? ref
        : null;
  }

  private void add(WhereTerm term, int operator, BoundExpr left, BoundExpr right) {
    BoundExpr.ColumnRef column = virtualColumn(left);
    if (column == null) {
      return;
    }
    long rightMask = terms.maskOf(right);
    if ((rightMask & terms.maskOf(column)) != 0) {
      return;
    }
    WhereTerm view =
        new WhereTerm(
            term.expr,
            WhereTerm.Kind.OTHER,
            column,
            right,
            ExprTypes.comparisonCollation(left, right),
            rightMask,
            term.mask,
            term.onPosition,
            term,
            false);
    view.virtualOperator = operator;
    found.add(view);
  }
}
