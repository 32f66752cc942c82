package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.DeepWalk;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.JoinOperator;
import org.libsql4j.sql.ast.UnaryOperator;

/** Takes WHERE and ON clauses apart into terms. */
public final class WhereTerms {
  /** As many as there are bits in a mask. */
  public static final int MAX_SOURCES = 64;

  private final List<Source> sources;
  private final List<WhereTerm> terms = new ArrayList<>();
  private final PeekedValues values;

  private static final Map<BinaryOperator, WhereTerm.Kind> KINDS =
      Map.of(
          BinaryOperator.EQ, WhereTerm.Kind.EQUAL,
          BinaryOperator.IS, WhereTerm.Kind.IS,
          BinaryOperator.LT, WhereTerm.Kind.LESS,
          BinaryOperator.LE, WhereTerm.Kind.LESS_EQUAL,
          BinaryOperator.GT, WhereTerm.Kind.GREATER,
          BinaryOperator.GE, WhereTerm.Kind.GREATER_EQUAL);

  /** What the sides of an inequality swapped make of it. */
  private static final Map<WhereTerm.Kind, WhereTerm.Kind> COMMUTED =
      Map.of(
          WhereTerm.Kind.LESS, WhereTerm.Kind.GREATER,
          WhereTerm.Kind.LESS_EQUAL, WhereTerm.Kind.GREATER_EQUAL,
          WhereTerm.Kind.GREATER, WhereTerm.Kind.LESS,
          WhereTerm.Kind.GREATER_EQUAL, WhereTerm.Kind.LESS_EQUAL);

  /** The terms once all are found. */
  private WhereTerm @Nullable [] all;

  private boolean part;

  /** Position of the last source that is joined by RIGHT or FULL JOIN; -1 if there is none. */
  private final int lastRightJoin;

