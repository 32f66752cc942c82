package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Limit;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.sql.ast.UnaryOperator;

/** Resolves expressions. */
public final class ExprResolver {
  private final CompileEnvironment environment;
  private final ColumnLookup columns;
  private final SelectResolver selects;
  private final FunctionResolver functions;

  ExprResolver(CompileEnvironment environment, SelectResolver selects) {
    this.environment = environment;
    this.selects = selects;
    this.columns = new ColumnLookup(environment);
    this.functions = new FunctionResolver(environment, this);
  }

  /** Resolves an expression that must be a single value. */
  public BoundExpr scalar(Expr expr, Scope scope) {
    BoundExpr bound = resolve(expr, scope);
    requireScalar(bound);
    return bound;
  }

  static void requireScalar(BoundExpr bound) {
    int width = BoundExprs.width(bound);
    if (width != 1) {
      throw CompileEnvironment.error(
          bound instanceof BoundExpr.ScalarSubquery
              ? "sub-select returns " + width + " columns - expected 1"
              : "row value misused");
    }
  }

  @Nullable BoundExpr scalarOrNull(@Nullable Expr expr, Scope scope) {
    return expr == null ? null : scalar(expr, scope);
  }

  List<BoundExpr> scalars(List<Expr> list, Scope scope) {
    List<BoundExpr> out = new ArrayList<>(list.size());
    for (Expr expr : list) {
      out.add(scalar(expr, scope));
    }
    return out;
  }

  /** ORDER BY inside of a call. */
  List<BoundExpr.SortTerm> sortTerms(List<OrderingTerm> terms, Scope scope) {
    if (terms.size() > environment.connection().limit(Limit.COLUMN)) {
      throw CompileEnvironment.error("too many terms in ORDER BY clause");
    }
    List<BoundExpr.SortTerm> out = new ArrayList<>(terms.size());
    for (OrderingTerm term : terms) {
      out.add(new BoundExpr.SortTerm(scalar(term.expr(), scope), term.descending(), term.nulls()));
    }
    return out;
  }

  /** Resolves an expression, which may be a row value. */
  public BoundExpr resolve(Expr expr, Scope scope) {
    if (expr instanceof Expr.NullLiteral) {
      return new BoundExpr.NullValue();
    } else if (expr instanceof Expr.IntegerLiteral e) {
      return new BoundExpr.IntegerValue(e.value());
    } else if (expr instanceof Expr.OversizedHex e) {
      return new BoundExpr.OversizedHex(e.text());
    } else if (expr instanceof Expr.RealLiteral e) {
      return new BoundExpr.RealValue(e.value());
    } else if (expr instanceof Expr.StringLiteral e) {
      return new BoundExpr.TextValue(e.value());
    } else if (expr instanceof Expr.BlobLiteral e) {
      return new BoundExpr.BlobValue(e.value());
    } else if (expr instanceof Expr.Variable e) {
      if (!environment.expandingViews.isEmpty() || insideTrigger(scope)) {
        // Only a text that was put into the schema by hand can have some.
        return new BoundExpr.NullValue();
      }
      if (scope.place != Scope.Place.QUERY) {
        throw CompileEnvironment.error("parameters prohibited in " + scope.place.text());
      }
      return new BoundExpr.Parameter(e.number());
    } else if (expr instanceof Expr.ColumnRef e) {
      return columns.resolve(e, scope);
    } else if (expr instanceof Expr.Unary e) {
      return unary(e, scope);
    } else if (expr instanceof Expr.Binary e) {
      return binary(e, scope);
    } else if (expr instanceof Expr.IsNull e) {
      return new BoundExpr.IsNull(scalar(e.operand(), scope), e.negated());
    } else if (expr instanceof Expr.Between e) {
      return between(e, scope);
    } else if (expr instanceof Expr.Like e) {
      return like(e, scope);
    } else if (expr instanceof Expr.Case e) {
      return caseExpr(e, scope);
    } else if (expr instanceof Expr.Cast e) {
      return new BoundExpr.Cast(
          scalar(e.operand(), scope),
          e.typeName().isEmpty() ? Affinity.NUMERIC : Affinity.ofDeclaredType(e.typeName()));
    } else if (expr instanceof Expr.Collate e) {
      if (!environment.onlyNames) {
        environment.connection().collations().get(e.collation().name());
      }
      BoundExpr operand = resolve(e.operand(), scope);
      return new BoundExpr.Collate(operand, e.collation().name());
    } else if (expr instanceof Expr.RowValue e) {
      return new BoundExpr.RowValue(scalars(e.values(), scope));
    } else if (expr instanceof Expr.FunctionCall e) {
      return functions.resolve(e, scope);
    } else if (expr instanceof Expr.CurrentTime e) {
      return functions.call(e.kind().name().toLowerCase(Locale.ROOT), List.of());
    } else if (expr instanceof Expr.Raise e) {
      if (scope.place == Scope.Place.GENERATED) {
        throw CompileEnvironment.error("RAISE() may only be used within a trigger-program");
      }
      return new BoundExpr.Raise(e.action(), scalarOrNull(e.message(), scope));
    }
    return withSubquery(expr, scope);
  }

