package org.libsql4j.cli.format;

import java.util.ArrayList;
import java.util.List;

/** Text as it takes up room on a terminal: widths in code points, tabs of eight, wrapped lines. */
final class DisplayText {
  private static final int TAB = 8;

  private DisplayText() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Fills up with blanks on the right, or on the left if the width is negative. */
  static String pad(String text, int width) {
    String blanks = " ".repeat(Math.max(0, Math.abs(width) - length(text)));
    return width < 0 ? blanks + text : text + blanks;
  }

  /**
   * Cuts text into the lines of a cell: at line breaks and other control characters, and where a
   * line would be longer than the limit.
   *
   * @param limit longest line in code points; 0 for none
   * @param betweenWords whether to look for a better place in the second half of a long line
   * @return at least one line
   */
  static List<String> lines(String text, int limit, boolean betweenWords) {
    List<String> lines = new ArrayList<>();
    int at = 0;
    do {
      at = takeLine(text, at, limit, betweenWords, lines);
    } while (at < text.length());
    return lines;
  }

  /** Adds the line that starts at an index; returns where the next one starts. */
  private static int takeLine(
      String text, int from, int limit, boolean betweenWords, List<String> lines) {
    StringBuilder line = new StringBuilder();
    int width = 0;
    int at = from;
    while (at < text.length() && (limit == 0 || width < limit)) {
      int c = text.codePointAt(at);
      if (c == '\t') {
        do {
          line.append(' ');
          width++;
        } while (width % TAB != 0 && (limit == 0 || width < limit));
      } else if (c < ' ') {
        break;
      } else {
        line.appendCodePoint(c);
        width++;
      }
      at += Character.charCount(c);
    }
    if (at < text.length() && betweenWords && text.charAt(at) >= ' ') {
      int better = wordBoundary(text, from, at);
      line.setLength(Math.max(0, line.length() - (at - better)));
      at = better;
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    } else {
      at = afterBreak(text, at);
    }
    lines.add(line.toString());
    return at;
  }

  private static int afterBreak(String text, int at) {
    if (at < text.length() && text.charAt(at) < ' ' && text.charAt(at) != '\t') {
      return text.startsWith("\r\n", at) ? at + 2 : at + 1;
    }
    return at;
  }

  /** The last place to break in the second half of a line: after a blank, else beside a word. */
  private static int wordBoundary(String text, int from, int to) {
    int middle = from + (to - from) / 2;
    for (int at = to; at > middle; at--) {
      if (Character.isWhitespace(text.charAt(at - 1))) {
        return at;
      }
    }
    for (int at = to; at > middle; at--) {
      if (Character.isLetterOrDigit(text.charAt(at - 1))
          != Character.isLetterOrDigit(text.charAt(at))) {
        return at;
      }
    }
    return to;
  }
}
