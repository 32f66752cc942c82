package org.libsql4j.observe;

/**
 * The connection that an event is of.
 *
 * @param id from 1, in the order in which the connections of this JVM were opened
 * @param path of the main database as it was given: a file, a URI, {@code :memory:}, or empty for a
 *     temporary file
 */
public record ConnectionInfo(long id, String path) {
  /**
   * What metrics and traces may call a database.
   *
   * @param path or URI, as it was given
   * @return its last part, without folders and without what follows a question mark, which may be a
   *     secret; empty for a temporary file
   */
  public static String nameOf(String path) {
    int query = path.indexOf('?');
    String plain = query < 0 ? path : path.substring(0, query);
    return plain.substring(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1);
  }
}