  private static boolean insideTrigger(Scope scope) {
    for (Scope s = scope; s != null; s = s.parent) {
      if (s.place == Scope.Place.TRIGGER) {
        return true;
      }
    }
    return false;
  }

  private BoundExpr withSubquery(Expr expr, Scope scope) {
    if (expr instanceof Expr.InList e) {
      if (e.values().isEmpty()) {
        // Nothing is in an empty list, whatever the operand is: it is not even looked at. Newer
        // SQLites than libSQL's do look at one that calls a function.
        return new BoundExpr.IntegerValue(e.negated() ? 1 : 0);
      }
      BoundExpr operand = resolve(e.operand(), scope);
      return inList(operand, e, scope);
    }
    if (scope.place != Scope.Place.QUERY && scope.place != Scope.Place.TRIGGER) {
      throw CompileEnvironment.error("subqueries prohibited in " + scope.place.text());
    }
    if (expr instanceof Expr.Exists e) {
      return new BoundExpr.Exists(selects.subquery(e.select(), scope));
    } else if (expr instanceof Expr.Subquery e) {
      return new BoundExpr.ScalarSubquery(selects.subquery(e.select(), scope));
    } else if (expr instanceof Expr.InSelect e) {
      BoundSelect select = selects.subquery(e.select(), scope);
      return inSelect(resolve(e.operand(), scope), select, e.negated());
    } else if (expr instanceof Expr.InTable e) {
      BoundSelect select = selects.wholeTable(e.table(), e.arguments(), scope);
      return inSelect(resolve(e.operand(), scope), select, e.negated());
    }
    throw new IllegalStateException("unknown expression " + expr.getClass());
  }

  private static BoundExpr inSelect(BoundExpr operand, BoundSelect select, boolean negated) {
    int width = BoundExprs.width(operand);
    if (width != select.columnCount()) {
      throw CompileEnvironment.error(
          "sub-select returns " + select.columnCount() + " columns - expected " + width);
    }
    return new BoundExpr.InSelect(operand, select, negated);
  }

  private BoundExpr inList(BoundExpr operand, Expr.InList e, Scope scope) {
    int width = BoundExprs.width(operand);
    List<BoundExpr> values = new ArrayList<>(e.values().size());
    for (Expr value : e.values()) {
      BoundExpr bound = resolve(value, scope);
      int found = BoundExprs.width(bound);
      if (found != width) {
        if (bound instanceof BoundExpr.ScalarSubquery || width == 1) {
          if (bound instanceof BoundExpr.RowValue) {
            throw CompileEnvironment.error("row value misused");
          }
          throw CompileEnvironment.error(
              "sub-select returns " + found + " columns - expected " + width);
        }
        throw CompileEnvironment.error(
            "IN(...) element has "
                + found
                + (found == 1 ? " term" : " terms")
                + " - expected "
                + width);
      }
      values.add(bound);
    }
    if (width == 1 && values.size() == 1 && isSimple(values.get(0))) {
      return new BoundExpr.Binary(
          e.negated() ? BinaryOperator.NE : BinaryOperator.EQ,
          operand,
          new BoundExpr.Unary(UnaryOperator.PLUS, values.get(0)));
    }
    return new BoundExpr.InList(operand, values, e.negated());
  }

