package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inside of the parentheses of a window definition.
 *
 * @param base the window that this one extends, or null
 * @param partitionBy may be empty
 * @param orderBy may be empty
 * @param frame null if not written, which means {@code RANGE BETWEEN UNBOUNDED PRECEDING AND
 *     CURRENT ROW}
 * @param offset place of its first token
 */
public record Window(
    @Nullable Identifier base,
    List<Expr> partitionBy,
    List<OrderingTerm> orderBy,
    @Nullable Frame frame,
    int offset) {

  /**
   * The frame clause.
   *
   * @param end {@code CURRENT ROW} if only a start was written
   */
  public record Frame(Unit unit, Bound start, Bound end, Exclude exclude) {}

  /** What a frame counts. */
  public enum Unit {
    ROWS,
    RANGE,
    GROUPS
  }

  /** Rows left out of a frame. */
  public enum Exclude {
    /** Nothing was written. */
    NOTHING,
    /** None, but each frame is computed anew as with the others: sums of integers are integers. */
    NO_OTHERS,
    CURRENT_ROW,
    GROUP,
    TIES
  }

  /** Kinds of frame bounds. */
  public enum BoundKind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  /**
   * A frame bound.
   *
   * @param distance not null exactly for {@code PRECEDING} and {@code FOLLOWING}
   */
  public record Bound(BoundKind kind, @Nullable Expr distance) {}

  /** {@code name AS (window)} of a {@code WINDOW} clause. */
  public record Definition(Identifier name, Window window) {}
}
