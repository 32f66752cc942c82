package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.OrderingTerm.NullsOrder;
import org.libsql4j.sql.ast.OrderingTerm.SortOrder;
import org.libsql4j.sql.ast.Over;
import org.libsql4j.sql.ast.Window;
import org.libsql4j.sql.ast.Window.Bound;
import org.libsql4j.sql.ast.Window.BoundKind;

/** Function calls, windows and ordering terms. */
abstract class FunctionParser extends ExprParser {
  private static final Map<TokenType, Window.Unit> UNITS =
      Map.of(
          TokenType.RANGE, Window.Unit.RANGE,
          TokenType.ROWS, Window.Unit.ROWS,
          TokenType.GROUPS, Window.Unit.GROUPS);

  /** What a call costs of {@link ParserLimits#nesting} beyond the expressions inside. */
  private static final int CALL_NESTING = 2;

  FunctionParser(String sql, int base, ParserLimits limits, boolean stored) {
    super(sql, base, limits, stored);
  }

  @Override
  final Expr call(Identifier name, int at) {
    enter(CALL_NESTING);
    expect(TokenType.LP);
    boolean star = type == TokenType.STAR;
    boolean distinct = false;
    List<Expr> arguments = List.of();
    List<OrderingTerm> orderBy = List.of();
    int h = 0;
    if (star) {
      advance();
    } else {
      distinct = distinct();
      if (type != TokenType.ORDER) {
        arguments = optionalExprs();
        h = height;
      }
      orderBy = optionalOrderBy();
      h = Math.max(h, height);
    }
    expect(TokenType.RP);
    if (arguments.size() > limits.functionArguments()) {
      fail("too many arguments on function " + name.name(), start);
    }
    Expr withinGroup = star ? null : withinGroup();
    h = Math.max(h, height);
    Expr filter = filter();
    Over over = over();
    if (over != null && distinct) {
      fail("DISTINCT is not supported for window functions", start);
    }
    setHeight(h + 1);
    leave(CALL_NESTING);
    return new Expr.FunctionCall(
        name, arguments, star, distinct, orderBy, withinGroup, filter, over, at);
  }

  /** {@code DISTINCT} is true, {@code ALL} or nothing is false. */
  final boolean distinct() {
    if (accept(TokenType.DISTINCT)) {
      return true;
    }
    accept(TokenType.ALL);
    return false;
  }

  /**
   * {@code WITHIN GROUP (ORDER BY expr)}. The word is no keyword, so that {@code f(x) within}
   * remains an alias.
   */
  private @Nullable Expr withinGroup() {
    if (type != TokenType.ID
        || !currentText().equalsIgnoreCase("WITHIN")
        || peek(1) != TokenType.GROUP
        || peek(2) != TokenType.LP) {
      return null;
    }
    advance();
    advance();
    advance();
    expect(TokenType.ORDER);
    expect(TokenType.BY);
    Expr order = expr();
    expect(TokenType.RP);
    return order;
  }

  private @Nullable Expr filter() {
    if (!accept(TokenType.FILTER)) {
      return null;
    }
    expect(TokenType.LP);
    expect(TokenType.WHERE);
    Expr condition = expr();
    expect(TokenType.RP);
    return condition;
  }

  private @Nullable Over over() {
    if (!accept(TokenType.OVER)) {
      return null;
    }
    if (type != TokenType.LP) {
      return new Over.Named(name());
    }
    return new Over.Inline(windowInParentheses());
  }

  private Window windowInParentheses() {
    expect(TokenType.LP);
    int at = offset();
    Identifier base = startsWindowName() ? name() : null;
    List<Expr> partitionBy = List.of();
    if (accept(TokenType.PARTITION)) {
      expect(TokenType.BY);
      partitionBy = exprs();
    }
    List<OrderingTerm> orderBy = optionalOrderBy();
    Window.Frame frame = optionalFrame();
    expect(TokenType.RP);
    return new Window(base, partitionBy, orderBy, frame, at);
  }

