package org.libsql4j.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.ResultCode;
import org.libsql4j.remote.RemoteException.Reason;
import org.libsql4j.spi.RemoteSettings;

/** What all connections to one remote database share. Safe for use by many threads. */
final class RemoteClient {
  private static final int HTTP_NOT_FOUND = 404;

  /** More than there can be connections that the server has closed. */
  private static final int MAX_ATTEMPTS = 200;

  private static final int IDLE_CONNECTIONS = 64;
  private static final int IDLE_MINUTES = 4;
  private static final int THREAD_SECONDS = 30;
  private static final int VERSION_3 = 3;
  private static final int VERSION_2 = 2;

  /** Its threads and network connections serve all databases; they end by themselves. */
  private static final OkHttpClient SHARED =
      new OkHttpClient.Builder()
          .dispatcher(dispatcher())
          .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_MINUTES, TimeUnit.MINUTES))
          .protocols(List.of(Protocol.HTTP_1_1))
          .followRedirects(false)
          .addNetworkInterceptor(new IdleConnectionCheck())
          .build();

  private final RemoteSettings settings;
  private final RemoteUrl url;
  private final OkHttpClient http;
  private final Duration requestTimeout;
  private final Descriptions descriptions;

  /** Of the protocol over HTTP; 0 while it is not known. */
  private volatile int version;

  RemoteClient(RemoteSettings settings, RemoteUrl url) {
    this.settings = settings;
    this.url = url;
    this.requestTimeout = settings.requestTimeout();
    this.descriptions = new Descriptions();
    OkHttpClient.Builder builder =
        SHARED
            .newBuilder()
            .connectTimeout(settings.connectTimeout())
            .readTimeout(settings.requestTimeout())
            .writeTimeout(settings.requestTimeout());
    SSLSocketFactory factory = settings.socketFactory();
    X509TrustManager trust = settings.trustManager();
    if (factory != null && trust != null) {
      builder.sslSocketFactory(factory, trust);
    }
    http = builder.build();
  }

  private RemoteClient(RemoteClient other, Duration requestTimeout) {
    Duration connectTimeout = other.settings.connectTimeout();
    this.settings = other.settings;
    this.url = other.url;
    this.requestTimeout = requestTimeout;
    this.descriptions = other.descriptions;
    this.version = other.version;
    this.http =
        other
            .http
            .newBuilder()
            .connectTimeout(
                connectTimeout.compareTo(requestTimeout) < 0 ? connectTimeout : requestTimeout)
            .readTimeout(requestTimeout)
            .writeTimeout(requestTimeout)
            .build();
  }

  /**
   * The same for a session that does not wait as long for an answer.
   *
   * @param limit of that time; zero for the one of the settings
   */
  RemoteClient limitedTo(Duration limit) {
    return limit.isZero() || limit.compareTo(requestTimeout) >= 0
        ? this
        : new RemoteClient(this, limit);
  }

  /** Threads that do not keep a program from ending, as many as there are WebSockets. */
  private static Dispatcher dispatcher() {
    Dispatcher dispatcher =
        new Dispatcher(
            new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                THREAD_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                  Thread thread = new Thread(task, "libsql4j-remote");
                  thread.setDaemon(true);
                  return thread;
                }));
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    return dispatcher;
  }

  RemoteSettings settings() {
    return settings;
  }

  /** How long the server may take to answer, or be silent between rows. */
  Duration requestTimeout() {
    return requestTimeout;
  }

  Descriptions descriptions() {
    return descriptions;
  }

  HttpUrl base() {
    return url.base();
  }

  OkHttpClient http() {
    return http;
  }

  /** The way to the server for one more session. */
  HranaTransport newTransport() {
    if (url.webSocket()) {
      return WebSocketTransport.connect(this);
    }
    negotiate();
    return new HttpTransport(this, version);
  }

  /** The token to be sent now; empty for none. */
  String token() {
    String token = settings.authToken().get();
    String inUrl = url.authToken();
    return token.isEmpty() && inUrl != null ? inUrl : token;
  }

  /** With everything that goes with each request but the token. */
  Request.Builder request(HttpUrl target) {
    Request.Builder request =
        new Request.Builder()
            .url(target)
            .header("x-libsql-client-version", "libsql-remote-libsql4j");
    String namespace = settings.namespace();
    if (namespace != null) {
      // Servers know one of them or the other.
      byte[] bytes = namespace.getBytes(StandardCharsets.UTF_8);
      request.header("x-namespace-bin", Base64.getEncoder().withoutPadding().encodeToString(bytes));
      request.header("x-namespace", headerText(namespace));
    }
    return request;
  }

  private static String headerText(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return "";
      }
    }
    return text;
  }

  /** Finds out which version the server has, once. */
  private void negotiate() {
    if (version == 0) {
      if (answers("v3")) {
        version = VERSION_3;
      } else if (answers("v2")) {
        version = VERSION_2;
      } else {
        throw RemoteException.protocol(
            base() + " is no server of libSQL, or too old: it knows neither version 3 nor 2");
      }
    }
  }

  private boolean answers(String path) {
    HttpUrl target = base().newBuilder().addPathSegment(path).build();
    Request request = authorize(request(target), token()).build();
    try (Response response = execute(request, requestTimeout.toMillis(), call -> {})) {
      if (response.code() == HTTP_NOT_FOUND) {
        return false;
      }
      HttpFailures.check(response, base());
      return true;
    } catch (IOException e) {
      throw failure(e, false, false);
    }
  }

  /**
   * Sends a request over a connection that is open.
   *
   * @param millis how long all of it may take; 0 for no limit
   * @param observer told of each call before it begins
   */
  Response execute(Request request, long millis, Consumer<Call> observer) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Call call = http.newCall(request);
      call.timeout().timeout(millis, TimeUnit.MILLISECONDS);
      observer.accept(call);
      try {
        return call.execute();
      } catch (IdleConnectionCheck.ClosedException e) {
        if (attempt == MAX_ATTEMPTS || call.isCanceled()) {
          throw e;
        }
      }
    }
  }

  static Request.Builder authorize(Request.Builder request, String token) {
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) <= ' ' || token.charAt(i) > '~') {
        throw new RemoteException(
            Reason.UNAUTHORIZED, ResultCode.AUTH, "the token holds characters that none has", null);
      }
    }
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /**
   * What a failure of the network is.
   *
   * @param sent whether the server may have got the request
   * @param cancelled whether somebody asked for it
   */
  RemoteException failure(@Nullable IOException e, boolean sent, boolean cancelled) {
    if (cancelled
        || (e instanceof InterruptedIOException && Thread.currentThread().isInterrupted())) {
      return new RemoteException(Reason.TRANSPORT, ResultCode.INTERRUPT, "interrupted", e);
    }
    String text = e == null || e.getMessage() == null ? String.valueOf(e) : e.getMessage();
    return sent
        ? RemoteException.transport("connection to " + base() + " failed: " + text, e)
        : new RemoteException(
            Reason.TRANSPORT, ResultCode.CANTOPEN, "cannot connect to " + base() + ": " + text, e);
  }
}
