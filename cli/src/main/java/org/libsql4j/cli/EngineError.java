package org.libsql4j.cli;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.libsql4j.error.LibsqlException;

/**
 * What went wrong with a statement, as the shell reports it.
 *
 * @param message what {@code sqlite3_errmsg()} would say
 * @param code primary result code
 * @param offset of the offending token in the statement in UTF-16 code units, or -1
 */
public record EngineError(String message, int code, int offset) {
  /** Drivers for this kind of database put the code's name and description around the message. */
  private static final Pattern DECORATED =
      Pattern.compile("\\[SQLITE_\\w+] .*? \\((.*)\\)", Pattern.DOTALL);

  private static final int MAX_CONTEXT = 78;
  private static final int MAX_BEFORE_ERROR = 50;
  private static final int MAX_LEFT_MARK = 25;

  /** From what the engine threw. */
  public static EngineError of(LibsqlException exception) {
    return new EngineError(
        exception.getMessage(), exception.resultCode().primaryCode(), exception.sqlOffset());
  }

  /** From what a driver threw. */
  public static EngineError of(SQLException exception) {
    if (exception.getCause() instanceof LibsqlException cause) {
      return of(cause);
    }
    String text = exception.getMessage() == null ? exception.toString() : exception.getMessage();
    Matcher matcher = DECORATED.matcher(text);
    String message = matcher.matches() ? matcher.group(1) : text;
    return new EngineError(message, Math.max(exception.getErrorCode(), 0) & 0xff, -1);
  }

  /** The message, with the code if it says more than "error". */
  String messageWithCode() {
    return code > 1 ? message + " (" + code + ")" : message;
  }

  /** The part of the statement around the error and a mark below it; empty if it has no place. */
  String context(String sql) {
    if (offset < 0 || offset > sql.length()) {
      return "";
    }
    int from = Math.max(0, sql.offsetByCodePoints(offset, -precedingCodePoints(sql)));
    int column = sql.codePointCount(from, offset);
    int available = sql.codePointCount(from, sql.length());
    int to = sql.offsetByCodePoints(from, Math.min(MAX_CONTEXT, available));
    String line = sql.substring(from, to).replaceAll("\\s", " ");
    String mark =
        column < MAX_LEFT_MARK
            ? " ".repeat(column) + "^--- error here"
            : " ".repeat(column - 14) + "error here ---^";
    return "\n  " + line + "\n  " + mark;
  }

  private int precedingCodePoints(String sql) {
    return Math.min(MAX_BEFORE_ERROR, sql.codePointCount(0, offset));
  }
}
