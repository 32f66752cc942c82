package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Select;

/**
 * A resolved query: cores joined by compound operators, with ORDER BY and LIMIT. Compares by
 * identity.
 */
public final class BoundSelect {
  /** How EXPLAIN QUERY PLAN calls it; 0 if it has no number yet. */
  public int number;

  /** The cores from left to right; at least one. */
  public final List<BoundQuery> cores = new ArrayList<>();

  /** The operator in front of core i+1. */
  public final List<Select.CompoundOperator> operators = new ArrayList<>();

  /**
   * The order. For a compound query each expression is a {@link BoundExpr.IntegerValue}: the
   * 1-based number of a result column, with a {@link BoundExpr.Collate} around it where COLLATE was
   * given.
   */
  public List<BoundExpr.SortTerm> orderBy = new ArrayList<>();

  /**
   * For a recursive common table: which of the cores are recursive. They are the last ones, all
   * behind the same operator, UNION or UNION ALL.
   *
   * @param setupCount number of cores that are not
   * @param rows for each recursive core the source that stands for the table
   */
  public record Recursion(int setupCount, List<Source> rows) {}

  /** Set for a recursive common table. */
  public @Nullable Recursion recursion;

  public @Nullable BoundExpr limit;
  public @Nullable BoundExpr offset;

  /** The sources of enclosing queries that are read inside: empty means it can be run once. */
  public final Set<Source> outerSources = new HashSet<>();

  /** Whether an aggregate of an enclosing query is read inside. */
  public boolean usesOuterAggregate;

  public boolean isCompound() {
    return cores.size() > 1;
  }

  /** Whether nothing but UNION ALL is between the parts; true of a single one. */
  public boolean isUnionAll() {
    for (Select.CompoundOperator operator : operators) {
      if (operator != Select.CompoundOperator.UNION_ALL) {
        return false;
      }
    }
    return true;
  }

  public BoundQuery first() {
    return cores.get(0);
  }

  /** Number of result columns. */
  public int columnCount() {
    return first().columns.size();
  }

  /** The part of a compound query before core {@code count}, without order and limit. */
  public BoundSelect prefix(int count) {
    BoundSelect prefix = new BoundSelect();
    prefix.cores.addAll(cores.subList(0, count));
    prefix.operators.addAll(operators.subList(0, count - 1));
    prefix.outerSources.addAll(outerSources);
    prefix.usesOuterAggregate = usesOuterAggregate;
    return prefix;
  }

  public boolean isCorrelated() {
    return !outerSources.isEmpty() || usesOuterAggregate;
  }
}
