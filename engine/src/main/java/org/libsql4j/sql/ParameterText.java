package org.libsql4j.sql;

import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Puts values in the place of a statement's parameters, for people to read. */
public final class ParameterText {
  private ParameterText() {}

  /**
   * Replaces each parameter.
   *
   * @param names of the parameters by number, null where there is none
   * @param literal what stands for the parameter with a number, from 1
   */
  public static String replace(
      String sql, List<@Nullable String> names, IntFunction<String> literal) {
    StringBuilder out = new StringBuilder(sql.length() + 16);
    Lexer lexer = new Lexer(sql, 0);
    int done = 0;
    int highest = 0;
    int position = 0;
    while (true) {
      TokenType type = lexer.next(position);
      if (type == TokenType.EOF || lexer.end <= position) {
        break;
      }
      position = lexer.end;
      if (type == TokenType.VARIABLE) {
        int number = number(sql.substring(lexer.start, lexer.end), names, highest);
        highest = Math.max(highest, number);
        out.append(sql, done, lexer.start).append(literal.apply(number));
        done = lexer.end;
      }
    }
    return out.append(sql, done, sql.length()).toString();
  }

  private static int number(String token, List<@Nullable String> names, int highest) {
    if (token.equals("?")) {
      return highest + 1;
    }
    if (token.charAt(0) == '?') {
      return Integer.parseInt(token.substring(1));
    }
    return names.indexOf(token) + 1;
  }

  /** Makes a comment of a text, line by line. */
  public static String asComment(String sql) {
    StringBuilder out = new StringBuilder(sql.length() + 16);
    int start = 0;
    while (start < sql.length()) {
      int newline = sql.indexOf('\n', start);
      int end = newline < 0 ? sql.length() : newline + 1;
      out.append("-- ").append(sql, start, end);
      start = end;
    }
    return out.toString();
  }
}
