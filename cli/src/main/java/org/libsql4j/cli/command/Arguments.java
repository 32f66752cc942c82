package org.libsql4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.cli.Shell;

/** How the line of a dot command is read. */
final class Arguments {
  private Arguments() {}

  /**
   * Splits a line at blanks that are not between quotes. Backslash escapes count everywhere but
   * between apostrophes.
   */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    int i = 0;
    while (true) {
      while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
        i++;
      }
      if (i >= line.length()) {
        return words;
      }
      char quote = line.charAt(i);
      int start = quote == '"' || quote == '\'' ? i + 1 : i;
      int end = start == i ? endOfWord(line, i) : endOfQuoted(line, start, quote);
      String word = line.substring(start, end);
      words.add(quote == '\'' ? word : unescape(word));
      i = start == i ? end : end + 1;
    }
  }

  private static int endOfWord(String line, int from) {
    int i = from;
    while (i < line.length() && !Character.isWhitespace(line.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int endOfQuoted(String line, int from, char quote) {
    int i = from;
    while (i < line.length() && line.charAt(i) != quote) {
      i += quote == '"' && line.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i, line.length());
  }

  /** Replaces escapes as C has them. */
  static String unescape(String text) {
    StringBuilder result = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\' || i == text.length()) {
        result.append(c);
        continue;
      }
      char escape = text.charAt(i++);
      if (escape >= '0' && escape <= '7') {
        int end = i;
        while (end < text.length() && end < i + 2 && isOctal(text.charAt(end))) {
          end++;
        }
        result.append((char) (Integer.parseInt(text.substring(i - 1, end), 8) & 0xff));
        i = end;
      } else {
        result.append(unescape(escape));
      }
    }
    return result.toString();
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private static char unescape(char escape) {
    return switch (escape) {
      case 'a' -> 7;
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'v' -> 11;
      case 'f' -> '\f';
      case 'r' -> '\r';
      default -> escape;
    };
  }

  /** Control characters and backslashes as escapes, between double quotes. */
  static String quoted(String text) {
    StringBuilder result = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> result.append("\\\\");
        case '"' -> result.append("\\\"");
        case '\t' -> result.append("\\t");
        case '\n' -> result.append("\\n");
        case '\r' -> result.append("\\r");
        default -> {
          if (c < ' ') {
            result.append(String.format("\\%03o", (int) c));
          } else {
            result.append(c);
          }
        }
      }
    }
    return result.append('"').toString();
  }

  /** A switch: a number, on, off, yes or no; anything else is off, with a complaint. */
  static boolean isOn(Shell shell, String word) {
    if (word.matches("\\d+")) {
      return !word.matches("0+");
    }
    if (word.equalsIgnoreCase("on") || word.equalsIgnoreCase("yes")) {
      return true;
    }
    if (!word.equalsIgnoreCase("off") && !word.equalsIgnoreCase("no")) {
      shell.error("ERROR: Not a boolean value: \"" + word + "\". Assuming \"no\".");
    }
    return false;
  }

  /** The only argument; complains with the usage if there are none or several. */
  static String only(List<String> arguments, String usage) throws CommandException {
    if (arguments.size() != 1) {
      throw new CommandException("Usage: " + usage);
    }
    return arguments.get(0);
  }

  static boolean isOption(String word, String name) {
    return word.equals("-" + name) || word.equals("--" + name);
  }
}
