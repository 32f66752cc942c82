package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.Over;
import org.libsql4j.sql.ast.Window;

/** Resolves what stands after OVER, and the WINDOW clause. */
final class WindowResolver {
  private static final Window.Frame DEFAULT_FRAME =
      new Window.Frame(
          Window.Unit.RANGE,
          new Window.Bound(Window.BoundKind.UNBOUNDED_PRECEDING, null),
          new Window.Bound(Window.BoundKind.CURRENT_ROW, null),
          Window.Exclude.NOTHING);

  private final ExprResolver exprs;

  WindowResolver(ExprResolver exprs) {
    this.exprs = exprs;
  }

  /**
   * Checks the definitions of a WINDOW clause and joins each with the one it extends. The base of
   * the first one is ignored.
   */
  static List<Window.Definition> chain(List<Window.Definition> definitions) {
    List<Window.Definition> out = new ArrayList<>(definitions.size());
    for (Window.Definition definition : definitions) {
      Window window = definition.window();
      out.add(
          out.isEmpty()
              ? definition
              : new Window.Definition(definition.name(), extended(window, out)));
    }
    return out;
  }

  /** The window with the clauses of the one that it names as its base. */
  private static Window extended(Window window, List<Window.Definition> known) {
    Identifier baseName = window.base();
    if (baseName == null) {
      return window;
    }
    Window base = find(baseName.name(), known);
    String conflict = null;
    if (!window.partitionBy().isEmpty()) {
      conflict = "PARTITION clause";
    } else if (!base.orderBy().isEmpty() && !window.orderBy().isEmpty()) {
      conflict = "ORDER BY clause";
    } else if (base.frame() != null) {
      conflict = "frame specification";
    }
    if (conflict != null) {
      throw CompileEnvironment.error(
          "cannot override " + conflict + " of window: " + baseName.name());
    }
    List<OrderingTerm> orderBy = base.orderBy().isEmpty() ? window.orderBy() : base.orderBy();
    return new Window(null, base.partitionBy(), orderBy, window.frame(), window.offset());
  }

  private static Window find(String name, List<Window.Definition> known) {
    for (int i = known.size() - 1; i >= 0; i--) {
      if (known.get(i).name().name().equalsIgnoreCase(name)) {
        return known.get(i).window();
      }
    }
    throw CompileEnvironment.error("no such window: " + name);
  }

  /** Resolves a call whose arguments are resolved already. */
  BoundExpr.WindowCall call(
      Expr.FunctionCall call,
      Over over,
      FunctionDefinition definition,
      List<BoundExpr> arguments,
      Scope scope) {
    Window window =
        over instanceof Over.Named named
            ? find(named.name().name(), scope.windows)
            : extended(((Over.Inline) over).window(), scope.windows);
    Window.Frame frame = window.frame() == null ? DEFAULT_FRAME : window.frame();
    boolean distances = frame.start().distance() != null || frame.end().distance() != null;
    if (frame.unit() == Window.Unit.RANGE && distances && window.orderBy().size() != 1) {
      throw CompileEnvironment.error(
          "RANGE with offset PRECEDING/FOLLOWING requires one ORDER BY expression");
    }
    if (definition.has(Flag.WINDOW_ONLY) && call.filter() != null) {
      throw CompileEnvironment.error(
          "FILTER clause may only be used with aggregate window functions");
    }
    BoundWindow bound =
        new BoundWindow(
            exprs.scalars(window.partitionBy(), scope),
            exprs.sortTerms(window.orderBy(), scope),
            frame.unit(),
            frame.start().kind(),
            distance(frame.start().distance(), scope),
            frame.end().kind(),
            distance(frame.end().distance(), scope),
            frame.exclude());
    BoundExpr filter = exprs.scalarOrNull(call.filter(), scope);
    return new BoundExpr.WindowCall(definition, arguments, filter, fixedFrame(definition, bound));
  }

  /** Some functions have a frame of their own, whatever the statement says. */
  private static BoundWindow fixedFrame(FunctionDefinition definition, BoundWindow window) {
    if (!definition.has(Flag.WINDOW_ONLY)) {
      return window;
    }
    return switch (definition.name().toLowerCase(Locale.ROOT)) {
      case "row_number", "lag" ->
          window.withFrame(
              Window.Unit.ROWS, Window.BoundKind.UNBOUNDED_PRECEDING, Window.BoundKind.CURRENT_ROW);
      case "rank", "dense_rank" ->
          window.withFrame(
              Window.Unit.RANGE,
              Window.BoundKind.UNBOUNDED_PRECEDING,
              Window.BoundKind.CURRENT_ROW);
      case "percent_rank" ->
          window.withFrame(
              Window.Unit.GROUPS,
              Window.BoundKind.CURRENT_ROW,
              Window.BoundKind.UNBOUNDED_FOLLOWING);
      case "cume_dist" ->
          window.withFrame(
              Window.Unit.GROUPS, Window.BoundKind.FOLLOWING, Window.BoundKind.UNBOUNDED_FOLLOWING);
      case "ntile" ->
          window.withFrame(
              Window.Unit.ROWS, Window.BoundKind.CURRENT_ROW, Window.BoundKind.UNBOUNDED_FOLLOWING);
      case "lead" ->
          window.withFrame(
              Window.Unit.ROWS,
              Window.BoundKind.UNBOUNDED_PRECEDING,
              Window.BoundKind.UNBOUNDED_FOLLOWING);
      default -> window;
    };
  }

  /** A distance must not depend on anything; one that does counts as NULL, which fails later. */
  private @Nullable BoundExpr distance(@Nullable Expr expr, Scope scope) {
    if (expr == null) {
      return null;
    }
    BoundExpr bound;
    try {
      bound = exprs.scalar(expr, scope);
    } catch (LibsqlException e) {
      if (String.valueOf(e.getMessage()).startsWith("no such column")) {
        return new BoundExpr.NullValue();
      }
      throw e;
    }
    boolean[] constant = {BoundExprs.isConstant(bound)};
    BoundExprs.walk(bound, e -> constant[0] &= !(e instanceof BoundExpr.Call));
    return constant[0] ? bound : new BoundExpr.NullValue();
  }
}
