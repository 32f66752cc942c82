package org.libsql4j.resolve;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.UnaryOperator;

/** A resolved expression. See the package for what equality means. */
public sealed interface BoundExpr {
  /** Visits the direct subexpressions from left to right; not those inside of subqueries. */
  default void forEachChild(Consumer<BoundExpr> visitor) {}

  /** The subquery directly inside of the expression; null if there is none. */
  default @Nullable BoundSelect subquery() {
    return null;
  }

  private static void each(List<BoundExpr> list, Consumer<BoundExpr> visitor) {
    for (int i = 0; i < list.size(); i++) {
      visitor.accept(list.get(i));
    }
  }

  private static void ifPresent(@Nullable BoundExpr expr, Consumer<BoundExpr> visitor) {
    if (expr != null) {
      visitor.accept(expr);
    }
  }

  private static void eachTerm(List<SortTerm> terms, Consumer<BoundExpr> visitor) {
    for (int i = 0; i < terms.size(); i++) {
      visitor.accept(terms.get(i).expr());
    }
  }

  /** NULL. */
  record NullValue() implements BoundExpr {}

  /** An integer; TRUE and FALSE are 1 and 0. */
  record IntegerValue(long value) implements BoundExpr {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof IntegerValue that && value == that.value;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(value);
    }
  }

  /** A hexadecimal number beyond 64 bits: an error once it is to be computed. */
  record OversizedHex(String text) implements BoundExpr {}

  /** A floating point number. */
  record RealValue(double value) implements BoundExpr {}

  /** A string. */
  record TextValue(String value) implements BoundExpr {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof TextValue that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }
  }

  /** A blob. */
  record BlobValue(byte[] value) implements BoundExpr {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof BlobValue blob && Arrays.equals(value, blob.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }
  }

  /** A bind parameter, numbered from 1. */
  record Parameter(int number) implements BoundExpr {}

  /**
   * A column of a row source.
   *
   * @param column 0-based, or -1 for the rowid
   */
  record ColumnRef(Source source, int column) implements BoundExpr {
    // Written out here and below, where expressions are compared most, as what the compiler makes
    // is slow until it has been compiled in its turn.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ColumnRef ref && source == ref.source && column == ref.column;
    }

    @Override
    public int hashCode() {
      return source.hashCode() * 31 + column;
    }
  }

  /** A prefix operator. */
  record Unary(UnaryOperator operator, BoundExpr operand) implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      visitor.accept(operand);
    }
  }

  /** An infix operator. */
  record Binary(BinaryOperator operator, BoundExpr left, BoundExpr right) implements BoundExpr {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Binary that
          && operator == that.operator
          && left.equals(that.left)
          && right.equals(that.right);
    }

    @Override
    public int hashCode() {
      return (operator.hashCode() * 31 + left.hashCode()) * 31 + right.hashCode();
    }

    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      visitor.accept(left);
      visitor.accept(right);
    }
  }

  /** {@code operand IS [NOT] NULL}. */
  record IsNull(BoundExpr operand, boolean negated) implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      visitor.accept(operand);
    }
  }

  /** {@code operand IS [NOT] TRUE} or {@code FALSE}. */
  record TruthTest(BoundExpr operand, boolean truth, boolean negated) implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      visitor.accept(operand);
    }
  }

  /** {@code operand [NOT] BETWEEN low AND high}. */
  record Between(BoundExpr operand, BoundExpr low, BoundExpr high, boolean negated)
      implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      visitor.accept(operand);
      visitor.accept(low);
      visitor.accept(high);
    }
  }

  /** {@code operand [NOT] IN (values)}. */
  record InList(BoundExpr operand, List<BoundExpr> values, boolean negated) implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      visitor.accept(operand);
      BoundExpr.each(values, visitor);
    }
  }

  /** {@code operand [NOT] IN (select)}. */
  record InSelect(BoundExpr operand, BoundSelect select, boolean negated) implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      visitor.accept(operand);
    }

    @Override
    public BoundSelect subquery() {
      return select;
    }
  }

  /** {@code EXISTS (select)}. */
  record Exists(BoundSelect select) implements BoundExpr {
    @Override
    public BoundSelect subquery() {
      return select;
    }
  }

  /** {@code (select)} as a value; a row value if the query has more than one column. */
  record ScalarSubquery(BoundSelect select) implements BoundExpr {
    @Override
    public BoundSelect subquery() {
      return select;
    }
  }

  /** One column of a row value that is a subquery. */
  record SubqueryColumn(ScalarSubquery row, int column) implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      visitor.accept(row);
    }
  }

  /** {@code (a, b, ...)}. */
  record RowValue(List<BoundExpr> values) implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      BoundExpr.each(values, visitor);
    }
  }

  /**
   * {@code CASE}.
   *
   * @param base null if conditions stand for themselves
   * @param branches condition, result, condition, result, ...
   */
  record Case(@Nullable BoundExpr base, List<BoundExpr> branches, @Nullable BoundExpr otherwise)
      implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      BoundExpr.ifPresent(base, visitor);
      BoundExpr.each(branches, visitor);
      BoundExpr.ifPresent(otherwise, visitor);
    }
  }

  /** {@code CAST(operand AS ...)}. */
  record Cast(BoundExpr operand, Affinity affinity) implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      visitor.accept(operand);
    }
  }

  /** {@code operand COLLATE collation}. */
  record Collate(BoundExpr operand, String collation, boolean explicit) implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      visitor.accept(operand);
    }

    public Collate(BoundExpr operand, String collation) {
      this(operand, collation, true);
    }
  }

  /** A call of a scalar function. */
  record Call(FunctionDefinition function, List<BoundExpr> arguments) implements BoundExpr {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Call that
          && function.equals(that.function)
          && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
      return function.hashCode() * 31 + arguments.hashCode();
    }

    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      BoundExpr.each(arguments, visitor);
    }
  }

  /**
   * A call of an aggregate function without OVER.
   *
   * @param owner the query whose rows it aggregates
   * @param orderBy order of the arguments, or empty
   */
  record Aggregate(
      FunctionDefinition function,
      List<BoundExpr> arguments,
      boolean distinct,
      @Nullable BoundExpr filter,
      List<SortTerm> orderBy,
      BoundQuery owner)
      implements BoundExpr {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Aggregate that
          && owner == that.owner
          && distinct == that.distinct
          && function.equals(that.function)
          && arguments.equals(that.arguments)
          && Objects.equals(filter, that.filter)
          && orderBy.equals(that.orderBy);
    }

    @Override
    public int hashCode() {
      return function.hashCode() * 31 + arguments.hashCode();
    }

    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      BoundExpr.each(arguments, visitor);
      BoundExpr.ifPresent(filter, visitor);
      BoundExpr.eachTerm(orderBy, visitor);
    }
  }

  /** A call with OVER. */
  record WindowCall(
      FunctionDefinition function,
      List<BoundExpr> arguments,
      @Nullable BoundExpr filter,
      BoundWindow window)
      implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      BoundExpr.each(arguments, visitor);
      BoundExpr.ifPresent(filter, visitor);
      BoundExpr.each(window.partitionBy(), visitor);
      BoundExpr.eachTerm(window.orderBy(), visitor);
    }
  }

  /** RAISE in a trigger. */
  record Raise(ConflictResolution action, @Nullable BoundExpr message) implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      BoundExpr.ifPresent(message, visitor);
    }
  }

  /**
   * A value that the code generator already has in a register.
   *
   * @param like the expression whose affinity and collation it has
   */
  record Register(int register, BoundExpr like) implements BoundExpr {}

  /** A value of a row source that became NULL because an outer join found no match. */
  record IfNullRow(Source source, BoundExpr operand) implements BoundExpr {
    @Override
    public void forEachChild(Consumer<BoundExpr> visitor) {
      visitor.accept(operand);
    }
  }

  /** An expression and how it sorts. */
  record SortTerm(BoundExpr expr, boolean descending, OrderingTerm.@Nullable NullsOrder nulls) {
    /** Whether NULLs sort last in ascending or first in descending order. */
    public boolean nullsBig() {
      return nulls != null && (nulls == OrderingTerm.NullsOrder.LAST) != descending;
    }
  }
}
