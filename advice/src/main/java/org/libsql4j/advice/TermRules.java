package org.libsql4j.advice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.QueryPlan;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.plan.PlanWatcher;
import org.libsql4j.plan.WhereTerm;
import org.libsql4j.plan.WhereTerms;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Mem;
import org.libsql4j.record.NumericText;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.DeepWalk;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.Identifier;

/** What the conditions of a statement tell, with the types of the columns in them. */
final class TermRules implements PlanWatcher {
  private final Set<Hint> hints = new LinkedHashSet<>();

  /** What is true of an OR only if the plan does not use several indexes for it. */
  private final Set<Hint> disjunctions = new LinkedHashSet<>();

  /** All that was found; the plan tells whether some of it matters. */
  List<Hint> hints(QueryPlan plan) {
    List<Hint> all = new ArrayList<>(hints);
    boolean usesAll = plan.allNodes().stream().anyMatch(n -> n.detail().equals("MULTI-INDEX OR"));
    if (!usesAll && !plan.fullScans().isEmpty()) {
      all.addAll(disjunctions);
    }
    return all;
  }

  void quotedString(Identifier name) {
    hints.add(
        new Hint(
            Hint.Kind.QUOTED_STRING,
            "\"" + name.name() + "\"",
            "\""
                + name.name()
                + "\" is no column, so it is a string: write '"
                + name.name()
                + "'"));
  }

  @Override
  public void planning(WhereTerms terms, List<BoundExpr.SortTerm> order) {
    boolean qualified = terms.sources().size() > 1;
    for (WhereTerm term : terms.all()) {
      if (term.original == null && !term.isArgument) {
        new OneTerm(term.expr, qualified).check();
        if (!term.disjuncts.isEmpty()) {
          disjunction(term, qualified);
        }
      }
    }
    crossProduct(terms);
  }

  private void add(Hint.Kind kind, String part, String message) {
    hints.add(new Hint(kind, part, message));
  }

  private void disjunction(WhereTerm term, boolean qualified) {
    Set<BoundExpr> columns = new LinkedHashSet<>();
    DeepWalk.expr(
        term.expr,
        e -> {
          if (e instanceof BoundExpr.ColumnRef) {
            columns.add(e);
          }
        });
    if (columns.size() > 1) {
      String part = BoundText.show(term.expr, qualified);
      disjunctions.add(
          new Hint(
              Hint.Kind.OR_WITHOUT_INDEX,
              part,
              part
                  + ": indexes help with OR only if each side has one that it can use; or make a"
                  + " UNION of queries"));
    }
  }

  // ---- joins

  /** Whether conditions connect all tables of a join. */
  private void crossProduct(WhereTerms terms) {
    List<Source> sources = terms.sources();
    boolean given =
        sources.stream().anyMatch(s -> s.table.isVirtual() || s.subquery != null || s.recursive);
    if (sources.size() < 2 || given) {
      return;
    }
    long reached = 1;
    boolean grows = true;
    while (grows) {
      long before = reached;
      for (WhereTerm term : terms.all()) {
        if ((term.mask & reached) != 0) {
          reached |= term.mask;
        }
      }
      grows = reached != before;
    }
    for (int i = 0; i < sources.size(); i++) {
      boolean constant = isOneRow(terms, i);
      if ((reached >> i & 1) == 0 && !constant) {
        String name = String.valueOf(sources.get(i));
        add(
            Hint.Kind.CROSS_PRODUCT,
            name,
            "no condition connects "
                + name
                + " with the tables before it: every row of one meets every row of the other");
        return;
      }
    }
  }

  private static boolean isOneRow(WhereTerms terms, int position) {
    long bit = 1L << position;
    return Arrays.stream(terms.all()).anyMatch(t -> t.kind.isEquality() && t.mask == bit);
  }

  // ---- one condition

  private final class OneTerm {
    private final BoundExpr expr;
    private final boolean qualified;

    OneTerm(BoundExpr expr, boolean qualified) {
      this.expr = expr;
      this.qualified = qualified;
    }

    private String text(BoundExpr part) {
      return BoundText.show(part, qualified);
    }

    void check() {
      if (expr instanceof BoundExpr.Binary e && e.operator().isComparison()) {
        comparison(e);
      } else if (expr instanceof BoundExpr.Call e
          && e.function().has(FunctionDefinition.Flag.LIKE)) {
        pattern(e);
      }
      DeepWalk.expr(
          expr,
          e -> {
            if (e instanceof BoundExpr.InSelect in && in.negated()) {
              notIn(in);
            }
          });
    }

