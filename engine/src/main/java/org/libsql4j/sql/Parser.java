package org.libsql4j.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.Statement;

/**
 * Parses SQL. Failures are {@link LibsqlException}s with {@link ResultCode#ERROR}, SQLite's message
 * and, unless the text ends too early, the offset of the offending token.
 */
public final class Parser {
  private Parser() {}

  /** The next statement of a text, within SQLite's default limits. */
  public static ParseResult parseNext(String sql, int startOffset) {
    return parseNext(sql, startOffset, ParserLimits.DEFAULT);
  }

  /**
   * The next statement of a text, past any empty ones. Nothing behind its semicolon is looked at.
   *
   * @param sql one or more statements
   * @param startOffset where to start; offsets in the result's tree count from here
   */
  public static ParseResult parseNext(String sql, int startOffset, ParserLimits limits) {
    StatementParser parser = new StatementParser(sql, startOffset, limits, false);
    Statement statement = statement(parser);
    int endOffset = parser.type == TokenType.SEMI ? parser.end : sql.length();
    List<@Nullable String> names = parser.parameters.names();
    return new ParseResult(statement, endOffset, names, sql.substring(startOffset, endOffset));
  }

  /**
   * A statement as stored in {@code sqlite_schema}, which may be older and more lenient than what
   * is accepted today.
   *
   * @param sql exactly one {@code CREATE} statement
   */
  public static Statement parseStored(String sql) {
    StatementParser parser = new StatementParser(sql, 0, ParserLimits.DEFAULT, true);
    Statement statement = statement(parser);
    if (statement == null) {
      throw new LibsqlException(ResultCode.ERROR, "incomplete input");
    }
    return statement;
  }

  /** A text that is one expression and nothing else. */
  public static Expr parseExpression(String sql) {
    StatementParser parser = new StatementParser(sql, 0, ParserLimits.DEFAULT, false);
    try {
      return parser.onlyExpression();
    } catch (StackOverflowError e) {
      throw stackOverflow(parser);
    }
  }

  private static @Nullable Statement statement(StatementParser parser) {
    try {
      return parser.nextStatement();
    } catch (StackOverflowError e) {
      throw stackOverflow(parser);
    }
  }

  /**
   * A thread's stack may be smaller than {@link ParserLimits#nesting()} asks for. Nothing outlives
   * the parser, so all that happened is that the text is too deep.
   */
  private static LibsqlException stackOverflow(StatementParser parser) {
    return parser.error("parser stack overflow", parser.start);
  }
}
