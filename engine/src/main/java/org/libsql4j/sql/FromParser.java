package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.IndexHint;
import org.libsql4j.sql.ast.JoinOperator;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.Select;

/** {@code FROM} clauses. */
abstract class FromParser extends SelectParser {
  FromParser(String sql, int base, ParserLimits limits, boolean stored) {
    super(sql, base, limits, stored);
  }

  @Override
  final FromClause fromClause() {
    List<FromClause.Term> terms = new ArrayList<>(2);
    term(terms, null);
    JoinOperator join = optionalJoinOperator();
    while (join != null) {
      term(terms, join);
      join = optionalJoinOperator();
    }
    return new FromClause(List.copyOf(terms));
  }

  /** Adds the next table; a join in parentheses at the very start is as good as without them. */
  private void term(List<FromClause.Term> terms, @Nullable JoinOperator join) {
    int at = offset();
    FromItem item;
    if (type != TokenType.LP) {
      item = namedItem(at);
    } else {
      enter(2);
      advance();
      item = itemInParentheses(at);
      leave(2);
    }
    Expr on = null;
    List<Identifier> using = List.of();
    boolean constrained = type == TokenType.ON || type == TokenType.USING;
    if (accept(TokenType.ON)) {
      on = expr();
      failIfFirst(join, "ON");
    } else if (accept(TokenType.USING)) {
      expect(TokenType.LP);
      using = names();
      expect(TokenType.RP);
      failIfFirst(join, "USING");
    }
    if (join == null
        && !constrained
        && item instanceof FromItem.Nested nested
        && nested.alias() == null) {
      terms.addAll(nested.from().terms());
    } else {
      terms.add(new FromClause.Term(join, unwrapped(item), on, using));
    }
  }

  private void failIfFirst(@Nullable JoinOperator join, String clause) {
    if (join == null) {
      fail("a JOIN clause is required before " + clause, start);
    }
  }

  /** A single table in parentheses loses its own alias to that of the parentheses. */
  private static FromItem unwrapped(FromItem item) {
    if (!(item instanceof FromItem.Nested nested) || nested.from().terms().size() != 1) {
      return item;
    }
    FromItem only = nested.from().terms().get(0).item();
    Identifier alias = nested.alias();
    if (only instanceof FromItem.Table table) {
      return new FromItem.Table(table.name(), alias, table.hint(), table.offset());
    } else if (only instanceof FromItem.TableFunction function) {
      return new FromItem.TableFunction(
          function.name(), function.arguments(), alias, function.offset());
    } else if (only instanceof FromItem.Subquery subquery) {
      return new FromItem.Subquery(subquery.select(), alias, subquery.offset());
    } else if (only instanceof FromItem.Nested inner) {
      return new FromItem.Nested(inner.from(), alias, inner.offset());
    }
    return item;
  }

  private FromItem namedItem(int at) {
    QualifiedName name = qualifiedName();
    if (accept(TokenType.LP)) {
      List<Expr> arguments = optionalExprs();
      expect(TokenType.RP);
      return new FromItem.TableFunction(name, arguments, optionalAlias(), at);
    }
    Identifier alias = optionalAlias();
    return new FromItem.Table(name, alias, optionalIndexHint(), at);
  }

  private FromItem itemInParentheses(int at) {
    if (startsSelect()) {
      Select select = select();
      expect(TokenType.RP);
      return new FromItem.Subquery(select, optionalAlias(), at);
    }
    FromClause inner = fromClause();
    expect(TokenType.RP);
    return new FromItem.Nested(inner, optionalAlias(), at);
  }

  /** {@code INDEXED BY name}, {@code NOT INDEXED} or nothing. */
  final @Nullable IndexHint optionalIndexHint() {
    if (accept(TokenType.INDEXED)) {
      expect(TokenType.BY);
      return new IndexHint(name());
    }
    if (accept(TokenType.NOT)) {
      expect(TokenType.INDEXED);
      return new IndexHint(null);
    }
    return null;
  }

  private @Nullable JoinOperator optionalJoinOperator() {
    if (accept(TokenType.COMMA)) {
      return new JoinOperator(JoinOperator.Kind.COMMA, false);
    }
    if (accept(TokenType.JOIN)) {
      return new JoinOperator(JoinOperator.Kind.INNER, false);
    }
    return type == TokenType.JOIN_KW ? joinOperator() : null;
  }

  /** One to three words and {@code JOIN}. */
  private JoinOperator joinOperator() {
    int from = start;
    StringBuilder words = new StringBuilder();
    int flags = 0;
    boolean known = true;
    int count = 0;
    do {
      String word = currentText();
      int wordFlags = Keywords.joinFlags(word);
      known &= wordFlags != 0;
      flags |= wordFlags;
      words.append(count == 0 ? "" : " ").append(word);
      advance();
      count++;
    } while (count < 3 && type.isName());
    expect(TokenType.JOIN);
    if (!known || !compatible(flags)) {
      fail("unknown join type: " + words, from);
      return new JoinOperator(JoinOperator.Kind.INNER, false);
    }
    return new JoinOperator(kind(flags), (flags & Keywords.JOIN_NATURAL) != 0);
  }

  /** INNER and OUTER exclude each other, and OUTER needs a side. */
  private static boolean compatible(int flags) {
    int both = Keywords.JOIN_INNER | Keywords.JOIN_OUTER;
    int sides = Keywords.JOIN_LEFT | Keywords.JOIN_RIGHT;
    return (flags & both) != both && ((flags & Keywords.JOIN_OUTER) == 0 || (flags & sides) != 0);
  }

  private static JoinOperator.Kind kind(int flags) {
    boolean left = (flags & Keywords.JOIN_LEFT) != 0;
    boolean right = (flags & Keywords.JOIN_RIGHT) != 0;
    if (left) {
      return right ? JoinOperator.Kind.FULL : JoinOperator.Kind.LEFT;
    }
    if (right) {
      return JoinOperator.Kind.RIGHT;
    }
    return (flags & Keywords.JOIN_CROSS) != 0 ? JoinOperator.Kind.CROSS : JoinOperator.Kind.INNER;
  }
}
