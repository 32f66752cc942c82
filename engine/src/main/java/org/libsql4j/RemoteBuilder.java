package org.libsql4j;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.spi.RemoteDatabaseProvider;
import org.libsql4j.spi.RemoteSettings;

/**
 * Options of a database on a server; each setter returns this object.
 *
 * <p>All statements run on the server. Functions, collations and modules in Java, hooks,
 * incremental blobs, backups and whatever else needs the file gives an error that says so.
 */
public final class RemoteBuilder {
  private final String url;
  private final Database.Builder local = Database.builder(":memory:");
  private Supplier<String> authToken = () -> "";
  private @Nullable String namespace;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration requestTimeout = Duration.ofSeconds(60);
  private Duration idleTimeout = Duration.ofSeconds(10);
  private @Nullable SSLSocketFactory socketFactory;
  private @Nullable X509TrustManager trustManager;
  private boolean foreignKeys = true;

  RemoteBuilder(String url) {
    this.url = url;
  }

  /** The token that proves the right to the database; none unless set. */
  public RemoteBuilder authToken(String value) {
    authToken = () -> value;
    return this;
  }

  /** Asked for the token before each request, so that it can be renewed; by any thread. */
  public RemoteBuilder authToken(Supplier<String> value) {
    authToken = value;
    return this;
  }

  /** The database on the server; the one that the URL names unless set. */
  public RemoteBuilder namespace(String value) {
    namespace = value;
    return this;
  }

  /** How long connecting may take; 10 s unless set. */
  public RemoteBuilder connectTimeout(Duration value) {
    connectTimeout = value;
    return this;
  }

  /** How long the server may take for an answer, or be silent between rows; 60 s unless set. */
  public RemoteBuilder requestTimeout(Duration value) {
    requestTimeout = value;
    return this;
  }

  /**
   * How long the server keeps what nobody uses between two requests over HTTP; 10 s unless set, as
   * sqld does. A transaction that rests for longer is rolled back; outside of transactions a rest
   * is not noticed.
   */
  public RemoteBuilder idleTimeout(Duration value) {
    idleTimeout = value;
    return this;
  }

  /**
   * How TLS connections are made, with client certificates for example, and which servers are
   * trusted; as the platform does unless set.
   */
  public RemoteBuilder tls(SSLSocketFactory factory, X509TrustManager trust) {
    socketFactory = factory;
    trustManager = trust;
    return this;
  }

  /**
   * As {@link #tls(SSLSocketFactory, X509TrustManager)}, from files.
   *
   * @param certificates PEM file with the certificates to trust; null for those of the platform
   * @param keys PKCS12 file with the client's key and certificate; null for none
   * @param keyPassword of that file
   * @throws LibsqlException CANTOPEN if a file cannot be read or understood
   */
  public RemoteBuilder tls(
      @Nullable Path certificates, @Nullable Path keys, @Nullable String keyPassword) {
    TlsFiles files =
        new TlsFiles(
            certificates, keys, keyPassword == null ? new char[0] : keyPassword.toCharArray());
    return tls(files.factory(), files.trust());
  }

  /** Whether the server enforces foreign keys; true unless set. */
  public RemoteBuilder foreignKeys(boolean value) {
    foreignKeys = value;
    return this;
  }

  /** Refuse changes with READONLY before they are sent; false unless set. */
  public RemoteBuilder readOnly(boolean value) {
    local.readOnly(value);
    return this;
  }

  /** As {@link Database.Builder#pragma}; servers accept few. */
  public RemoteBuilder pragma(String name, Object value) {
    local.pragma(name, value);
    return this;
  }

  /** As {@link Database.Builder#onConnect}. */
  public RemoteBuilder onConnect(Consumer<Connection> value) {
    local.onConnect(value);
    return this;
  }

  /** As {@link Database.Builder#statementCacheSize}. */
  public RemoteBuilder statementCacheSize(int value) {
    local.statementCacheSize(value);
    return this;
  }

  /**
   * @throws LibsqlException MISUSE if the URL makes no sense; ERROR without the module
   *     libsql4j-replication
   */
  public Database build() {
    RemoteSettings settings =
        new RemoteSettings(
            url,
            authToken,
            namespace,
            connectTimeout,
            requestTimeout,
            idleTimeout,
            socketFactory,
            trustManager,
            foreignKeys);
    int question = url.indexOf('?');
    local.name = question < 0 ? url : url.substring(0, question);
    return local.remote(provider().open(settings)).build();
  }

  private static RemoteDatabaseProvider provider() {
    ClassLoader loader = RemoteBuilder.class.getClassLoader();
    Iterator<RemoteDatabaseProvider> found =
        ServiceLoader.load(RemoteDatabaseProvider.class, loader).iterator();
    if (!found.hasNext()) {
      throw new LibsqlException(
          ResultCode.ERROR, "remote databases need the module libsql4j-replication");
    }
    return found.next();
  }
}
