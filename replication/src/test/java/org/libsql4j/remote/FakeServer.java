package org.libsql4j.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server over HTTP that answers what it is told to. */
final class FakeServer implements AutoCloseable {
  /** What the test makes of a request. */
  interface Handler {
    void handle(HttpExchange exchange, String body) throws IOException;
  }

  /** The start of what a pipeline answers. */
  static final String ANSWER = "{\"baton\":\"b\",\"base_url\":null,\"results\":[";

  static final String AUTO_COMMIT =
      "{\"type\":\"ok\",\"response\":{\"type\":\"get_autocommit\",\"is_autocommit\":true}}";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Handler handler = (exchange, body) -> answer(exchange, 500, "no handler");

  FakeServer() throws IOException {
    this(HttpServer.create());
  }

  /**
   * @param server not bound yet
   */
  FakeServer(HttpServer server) throws IOException {
    this.server = server;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Method, path and body of what was asked, without the question for the version. */
  List<String> requests() {
    return requests;
  }

  void onRequest(Handler value) {
    handler = value;
  }

  /** Answers every pipeline and cursor alike. */
  void answering(String body) {
    handler = (exchange, ignored) -> answer(exchange, 200, body);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (exchange.getRequestMethod().equals("GET")
          && exchange.getRequestURI().getPath().equals("/v3")) {
        answer(exchange, 200, "ok");
        return;
      }
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
      handler.handle(exchange, body);
    }
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
