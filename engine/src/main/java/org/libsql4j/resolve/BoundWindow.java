package org.libsql4j.resolve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Window;

/**
 * A resolved window definition.
 *
 * @param frame null for the default frame
 * @param startDistance distance of the frame's start, where it has one
 * @param endDistance distance of the frame's end, where it has one
 */
public record BoundWindow(
    List<BoundExpr> partitionBy,
    List<BoundExpr.SortTerm> orderBy,
    Window.@Nullable Frame frame,
    @Nullable BoundExpr startDistance,
    @Nullable BoundExpr endDistance) {}
