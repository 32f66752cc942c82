package org.libsql4j.alter;

import java.util.List;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.ColumnDefinition;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.Identifier;

/** Adds and removes columns in the text of a CREATE TABLE statement. */
public final class ColumnText {
  private ColumnText() {}

  /**
   * The text with names in double quotes that mean strings written in single quotes.
   *
   * @param strings those names, with their places in the text
   */
  public static String withStrings(String text, List<Identifier> strings) {
    return TextEdits.withStrings(text, strings);
  }

  /** The text with one more column behind the last one. */
  public static String add(String text, String definition) {
    List<ColumnDefinition> columns = columns(text);
    int end = skipSpace(text, columns.get(columns.size() - 1).end());
    return text.substring(0, end) + ", " + definition + text.substring(end);
  }

  /** The text with another definition of a column (0-based). */
  public static String replace(String text, int column, String definition) {
    ColumnDefinition old = columns(text).get(column);
    return text.substring(0, old.name().offset()) + definition + text.substring(old.end());
  }

  /**
   * The text without a column.
   *
   * @param column 0-based; there must be another one
   */
  public static String remove(String text, int column) {
    List<ColumnDefinition> columns = columns(text);
    if (column < columns.size() - 1) {
      int from = columns.get(column).name().offset();
      int to = columns.get(column + 1).name().offset();
      return text.substring(0, from) + text.substring(to);
    }
    // The comma in front goes with the last column.
    int comma = skipSpace(text, columns.get(column - 1).end());
    int end = skipSpace(text, columns.get(column).end());
    return text.substring(0, comma) + text.substring(end);
  }

  private static List<ColumnDefinition> columns(String text) {
    CreateTable create = (CreateTable) Parser.parseStored(text);
    return ((CreateTable.Body.Definition) create.body()).columns();
  }

  /** The place of the first character from there on that is neither space nor comment. */
  private static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at)) {
        int line = text.indexOf('\n', at);
        at = line < 0 ? text.length() : line + 1;
      } else if (text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        at = close < 0 ? text.length() : close + 2;
      } else {
        break;
      }
    }
    return at;
  }
}
