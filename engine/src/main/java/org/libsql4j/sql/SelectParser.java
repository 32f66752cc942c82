package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.Limit;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.Select.CompoundOperator;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.sql.ast.Window;
import org.libsql4j.sql.ast.With;

/** Queries, apart from {@code FROM}. */
abstract class SelectParser extends FunctionParser {
  /** How many cores have ended so far. */
  private int coreCount;

  /** What a query costs of {@link ParserLimits#nesting}: it takes so many more Java frames. */
  private static final int SELECT_NESTING = 4;

  SelectParser(String sql, int base, ParserLimits limits, boolean stored) {
    super(sql, base, limits, stored);
  }

  /** The tables after {@code FROM}. */
  abstract FromClause fromClause();

  @Override
  final Select select() {
    int at = offset();
    return select(optionalWith(), at);
  }

  /** A query whose {@code WITH} has been read. */
  final Select select(@Nullable With with, int at) {
    enter(SELECT_NESTING);
    Core first = core();
    int lastNumber = coreCount;
    CompoundOperator operator = optionalCompoundOperator();
    if (operator == null) {
      height = first.height;
      leave(SELECT_NESTING);
      return new Select(with, first.core, List.of(), first.orderBy, first.limit, at, lastNumber);
    }
    return compound(with, first, operator, at);
  }

  /** The rest of a query of several cores, from behind its first operator on. */
  private Select compound(@Nullable With with, Core first, CompoundOperator firstOperator, int at) {
    int lastNumber = coreCount;
    Core last = first;
    int h = first.height;
    List<Select.Compound> compounds = new ArrayList<>();
    String misplaced = null;
    CompoundOperator operator = firstOperator;
    while (operator != null) {
      if (last.hasTail()) {
        misplaced =
            (last.orderBy.isEmpty() ? "LIMIT" : "ORDER BY")
                + " clause should come after "
                + operator.sql()
                + " not before";
      }
      last = core();
      lastNumber = coreCount;
      h = Math.max(h, last.height);
      compounds.add(new Select.Compound(operator, last.core));
      operator = optionalCompoundOperator();
    }
    if (misplaced != null) {
      fail(misplaced, start);
    } else if (limits.compoundSelect() > 0 && compounds.size() >= limits.compoundSelect()) {
      fail("too many terms in compound SELECT", start);
    }
    height = h;
    leave(SELECT_NESTING);
    return new Select(
        with, first.core, List.copyOf(compounds), last.orderBy, last.limit, at, lastNumber);
  }

  /** A core with the clauses that SQLite's grammar allows after any core. */
  private record Core(
      SelectCore core, List<OrderingTerm> orderBy, @Nullable Limit limit, int height) {
    boolean hasTail() {
      return !orderBy.isEmpty() || limit != null;
    }
  }

  private @Nullable CompoundOperator optionalCompoundOperator() {
    if (accept(TokenType.UNION)) {
      return accept(TokenType.ALL) ? CompoundOperator.UNION_ALL : CompoundOperator.UNION;
    }
    if (accept(TokenType.EXCEPT)) {
      return CompoundOperator.EXCEPT;
    }
    return accept(TokenType.INTERSECT) ? CompoundOperator.INTERSECT : null;
  }

  private Core core() {
    Core core = unnumberedCore();
    coreCount++;
    return core;
  }

  private Core unnumberedCore() {
    if (type == TokenType.VALUES) {
      SelectCore values = values();
      return new Core(values, List.of(), null, height);
    }
    int at = offset();
    expect(TokenType.SELECT);
    boolean distinct = distinct();
    List<ResultColumn> columns = resultColumns();
    int h = height;
    FromClause from = accept(TokenType.FROM) ? fromClause() : null;
    height = 0;
    Expr where = optionalWhere();
    h = Math.max(h, height);
    List<Expr> groupBy = List.of();
    if (accept(TokenType.GROUP)) {
      expect(TokenType.BY);
      groupBy = exprs();
      h = Math.max(h, height);
    }
    Expr having = accept(TokenType.HAVING) ? expr() : null;
    h = Math.max(h, height);
    List<Window.Definition> windows = optionalWindows();
    List<OrderingTerm> orderBy = optionalOrderBy();
    h = Math.max(h, height);
    Limit limit = optionalLimit();
    h = Math.max(h, height);
    SelectCore core =
        new SelectCore.Query(distinct, columns, from, where, groupBy, having, windows, at);
    return new Core(core, orderBy, limit, h);
  }

