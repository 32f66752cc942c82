package org.libsql4j.opentelemetry;

import org.libsql4j.observe.SqlSummary;

/** What spans tell of the text of a statement, in {@code db.query.text}. */
public enum QueryText {
  /** Nothing. */
  NONE,

  /**
   * The text with question marks in the place of numbers, strings and blobs, and without comments.
   * Strings in double quotes, which look like names, stay.
   */
  WITHOUT_VALUES,

  /** All of it, with whatever data it holds; what was bound to parameters is not in it. */
  VERBATIM;

  String of(String sql) {
    return this == WITHOUT_VALUES ? SqlSummary.withoutValues(sql) : sql;
  }
}
