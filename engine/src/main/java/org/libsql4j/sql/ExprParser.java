package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.UnaryOperator;

/**
 * Expressions, by precedence climbing. The levels, from loose to tight:
 *
 * <pre>
 *  1  OR
 *  2  AND
 *  3  NOT
 *  4  = != IS LIKE MATCH IN BETWEEN ISNULL NOTNULL
 *  5  &lt; &lt;= &gt; &gt;=
 *  7  &amp; | &lt;&lt; &gt;&gt;
 *  8  + -
 *  9  * / %
 * 10  || -&gt; -&gt;&gt;
 * 11  COLLATE
 * 12  unary ~ + -
 * </pre>
 *
 * (6 would be ESCAPE, which LIKE takes directly.) All infix operators are left-associative: the
 * right operand of one of level n is parsed with level n + 1. A prefix operator takes an operand of
 * its own level wherever it stands: {@code a + NOT b = c} is {@code a + (NOT (b = c))}.
 */
abstract class ExprParser extends NameParser {
  private static final int LEVEL_OR = 1;
  private static final int LEVEL_AND = 2;
  private static final int LEVEL_NOT = 3;
  private static final int LEVEL_EQUALITY = 4;
  private static final int LEVEL_RELATION = 5;
  private static final int LEVEL_BITS = 7;
  private static final int LEVEL_SUM = 8;
  private static final int LEVEL_PRODUCT = 9;
  private static final int LEVEL_CONCAT = 10;
  private static final int LEVEL_COLLATE = 11;
  private static final int LEVEL_UNARY = 12;

  final Parameters parameters = new Parameters();

  /** Levels of the expression, list or query just parsed; 1 for a leaf, 0 for an empty list. */
  int height;

  /** How deep the parser is recursing, in units of one expression. */
  private int nesting;

  ExprParser(String sql, int base, ParserLimits limits, boolean stored) {
    super(sql, base, limits, stored);
  }

  /** A whole query; sets {@link #height}. */
  abstract Select select();

  /** A function call from the opening parenthesis on; sets {@link #height}. */
  abstract Expr call(Identifier name, int at);

  /** Bounds recursion; {@link #leave} undoes it. */
  final void enter(int units) {
    nesting += units;
    if (nesting > limits.nesting()) {
      throw error("parser stack overflow", start);
    }
  }

  final void leave(int units) {
    nesting -= units;
  }

  /** Any expression. */
  final Expr expr() {
    return expr(LEVEL_OR, false);
  }

  private Expr operand(int level) {
    return expr(level, false);
  }

  /**
   * An expression of operators of at least a level.
   *
   * @param beforeAnd whether an AND that would be its outermost operator ends it
   */
  private Expr expr(int minLevel, boolean beforeAnd) {
    enter(1);
    Expr left = primary();
    while (true) {
      int level = infixLevel();
      if (level < minLevel || (beforeAnd && type == TokenType.AND)) {
        break;
      }
      left = infix(left, level);
    }
    leave(1);
    return left;
  }

  private int infixLevel() {
    return switch (type) {
      case OR -> LEVEL_OR;
      case AND -> LEVEL_AND;
      case NOT -> LEVEL_NOT;
      case EQ, NE, IS, LIKE_KW, MATCH, IN, BETWEEN, ISNULL, NOTNULL -> LEVEL_EQUALITY;
      case LT, LE, GT, GE -> LEVEL_RELATION;
      case BITAND, BITOR, LSHIFT, RSHIFT -> LEVEL_BITS;
      case PLUS, MINUS -> LEVEL_SUM;
      case STAR, SLASH, REM -> LEVEL_PRODUCT;
      case CONCAT, PTR -> LEVEL_CONCAT;
      case COLLATE -> LEVEL_COLLATE;
      default -> 0;
    };
  }