  public WhereTerms(List<Source> sources, @Nullable BoundExpr where, PeekedValues values) {
    this.values = values;
    if (sources.size() > MAX_SOURCES) {
      throw new LibsqlException(ResultCode.ERROR, "at most " + MAX_SOURCES + " tables in a join");
    }
    this.sources = sources;
    int right = -1;
    for (int i = 0; i < sources.size(); i++) {
      JoinOperator.Kind join = sources.get(i).join;
      if (join == JoinOperator.Kind.RIGHT || join == JoinOperator.Kind.FULL) {
        right = i;
      }
    }
    this.lastRightJoin = right;
    addAll(where, -1);
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      boolean bound =
          source.join == JoinOperator.Kind.LEFT
              || source.join == JoinOperator.Kind.RIGHT
              || source.join == JoinOperator.Kind.FULL
              || i <= lastRightJoin;
      addAll(source.on, bound ? i : -1);
      addArguments(source, bound ? i : -1);
    }
    for (Source source : sources) {
      if (source.table.isVirtual()) {
        new VirtualTerms(this).addTo(terms);
        break;
      }
    }
  }

  /** The arguments of a table-valued function are values of its hidden columns. */
  private void addArguments(Source source, int onPosition) {
    int column = 0;
    for (BoundExpr argument : source.functionArguments) {
      while (!source.table.column(column).hidden()) {
        column++;
      }
      source.use(column);
      int first = terms.size();
      add(
          new BoundExpr.Binary(
              BinaryOperator.EQ,
              new BoundExpr.ColumnRef(source, column),
              new BoundExpr.Unary(UnaryOperator.PLUS, argument)),
          onPosition);
      terms.get(first).isArgument = true;
      column++;
    }
  }

  private WhereTerms(Source source, PeekedValues values) {
    this.values = values;
    this.sources = List.of(source);
    this.lastRightJoin = -1;
    this.part = true;
  }

  /** The terms of one part of an OR, for a loop over one source inside of the loops around it. */
  public static WhereTerms ofPart(Source source, BoundExpr part, PeekedValues values) {
    WhereTerms terms = new WhereTerms(source, values);
    terms.addAll(part, -1);
    return terms;
  }

  /** The terms of one part of an OR that is among these. */
  public WhereTerms part(Source source, BoundExpr part) {
    return ofPart(source, part, values);
  }

  /** Whether these are the terms of a part of an OR: how the source is joined does not matter. */
  boolean isPart() {
    return part;
  }

  /** All terms; not to be changed. */
  public WhereTerm[] all() {
    WhereTerm[] known = all;
    if (known == null) {
      known = terms.toArray(new WhereTerm[0]);
      all = known;
    }
    return known;
  }

  public List<Source> sources() {
    return sources;
  }

  public int lastRightJoin() {
    return lastRightJoin;
  }

  /** Bit set of the sources of this FROM clause that an expression reads. */
  public long maskOf(@Nullable BoundExpr expr) {
    if (expr instanceof BoundExpr.ColumnRef ref) {
      return maskOf(ref.source());
    }
    if (expr == null
        || expr instanceof BoundExpr.IntegerValue
        || expr instanceof BoundExpr.TextValue
        || expr instanceof BoundExpr.Parameter) {
      return 0;
    }
    SourceMask visitor = new SourceMask();
    DeepWalk.expr(expr, visitor);
    return visitor.mask;
  }

  /** Collects the sources of this FROM clause that are read. */
  private final class SourceMask implements Consumer<BoundExpr> {
    long mask;

    @Override
    public void accept(BoundExpr e) {
      if (e instanceof BoundExpr.ColumnRef ref) {
        mask |= maskOf(ref.source());
      } else if (e instanceof BoundExpr.IfNullRow row) {
        mask |= maskOf(row.source());
      }
    }
  }

  /** The bit of a source; 0 if it is not of this FROM clause. */
  private long maskOf(Source source) {
    int usual = source.position;
    if (usual >= 0 && usual < sources.size() && sources.get(usual) == source) {
      return 1L << usual;
    }
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i) == source) {
        return 1L << i;
      }
    }
    return 0;
  }

  private void addAll(@Nullable BoundExpr condition, int onPosition) {
    if (condition == null) {
      return;
    }
    if (condition instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.AND) {
      addAll(e.left(), onPosition);
      addAll(e.right(), onPosition);
    } else if (condition instanceof BoundExpr.Between e
        && !e.negated()
        && isRepeatable(e.operand())) {
      add(new BoundExpr.Binary(BinaryOperator.GE, e.operand(), e.low()), onPosition);
      add(new BoundExpr.Binary(BinaryOperator.LE, e.operand(), e.high()), onPosition);
    } else if (condition instanceof BoundExpr.Binary e
        && (e.operator() == BinaryOperator.EQ || e.operator() == BinaryOperator.IS)
        && BoundExprs.width(e.left()) > 1
        && (e.left() instanceof BoundExpr.RowValue || e.right() instanceof BoundExpr.RowValue)) {
      for (int i = 0; i < BoundExprs.width(e.left()); i++) {
        BoundExpr left = BoundExprs.element(e.left(), i);
        add(new BoundExpr.Binary(e.operator(), left, BoundExprs.element(e.right(), i)), onPosition);
      }
    } else {
      add(condition, onPosition);
    }
  }

  /** Whether an operand costs nothing to be computed twice. */
  private static boolean isRepeatable(BoundExpr operand) {
    if (operand instanceof BoundExpr.RowValue row) {
      return row.values().stream().allMatch(WhereTerms::isRepeatable);
    }
    return BoundExprs.skipCollate(operand) instanceof BoundExpr.ColumnRef;
  }

  private void add(BoundExpr condition, int onPosition) {
    int first = terms.size();
    BoundExpr expr = condition;
    int truth = 1;
    while (expr instanceof BoundExpr.Call call
        && call.function().has(FunctionDefinition.Flag.UNLIKELY)) {
      truth = truth(call);
      expr = call.arguments().get(0);
    }
    addTerm(expr, onPosition);
    if (truth <= 0) {
      for (WhereTerm term : terms.subList(first, terms.size())) {
        term.truth = truth;
      }
    }
  }

  /** The share of rows that a call of likelihood() and its relatives promises, as LogEst. */
  private static int truth(BoundExpr.Call call) {
    if (call.arguments().size() > 1 && call.arguments().get(1) instanceof BoundExpr.RealValue p) {
      return LogEst.of((long) (p.value() * (1 << 27))) - 270;
    }
    return call.function().name().equals("likely") ? -1 : -40;
  }

  private void addTerm(BoundExpr expr, int onPosition) {
    if (expr instanceof BoundExpr.Binary e
        && e.operator().isComparison()
        && BoundExprs.width(e.left()) == 1) {
      comparison(e, onPosition);
    } else if (expr instanceof BoundExpr.Binary e
        && e.operator().isComparison()
        && kind(e.operator()) != WhereTerm.Kind.OTHER
        && !kind(e.operator()).isEquality()) {
      rowBounds(e, onPosition);
    } else if (expr instanceof BoundExpr.IsNull e && !e.negated()) {
      WhereTerm term =
          new WhereTerm(
              expr,
              WhereTerm.Kind.IS_NULL,
              BoundExprs.skipCollate(e.operand()),
              null,
              null,
              0,
              maskOf(expr),
              onPosition,
              null,
              false);
      terms.add(term);
    } else if (expr instanceof BoundExpr.InList e && !e.negated()) {
      in(expr, e.operand(), maskOf(new BoundExpr.RowValue(e.values())), onPosition);
    } else if (expr instanceof BoundExpr.InSelect e && !e.negated()) {
      in(expr, e.operand(), maskOf(new BoundExpr.Exists(e.select())), onPosition);
    } else if (expr instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.OR) {
      disjunction(e, onPosition);
    } else {
      WhereTerm term = other(expr, onPosition);
      terms.add(term);
      if (expr instanceof BoundExpr.IsNull e && onPosition < 0) {
        notNull(e, term);
      }
      LikePrefix prefix = LikePrefix.of(expr, values);
      if (prefix != null) {
        pattern(prefix, term);
      }
    }
  }

  /** What is not NULL is greater than NULL in an index. */
  private void notNull(BoundExpr.IsNull expr, WhereTerm term) {
    if (!(expr.operand() instanceof BoundExpr.ColumnRef column)
        || column.column() < 0
        || column.column() == column.source().table.rowidColumn
        || column.source().table.isVirtual()) {
      return;
    }
    BoundExpr none = new BoundExpr.NullValue();
    WhereTerm bound =
        new WhereTerm(
            expr,
            WhereTerm.Kind.GREATER,
            column,
            none,
            ExprTypes.comparisonCollation(column, none),
            0,
            term.mask,
            term.onPosition,
            term,
            false);
    bound.isNotNull = true;
    terms.add(bound);
  }

  /** A pattern with a fixed beginning is also a range. */
  private void pattern(LikePrefix prefix, WhereTerm term) {
    WhereTerm lower = patternBound(prefix, term, WhereTerm.Kind.GREATER_EQUAL, prefix.lower);
    WhereTerm upper = patternBound(prefix, term, WhereTerm.Kind.LESS, prefix.upper);
    lower.partner = upper;
    upper.partner = lower;
    terms.add(lower);
    terms.add(upper);
  }

  private static WhereTerm patternBound(
      LikePrefix prefix, WhereTerm term, WhereTerm.Kind kind, String value) {
    BinaryOperator operator = kind == WhereTerm.Kind.LESS ? BinaryOperator.LT : BinaryOperator.GE;
    BoundExpr text = new BoundExpr.TextValue(value);
    return new WhereTerm(
        new BoundExpr.Binary(operator, prefix.column, text),
        kind,
        prefix.column,
        text,
        prefix.collation,
        0,
        term.mask,
        term.onPosition,
        term,
        true);
  }

  private WhereTerm other(BoundExpr expr, int onPosition) {
    return new WhereTerm(
        expr, WhereTerm.Kind.OTHER, null, null, null, 0, maskOf(expr), onPosition, null, false);
  }

  private void in(BoundExpr expr, BoundExpr operand, long rightMask, int onPosition) {
    if (BoundExprs.width(operand) > 1) {
      WhereTerm root = other(expr, onPosition);
      terms.add(root);
      rowIn(root, operand, rightMask);
      return;
    }
    terms.add(
        new WhereTerm(
            expr,
            WhereTerm.Kind.IN,
            BoundExprs.skipCollate(operand),
            null,
            inCollation(expr, operand),
            rightMask,
            maskOf(expr),
            onPosition,
            null,
            false));
  }

  /** IN with row values constrains each of them; an index must use the values together. */
  private void rowIn(WhereTerm root, BoundExpr operand, long rightMask) {
    boolean rows =
        root.expr instanceof BoundExpr.InSelect
            || (root.expr instanceof BoundExpr.InList list
                && list.values().stream().allMatch(v -> v instanceof BoundExpr.RowValue));
    if (!rows || !(operand instanceof BoundExpr.RowValue row)) {
      return;
    }
    for (int i = 0; i < row.values().size(); i++) {
      BoundExpr value = row.values().get(i);
      if (!(BoundExprs.skipOnlyCollate(value) instanceof BoundExpr.ColumnRef column)
          || column.source().table.isVirtual()) {
        continue;
      }
      String collation = ExprTypes.collation(value).name();
      if (root.expr instanceof BoundExpr.InSelect in) {
        collation = ExprTypes.comparisonCollation(value, in.select().first().columns.get(i).expr());
      }
      WhereTerm term =
          new WhereTerm(
              root.expr,
              WhereTerm.Kind.IN,
              column,
              null,
              collation == null ? "BINARY" : collation,
              rightMask,
              root.mask,
              root.onPosition,
              root,
              true);
      term.field = i;
      terms.add(term);
    }
  }

  private static String inCollation(BoundExpr expr, BoundExpr operand) {
    if (expr instanceof BoundExpr.InSelect in) {
      return ExprTypes.comparisonCollation(operand, in.select().first().columns.get(0).expr());
    }
    String name = ExprTypes.collation(operand).name();
    return name == null ? "BINARY" : name;
  }

  private void comparison(BoundExpr.Binary e, int onPosition) {
    WhereTerm.Kind kind = kind(e.operator());
    if (kind == WhereTerm.Kind.OTHER) {
      terms.add(other(e, onPosition));
      return;
    }
    String collation = ExprTypes.comparisonCollation(e.left(), e.right());
    long mask = maskOf(e);
    WhereTerm term =
        new WhereTerm(
            e,
            kind,
            BoundExprs.skipOnlyCollate(e.left()),
            e.right(),
            collation,
            maskOf(e.right()),
            mask,
            onPosition,
            null,
            false);
    terms.add(term);
    if (!BoundExprs.isConstant(e.right())) {
      terms.add(
          new WhereTerm(
              e,
              commuted(kind),
              BoundExprs.skipOnlyCollate(e.right()),
              e.left(),
              collation,
              maskOf(e.left()),
              mask,
              onPosition,
              term,
              false));
    }
  }

  /** A comparison of row values is also a range of the first values, and more with an index. */
  private void rowBounds(BoundExpr.Binary e, int onPosition) {
    WhereTerm root = other(e, onPosition);
    terms.add(root);
    WhereTerm.Kind kind = kind(e.operator());
    terms.add(rowBound(root, inclusive(kind), e.left(), e.right()));
    if (!BoundExprs.isConstant(e.right())) {
      terms.add(rowBound(root, inclusive(commuted(kind)), e.right(), e.left()));
    }
  }

  private WhereTerm rowBound(WhereTerm root, WhereTerm.Kind kind, BoundExpr left, BoundExpr right) {
    List<BoundExpr> lefts = new ArrayList<>();
    List<BoundExpr> rights = new ArrayList<>();
    for (int i = 0; i < BoundExprs.width(left); i++) {
      lefts.add(BoundExprs.element(left, i));
      rights.add(BoundExprs.element(right, i));
    }
    WhereTerm bound =
        new WhereTerm(
            root.expr,
            kind,
            BoundExprs.skipOnlyCollate(lefts.get(0)),
            rights.get(0),
            ExprTypes.comparisonCollation(lefts.get(0), rights.get(0)),
            maskOf(right),
            root.mask,
            root.onPosition,
            root,
            true);
    bound.vectorLeft = lefts;
    bound.vectorRight = rights;
    return bound;
  }

  /** Rows with equal first values are in the range as well. */
  private static WhereTerm.Kind inclusive(WhereTerm.Kind kind) {
    return kind.isLowerBound() ? WhereTerm.Kind.GREATER_EQUAL : WhereTerm.Kind.LESS_EQUAL;
  }

  private static WhereTerm.Kind kind(BinaryOperator operator) {
    return KINDS.getOrDefault(operator, WhereTerm.Kind.OTHER);
  }

  private static WhereTerm.Kind commuted(WhereTerm.Kind kind) {
    return COMMUTED.getOrDefault(kind, kind);
  }

  /** {@code x=1 OR x=2} is also {@code x IN (1, 2)}. */
  private void disjunction(BoundExpr.Binary expr, int onPosition) {
    WhereTerm term = other(expr, onPosition);
    terms.add(term);
    List<BoundExpr> values = new ArrayList<>();
    BoundExpr.ColumnRef column = equalities(expr, null, values);
    if (column != null) {
      BoundExpr in = new BoundExpr.InList(column, values, false);
      terms.add(
          new WhereTerm(
              in,
              WhereTerm.Kind.IN,
              column,
              null,
              inCollation(in, column),
              maskOf(new BoundExpr.RowValue(values)),
              term.mask,
              onPosition,
              term,
              false));
    } else {
      List<BoundExpr> parts = new ArrayList<>();
      split(expr, parts);
      term.disjuncts = parts;
      if (parts.size() == 2) {
        combine(term, parts.get(0), parts.get(1));
      }
    }
  }

  /** {@code x>2 AND ... OR x=2 AND ...} implies {@code x>=2}. */
  private void combine(WhereTerm root, BoundExpr first, BoundExpr second) {
    List<BoundExpr> ones = new ArrayList<>();
    List<BoundExpr> twos = new ArrayList<>();
    conjuncts(first, ones);
    conjuncts(second, twos);
    for (BoundExpr one : ones) {
      for (BoundExpr two : twos) {
        if (one instanceof BoundExpr.Binary a
            && two instanceof BoundExpr.Binary b
            && BoundExprs.width(a.left()) == 1
            && a.left().equals(b.left())
            && a.right().equals(b.right())) {
          BinaryOperator operator = either(a.operator(), b.operator());
          if (operator != null) {
            hint(root, new BoundExpr.Binary(operator, a.left(), a.right()));
          }
        }
      }
    }
  }

  private static void conjuncts(BoundExpr expr, List<BoundExpr> out) {
    if (expr instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.AND) {
      conjuncts(e.left(), out);
      conjuncts(e.right(), out);
    } else {
      out.add(expr);
    }
  }

  /** The comparison that holds if one of two holds; null if none does. */
  private static @Nullable BinaryOperator either(BinaryOperator a, BinaryOperator b) {
    WhereTerm.Kind one = kind(a);
    WhereTerm.Kind two = kind(b);
    if (a == b) {
      return one == WhereTerm.Kind.OTHER || one == WhereTerm.Kind.IS ? null : a;
    }
    boolean equal = one == WhereTerm.Kind.EQUAL || two == WhereTerm.Kind.EQUAL;
    boolean low = one.isLowerBound() || two.isLowerBound();
    boolean high = one.isUpperBound() || two.isUpperBound();
    boolean known =
        (one == WhereTerm.Kind.EQUAL || one.isLowerBound() || one.isUpperBound())
            && (two == WhereTerm.Kind.EQUAL || two.isLowerBound() || two.isUpperBound());
    if (!known || (low && high) || !(equal || low || high)) {
      return null;
    }
    return low ? BinaryOperator.GE : BinaryOperator.LE;
  }

  /** Adds what follows from a condition, and can be used by an index. */
  private void hint(WhereTerm root, BoundExpr.Binary e) {
    terms.add(
        new WhereTerm(
            e,
            kind(e.operator()),
            BoundExprs.skipOnlyCollate(e.left()),
            e.right(),
            ExprTypes.comparisonCollation(e.left(), e.right()),
            maskOf(e.right()),
            root.mask,
            root.onPosition,
            root,
            true));
  }

  private static void split(BoundExpr expr, List<BoundExpr> parts) {
    if (expr instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.OR) {
      split(e.left(), parts);
      split(e.right(), parts);
    } else {
      parts.add(expr);
    }
  }

  /** The column if all parts of the disjunction are {@code column = value}; else null. */
  private static BoundExpr.@Nullable ColumnRef equalities(
      BoundExpr expr, BoundExpr.@Nullable ColumnRef column, List<BoundExpr> values) {
    if (!(expr instanceof BoundExpr.Binary e)) {
      return null;
    }
    if (e.operator() == BinaryOperator.OR) {
      BoundExpr.ColumnRef left = equalities(e.left(), column, values);
      return left == null ? null : equalities(e.right(), left, values);
    }
    if (e.operator() != BinaryOperator.EQ
        || !(e.left() instanceof BoundExpr.ColumnRef ref)
        || (column != null && !column.equals(ref))
        || !BoundExprs.isConstant(e.right())
        || ExprTypes.collation(e.right()).explicit()) {
      return null;
    }
    values.add(e.right());
    return ref;
  }
}
