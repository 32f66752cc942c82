package org.libsql4j.alter;

import java.util.List;
import java.util.TreeMap;
import org.libsql4j.sql.ast.Identifier;

/** Replacements in one text, by place. */
final class TextEdits {
  private record Edit(int end, String replacement) {}

  private final String text;
  private final TreeMap<Integer, Edit> edits = new TreeMap<>();

  TextEdits(String text) {
    this.text = text;
  }

  /** Replaces a name; does nothing for one that does not stand in the text. */
  void replace(Identifier name, String replacement) {
    if (name.offset() >= 0 && name.length() > 0 && name.end() <= text.length()) {
      edits.put(name.offset(), new Edit(name.end(), replacement));
    }
  }

  /** Replaces a string literal in single quotes that starts at a place. */
  void replaceString(int offset, String replacement) {
    int at = offset + 1;
    while (at < text.length()) {
      if (text.charAt(at) == '\'') {
        at++;
        if (at == text.length() || text.charAt(at) != '\'') {
          edits.put(offset, new Edit(at, replacement));
          return;
        }
      }
      at++;
    }
  }

  /** The text with names in double quotes that mean strings written as such. */
  static String withStrings(String text, List<Identifier> names) {
    TextEdits edits = new TextEdits(text);
    for (Identifier name : names) {
      edits.replace(name, "'" + name.name().replace("'", "''") + "'");
    }
    return edits.apply();
  }

  String apply() {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (var entry : edits.entrySet()) {
      int end = entry.getValue().end();
      out.append(text, at, entry.getKey()).append(entry.getValue().replacement());
      // Two quoted names in a row would be read as one name with a quote in it.
      if (entry.getValue().replacement().endsWith("\"")
          && end < text.length()
          && text.charAt(end) == '"') {
        out.append(' ');
      }
      at = end;
    }
    return out.append(text, at, text.length()).toString();
  }
}
