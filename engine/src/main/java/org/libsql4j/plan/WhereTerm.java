package org.libsql4j.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.vtab.IndexInfo;

/** One condition of a conjunction, seen as a constraint on its left side where it is one. */
public final class WhereTerm {
  /** What the condition demands of its left side. */
  public enum Kind {
    /** Nothing that an index could use. */
    OTHER(0),
    EQUAL(IndexInfo.EQ),
    IS(IndexInfo.IS),
    IS_NULL(IndexInfo.IS_NULL),
    IN(IndexInfo.EQ),
    LESS(IndexInfo.LT),
    LESS_EQUAL(IndexInfo.LE),
    GREATER(IndexInfo.GT),
    GREATER_EQUAL(IndexInfo.GE);

    /** How virtual tables are told of it; 0 if the kind does not say. */
    final int virtualOperator;

    Kind(int virtualOperator) {
      this.virtualOperator = virtualOperator;
    }

    public boolean isEquality() {
      return this == EQUAL || this == IS || this == IS_NULL;
    }

    public boolean isLowerBound() {
      return this == GREATER || this == GREATER_EQUAL;
    }

    public boolean isUpperBound() {
      return this == LESS || this == LESS_EQUAL;
    }
  }

  public final BoundExpr expr;
  public final Kind kind;

  /** The constrained side without COLLATE around it; null for {@link Kind#OTHER}. */
  public final @Nullable BoundExpr left;

  /** The value to compare with; null for OTHER, IS_NULL and IN. */
  public final @Nullable BoundExpr right;

  /** Name of the comparison's collation; null where none applies. */
  public final @Nullable String collation;

  /** Sources that the right side reads, as a bit set of positions. */
  public final long rightMask;

  /** Sources that the whole condition reads, as a bit set of positions. */
  public final long mask;

  /** Position of the source whose ON clause this is from and must be tested at; -1 for WHERE. */
  public final int onPosition;

  /** The condition that this one is another view of; testing one tests both. */
  public final @Nullable WhereTerm original;

  /** A helper for an index only: true whenever the original is true, but not the reverse. */
  public final boolean onlyHint;

  /** For a bound that comes from a pattern of LIKE: the other bound. They are used together. */
  @Nullable WhereTerm partner;

  /** For a bound by row values: all values on the constrained side; else empty. */
  public List<BoundExpr> vectorLeft = List.of();

  /** For a bound by row values: what {@link #vectorLeft} is compared with; else empty. */
  public List<BoundExpr> vectorRight = List.of();

  /** For IN with row values: which of the values is constrained, from 0; else -1. */
  public int field = -1;

  /** Whether it is a bound that comes from a pattern of LIKE or GLOB. */
  public boolean isPatternBound() {
    return partner != null;
  }

  /** The parts of an OR; empty for anything else, and for one that is a list of values. */
  public List<BoundExpr> disjuncts = List.of();

  /** For a condition that only virtual tables can use its number in IndexInfo; else 0. */
  public int virtualOperator;

  /** Whether it stands for an argument of a table-valued function. */
  public boolean isArgument;

  /** Estimated share of rows for which it holds as LogEst, at most 0; 1 if unknown. */
  public int truth = 1;

  /** Whether it is the bound "greater than NULL" that IS NOT NULL is. */
  public boolean isNotNull;

  /** Whether samples tell that it holds for more than half of the rows. */
  boolean holdsMostly;

  /** Whether some estimate was made on the assumption that it holds for few rows. */
  boolean assumedRare;

  /** Whether there is code that tests it; a matter of the code generator. */
  public boolean coded;

  // Answers once found.
  private @Nullable Boolean simple;
  private @Nullable Boolean subquery;

  WhereTerm(
      BoundExpr expr,
      Kind kind,
      @Nullable BoundExpr left,
      @Nullable BoundExpr right,
      @Nullable String collation,
      long rightMask,
      long mask,
      int onPosition,
      @Nullable WhereTerm original,
      boolean onlyHint) {
    this.expr = expr;
    this.kind = kind;
    this.left = left;
    this.right = right;
    this.collation = collation;
    this.rightMask = rightMask;
    this.mask = mask;
    this.onPosition = onPosition;
    this.original = original;
    this.onlyHint = onlyHint;
  }

  /** The condition to be tested: this one, or the one it is a view of. */
  public WhereTerm root() {
    return original == null ? this : original;
  }

  /**
   * Whether it can be tested when an index or filter is made: no subqueries, nothing that changes,
   * and no columns of more than one table in it.
   */
  public boolean isSimple() {
    if (simple == null) {
      simple = AutomaticIndexes.isSimple(expr);
    }
    return simple;
  }

  /** Whether there is a subquery anywhere in it. */
  public boolean hasSubquery() {
    if (subquery == null) {
      subquery = BoundExprs.hasSubquery(expr);
    }
    return subquery;
  }
}