    private void comparison(BoundExpr.Binary e) {
      boolean equality = e.operator() == BinaryOperator.EQ || e.operator() == BinaryOperator.NE;
      boolean is = e.operator() == BinaryOperator.IS || e.operator() == BinaryOperator.IS_NOT;
      boolean nothing =
          e.left() instanceof BoundExpr.NullValue || e.right() instanceof BoundExpr.NullValue;
      if (nothing && !is) {
        String how = e.operator() == BinaryOperator.NE ? "IS NOT NULL" : "IS NULL";
        add(
            Hint.Kind.NULL_COMPARISON,
            text(e),
            text(e) + " is never true, because NULL equals nothing: write " + how);
        return;
      }
      computed(e, e.left(), e.right());
      computed(e, e.right(), e.left());
      types(e, equality);
    }

    // ---- computed columns

    private void computed(BoundExpr.Binary e, BoundExpr side, BoundExpr other) {
      BoundExpr inner = BoundExprs.skipCollate(side);
      BoundExpr.ColumnRef column = onlyColumn(inner);
      boolean searches = e.operator() != BinaryOperator.NE && e.operator() != BinaryOperator.IS_NOT;
      if (column == null || !searches || readsColumns(other) || hasIndexOn(column, inner)) {
        return;
      }
      String name = text(column);
      String index = indexName(column);
      String now =
          index == null
              ? "no index on " + name + " could be used for " + text(e)
              : "the index " + index + " cannot be used for " + text(e);
      add(Hint.Kind.COMPUTED_COLUMN, text(e), now + ": " + remedy(inner, name));
    }

    private String remedy(BoundExpr inner, String name) {
      String expression = text(inner);
      String general = "an index on " + expression + " could";
      if (inner instanceof BoundExpr.Call call) {
        return switch (call.function().name().toLowerCase(Locale.ROOT)) {
          case "date", "datetime", "strftime", "julianday", "time", "unixepoch" ->
              "compare " + name + " itself with the ends of a range, or index " + expression;
          case "lower", "upper" ->
              "declare the column or its index COLLATE NOCASE and compare "
                  + name
                  + " itself, or"
                  + " index "
                  + expression;
          case "substr", "substring" ->
              "for a beginning compare " + name + " itself with a range, or index " + expression;
          case "coalesce", "ifnull" ->
              "make the column NOT NULL DEFAULT, or test for NULL apart, or index " + expression;
          default -> general;
        };
      }
      if (inner instanceof BoundExpr.Binary binary && isArithmetic(binary.operator())) {
        return "move the arithmetic to the other side, so that " + name + " stands alone";
      }
      return general;
    }

    private boolean isArithmetic(BinaryOperator operator) {
      return operator == BinaryOperator.ADD
          || operator == BinaryOperator.SUBTRACT
          || operator == BinaryOperator.MULTIPLY
          || operator == BinaryOperator.DIVIDE;
    }

    // ---- types

    private void types(BoundExpr.Binary e, boolean equality) {
      BoundExpr left = BoundExprs.skipCollate(e.left());
      BoundExpr right = BoundExprs.skipCollate(e.right());
      if (left instanceof BoundExpr.ColumnRef a && right instanceof BoundExpr.ColumnRef b) {
        columnTypes(e, a, b);
      } else if (left instanceof BoundExpr.ColumnRef a && equality) {
        valueType(e, a, right);
      } else if (right instanceof BoundExpr.ColumnRef b && equality) {
        valueType(e, b, left);
      }
    }

    private void columnTypes(BoundExpr.Binary e, BoundExpr.ColumnRef a, BoundExpr.ColumnRef b) {
      Affinity one = ExprTypes.affinity(a);
      Affinity two = ExprTypes.affinity(b);
      boolean differ = one.isNumeric() != two.isNumeric();
      if (differ) {
        BoundExpr.ColumnRef text = one.isNumeric() ? b : a;
        add(
            Hint.Kind.TYPE_MISMATCH,
            text(e),
            text(e)
                + " compares columns of different types: an index on "
                + text(text)
                + " cannot be used, as its values are made numbers first; give both the same type");
      }
    }

    private void valueType(BoundExpr.Binary e, BoundExpr.ColumnRef column, BoundExpr value) {
      Affinity affinity = ExprTypes.affinity(column);
      boolean untyped = affinity == Affinity.BLOB || affinity == Affinity.NONE;
      if (affinity.isNumeric()
          && value instanceof BoundExpr.TextValue text
          && !isNumber(text.value())) {
        add(
            Hint.Kind.TYPE_MISMATCH,
            text(e),
            text(e) + " compares a column of numbers with text that is no number");
      } else if (untyped && value instanceof BoundExpr.TextValue text && isNumber(text.value())) {
        add(
            Hint.Kind.TYPE_MISMATCH,
            text(e),
            text(e)
                + " finds only text: "
                + text(column)
                + " has no type, so numbers in it stay numbers and equal no text");
      }
    }

    private boolean isNumber(String text) {
      Mem cell = new Mem();
      cell.setText(text);
      return NumericText.classify(cell) != NumericText.NOT_NUMERIC;
    }

    // ---- patterns

