package org.libsql4j.vtab;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/**
 * The conditions of a query on a virtual table, and the table's answer: which of them it can use
 * and what the search costs.
 *
 * <p>Source: <a href="https://www.sqlite.org/vtab.html#the_xbestindex_method">The xBestIndex
 * Method</a>.
 */
public final class IndexInfo {
  // ---- operators; the numbers are SQLite's

  /** The operator {@code =}. */
  public static final int EQ = 2;

  /** The operator {@code >}. */
  public static final int GT = 4;

  /** The operator {@code <=}. */
  public static final int LE = 8;

  /** The operator {@code <}. */
  public static final int LT = 16;

  /** The operator {@code >=}. */
  public static final int GE = 32;

  /** The operator MATCH. */
  public static final int MATCH = 64;

  /** The operator LIKE. */
  public static final int LIKE = 65;

  /** The operator GLOB. */
  public static final int GLOB = 66;

  /** The operator REGEXP. */
  public static final int REGEXP = 67;

  /** The operator {@code <>}. */
  public static final int NE = 68;

  /** The operator IS NOT. */
  public static final int IS_NOT = 69;

  /** The operator IS NOT NULL. */
  public static final int IS_NOT_NULL = 70;

  /** The operator IS NULL. */
  public static final int IS_NULL = 71;

  /** The operator IS. */
  public static final int IS = 72;

  /** The operator LIMIT. */
  public static final int LIMIT = 73;

  /** The operator OFFSET. */
  public static final int OFFSET = 74;

  /** Least number of a function that {@link VirtualTable#findFunction} gave a number. */
  public static final int FUNCTION = 150;

  /** What the rows wanted have to be, besides sorted. */
  public enum Distinct {
    /** In the order. */
    ORDERED,
    /** Equal rows next to each other: GROUP BY. */
    GROUPED,
    /** Duplicates may be left out, any order: DISTINCT. */
    DISTINCT,
    /** Duplicates may be left out, in the order. */
    DISTINCT_ORDERED
  }

  /**
   * A condition {@code column operator value}.
   *
   * @param column number of the column, -1 for the rowid; without meaning for LIMIT and OFFSET
   * @param usable whether the value is known when this table is searched
   * @param collation name of the collation of the comparison
   * @param value the value if it is a constant known now, else null
   * @param isIn whether this EQ stands for an IN
   */
  public record Constraint(
      int column,
      int operator,
      boolean usable,
      String collation,
      @Nullable Mem value,
      boolean isIn) {}

  /** A term of ORDER BY. */
  public record OrderTerm(int column, boolean descending) {}

  private final List<Constraint> constraints;
  private final List<OrderTerm> orderBy;
  private final long columnsUsed;
  private final Distinct distinct;

  private final int[] argument;
  private final boolean[] omit;
  private final boolean[] allAtOnce;
  private int indexNumber;
  private @Nullable String indexText;
  private boolean orderByConsumed;
  private double estimatedCost = 5e98;
  private long estimatedRows = 25;
  private boolean unique;
  private boolean hexadecimal;

  /** A question of the planner. */
  public IndexInfo(
      List<Constraint> constraints, List<OrderTerm> orderBy, long columnsUsed, Distinct distinct) {
    this.constraints = constraints;
    this.orderBy = orderBy;
    this.columnsUsed = columnsUsed;
    this.distinct = distinct;
    this.argument = new int[constraints.size()];
    this.omit = new boolean[constraints.size()];
    this.allAtOnce = new boolean[constraints.size()];
    Arrays.fill(argument, -1);
  }

  // ---- the question

  /** What the statement demands of columns. */
  public List<Constraint> constraints() {
    return constraints;
  }

  /** The order wanted; empty if none is, or none that this table could give. */
  public List<OrderTerm> orderBy() {
    return orderBy;
  }

  /** Bit n is set if column n is read; bit 63 stands for all columns from 63 on. */
  public long columnsUsed() {
    return columnsUsed;
  }

  /** What is wanted beside an order. */
  public Distinct distinct() {
    return distinct;
  }

  // ---- the answer

  /**
   * Asks for a condition's value as an argument of {@link VirtualCursor#filter}.
   *
   * @param position which argument, from 0; all from 0 on must be asked for
   * @param omit whether the table checks the condition completely, so that nobody else has to
   */
  public void use(int constraint, int position, boolean omit) {
    argument[constraint] = position;
    this.omit[constraint] = omit;
  }

  /**
   * Asks for the list of an IN instead of one search for each value.
   *
   * @return whether this condition is an IN of which that is possible
   */
  public boolean takeAllAtOnce(int constraint, boolean wanted) {
    if (!constraints.get(constraint).isIn()) {
      return false;
    }
    allAtOnce[constraint] = wanted;
    return true;
  }

  /** What {@link VirtualCursor#filter} is told of the choice. */
  public void setIndex(int number, @Nullable String text) {
    indexNumber = number;
    indexText = text;
  }

  /** Rows come in the order of {@link #orderBy} already. */
  public void setOrderByConsumed(boolean consumed) {
    orderByConsumed = consumed;
  }

  /** Cost of the search in accesses to a disk, roughly. */
  public void setEstimatedCost(double cost) {
    estimatedCost = cost;
  }

  /** Answers how many rows there will be. */
  public void setEstimatedRows(long rows) {
    estimatedRows = rows;
  }

  /** At most one row will be found. */
  public void setUnique(boolean value) {
    unique = value;
  }

  /** EXPLAIN QUERY PLAN shows the number in hexadecimal. */
  public void showHexadecimal() {
    hexadecimal = true;
  }

  // ---- for the planner

  /**
   * The place of a constraint's value among the arguments of the filter, from 1; 0 if it is not
   * wanted.
   */
  public int argument(int constraint) {
    return argument[constraint];
  }

  /** Whether the engine need not check a constraint again. */
  public boolean isOmitted(int constraint) {
    return omit[constraint];
  }

  /** Whether the values of an IN constraint are wanted together. */
  public boolean isAllAtOnce(int constraint) {
    return allAtOnce[constraint];
  }

  /** What the module answered: the number that the filter gets. */
  public int indexNumber() {
    return indexNumber;
  }

  /** What the module answered: the text that the filter gets. */
  public @Nullable String indexText() {
    return indexText;
  }

  /** Whether rows come in the order that is wanted. */
  public boolean isOrderByConsumed() {
    return orderByConsumed;
  }

  /** What the module answered: the cost. */
  public double estimatedCost() {
    return estimatedCost;
  }

  /** What the module answered: how many rows. */
  public long estimatedRows() {
    return estimatedRows;
  }

  /** Whether there is at most one row. */
  public boolean isUnique() {
    return unique;
  }

  /** Whether EXPLAIN shows the number as hexadecimal. */
  public boolean isHexadecimal() {
    return hexadecimal;
  }
}