  /** Whether a value is the same whenever it is computed, and no function is called for it. */
  private static boolean isSimple(BoundExpr value) {
    if (value instanceof BoundExpr.IntegerValue
        || value instanceof BoundExpr.TextValue
        || value instanceof BoundExpr.Parameter) {
      return true;
    }
    boolean[] calls = new boolean[1];
    BoundExprs.walk(value, part -> calls[0] |= part instanceof BoundExpr.Call);
    return !calls[0] && BoundExprs.isConstant(value);
  }

  private BoundExpr unary(Expr.Unary e, Scope scope) {
    BoundExpr operand = scalar(e.operand(), scope);
    if (e.operator() == UnaryOperator.NEGATE) {
      if (operand instanceof BoundExpr.IntegerValue value && value.value() != Long.MIN_VALUE) {
        return new BoundExpr.IntegerValue(-value.value());
      }
      if (operand instanceof BoundExpr.RealValue value) {
        return new BoundExpr.RealValue(-value.value());
      }
    }
    return new BoundExpr.Unary(e.operator(), operand);
  }

  private BoundExpr binary(Expr.Binary e, Scope scope) {
    BinaryOperator operator = e.operator();
    if (operator == BinaryOperator.AND && !environment.onlyNames && FalseConditions.isFalse(e)) {
      return new BoundExpr.IntegerValue(0);
    }
    if ((operator == BinaryOperator.EQ || operator == BinaryOperator.IS)
        && e.left() instanceof Expr.RowValue l
        && e.right() instanceof Expr.RowValue r
        && (isNested(l) || isNested(r))
        && haveSameShape(l, r)) {
      return binary(new Expr.Binary(operator, flat(l), flat(r), e.offset()), scope);
    }
    BoundExpr left = resolve(e.left(), scope);
    BoundExpr right = resolve(e.right(), scope);
    if (operator == BinaryOperator.ARROW || operator == BinaryOperator.LONG_ARROW) {
      requireScalar(left);
      requireScalar(right);
      return functions.call(operator.symbol(), List.of(left, right));
    }
    if (operator == BinaryOperator.IS || operator == BinaryOperator.IS_NOT) {
      Boolean truth = truthLiteral(e.right(), right);
      if (truth != null) {
        requireScalar(left);
        return new BoundExpr.TruthTest(left, truth, operator == BinaryOperator.IS_NOT);
      }
    }
    if (operator.isComparison()) {
      int width = BoundExprs.width(left);
      if (width != BoundExprs.width(right)) {
        if (scope.select == null && isStarQuery(e.right())) {
          // Outside of queries the star is expanded after the widths are compared.
          requireScalar(right);
        }
        throw CompileEnvironment.error("row value misused");
      }
    } else {
      requireScalar(left);
      requireScalar(right);
    }
    return new BoundExpr.Binary(operator, left, right);
  }

  /** Whether row values stand in the row value. */
  private static boolean isNested(Expr.RowValue row) {
    return row.values().stream().anyMatch(v -> v instanceof Expr.RowValue);
  }

  private static boolean haveSameShape(Expr a, Expr b) {
    if (!(a instanceof Expr.RowValue left) || !(b instanceof Expr.RowValue right)) {
      return !(a instanceof Expr.RowValue) && !(b instanceof Expr.RowValue);
    }
    boolean same = left.values().size() == right.values().size();
    for (int i = 0; same && i < left.values().size(); i++) {
      same = haveSameShape(left.values().get(i), right.values().get(i));
    }
    return same;
  }

  /** The values of a row value and of those in it, one after the other: they compare alike. */
  private static Expr.RowValue flat(Expr.RowValue row) {
    List<Expr> values = new ArrayList<>();
    for (Expr value : row.values()) {
      if (value instanceof Expr.RowValue inner) {
        values.addAll(flat(inner).values());
      } else {
        values.add(value);
      }
    }
    return new Expr.RowValue(values, row.offset());
  }

