package org.libsql4j.remote;

import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * The URL of a remote database taken apart, by the rules of libSQL's other clients.
 *
 * @param base with the scheme http or https, and a path that ends in a slash
 * @param webSocket whether requests go over a WebSocket
 * @param authToken that the URL holds; null if none
 */
record RemoteUrl(HttpUrl base, boolean webSocket, @Nullable String authToken) {
  private static final String TLS = "tls";
  private static final String AUTH_TOKEN = "authToken";

  /**
   * @throws LibsqlException MISUSE if it makes no sense
   */
  static RemoteUrl parse(String text) {
    int colon = text.indexOf("://");
    String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = colon < 0 ? "" : text.substring(colon);
    HttpUrl url =
        switch (scheme) {
          case "libsql", "https", "wss" -> HttpUrl.parse("https" + rest);
          case "http", "ws" -> HttpUrl.parse("http" + rest);
          default -> throw invalid("the scheme must be libsql, https, http, wss or ws", text);
        };
    if (url == null) {
      throw invalid("not a URL", text);
    }
    if (url.fragment() != null) {
      throw invalid("a fragment is not supported", text);
    }
    for (String name : url.queryParameterNames()) {
      if (!name.equals(TLS) && !name.equals(AUTH_TOKEN)) {
        throw invalid("unknown parameter " + name, text);
      }
    }
    boolean webSocket = scheme.startsWith("ws");
    return new RemoteUrl(
        base(url, tls(url, scheme, rest, text)), webSocket, url.queryParameter(AUTH_TOKEN));
  }

  private static boolean tls(HttpUrl url, String scheme, String rest, String text) {
    String value = url.queryParameter(TLS);
    boolean byScheme = url.isHttps();
    if (value == null) {
      return byScheme;
    }
    boolean wanted =
        switch (value) {
          case "0" -> false;
          case "1" -> true;
          default -> throw invalid("tls must be 0 or 1", text);
        };
    if (!scheme.equals("libsql") && wanted != byScheme) {
      throw invalid("tls=" + value + " contradicts the scheme", text);
    }
    if (!wanted && scheme.equals("libsql") && !hasPort(rest)) {
      throw invalid("a libsql URL with tls=0 must name a port", text);
    }
    return wanted;
  }

  /** Whether a port is written, even if it is the usual one. */
  private static boolean hasPort(String rest) {
    String authority = rest.substring("://".length()).split("[/?#]", 2)[0];
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') && colon < host.length() - 1;
  }

  private static HttpUrl base(HttpUrl url, boolean tls) {
    String path = url.encodedPath();
    return url.newBuilder()
        .scheme(tls ? "https" : "http")
        .port(url.port())
        .query(null)
        .encodedPath(path.endsWith("/") ? path : path + "/")
        .build();
  }

  private static LibsqlException invalid(String why, String text) {
    int question = text.indexOf('?'); // A token may stand behind it.
    String shown = question < 0 ? text : text.substring(0, question);
    return new LibsqlException(
        ResultCode.MISUSE, "invalid URL of a database: " + why + ": " + shown);
  }
}
