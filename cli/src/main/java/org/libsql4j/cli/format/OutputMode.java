package org.libsql4j.cli.format;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The output modes, and the separators that choosing one brings with it. */
public enum OutputMode {
  ASCII("\u001f", "\u001e"),
  BOX(null, null),
  COLUMN(null, "\n"),
  CSV(",", "\r\n"),
  HTML(null, null),
  INSERT(null, null),
  JSON(null, null),
  LINE(null, "\n"),
  LIST("|", "\n"),
  MARKDOWN(null, null),
  QBOX(null, null),
  QUOTE(",", "\n"),
  TABLE(null, null),
  TABS("\t", null),
  TCL(" ", "\n");

  private final @Nullable String columnSeparator;
  private final @Nullable String rowSeparator;

  OutputMode(@Nullable String columnSeparator, @Nullable String rowSeparator) {
    this.columnSeparator = columnSeparator;
    this.rowSeparator = rowSeparator;
  }

  /** The name as users write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it sets the column separator to; null if it leaves it alone. */
  public @Nullable String columnSeparator() {
    return columnSeparator;
  }

  /** What it sets the row separator to; null if it leaves it alone. */
  public @Nullable String rowSeparator() {
    return rowSeparator;
  }

  /** Whether results are laid out in columns, which {@code .width} and {@code --wrap} govern. */
  public boolean isColumnar() {
    return this == BOX || this == COLUMN || this == MARKDOWN || this == QBOX || this == TABLE;
  }

  /** The first mode whose name starts with the text; null if there is none. */
  public static @Nullable OutputMode of(String prefix) {
    if (prefix.isEmpty()) {
      return null;
    }
    // Ambiguous beginnings mean what they mean in sqlite3.
    OutputMode[] precedence = {
      LINE, COLUMN, LIST, HTML, TCL, CSV, TABS, INSERT, QUOTE, ASCII, MARKDOWN, TABLE, BOX, QBOX,
      JSON
    };
    for (OutputMode mode : precedence) {
      if (mode.label().startsWith(prefix)) {
        return mode;
      }
    }
    return null;
  }
}