  private Expr infix(Expr left, int level) {
    switch (type) {
      case NOT:
        return negatedInfix(left);
      case IS:
        return is(left);
      case LIKE_KW, MATCH:
        return like(left, false);
      case IN:
        return in(left, false);
      case BETWEEN:
        return between(left, false);
      case ISNULL, NOTNULL:
        boolean negated = type == TokenType.NOTNULL;
        advance();
        return isNull(left, negated);
      case COLLATE:
        advance();
        setHeight(height + 1);
        return new Expr.Collate(left, identifierOrString(), left.offset());
      default:
        return binary(left, level);
    }
  }

  private Expr binary(Expr left, int level) {
    BinaryOperator operator = binaryOperator();
    int leftHeight = height;
    advance();
    Expr right = expr(level + 1, false);
    setHeight(Math.max(leftHeight, height) + 1);
    return new Expr.Binary(operator, left, right, left.offset());
  }

  private BinaryOperator binaryOperator() {
    return switch (type) {
      case OR -> BinaryOperator.OR;
      case AND -> BinaryOperator.AND;
      case EQ -> BinaryOperator.EQ;
      case NE -> BinaryOperator.NE;
      case LT -> BinaryOperator.LT;
      case LE -> BinaryOperator.LE;
      case GT -> BinaryOperator.GT;
      case GE -> BinaryOperator.GE;
      case BITAND -> BinaryOperator.BIT_AND;
      case BITOR -> BinaryOperator.BIT_OR;
      case LSHIFT -> BinaryOperator.SHIFT_LEFT;
      case RSHIFT -> BinaryOperator.SHIFT_RIGHT;
      case PLUS -> BinaryOperator.ADD;
      case MINUS -> BinaryOperator.SUBTRACT;
      case STAR -> BinaryOperator.MULTIPLY;
      case SLASH -> BinaryOperator.DIVIDE;
      case REM -> BinaryOperator.REMAINDER;
      case CONCAT -> BinaryOperator.CONCAT;
      case PTR -> end - start == 3 ? BinaryOperator.LONG_ARROW : BinaryOperator.ARROW;
      default -> throw syntaxError();
    };
  }

  /** {@code NOT LIKE}, {@code NOT IN}, {@code NOT BETWEEN}, {@code NOT NULL} after an operand. */
  private Expr negatedInfix(Expr left) {
    advance();
    return switch (type) {
      case LIKE_KW, MATCH -> like(left, true);
      case IN -> in(left, true);
      case BETWEEN -> between(left, true);
      case NULL -> {
        advance();
        yield isNull(left, true);
      }
      default -> throw syntaxError();
    };
  }

  private Expr isNull(Expr operand, boolean negated) {
    setHeight(height + 1);
    return new Expr.IsNull(operand, negated, operand.offset());
  }

  /** {@code IS [NOT] [DISTINCT FROM] right}; DISTINCT FROM turns the sense round. */
  private Expr is(Expr left) {
    int leftHeight = height;
    advance();
    boolean negated = accept(TokenType.NOT);
    if (accept(TokenType.DISTINCT)) {
      expect(TokenType.FROM);
      negated = !negated;
    }
    Expr right = operand(LEVEL_EQUALITY + 1);
    if (right instanceof Expr.NullLiteral) {
      height = leftHeight;
      return isNull(left, negated);
    }
    setHeight(Math.max(leftHeight, height) + 1);
    BinaryOperator operator = negated ? BinaryOperator.IS_NOT : BinaryOperator.IS;
    return new Expr.Binary(operator, left, right, left.offset());
  }

  private Expr like(Expr left, boolean negated) {
    int h = height;
    Expr.Like.Operator operator = likeOperator();
    advance();
    Expr pattern = operand(LEVEL_EQUALITY + 1);
    h = Math.max(h, height);
    Expr escape = null;
    if (accept(TokenType.ESCAPE)) {
      escape = operand(LEVEL_EQUALITY + 1);
      h = Math.max(h, height);
    }
    setHeight(h + 1 + (negated ? 1 : 0));
    return new Expr.Like(operator, left, pattern, escape, negated, left.offset());
  }

  /** LIKE, GLOB, REGEXP or MATCH, told by their first letters. */
  private Expr.Like.Operator likeOperator() {
    return switch (sql.charAt(start) & ~0x20) {
      case 'L' -> Expr.Like.Operator.LIKE;
      case 'G' -> Expr.Like.Operator.GLOB;
      case 'R' -> Expr.Like.Operator.REGEXP;
      default -> Expr.Like.Operator.MATCH;
    };
  }

