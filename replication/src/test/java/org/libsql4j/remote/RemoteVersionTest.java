package org.libsql4j.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libsql4j.Connection;
import org.libsql4j.Database;

/** A server that knows version 2 only: it does not tell whether a transaction is open. */
class RemoteVersionTest {
  private HttpServer server;

  /** Whether a transaction is open at the server. */
  private boolean open;

  private boolean old = true;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      if (!old || !path.startsWith("/v2")) {
        FakeServer.answer(exchange, 404, "");
      } else if (path.equals("/v2")) {
        FakeServer.answer(exchange, 200, "ok");
      } else {
        FakeServer.answer(exchange, 200, FakeServer.ANSWER + result(body) + "]}");
      }
    }
  }

  private String result(String body) {
    assertThat(body).doesNotContain("get_autocommit");
    if (body.contains("\"type\":\"batch\"")) {
      String failed = "{\"message\":\"cannot start a transaction within a transaction\"}";
      return "{\"type\":\"ok\",\"response\":{\"type\":\"batch\",\"result\":{\"step_results\":[null,null],"
          + "\"step_errors\":["
          + (open ? failed : "null")
          + ",null]}}}";
    }
    if (body.contains("\"type\":\"describe\"")) {
      return "{\"type\":\"ok\",\"response\":{\"type\":\"describe\",\"result\":{\"params\":[],\"cols\":"
          + "[{\"name\":\"a\"}],\"is_explain\":false,\"is_readonly\":true}}}";
    }
    if (body.contains("FAIL")) {
      return "{\"type\":\"error\",\"error\":{\"message\":\"SQLite error: oh\"}}";
    }
    return "{\"type\":\"ok\",\"response\":{\"type\":\"execute\",\"result\":{\"cols\":[{\"name\":\"a\"}],"
        + "\"rows\":[[{\"type\":\"integer\",\"value\":\"5\"}]],\"affected_row_count\":0}}}";
  }

  private Connection connect() {
    return Database.openRemote("http://127.0.0.1:" + server.getAddress().getPort(), "").connect();
  }

  @Test
  void transactionsAreFollowed() {
    try (Connection connection = connect()) {
      assertThat(connection.queryOne("SELECT a FROM t").getLong(0)).isEqualTo(5);
      connection.begin();
      open = true;
      assertThat(connection.isAutoCommit()).isFalse();
      assertThatThrownBy(() -> connection.execute("DELETE FROM fail /* FAIL */")).hasMessage("oh");
      assertThat(connection.isAutoCommit()).isFalse();
      open = false; // As after ON CONFLICT ROLLBACK.
      assertThatThrownBy(() -> connection.execute("DELETE FROM fail /* FAIL */")).hasMessage("oh");
      assertThat(connection.isAutoCommit()).isTrue();
      connection.execute("SAVEPOINT s");
      open = true;
      assertThat(connection.isAutoCommit()).isFalse();
      connection.execute("SAVEPOINT s2");
      connection.execute("RELEASE s2");
      assertThat(connection.isAutoCommit()).isFalse();
      open = false;
      connection.execute("RELEASE s");
      assertThat(connection.isAutoCommit()).isTrue();
      connection.begin();
      connection.commit();
      assertThat(connection.isAutoCommit()).isTrue();
    }
  }

  @Test
  void aServerOfAnotherKind() {
    old = false;
    assertThatThrownBy(this::connect).hasMessageContaining("is no server of libSQL");
  }
}
