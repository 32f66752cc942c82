package org.libsql4j.tidy;

import java.util.List;

/**
 * One Java source file.
 *
 * @param name path from the root of the tree, with forward slashes
 * @param text all of it
 */
record JavaFile(String name, String text) {

  boolean isMain() {
    return name.contains("/src/main/java/");
  }

  /** The module's folder. */
  String module() {
    return name.substring(0, name.indexOf('/'));
  }

  String folder() {
    return name.substring(0, name.lastIndexOf('/'));
  }

  int lineCount() {
    return (int) text.lines().count();
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /** The text with comments, strings and character literals blanked, line for line. */
  String code() {
    StringBuilder code = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int end = endOfBlank(i);
      if (end == i) {
        code.append(text.charAt(i++));
      } else {
        text.substring(i, end).chars().forEach(c -> code.append(c == '\n' ? '\n' : ' '));
        i = end;
      }
    }
    return code.toString();
  }

  /** Where the comment or literal that starts at {@code i} ends; {@code i} if none starts there. */
  private int endOfBlank(int i) {
    if (text.startsWith("//", i)) {
      return after("\n", i + 2);
    }
    if (text.startsWith("/*", i)) {
      return after("*/", i + 2);
    }
    if (text.startsWith("\"\"\"", i)) {
      return after("\"\"\"", i + 3);
    }
    char quote = text.charAt(i);
    return quote == '"' || quote == '\'' ? afterLiteral(quote, i + 1) : i;
  }

  private int after(String mark, int from) {
    int at = text.indexOf(mark, from);
    return at < 0 ? text.length() : at + mark.length();
  }

  private int afterLiteral(char quote, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) != quote) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i + 1, text.length());
  }
}
