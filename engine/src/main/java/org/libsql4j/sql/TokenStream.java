package org.libsql4j.sql;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** The tokens of one statement with as much lookahead as is asked for, and the syntax errors. */
abstract class TokenStream {
  /** More than the longest lookahead; a power of two. */
  private static final int RING = 8;

  final String sql;
  final ParserLimits limits;

  /** Type of the current token. */
  TokenType type = TokenType.EOF;

  /** Where the current token starts in {@link #sql}. */
  int start;

  /** Where the current token ends, exclusive. */
  int end;

  /** Where the token before the current one ends, exclusive. */
  int previousEnd;

  private final int base;
  private final Lexer lexer;
  private final TokenType[] aheadTypes = new TokenType[RING];
  private final int[] aheadStarts = new int[RING];
  private final int[] aheadEnds = new int[RING];
  private int aheadFirst;
  private int aheadCount;

  /**
   * Found by a rule of the grammar; thrown when the current token turns out to be no syntax error.
   */
  private @Nullable LibsqlException pending;

  TokenStream(String sql, int base, ParserLimits limits) {
    this.sql = sql;
    this.base = base;
    this.limits = limits;
    this.lexer = new Lexer(sql, base);
    this.end = base;
    this.previousEnd = base;
  }

  /** Consumes the current token. */
  final void advance() {
    if (pending != null) {
      throw pending;
    }
    TokenType previousType = type;
    previousEnd = end;
    if (aheadCount == 0) {
      type = lexer.next(end);
      start = lexer.start;
      end = lexer.end;
    } else {
      type = aheadTypes[aheadFirst];
      start = aheadStarts[aheadFirst];
      end = aheadEnds[aheadFirst];
      aheadFirst = (aheadFirst + 1) & (RING - 1);
      aheadCount--;
    }
    if (type.needsContext()) {
      if (type == TokenType.ILLEGAL) {
        throw error("unrecognized token: \"" + currentText() + "\"", start);
      }
      type = inContext(previousType);
    }
  }

  /** Throws what the rules found if there is no token to consume any more. */
  final void finish() {
    if (pending != null) {
      throw pending;
    }
  }

  /**
   * Type of a token after the current one.
   *
   * @param distance 1 for the next
   */
  final TokenType peek(int distance) {
    while (aheadCount < distance) {
      int last = (aheadFirst + aheadCount - 1) & (RING - 1);
      int from = aheadCount == 0 ? end : aheadEnds[last];
      int slot = (aheadFirst + aheadCount) & (RING - 1);
      aheadTypes[slot] = lexer.next(from);
      aheadStarts[slot] = lexer.start;
      aheadEnds[slot] = lexer.end;
      aheadCount++;
    }
    return aheadTypes[(aheadFirst + distance - 1) & (RING - 1)];
  }

  /** Decides whether a word that is a keyword only before certain tokens is one here. */
  private TokenType inContext(TokenType previousType) {
    boolean keyword;
    if (type == TokenType.WINDOW) {
      keyword = isNameInContext(peek(1)) && peek(2) == TokenType.AS;
    } else {
      boolean name = type == TokenType.OVER && isNameInContext(peek(1));
      keyword = previousType == TokenType.RP && (name || peek(1) == TokenType.LP);
    }
    return keyword ? type : TokenType.ID;
  }

  private static boolean isNameInContext(TokenType type) {
    return type.isIdentifier()
        || type == TokenType.STRING
        || type == TokenType.JOIN_KW
        || type == TokenType.WINDOW
        || type == TokenType.OVER;
  }

  /** Whether a dot follows the current token; often told from the next character alone. */
  final boolean dotFollows() {
    if (aheadCount == 0) {
      char c = lexer.following();
      if (c == ',' || c == '(' || c == ')' || c == '=') {
        return false;
      }
    }
    return peek(1) == TokenType.DOT;
  }

  /** The value of the current token if it is of at most 18 decimal digits; -1 if not. */
  final long shortDecimal() {
    return lexer.shortDecimal(start, end);
  }

  /** Consumes the current token if it is of the type. */
  final boolean accept(TokenType wanted) {
    if (type != wanted) {
      return false;
    }
    advance();
    return true;
  }

  /** Consumes a token of the type or fails. */
  final void expect(TokenType wanted) {
    if (type != wanted) {
      throw syntaxError();
    }
    advance();
  }

  /** The failure of the current token to fit. */
  final LibsqlException syntaxError() {
    if (type == TokenType.EOF) {
      return new LibsqlException(ResultCode.ERROR, "incomplete input");
    }
    return error("near \"" + currentText() + "\": syntax error", start);
  }

  /** An error at a place of {@link #sql}. */
  final LibsqlException error(String message, int position) {
    return new LibsqlException(ResultCode.ERROR, message, offset(position), null);
  }

  /** Reports an error that a syntax error at the current token would replace. */
  final void fail(String message, int position) {
    pending = error(message, position);
  }

  /** Offset of a place in the statement's text. */
  final int offset(int position) {
    return position - base;
  }

  /** Place in {@link #sql} of an offset in the statement's text. */
  final int position(int offset) {
    return offset + base;
  }

  /** Offset of the current token in the statement's text. */
  final int offset() {
    return start - base;
  }

  final String currentText() {
    return sql.substring(start, end);
  }

  /** Part of the text without surrounding spaces. */
  final String trimmed(int from, int to) {
    int first = from;
    int last = to;
    while (first < last && Lexer.isSpace(sql.charAt(first))) {
      first++;
    }
    while (first < last && Lexer.isSpace(sql.charAt(last - 1))) {
      last--;
    }
    return sql.substring(first, last);
  }
}