  private Expr between(Expr operand, boolean negated) {
    int h = height;
    advance();
    Expr low = expr(LEVEL_OR, true);
    h = Math.max(h, height);
    expect(TokenType.AND);
    Expr high = operand(LEVEL_EQUALITY + 1);
    h = Math.max(h, height);
    setHeight(h + 1 + (negated ? 1 : 0));
    return new Expr.Between(operand, low, high, negated, operand.offset());
  }

  private Expr in(Expr operand, boolean negated) {
    int h = height;
    enter(1);
    advance();
    Expr result;
    if (type.isName()) {
      QualifiedName table = qualifiedName();
      List<Expr> arguments = List.of();
      height = 0;
      if (accept(TokenType.LP)) {
        arguments = optionalExprs();
        expect(TokenType.RP);
      }
      result = new Expr.InTable(operand, table, arguments, negated, operand.offset());
    } else {
      expect(TokenType.LP);
      if (startsSelect()) {
        result = new Expr.InSelect(operand, select(), negated, operand.offset());
      } else {
        result = inList(operand, negated);
      }
      expect(TokenType.RP);
    }
    leave(1);
    setHeight(Math.max(h, height) + 1 + (negated ? 1 : 0));
    return result;
  }

  /** A list that is one scalar subquery is that query: {@code x IN ((SELECT ...))}. */
  private Expr inList(Expr operand, boolean negated) {
    List<Expr> values = optionalExprs();
    if (values.size() == 1 && values.get(0) instanceof Expr.Subquery subquery) {
      return new Expr.InSelect(operand, subquery.select(), negated, operand.offset());
    }
    return new Expr.InList(operand, values, negated, operand.offset());
  }

  private Expr prefix(UnaryOperator operator, int level) {
    int at = offset();
    advance();
    Expr operand = expr(level, false);
    if (operator == UnaryOperator.NOT || operator == UnaryOperator.BIT_NOT) {
      setHeight(height + 1);
      return new Expr.Unary(operator, operand, at);
    }
    return signed(operator, operand, at);
  }

  /** A sign before a plus sign replaces it, and one before a number may belong to it. */
  final Expr signed(UnaryOperator sign, Expr operand, int at) {
    Expr inner = operand;
    if (inner instanceof Expr.Unary unary && unary.operator() == UnaryOperator.PLUS) {
      inner = unary.operand();
    } else {
      setHeight(height + 1);
    }
    if (sign == UnaryOperator.NEGATE && Literals.isMinMagnitude(inner)) {
      return new Expr.IntegerLiteral(Long.MIN_VALUE, at);
    }
    if (sign == UnaryOperator.NEGATE
        && inner instanceof Expr.IntegerLiteral integer
        && integer.value() == Long.MIN_VALUE) {
      Expr negated = negatedHex(integer, at);
      if (negated != null) {
        return negated;
      }
    }
    return new Expr.Unary(sign, inner, at);
  }

  /** The least integer has no negative; written in decimal it already has its sign. */
  private @Nullable Expr negatedHex(Expr.IntegerLiteral literal, int at) {
    int position = position(literal.offset());
    Lexer lexer = new Lexer(sql, position);
    lexer.next(position);
    String text = sql.substring(position, lexer.end);
    return Literals.isHex(text) ? new Expr.OversizedHex("-" + text, at) : null;
  }

  /** An operand with its prefix operators. */
  private Expr primary() {
    height = 1;
    return switch (type) {
      case NULL, INTEGER, FLOAT, QNUMBER, BLOB, CTIME_KW -> term();
      case STRING -> peek(1) == TokenType.DOT ? columnOrCall() : term();
      case VARIABLE -> variable();
      case LP -> parenthesized();
      case CASE -> caseExpr();
      case CAST -> cast();
      case EXISTS -> exists();
      case RAISE -> raise();
      case NOT -> prefix(UnaryOperator.NOT, LEVEL_NOT);
      case BITNOT -> prefix(UnaryOperator.BIT_NOT, LEVEL_UNARY);
      case PLUS -> prefix(UnaryOperator.PLUS, LEVEL_UNARY);
      case MINUS -> prefix(UnaryOperator.NEGATE, LEVEL_UNARY);
      default -> {
        if (!type.isColumnName()) {
          throw syntaxError();
        }
        yield columnOrCall();
      }
    };
  }

