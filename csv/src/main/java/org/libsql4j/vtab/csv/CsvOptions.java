package org.libsql4j.vtab.csv;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * What stands in the parentheses of {@code USING csv(...)}.
 *
 * @param filename the file; null if {@code data} is given
 * @param data the text itself; null if {@code filename} is given
 * @param schema a CREATE TABLE statement, or null
 * @param columns number of columns, or -1
 * @param header whether the first line holds names
 */
record CsvOptions(
    @Nullable String filename,
    @Nullable String data,
    @Nullable String schema,
    int columns,
    boolean header) {

  private static final List<String> STRINGS = List.of("filename", "data", "schema");

  /**
   * Reads {@code name=value} pairs; values may be in quotes. {@code testflags} is accepted and has
   * no effect.
   *
   * @throws LibsqlException ERROR if they make no sense
   */
  static CsvOptions parse(List<String> arguments) {
    @Nullable String[] strings = new @Nullable String[STRINGS.size()];
    int columns = -1;
    Boolean header = null;
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = (equals < 0 ? argument : argument.substring(0, equals)).trim();
      String value = equals < 0 ? null : unquoted(argument.substring(equals + 1).trim());
      int string = STRINGS.indexOf(name);
      if (string >= 0 && value != null) {
        if (strings[string] != null) {
          throw error("more than one '" + name + "' parameter");
        }
        strings[string] = value;
      } else if (name.equals("header")) {
        if (header != null) {
          throw error("more than one 'header' parameter");
        }
        header = value == null || truth(value, argument);
      } else if (name.equals("columns") && value != null) {
        if (columns >= 0) {
          throw error("more than one 'columns' parameter");
        }
        columns = count(value);
      } else if (!name.equals("testflags") || value == null) {
        throw error("bad parameter: '" + argument + "'");
      }
    }
    if ((strings[0] == null) == (strings[1] == null)) {
      throw error("must specify either filename= or data= but not both");
    }
    return new CsvOptions(strings[0], strings[1], strings[2], columns, header != null && header);
  }

  private static int count(String value) {
    int count;
    try {
      count = Integer.parseInt(value);
    } catch (NumberFormatException e) {
      count = 0;
    }
    if (count <= 0) {
      throw error("column= value must be positive");
    }
    return count;
  }

  private static boolean truth(String value, String argument) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "yes", "on", "true", "1" -> true;
      case "no", "off", "false", "0" -> false;
      default -> throw error("bad parameter: '" + argument + "'");
    };
  }

  private static String unquoted(String value) {
    char quote = value.isEmpty() ? 0 : value.charAt(0);
    boolean quoted =
        value.length() >= 2
            && (quote == '\'' || quote == '"')
            && value.charAt(value.length() - 1) == quote;
    if (!quoted) {
      return value;
    }
    String one = String.valueOf(quote);
    return value.substring(1, value.length() - 1).replace(one + one, one);
  }

  static LibsqlException error(String message) {
    return new LibsqlException(ResultCode.ERROR, message);
  }
}
