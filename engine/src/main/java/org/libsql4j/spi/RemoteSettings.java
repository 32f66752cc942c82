package org.libsql4j.spi;

import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Where a remote database is and how to talk to it.
 *
 * @param url with the scheme {@code libsql}, {@code https}, {@code http}, {@code wss} or {@code ws}
 * @param authToken asked for the token before each request; it answers an empty text for none
 * @param namespace the database on the server; null for the one that the URL names
 * @param connectTimeout how long connecting may take
 * @param requestTimeout how long the server may take to answer, or be silent between rows
 * @param idleTimeout how long the server keeps a connection of its own that nobody uses
 * @param socketFactory makes TLS connections; null for that of the platform
 * @param trustManager decides which servers are trusted; null for that of the platform
 * @param foreignKeys whether the server is to enforce foreign keys
 */
public record RemoteSettings(
    String url,
    Supplier<String> authToken,
    @Nullable String namespace,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    @Nullable SSLSocketFactory socketFactory,
    @Nullable X509TrustManager trustManager,
    boolean foreignKeys) {
  /** Without the token. */
  @Override
  public String toString() {
    return "RemoteSettings[" + url + "]";
  }
}
