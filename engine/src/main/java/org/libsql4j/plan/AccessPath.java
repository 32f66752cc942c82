package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Index;

/** One way to loop over the rows of one source. */
public final class AccessPath {
  /** Kinds of loops. */
  public enum Kind {
    /** All rows in rowid order, or in the order of an ephemeral table. */
    TABLE_SCAN,
    /** Rows given by the rowid: one, a range, or a list. */
    ROWID,
    /** Entries of an index, all or a range. */
    INDEX,
    /** Entries of an index made for this loop. */
    AUTOMATIC_INDEX,
    /** Rows that a coroutine yields. */
    COROUTINE,
    /** Rows that one or more parts of an OR find, each in its own way, without duplicates. */
    MULTI_OR,
    /** Rows that a virtual table finds. */
    VIRTUAL
  }

  public final Kind kind;

  /** Position of the source in FROM. */
  public final int position;

  public final @Nullable Index index;

  /** Equality constraints on the leading columns, in the order of the columns. */
  public final List<WhereTerm> equalities = new ArrayList<>();

  /**
   * Number of leading columns of the index that nothing constrains: the search is done for each of
   * their values. {@link #equalities} begin behind them.
   */
  public int skipped;

  public @Nullable WhereTerm lower;
  public @Nullable WhereTerm upper;

  /** How many columns of the index the bounds are over: more than 1 only for row values. */
  public int lowerWidth = 1;

  public int upperWidth = 1;

  /** For an index made for the loop: conditions that its rows must satisfy. */
  public final List<WhereTerm> partial = new ArrayList<>();

  /** The OR of a MULTI_OR path. */
  public @Nullable WhereTerm disjunction;

  /** Conditions beside that OR which the searches for its parts use as well. */
  public final List<WhereTerm> joint = new ArrayList<>();

  /** What a virtual table answered; null for other tables. */
  public @Nullable VirtualPlan virtual;

  /** Whether the order of its rows may be of use. */
  boolean sorts;

  /** How many searches a skip-scan needs, as LogEst. */
  int skipRuns;

  /** Number of leading columns of the index that are skipped or compared for equality. */
  public int prefix() {
    return skipped + equalities.size();
  }

  /** Sources that must be in outer loops, as a bit set. */
  public long prerequisites;

  /** Whether the index has all columns that the query reads. */
  public boolean covering;

  /** Whether the index has all that the query reads if computed values count, too. */
  boolean hasExpressions;

  /** Whether a Bloom filter is asked before each search. */
  public boolean filtered;

  /** Whether at most one row is found per outer row. */
  public boolean oneRow;

  /** Cost before the first row, per run and number of rows out, as LogEst. */
  public int setupCost;

  public int runCost;
  public int rowsOut;

  AccessPath(Kind kind, int position, @Nullable Index index) {
    this.kind = kind;
    this.position = position;
    this.index = index;
  }

  AccessPath copy() {
    AccessPath copy = new AccessPath(kind, position, index);
    if (!equalities.isEmpty()) {
      copy.equalities.addAll(equalities);
    }
    copy.virtual = virtual;
    if (!partial.isEmpty()) {
      copy.partial.addAll(partial);
    }
    copy.joint.addAll(joint);
    copy.skipped = skipped;
    copy.skipRuns = skipRuns;
    copy.lowerWidth = lowerWidth;
    copy.upperWidth = upperWidth;
    copy.lower = lower;
    copy.upper = upper;
    copy.disjunction = disjunction;
    copy.prerequisites = prerequisites;
    copy.covering = covering;
    copy.hasExpressions = hasExpressions;
    copy.oneRow = oneRow;
    copy.setupCost = setupCost;
    copy.runCost = runCost;
    copy.rowsOut = rowsOut;
    return copy;
  }

  /** Number of conditions that it uses. */
  int termCount() {
    return equalities.size() + (lower == null ? 0 : 1) + (upper == null ? 0 : 1);
  }

  boolean uses(WhereTerm term) {
    return equalities.contains(term) || lower == term || upper == term || disjunction == term;
  }

  /** Whether the condition, or another view of it, is used. */
  public boolean usesView(WhereTerm term) {
    for (WhereTerm used : equalities) {
      if (used.root() == term) {
        return true;
      }
    }
    return (lower != null && lower.root() == term) || (upper != null && upper.root() == term);
  }

  /** Whether a condition of the same text, of other terms perhaps, is used. */
  boolean usesConditionOf(WhereTerm term) {
    for (WhereTerm used : equalities) {
      if (used.root().expr == term.expr) {
        return true;
      }
    }
    return (lower != null && lower.root().expr == term.expr)
        || (upper != null && upper.root().expr == term.expr);
  }

  boolean hasConstraint() {
    return !equalities.isEmpty() || lower != null || upper != null;
  }

  boolean hasIn() {
    for (WhereTerm term : equalities) {
      if (term.kind == WhereTerm.Kind.IN) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return kind
        + "@"
        + position
        + (index == null ? "" : " " + index.name)
        + " eq="
        + equalities.size()
        + " cost="
        + setupCost
        + "/"
        + runCost
        + " rows="
        + rowsOut;
  }
}