  private SelectCore values() {
    int at = offset();
    advance();
    List<List<Expr>> rows = new ArrayList<>();
    int h = 0;
    do {
      expect(TokenType.LP);
      rows.add(exprs());
      h = Math.max(h, height);
      expect(TokenType.RP);
    } while (accept(TokenType.COMMA));
    height = h;
    return new SelectCore.Values(List.copyOf(rows), at);
  }

  /** Result columns; sets {@link #height} to that of the highest. */
  final List<ResultColumn> resultColumns() {
    ResultColumn first = resultColumn();
    if (type != TokenType.COMMA) {
      return List.of(first);
    }
    List<ResultColumn> columns = new ArrayList<>();
    columns.add(first);
    int h = height;
    while (accept(TokenType.COMMA)) {
      columns.add(resultColumn());
      h = Math.max(h, height);
    }
    height = h;
    return List.copyOf(columns);
  }

  private ResultColumn resultColumn() {
    int from = start;
    height = 1;
    if (accept(TokenType.STAR)) {
      return new ResultColumn.Star();
    }
    if (startsTableStar()) {
      Identifier table = name();
      advance();
      advance();
      return new ResultColumn.TableStar(table);
    }
    Expr expr = expr();
    String text = trimmed(from, start);
    return new ResultColumn.Expression(expr, optionalAlias(), text);
  }

  private boolean startsTableStar() {
    boolean literal = type == TokenType.CTIME_KW;
    boolean call = type == TokenType.CAST || type == TokenType.RAISE;
    return !literal && !call && type.isName() && dotFollows() && peek(2) == TokenType.STAR;
  }

  /** {@code WHERE expr} or nothing. */
  final @Nullable Expr optionalWhere() {
    return accept(TokenType.WHERE) ? expr() : null;
  }

  /** {@code LIMIT a}, {@code LIMIT a OFFSET b}, {@code LIMIT b, a} or nothing. */
  final @Nullable Limit optionalLimit() {
    if (!accept(TokenType.LIMIT)) {
      return null;
    }
    Expr first = expr();
    int h = height;
    Limit limit;
    if (accept(TokenType.OFFSET)) {
      limit = new Limit(first, expr());
    } else if (accept(TokenType.COMMA)) {
      limit = new Limit(expr(), first);
    } else {
      limit = new Limit(first, null);
    }
    height = Math.max(h, height);
    return limit;
  }

  /** {@code WITH ...} or nothing. */
  final @Nullable With optionalWith() {
    if (type != TokenType.WITH) {
      return null;
    }
    advance();
    boolean recursive = accept(TokenType.RECURSIVE);
    List<With.CommonTable> tables = new ArrayList<>();
    do {
      tables.add(commonTable());
    } while (accept(TokenType.COMMA));
    return new With(recursive, List.copyOf(tables));
  }

  private With.CommonTable commonTable() {
    Identifier name = name();
    List<Identifier> columns = optionalColumns();
    expect(TokenType.AS);
    With.Materialization materialization = With.Materialization.ANY;
    if (accept(TokenType.MATERIALIZED)) {
      materialization = With.Materialization.MATERIALIZED;
    } else if (accept(TokenType.NOT)) {
      expect(TokenType.MATERIALIZED);
      materialization = With.Materialization.NOT_MATERIALIZED;
    }
    expect(TokenType.LP);
    Select select = select();
    expect(TokenType.RP);
    return new With.CommonTable(name, columns, materialization, select);
  }
}