  final boolean isTerm() {
    return switch (type) {
      case NULL, INTEGER, FLOAT, QNUMBER, BLOB, CTIME_KW, STRING -> true;
      default -> false;
    };
  }

  /** A literal. */
  final Expr term() {
    int at = offset();
    if (type == TokenType.INTEGER) {
      long value = shortDecimal();
      if (value >= 0) {
        height = 1;
        advance();
        return new Expr.IntegerLiteral(value, at);
      }
    }
    String text = currentText();
    Expr term =
        switch (type) {
          case NULL -> new Expr.NullLiteral(at);
          case INTEGER -> integer(text, at);
          case FLOAT -> Literals.real(text, at);
          case QNUMBER -> separatedNumber(text, at);
          case BLOB -> new Expr.BlobLiteral(Literals.blob(text), at);
          case STRING -> new Expr.StringLiteral(unquote(start, end), at);
          case CTIME_KW ->
              new Expr.CurrentTime(
                  Expr.CurrentTime.Kind.valueOf(text.toUpperCase(Locale.ROOT)), at);
          default -> throw syntaxError();
        };
    boolean misplaced = type == TokenType.QNUMBER && !Literals.separatorsInPlace(text);
    int from = start;
    height = 1;
    advance();
    if (misplaced) {
      fail("unrecognized token: \"" + text + "\"", from);
    }
    return term;
  }

  private Expr integer(String text, int at) {
    if (!Literals.isHex(text)) {
      return Literals.decimal(text, at);
    }
    if (Literals.hexTooBig(text)) {
      return new Expr.OversizedHex(text, at);
    }
    return new Expr.IntegerLiteral(Literals.hexValue(text), at);
  }

  private Expr separatedNumber(String text, int at) {
    String digits = text.replace("_", "");
    boolean real = digits.indexOf('.') >= 0 || digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0;
    return real && !Literals.isHex(digits) ? Literals.real(digits, at) : integer(digits, at);
  }

  private Expr variable() {
    int at = offset();
    int from = start;
    String text = currentText();
    if (text.charAt(0) == '#' && Lexer.isDigit(text.charAt(1))) {
      throw syntaxError();
    }
    advance();
    if (text.charAt(0) != '?') {
      return numbered(parameters.named(text), text, at, from);
    }
    if (text.length() == 1) {
      return numbered(parameters.next(), null, at, from);
    }
    int number = variableNumber(text);
    if (number < 1 || number > limits.variableNumber()) {
      fail("variable number must be between ?1 and ?" + limits.variableNumber(), from);
      return new Expr.Variable(1, text, at);
    }
    parameters.numbered(number, text);
    return new Expr.Variable(number, text, at);
  }

  private Expr numbered(int number, @Nullable String name, int at, int from) {
    if (number > limits.variableNumber()) {
      fail("too many SQL variables", from);
    }
    return new Expr.Variable(number, name, at);
  }

  private static int variableNumber(String text) {
    try {
      return Integer.parseInt(text.substring(1));
    } catch (NumberFormatException tooBig) {
      return Integer.MAX_VALUE;
    }
  }

  final boolean startsSelect() {
    return type == TokenType.SELECT || type == TokenType.VALUES || type == TokenType.WITH;
  }

  /** {@code (select)}, {@code (a, b)} or {@code (a)}. */
  private Expr parenthesized() {
    int at = offset();
    advance();
    Expr result;
    if (startsSelect()) {
      result = new Expr.Subquery(select(), at);
      setHeight(height + 1);
    } else {
      result = expr(LEVEL_OR, false);
      if (type == TokenType.COMMA) {
        result = rowValue(result, at);
      }
    }
    expect(TokenType.RP);
    return result;
  }

