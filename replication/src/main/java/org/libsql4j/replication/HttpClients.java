package org.libsql4j.replication;

import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.remote.IdleConnectionCheck;

/** The HTTP client as the options say. */
final class HttpClients {
  private HttpClients() {}

  static OkHttpClient create(ReplicaOptions options) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            // Servers of libSQL offer replication to clients over HTTP/1.1.
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(options.connectTimeout())
            .readTimeout(options.readTimeout())
            .writeTimeout(options.readTimeout())
            .addNetworkInterceptor(new IdleConnectionCheck())
            .followRedirects(false);
    SSLSocketFactory factory = options.socketFactory();
    X509TrustManager trust = options.trustManager();
    if (factory != null && trust != null) {
      builder.sslSocketFactory(factory, trust);
    }
    return builder.build();
  }

  /** Ends its threads and connections, so that nothing of it stays. */
  static void close(OkHttpClient client) {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
