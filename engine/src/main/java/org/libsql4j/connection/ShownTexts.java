package org.libsql4j.connection;

import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.SecretText;

/**
 * What listeners are shown of the texts that a connection runs. Most run again and again, and to
 * look for keys in a text can take longer than to run it.
 */
final class ShownTexts {
  private static final int SLOTS = 32;

  /** Longer texts hardly come again. */
  private static final int LONGEST = 10_000;

  private final @Nullable String[] texts = new @Nullable String[SLOTS];
  private final String[] shown = new String[SLOTS];

  /** The text without keys. */
  @SuppressWarnings(
      "ReferenceEquality") // Another object is looked at anew: comparing takes as long.
  String of(String sql) {
    if (sql.length() > LONGEST) {
      return SecretText.hide(sql);
    }
    int slot = sql.hashCode() & SLOTS - 1;
    if (sql != texts[slot]) {
      texts[slot] = sql;
      shown[slot] = SecretText.hide(sql);
    }
    return shown[slot];
  }
}