  private Expr rowValue(Expr first, int at) {
    List<Expr> values = new ArrayList<>();
    values.add(first);
    int h = height;
    while (accept(TokenType.COMMA)) {
      values.add(expr());
      h = Math.max(h, height);
    }
    setHeight(h + 1);
    return new Expr.RowValue(List.copyOf(values), at);
  }

  private Expr caseExpr() {
    int at = offset();
    advance();
    int h = 0;
    Expr base = null;
    if (type != TokenType.WHEN) {
      base = expr();
      h = height;
    }
    List<Expr.Case.When> branches = new ArrayList<>();
    do {
      expect(TokenType.WHEN);
      Expr condition = expr();
      h = Math.max(h, height);
      expect(TokenType.THEN);
      branches.add(new Expr.Case.When(condition, expr()));
      h = Math.max(h, height);
    } while (type == TokenType.WHEN);
    Expr otherwise = null;
    if (accept(TokenType.ELSE)) {
      otherwise = expr();
      h = Math.max(h, height);
    }
    expect(TokenType.END);
    setHeight(h + 1);
    return new Expr.Case(base, List.copyOf(branches), otherwise, at);
  }

  private Expr cast() {
    int at = offset();
    advance();
    expect(TokenType.LP);
    Expr operand = expr();
    expect(TokenType.AS);
    String typeName = typeName();
    expect(TokenType.RP);
    setHeight(height + 1);
    return new Expr.Cast(operand, typeName, at);
  }

  private Expr exists() {
    int at = offset();
    advance();
    expect(TokenType.LP);
    if (!startsSelect()) {
      throw syntaxError();
    }
    Select select = select();
    expect(TokenType.RP);
    setHeight(height + 1);
    return new Expr.Exists(select, at);
  }

  private Expr raise() {
    int at = offset();
    advance();
    expect(TokenType.LP);
    ConflictResolution action =
        switch (type) {
          case IGNORE -> ConflictResolution.IGNORE;
          case ROLLBACK -> ConflictResolution.ROLLBACK;
          case ABORT -> ConflictResolution.ABORT;
          case FAIL -> ConflictResolution.FAIL;
          default -> throw syntaxError();
        };
    advance();
    Expr message = null;
    if (action != ConflictResolution.IGNORE) {
      expect(TokenType.COMMA);
      message = expr();
      setHeight(height + 1);
    }
    expect(TokenType.RP);
    return new Expr.Raise(action, message, at);
  }

  /** {@code a}, {@code a.b}, {@code a.b.c} or {@code f(...)}. */
  private Expr columnOrCall() {
    int at = offset();
    boolean callable = type != TokenType.STRING;
    Identifier first = takeName();
    if (callable && type == TokenType.LP) {
      return call(first, at);
    }
    if (!accept(TokenType.DOT)) {
      return new Expr.ColumnRef(null, null, first, at);
    }
    Identifier second = name();
    if (!accept(TokenType.DOT)) {
      height = 2;
      return new Expr.ColumnRef(null, first, second, at);
    }
    height = 3;
    return new Expr.ColumnRef(first, second, name(), at);
  }

  /** {@code expr, ...}; sets {@link #height} to that of the highest. */
  final List<Expr> exprs() {
    Expr first = expr();
    if (type != TokenType.COMMA) {
      return List.of(first);
    }
    List<Expr> list = new ArrayList<>();
    list.add(first);
    int h = height;
    while (accept(TokenType.COMMA)) {
      list.add(expr());
      h = Math.max(h, height);
    }
    height = h;
    return List.copyOf(list);
  }

  /** A list of expressions up to a closing parenthesis, which is not consumed. */
  final List<Expr> optionalExprs() {
    if (type == TokenType.RP) {
      height = 0;
      return List.of();
    }
    return exprs();
  }

  final void setHeight(int newHeight) {
    height = newHeight;
    if (newHeight > limits.expressionDepth()) {
      throw error(
          "Expression tree is too large (maximum depth " + limits.expressionDepth() + ")", start);
    }
  }
}
