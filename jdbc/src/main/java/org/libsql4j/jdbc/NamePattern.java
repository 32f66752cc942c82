package org.libsql4j.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * A pattern of the metadata methods: {@code %} for any text, {@code _} for any character, {@code \}
 * before one of these for itself. Letter case is ignored, as it is in names. Null matches
 * everything.
 */
final class NamePattern {
  private final @Nullable String pattern;

  NamePattern(@Nullable String pattern) {
    this.pattern = pattern;
  }

  boolean matches(String name) {
    return pattern == null || matches(pattern, 0, name, 0);
  }

  private static boolean matches(String pattern, int start, String name, int from) {
    int at = from;
    int p = start;
    while (p < pattern.length()) {
      char c = pattern.charAt(p);
      if (c == '%') {
        for (int rest = at; rest <= name.length(); rest++) {
          if (matches(pattern, p + 1, name, rest)) {
            return true;
          }
        }
        return false;
      }
      boolean any = c == '_';
      if (c == '\\' && p + 1 < pattern.length()) {
        c = pattern.charAt(++p);
      }
      if (at >= name.length() || !(any || same(c, name.charAt(at)))) {
        return false;
      }
      at++;
      p++;
    }
    return at == name.length();
  }

  private static boolean same(char a, char b) {
    return Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
