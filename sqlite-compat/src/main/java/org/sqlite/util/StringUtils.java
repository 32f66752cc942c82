package org.sqlite.util;

import java.util.List;

/** Texts made of texts; for programs that found it in sqlite-jdbc. */
public class StringUtils {
  /** Nobody needs one. */
  public StringUtils() {}

  /** All of a list with a text between each two. */
  public static String join(List<String> list, String separator) {
    return String.join(separator, list);
  }
}