    private void pattern(BoundExpr.Call call) {
      BoundExpr pattern = BoundExprs.skipOnlyCollate(call.arguments().get(0));
      BoundExpr subject = BoundExprs.skipCollate(call.arguments().get(1));
      if (!(subject instanceof BoundExpr.ColumnRef column)) {
        return;
      }
      boolean glob = call.function().name().equalsIgnoreCase("glob");
      String wildcards = glob ? "*?[" : "%_";
      if (pattern instanceof BoundExpr.TextValue text) {
        if (!text.value().isEmpty() && wildcards.indexOf(text.value().charAt(0)) >= 0) {
          add(
              Hint.Kind.LEADING_WILDCARD,
              text(call),
              text(call)
                  + " begins with a wildcard, so no index can be used: a full-text index (FTS5,"
                  + " with the trigram tokenizer) can");
        } else if (!glob && !call.function().has(FunctionDefinition.Flag.CASE_SENSITIVE)) {
          caseMatters(call, column);
        }
      } else if (pattern instanceof BoundExpr.Parameter) {
        add(
            Hint.Kind.PATTERN_WITHOUT_INDEX,
            text(call),
            text(call)
                + " has a parameter as pattern, which the planner does not look into: for a"
                + " beginning compare "
                + text(column)
                + " with a range (>= and <)");
      }
    }

    private void caseMatters(BoundExpr.Call call, BoundExpr.ColumnRef column) {
      Index index = indexOn(column);
      if (index != null && !index.collations[0].equalsIgnoreCase("NOCASE")) {
        add(
            Hint.Kind.PATTERN_WITHOUT_INDEX,
            text(call),
            text(call)
                + " ignores case, and the index "
                + index.name
                + " does not: index "
                + text(column)
                + " COLLATE NOCASE, or use GLOB");
      }
    }

    // ---- NOT IN

    private void notIn(BoundExpr.InSelect in) {
      BoundQuery query = in.select().first();
      if (query.values != null || query.columns.isEmpty()) {
        return;
      }
      if (query.columns.get(0).expr() instanceof BoundExpr.ColumnRef ref
          && isNullable(ref)
          && !excludesNull(query.where, ref)) {
        add(
            Hint.Kind.NOT_IN_WITH_NULLS,
            text(in.operand()) + " NOT IN (SELECT " + text(ref) + " …)",
            "NOT IN is never true if the query gives a NULL, and "
                + text(ref)
                + " can be NULL: use NOT EXISTS, or exclude NULLs in the query");
      }
    }

    private boolean isNullable(BoundExpr.ColumnRef ref) {
      return ref.source().subquery == null
          && ref.column() >= 0
          && ref.column() != ref.source().table.rowidColumn
          && !ref.source().table.isNotNull(ref.column());
    }

    private boolean excludesNull(@Nullable BoundExpr where, BoundExpr.ColumnRef ref) {
      boolean[] found = new boolean[1];
      BoundExprs.walk(
          where,
          e -> {
            boolean test =
                e instanceof BoundExpr.IsNull isNull
                    && isNull.negated()
                    && isNull.operand().equals(ref);
            boolean compares =
                e instanceof BoundExpr.Binary binary
                    && binary.operator().isComparison()
                    && (binary.left().equals(ref) || binary.right().equals(ref));
            found[0] |= test || compares;
          });
      return found[0];
    }

    // ---- columns and their indexes

    /** The column if something is computed of one column alone; else null. */
    private BoundExpr.@Nullable ColumnRef onlyColumn(BoundExpr side) {
      boolean computes =
          side instanceof BoundExpr.Call
              || side instanceof BoundExpr.Binary
              || side instanceof BoundExpr.Cast;
      if (!computes) {
        return null;
      }
      Set<BoundExpr.ColumnRef> columns = new LinkedHashSet<>();
      boolean[] query = new boolean[1];
      BoundExprs.walk(
          side,
          e -> {
            if (e instanceof BoundExpr.ColumnRef ref) {
              columns.add(ref);
            }
            query[0] |= BoundExprs.subquery(e) != null;
          });
      return columns.size() == 1 && !query[0] ? columns.iterator().next() : null;
    }

    private boolean readsColumns(BoundExpr side) {
      boolean[] found = new boolean[1];
      BoundExprs.walk(side, e -> found[0] |= e instanceof BoundExpr.ColumnRef);
      return found[0];
    }

    private boolean hasIndexOn(BoundExpr.ColumnRef column, BoundExpr computed) {
      String text = BoundText.ofIndex(computed);
      return text != null
          && column.source().table.indexes.stream()
              .anyMatch(
                  i -> i.columns[0] == Index.EXPRESSION && String.valueOf(i.sql).contains(text));
    }

    private @Nullable Index indexOn(BoundExpr.ColumnRef column) {
      for (Index index : column.source().table.indexes) {
        if (column.column() >= 0 && index.columns[0] == column.column()) {
          return index;
        }
      }
      return null;
    }

    private @Nullable String indexName(BoundExpr.ColumnRef column) {
      Index index = indexOn(column);
      return index == null ? null : index.name;
    }
  }
}
