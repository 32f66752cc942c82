package org.sqlite;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.sql.SQLException;

/**
 * URLs that name a resource: a database on the class path, or where a {@code jar:} or {@code http:}
 * URL leads to. It is copied to a temporary file, which is deleted when the JVM ends.
 */
final class ResourceUrl {
  private static final String MARK = ":resource:";
  private static final int BUFFER_BYTES = 8192;

  private ResourceUrl() {}

  /** The URL of the copy; the URL itself if it names no resource. */
  static String resolve(String url) throws SQLException {
    if (!url.startsWith(MARK, JDBC.PREFIX.length())) {
      return url;
    }
    String name = url.substring(JDBC.PREFIX.length() + MARK.length());
    int question = name.indexOf('?');
    String options = question < 0 ? "" : name.substring(question);
    try {
      return JDBC.PREFIX + copy(find(question < 0 ? name : name.substring(0, question))) + options;
    } catch (IOException e) {
      throw new SQLException("failed to load " + name + ": " + e, "08001", e);
    }
  }

  private static URL find(String name) throws SQLException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    URL found = loader == null ? ClassLoader.getSystemResource(name) : loader.getResource(name);
    if (found != null) {
      return found;
    }
    try {
      return new URL(name);
    } catch (MalformedURLException e) {
      throw new SQLException("resource " + name + " not found: " + e, "08001", e);
    }
  }

  private static String copy(URL source) throws IOException {
    File target = File.createTempFile("sqlite-resource-", ".db");
    target.deleteOnExit();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = source.openStream();
        OutputStream out = new FileOutputStream(target)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    }
    return target.getAbsolutePath();
  }
}
