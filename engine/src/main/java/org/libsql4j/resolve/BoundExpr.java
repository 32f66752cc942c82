package org.libsql4j.resolve;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.UnaryOperator;

/** A resolved expression. See the package for what equality means. */
public sealed interface BoundExpr {

  /** NULL. */
  record NullValue() implements BoundExpr {}

  /** An integer; TRUE and FALSE are 1 and 0. */
  record IntegerValue(long value) implements BoundExpr {}

  /** A hexadecimal number beyond 64 bits: an error once it is to be computed. */
  record OversizedHex(String text) implements BoundExpr {}

  /** A floating point number. */
  record RealValue(double value) implements BoundExpr {}

  /** A string. */
  record TextValue(String value) implements BoundExpr {}

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
  record ColumnRef(Source source, int column) implements BoundExpr {}

  /** A prefix operator. */
  record Unary(UnaryOperator operator, BoundExpr operand) implements BoundExpr {}

  /** An infix operator. */
  record Binary(BinaryOperator operator, BoundExpr left, BoundExpr right) implements BoundExpr {}

  /** {@code operand IS [NOT] NULL}. */
  record IsNull(BoundExpr operand, boolean negated) implements BoundExpr {}

  /** {@code operand IS [NOT] TRUE} or {@code FALSE}. */
  record TruthTest(BoundExpr operand, boolean truth, boolean negated) implements BoundExpr {}

  /** {@code operand [NOT] BETWEEN low AND high}. */
  record Between(BoundExpr operand, BoundExpr low, BoundExpr high, boolean negated)
      implements BoundExpr {}

  /** {@code operand [NOT] IN (values)}. */
  record InList(BoundExpr operand, List<BoundExpr> values, boolean negated) implements BoundExpr {}

  /** {@code operand [NOT] IN (select)}. */
  record InSelect(BoundExpr operand, BoundSelect select, boolean negated) implements BoundExpr {}

  /** {@code EXISTS (select)}. */
  record Exists(BoundSelect select) implements BoundExpr {}

  /** {@code (select)} as a value; a row value if the query has more than one column. */
  record ScalarSubquery(BoundSelect select) implements BoundExpr {}

  /** One column of a row value that is a subquery. */
  record SubqueryColumn(ScalarSubquery subquery, int column) implements BoundExpr {}

  /** {@code (a, b, ...)}. */
  record RowValue(List<BoundExpr> values) implements BoundExpr {}

  /**
   * {@code CASE}.
   *
   * @param base null if conditions stand for themselves
   * @param branches condition, result, condition, result, ...
   */
  record Case(@Nullable BoundExpr base, List<BoundExpr> branches, @Nullable BoundExpr otherwise)
      implements BoundExpr {}

  /** {@code CAST(operand AS ...)}. */
  record Cast(BoundExpr operand, Affinity affinity) implements BoundExpr {}

  /** {@code operand COLLATE collation}. */
  record Collate(BoundExpr operand, String collation, boolean explicit) implements BoundExpr {
    public Collate(BoundExpr operand, String collation) {
      this(operand, collation, true);
    }
  }

  /** A call of a scalar function. */
  record Call(FunctionDefinition function, List<BoundExpr> arguments) implements BoundExpr {}

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
      implements BoundExpr {}

  /** A call with OVER. */
  record WindowCall(
      FunctionDefinition function,
      List<BoundExpr> arguments,
      @Nullable BoundExpr filter,
      BoundWindow window)
      implements BoundExpr {}

  /** RAISE in a trigger. */
  record Raise(ConflictResolution action, @Nullable BoundExpr message) implements BoundExpr {}

  /**
   * A value that the code generator already has in a register.
   *
   * @param like the expression whose affinity and collation it has
   */
  record Register(int register, BoundExpr like) implements BoundExpr {}

  /** A value of a row source that became NULL because an outer join found no match. */
  record IfNullRow(Source source, BoundExpr operand) implements BoundExpr {}

  /** An expression and how it sorts. */
  record SortTerm(BoundExpr expr, boolean descending, OrderingTerm.@Nullable NullsOrder nulls) {
    /** Whether NULLs sort last in ascending or first in descending order. */
    public boolean nullsBig() {
      return nulls != null && (nulls == OrderingTerm.NullsOrder.LAST) != descending;
    }
  }
}