  private boolean startsWindowName() {
    return type.isName() && type != TokenType.PARTITION && !UNITS.containsKey(type);
  }

  private Window.@Nullable Frame optionalFrame() {
    Window.Unit unit = UNITS.get(type);
    if (unit == null) {
      return null;
    }
    advance();
    Bound from;
    Bound to = new Bound(BoundKind.CURRENT_ROW, null);
    if (accept(TokenType.BETWEEN)) {
      from = frameBound(true);
      expect(TokenType.AND);
      to = frameBound(false);
    } else {
      from = frameBound(true);
    }
    Window.Exclude exclude = frameExclude();
    if (!supported(from.kind(), to.kind())) {
      fail("unsupported frame specification", start);
    }
    return new Window.Frame(unit, from, to, exclude);
  }

  private static boolean supported(BoundKind from, BoundKind to) {
    if (to == BoundKind.PRECEDING) {
      return from != BoundKind.CURRENT_ROW && from != BoundKind.FOLLOWING;
    }
    return from != BoundKind.FOLLOWING || to != BoundKind.CURRENT_ROW;
  }

  private Bound frameBound(boolean isStart) {
    if (accept(TokenType.CURRENT)) {
      expect(TokenType.ROW);
      return new Bound(BoundKind.CURRENT_ROW, null);
    }
    if (accept(TokenType.UNBOUNDED)) {
      expect(isStart ? TokenType.PRECEDING : TokenType.FOLLOWING);
      return new Bound(
          isStart ? BoundKind.UNBOUNDED_PRECEDING : BoundKind.UNBOUNDED_FOLLOWING, null);
    }
    Expr distance = expr();
    if (accept(TokenType.PRECEDING)) {
      return new Bound(BoundKind.PRECEDING, distance);
    }
    expect(TokenType.FOLLOWING);
    return new Bound(BoundKind.FOLLOWING, distance);
  }

  private Window.Exclude frameExclude() {
    if (!accept(TokenType.EXCLUDE)) {
      return Window.Exclude.NOTHING;
    }
    if (accept(TokenType.NO)) {
      expect(TokenType.OTHERS);
      return Window.Exclude.NO_OTHERS;
    }
    if (accept(TokenType.CURRENT)) {
      expect(TokenType.ROW);
      return Window.Exclude.CURRENT_ROW;
    }
    if (accept(TokenType.GROUP)) {
      return Window.Exclude.GROUP;
    }
    expect(TokenType.TIES);
    return Window.Exclude.TIES;
  }

  /** The {@code WINDOW} clause or nothing. */
  final List<Window.Definition> optionalWindows() {
    if (!accept(TokenType.WINDOW)) {
      return List.of();
    }
    List<Window.Definition> definitions = new ArrayList<>();
    do {
      Identifier name = name();
      expect(TokenType.AS);
      definitions.add(new Window.Definition(name, windowInParentheses()));
    } while (accept(TokenType.COMMA));
    return List.copyOf(definitions);
  }

  /** {@code ORDER BY terms} or nothing. */
  final List<OrderingTerm> optionalOrderBy() {
    if (!accept(TokenType.ORDER)) {
      return List.of();
    }
    expect(TokenType.BY);
    return orderingTerms();
  }

  /** Sets {@link #height} to that of the highest. */
  final List<OrderingTerm> orderingTerms() {
    List<OrderingTerm> terms = new ArrayList<>();
    int h = 0;
    do {
      int from = start;
      Expr expr = expr();
      h = Math.max(h, height);
      String text = trimmed(from, start);
      SortOrder order = sortOrder();
      terms.add(new OrderingTerm(expr, order, nullsOrder(), text));
    } while (accept(TokenType.COMMA));
    height = h;
    return List.copyOf(terms);
  }

  private @Nullable NullsOrder nullsOrder() {
    if (!accept(TokenType.NULLS)) {
      return null;
    }
    if (accept(TokenType.FIRST)) {
      return NullsOrder.FIRST;
    }
    expect(TokenType.LAST);
    return NullsOrder.LAST;
  }
}
