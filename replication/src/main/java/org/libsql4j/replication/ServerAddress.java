package org.libsql4j.replication;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is, which of its databases is meant, and who asks.
 *
 * @param url its scheme, host and port, perhaps with a path
 * @param namespace the database on that server
 * @param token what proves the right to it, asked for at each call; empty for none
 */
record ServerAddress(HttpUrl url, String namespace, Supplier<String> token) {
  private static final String VERSION = "libsql-rpc-libsql4j-0.1";

  /**
   * From the URL that users write.
   *
   * @param text with one of the schemes {@code libsql} (which means https), {@code https}, {@code
   *     http}
   * @param namespace null to take the first label of the host's name, as libSQL's clients do
   * @throws ReplicationException REFUSED if it is no such URL
   */
  static ServerAddress parse(String text, @Nullable String namespace, Supplier<String> token) {
    String scheme = "libsql:";
    String web =
        text.regionMatches(true, 0, scheme, 0, scheme.length())
            ? "https:" + text.substring(scheme.length())
            : text;
    HttpUrl url = HttpUrl.parse(web);
    if (url == null) {
      throw new ReplicationException(
          ReplicationException.Reason.REFUSED, "not the URL of a server: " + text);
    }
    return new ServerAddress(url, namespace == null ? namespaceOf(url.host()) : namespace, token);
  }

  private static String namespaceOf(String host) {
    int dot = host.indexOf('.');
    return dot > 0 ? host.substring(0, dot) : "default";
  }

  /** What goes with every call. */
  Headers.Builder headers() {
    return new Headers.Builder()
        .add("x-authorization", "Bearer " + token.get())
        .add(
            "x-namespace-bin",
            Base64.getEncoder()
                .withoutPadding()
                .encodeToString(namespace.getBytes(StandardCharsets.UTF_8)))
        .add("x-libsql-client-version", VERSION);
  }
}
