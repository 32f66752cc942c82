package org.libsql4j.resolve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Window;

/**
 * A resolved window definition with its frame, the default one if none was written. Two calls are
 * computed in one pass if their windows are equal.
 *
 * @param startDistance distance of the frame's start, where it has one
 * @param endDistance distance of the frame's end, where it has one
 */
public record BoundWindow(
    List<BoundExpr> partitionBy,
    List<BoundExpr.SortTerm> orderBy,
    Window.Unit unit,
    Window.BoundKind start,
    @Nullable BoundExpr startDistance,
    Window.BoundKind end,
    @Nullable BoundExpr endDistance,
    Window.Exclude exclude) {

  /** The same window with another frame that has no distances and excludes nothing. */
  BoundWindow withFrame(Window.Unit unit, Window.BoundKind start, Window.BoundKind end) {
    BoundExpr one = start == Window.BoundKind.FOLLOWING ? new BoundExpr.IntegerValue(1) : null;
    return new BoundWindow(
        partitionBy, orderBy, unit, start, one, end, null, Window.Exclude.NOTHING);
  }
}