  private static boolean isStarQuery(Expr expr) {
    return expr instanceof Expr.Subquery subquery
        && subquery.select().first() instanceof SelectCore.Query query
        && query.columns().stream().anyMatch(c -> !(c instanceof ResultColumn.Expression));
  }

  private static @Nullable Boolean truthLiteral(Expr source, BoundExpr bound) {
    if (source instanceof Expr.InList list && list.values().isEmpty()) {
      return list.negated();
    }
    if (source instanceof Expr.Collate collate && bound instanceof BoundExpr.Collate inner) {
      return truthLiteral(collate.operand(), inner.operand());
    }
    if (source instanceof Expr.ColumnRef ref
        && ref.table() == null
        && ref.column().quoting() == Identifier.Quoting.BARE
        && bound instanceof BoundExpr.IntegerValue value) {
      return value.value() != 0;
    }
    return null;
  }

  private BoundExpr between(Expr.Between e, Scope scope) {
    BoundExpr operand = resolve(e.operand(), scope);
    BoundExpr low = resolve(e.low(), scope);
    BoundExpr high = resolve(e.high(), scope);
    int width = BoundExprs.width(operand);
    if (width != BoundExprs.width(low) || width != BoundExprs.width(high)) {
      throw CompileEnvironment.error("row value misused");
    }
    return new BoundExpr.Between(operand, low, high, e.negated());
  }

  private BoundExpr like(Expr.Like e, Scope scope) {
    List<BoundExpr> arguments = new ArrayList<>(3);
    arguments.add(scalar(e.pattern(), scope));
    arguments.add(scalar(e.left(), scope));
    if (e.escape() != null) {
      arguments.add(scalar(e.escape(), scope));
    }
    BoundExpr call = functions.call(e.operator().functionName(), arguments);
    return e.negated() ? new BoundExpr.Unary(UnaryOperator.NOT, call) : call;
  }

  private BoundExpr caseExpr(Expr.Case e, Scope scope) {
    BoundExpr base = e.base() == null ? null : resolve(e.base(), scope);
    if (e.base() != null && base != null && BoundExprs.width(base) != 1) {
      return rowCase(e, e.base(), scope);
    }
    List<BoundExpr> branches = new ArrayList<>(e.branches().size() * 2);
    for (Expr.Case.When when : e.branches()) {
      branches.add(scalar(when.condition(), scope));
      branches.add(scalar(when.result(), scope));
    }
    return new BoundExpr.Case(base, branches, scalarOrNull(e.otherwise(), scope));
  }

  /** A row value is compared with one branch after the other. */
  private BoundExpr rowCase(Expr.Case e, Expr base, Scope scope) {
    List<BoundExpr> branches = new ArrayList<>(e.branches().size() * 2);
    for (Expr.Case.When when : e.branches()) {
      Expr equal = new Expr.Binary(BinaryOperator.EQ, base, when.condition(), e.offset());
      branches.add(scalar(equal, scope));
      branches.add(scalar(when.result(), scope));
    }
    return new BoundExpr.Case(null, branches, scalarOrNull(e.otherwise(), scope));
  }

  /** The row sources read by an expression, also inside its subqueries. */
  static Set<Source> sourcesOf(List<BoundExpr> exprs) {
    Set<Source> sources = new HashSet<>();
    for (BoundExpr expr : exprs) {
      BoundExprs.walk(expr, new SourceReads(sources));
    }
    return sources;
  }

  /** Collects the sources that are read, and those that subqueries read from outside. */
  private static final class SourceReads implements Consumer<BoundExpr> {
    private final Set<Source> sources;

    SourceReads(Set<Source> sources) {
      this.sources = sources;
    }

    @Override
    public void accept(BoundExpr e) {
      if (e instanceof BoundExpr.ColumnRef ref) {
        sources.add(ref.source());
      }
      BoundSelect subquery = e.subquery();
      if (subquery != null) {
        sources.addAll(subquery.outerSources);
      }
    }
  }

  CompileEnvironment environment() {
    return environment;
  }

  ColumnLookup columns() {
    return columns;
  }

  /** A deterministic call that the resolver itself needs. */
  BoundExpr call(String function, List<BoundExpr> arguments) {
    return functions.call(function, arguments);
  }
}
