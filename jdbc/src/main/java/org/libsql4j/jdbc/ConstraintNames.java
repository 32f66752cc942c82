package org.libsql4j.jdbc;

import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names of the keys in a CREATE TABLE statement, which no pragma tells.
 *
 * <p>Reads words only: a key's name stands behind the last CONSTRAINT before PRIMARY, FOREIGN or
 * REFERENCES, with no comma between.
 */
final class ConstraintNames {
  private final List<@Nullable String> foreignKeys = new ArrayList<>();
  private final List<Integer> deferrabilities = new ArrayList<>();
  private @Nullable String primaryKey;

  private final String sql;
  private int at;

  private ConstraintNames(String sql) {
    this.sql = sql;
  }

  static ConstraintNames of(@Nullable String sql) {
    ConstraintNames names = new ConstraintNames(sql == null ? "" : sql);
    names.read();
    return names;
  }

  @Nullable String primaryKey() {
    return primaryKey;
  }

  /**
   * Name of a foreign key.
   *
   * @param id in foreign_key_list, where the last declared key has 0
   */
  @Nullable String foreignKey(int id) {
    int declared = foreignKeys.size() - 1 - id;
    return declared < 0 || declared >= foreignKeys.size() ? null : foreignKeys.get(declared);
  }

  /**
   * When a foreign key is checked: one of the constants of {@link DatabaseMetaData}.
   *
   * @param id in foreign_key_list, where the last declared key has 0
   */
  int deferrability(int id) {
    int declared = deferrabilities.size() - 1 - id;
    return declared < 0 || declared >= deferrabilities.size()
        ? DatabaseMetaData.importedKeyNotDeferrable
        : deferrabilities.get(declared);
  }

  private void setDeferrability(int value) {
    if (!deferrabilities.isEmpty()) {
      deferrabilities.set(deferrabilities.size() - 1, value);
    }
  }

  private void read() {
    String pending = null;
    String previous = "";
    boolean inForeignKey = false;
    int depth = 0;
    String token = next();
    while (token != null) {
      switch (token.toUpperCase(Locale.ROOT)) {
        case "(" -> depth++;
        case ")" -> depth--;
        case "," -> {
          if (depth <= 1) {
            pending = null;
            inForeignKey = false;
          }
        }
        case "CONSTRAINT" -> {
          String name = next();
          pending = name == null ? null : unquote(name);
        }
        case "PRIMARY" -> {
          primaryKey = pending;
          pending = null;
        }
        case "FOREIGN" -> inForeignKey = true;
        case "UNIQUE", "CHECK", "NOT", "DEFAULT", "COLLATE", "GENERATED" ->
            pending = inForeignKey ? pending : null;
        case "REFERENCES" -> {
          foreignKeys.add(pending);
          deferrabilities.add(DatabaseMetaData.importedKeyNotDeferrable);
          pending = null;
        }
        case "DEFERRABLE" -> {
          if (!previous.equalsIgnoreCase("NOT")) {
            setDeferrability(DatabaseMetaData.importedKeyInitiallyImmediate);
          }
        }
        case "DEFERRED" -> {
          boolean deferrable =
              !deferrabilities.isEmpty()
                  && deferrabilities.get(deferrabilities.size() - 1)
                      == DatabaseMetaData.importedKeyInitiallyImmediate;
          if (deferrable && previous.equalsIgnoreCase("INITIALLY")) {
            setDeferrability(DatabaseMetaData.importedKeyInitiallyDeferred);
          }
        }
        default -> {}
      }
      previous = token;
      token = next();
    }
  }

  /** The next word, quoted name or other character; null at the end. */
  private @Nullable String next() {
    at = SqlVerb.skipBlank(sql, at);
    if (at >= sql.length()) {
      return null;
    }
    int start = at;
    char c = sql.charAt(at++);
    if (c == '"' || c == '\'' || c == '`' || c == '[') {
      skipQuoted(c == '[' ? ']' : c);
    } else if (isWord(c)) {
      while (at < sql.length() && isWord(sql.charAt(at))) {
        at++;
      }
    }
    return sql.substring(start, at);
  }

  private void skipQuoted(char end) {
    while (at < sql.length()) {
      if (sql.charAt(at++) == end) {
        if (end == ']' || at >= sql.length() || sql.charAt(at) != end) {
          return;
        }
        at++;
      }
    }
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c >= 0x80;
  }

  private static String unquote(String token) {
    char first = token.charAt(0);
    if (token.length() < 2) {
      return token;
    }
    String inner = token.substring(1, token.length() - 1);
    return switch (first) {
      case '[' -> inner;
      case '"', '\'', '`' -> inner.replace("" + first + first, "" + first);
      default -> token;
    };
  }
}
