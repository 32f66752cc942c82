package org.libsql4j.jdbc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A URL taken apart.
 *
 * @param path of the file; {@code :memory:}, or empty for a temporary file; the URL of a database
 *     on a server
 * @param parameters what stands behind the question mark, by name in lower case
 */
record ConnectionUrl(String path, Map<String, String> parameters) {
  private static final String FILE = "file:";

  /**
   * @param prefix that the URL has, of which only the length matters
   */
  static ConnectionUrl parse(String url, String prefix) throws SQLException {
    String rest = url.substring(prefix.length());
    if (rest.startsWith("//")) {
      rest = "libsql:" + rest;
    }
    int fragment = rest.startsWith(FILE) ? rest.indexOf('#') : -1;
    String text = fragment < 0 ? rest : rest.substring(0, fragment);
    int question = text.indexOf('?');
    String path = question < 0 ? text : text.substring(0, question);
    String query = question < 0 ? "" : text.substring(question + 1);
    return new ConnectionUrl(
        path.startsWith(FILE) ? filePath(path.substring(FILE.length())) : path,
        parameters(query, url));
  }

  /** Whether it names a database on a server; {@link #path} is its URL then. */
  boolean isRemote() {
    int colon = path.indexOf("://");
    return switch (colon < 0 ? "" : path.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "libsql", "http", "https", "ws", "wss" -> true;
      default -> false;
    };
  }

  private static String filePath(String encoded) throws SQLException {
    String path = encoded;
    if (path.startsWith("//")) {
      int slash = path.indexOf('/', 2);
      String authority = path.substring(2, slash < 0 ? path.length() : slash);
      if (!authority.isEmpty() && !authority.equals("localhost")) {
        throw SqlErrors.badArgument("invalid uri authority: " + authority);
      }
      path = slash < 0 ? "" : path.substring(slash);
    }
    return decode(path);
  }

  private static Map<String, String> parameters(String query, String url) throws SQLException {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : query.split("&")) {
      if (parameter.isEmpty()) {
        continue;
      }
      int equals = parameter.indexOf('=');
      if (equals < 1) {
        throw SqlErrors.badArgument(
            "Please specify a value for \"" + parameter + "\" in the URL " + withoutSecrets(url));
      }
      parameters.put(
          decode(parameter.substring(0, equals)).toLowerCase(Locale.ROOT),
          decode(parameter.substring(equals + 1)));
    }
    return parameters;
  }

  /** The URL without the parameters whose values nobody is to be told: keys, tokens, passwords. */
  static String withoutSecrets(String url) {
    int question = url.indexOf('?');
    if (question < 0) {
      return url;
    }
    StringBuilder rest = new StringBuilder(url.substring(0, question));
    char separator = '?';
    for (String parameter : url.substring(question + 1).split("&")) {
      if (!isSecret(parameter)) {
        rest.append(separator).append(parameter);
        separator = '&';
      }
    }
    return rest.toString();
  }

  private static boolean isSecret(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    try {
      DriverSetting setting = DriverSetting.find(decode(name));
      return setting != null && setting.isSecret();
    } catch (SQLException e) {
      return true; // There is no such parameter; what was meant is not known.
    }
  }

  /** Replaces each %XX by its byte. */
  private static String decode(String text) throws SQLException {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        bytes.write(encoded[i]);
        continue;
      }
      int high = i + 2 <= encoded.length - 1 ? Character.digit(encoded[i + 1], 16) : -1;
      int low = i + 2 <= encoded.length - 1 ? Character.digit(encoded[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw SqlErrors.badArgument("% without two hexadecimal digits in the URL");
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}
