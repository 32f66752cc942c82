package org.libsql4j.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.remote.RemoteException.Reason;

/** What a server does that it should not: an error that says so, and no waiting without end. */
@Timeout(20)
class RemoteFaultsTest {
  private static final String OK_RESULT =
      "{\"type\":\"ok\",\"response\":{\"type\":\"execute\",\"result\":{\"cols\":[],\"rows\":[],"
          + "\"affected_row_count\":1,\"last_insert_rowid\":\"7\"}}},";
  private static final String GOOD = FakeServer.ANSWER + OK_RESULT + FakeServer.AUTO_COMMIT + "]}";

  private static Connection connect(FakeServer server) {
    return Database.remoteBuilder(server.url())
        .requestTimeout(Duration.ofMillis(500))
        .build()
        .connect();
  }

  private static RemoteException failure(FakeServer server, String sql) {
    try (Connection connection = connect(server)) {
      connection.query(sql).toList();
    } catch (RemoteException e) {
      return e;
    }
    throw new AssertionError("nothing failed");
  }

  /** The JDBC driver knows it by this. */
  private static void isOfSilence(Throwable failure) {
    assertThat(Stream.iterate(failure, cause -> cause != null, Throwable::getCause))
        .hasAtLeastOneElementOfType(InterruptedIOException.class);
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What JDBC's network timeout is made of. */
  @Test
  void aConnectionMayBeLessPatient() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (FakeServer server = new FakeServer();
        Connection connection =
            Database.remoteBuilder(server.url())
                .requestTimeout(Duration.ofSeconds(15))
                .build()
                .connect()) {
      server.onRequest((exchange, body) -> await(end));
      connection.requestTimeout(Duration.ofMillis(200));
      long start = System.nanoTime();
      assertThatThrownBy(() -> connection.execute("DELETE FROM t"))
          .isInstanceOf(RemoteException.class)
          .hasMessageContaining("timeout")
          .satisfies(RemoteFaultsTest::isOfSilence);
      assertThatThrownBy(() -> connection.query("SELECT 1"))
          .satisfies(RemoteFaultsTest::isOfSilence);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      connection.requestTimeout(Duration.ZERO);
      server.answering(GOOD);
      assertThat(connection.execute("DELETE FROM t")).isEqualTo(1);
    } finally {
      end.countDown();
    }
  }

  @Test
  void aGoodAnswer() throws IOException {
    try (FakeServer server = new FakeServer();
        Connection connection = connect(server)) {
      server.answering(GOOD);
      assertThat(connection.execute("DELETE FROM t")).isEqualTo(1);
      assertThat(connection.lastInsertRowid()).isEqualTo(7);
      assertThat(server.requests().get(0)).startsWith("POST /v3/pipeline {\"baton\":null,");
      connection.execute("DELETE FROM t");
      assertThat(server.requests().get(1)).startsWith("POST /v3/pipeline {\"baton\":\"b\",");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "7",
        "null",
        "{\"baton\":7}",
        "{\"results\":{}}",
        "{\"baton\":null,\"results\":[]}",
        "{\"baton\":null,\"results\":[7,8]}",
        "{\"baton\":null,\"results\":[{}, {}]}",
        "{\"baton\":null,\"results\":[{\"type\":\"ok\"},{\"type\":\"ok\"}]}",
        "{\"baton\":null,\"results\":[{\"type\":\"ok\",\"response\":{\"type\":\"batch\"}}]}",
        "{\"baton\":null,\"results\":[{\"type\":\"ok\",\"response\":{\"type\":\"execute\"}}]}",
        "<html>",
        "{\"a\":\u0000}",
        FakeServer.ANSWER + OK_RESULT + FakeServer.AUTO_COMMIT,
        FakeServer.ANSWER + OK_RESULT + OK_RESULT + FakeServer.AUTO_COMMIT + "]}",
        FakeServer.ANSWER
            + OK_RESULT
            + "{\"type\":\"ok\",\"response\":{\"type\":\"get_autocommit\"}}]}",
        "{\"baton\":\"b\",\"base_url\":\"nonsense\",\"results\":["
            + OK_RESULT
            + FakeServer.AUTO_COMMIT
            + "]}",
      })
  void answersThatAreNone(String answer) throws IOException {
    try (FakeServer server = new FakeServer()) {
      server.answering(answer);
      RemoteException failure = failure(server, "DELETE FROM t");
      assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(Reason.PROTOCOL);
      assertThat(failure.resultCode()).isEqualTo(ResultCode.PROTOCOL);
    }
  }

  @Test
  void numbersAndTextsWithoutBounds() throws IOException {
    List<String> results =
        List.of(
            "{\"affected_row_count\":1e400}",
            "{\"affected_row_count\":99999999999999999999}",
            "{\"affected_row_count\":\"x\"}",
            "{\"last_insert_rowid\":[1]}",
            "{\"last_insert_rowid\":" + "9".repeat(5_000) + "}",
            "{\"cols\":" + "[".repeat(10_000) + "}",
            "{\"cols\":[{\"name\":\"a\"}],\"rows\":[[]]}",
            "{\"cols\":[{\"name\":\"a\"}],\"rows\":[[{\"type\":\"null\"},{\"type\":\"null\"}]]}",
            row("{\"type\":\"integer\",\"value\":\"9223372036854775808\"}"),
            row("{\"type\":\"integer\",\"value\":{}}"),
            row("{\"type\":\"integer\"}"),
            row("{\"type\":\"float\",\"value\":null}"),
            row("{\"type\":\"float\",\"value\":\"x\"}"),
            row("{\"type\":\"blob\",\"base64\":\"*\"}"),
            row("{\"type\":\"nonsense\",\"value\":\"x\"}"),
            row("{\"value\":\"x\"}"),
            row("7"),
            row("null"));
    try (FakeServer server = new FakeServer()) {
      for (String result : results) {
        server.answering(
            FakeServer.ANSWER
                + "{\"type\":\"ok\",\"response\":{\"type\":\"execute\",\"result\":"
                + result
                + "}},"
                + FakeServer.AUTO_COMMIT
                + "]}");
        RemoteException failure = failure(server, "DELETE FROM t");
        assertThat(failure.reason()).as(result + failure).isEqualTo(Reason.PROTOCOL);
        assertThat(failure.getMessage().length()).isLessThan(1_000);
      }
    }
  }

  private static String row(String value) {
    return "{\"cols\":[{\"name\":\"a\",\"decltype\":null}],\"rows\":[[" + value + "]]}";
  }

  @Test
  void otherStatuses() throws IOException {
    try (FakeServer server = new FakeServer()) {
      server.onRequest(
          (exchange, body) ->
              FakeServer.answer(exchange, 500, "<html><body>Internal error</body></html>"));
      assertThat(failure(server, "DELETE FROM t"))
          .hasMessage(server.url() + "/ answers with HTTP status 500");
      server.onRequest(
          (exchange, body) -> FakeServer.answer(exchange, 503, "{\"error\":\"shutting down\"}"));
      RemoteException busy = failure(server, "DELETE FROM t");
      assertThat(busy).hasMessage("shutting down");
      assertThat(busy.isTransient()).isTrue();
      server.onRequest((exchange, body) -> FakeServer.answer(exchange, 400, "no such thing"));
      assertThat(failure(server, "DELETE FROM t")).hasMessageContaining("400: no such thing");
      server.onRequest(
          (exchange, body) -> {
            exchange.getResponseHeaders().add("Location", "http://elsewhere/");
            FakeServer.answer(exchange, 302, "");
          });
      assertThat(failure(server, "DELETE FROM t"))
          .hasMessageContaining("redirects to http://elsewhere/");
      server.onRequest((exchange, body) -> FakeServer.answer(exchange, 200, ""));
      assertThat(failure(server, "DELETE FROM t").reason()).isEqualTo(Reason.PROTOCOL);
    }
  }

  @Test
  void answersThatAreCutOff() throws IOException {
    try (FakeServer server = new FakeServer()) {
      server.onRequest(
          (exchange, body) -> {
            exchange.sendResponseHeaders(200, GOOD.length());
            exchange.getResponseBody().write(GOOD.substring(0, 40).getBytes(UTF_8));
          });
      RemoteException failure = failure(server, "DELETE FROM t");
      assertThat(failure.reason()).isEqualTo(Reason.TRANSPORT);
      assertThat(failure).hasMessageEndingWith("whether the statement was executed is not known");
    }
  }

  @Test
  void aServerThatIsSilent() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (FakeServer server = new FakeServer()) {
      server.onRequest((exchange, body) -> await(end));
      long start = System.nanoTime();
      assertThat(failure(server, "DELETE FROM t")).hasMessageContaining("timeout");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      end.countDown();
    }
  }

  // ---- cursors
  // ------------------------------------------------------------------------------------

  private static final String DESCRIBED =
      FakeServer.ANSWER
          + "{\"type\":\"ok\",\"response\":{\"type\":\"describe\",\"result\":{\"params\":[],\"cols\":"
          + "[{\"name\":\"a\",\"decltype\":null}],\"is_explain\":false,\"is_readonly\":true}}}]}";
  private static final String BEGIN =
      "{\"baton\":\"b\",\"base_url\":null}\n"
          + "{\"type\":\"step_begin\",\"step\":0,\"cols\":[{\"name\":\"a\",\"decltype\":null}]}\n";
  private static final String ROW =
      "{\"type\":\"row\",\"row\":[{\"type\":\"integer\",\"value\":\"1\"}]}\n";
  private static final String END =
      "{\"type\":\"step_end\",\"affected_row_count\":0,\"last_insert_rowid\":null}\n";

  private static void answeringRows(FakeServer server, String rows) {
    server.onRequest(
        (exchange, body) -> {
          boolean cursor = exchange.getRequestURI().getPath().endsWith("/cursor");
          FakeServer.answer(exchange, 200, cursor ? rows : DESCRIBED);
        });
  }

  @Test
  void rowsOfACursor() throws IOException {
    try (FakeServer server = new FakeServer();
        Connection connection = connect(server)) {
      answeringRows(server, BEGIN + ROW + ROW + END + "{\"type\":\"replication_index\"}\n");
      assertThat(connection.query("SELECT a FROM t").toList()).hasSize(2);
    }
  }

  @Test
  void cursorsThatAreNone() throws IOException {
    List<String> bodies =
        List.of(
            "",
            "7",
            BEGIN,
            BEGIN + ROW,
            BEGIN + ROW + "{\"type\":\"row\"",
            BEGIN + "{\"type\":\"row\",\"row\":[]}",
            BEGIN + "{\"type\":\"row\",\"row\":{}}",
            BEGIN + "{\"type\":\"row\"}" + END,
            BEGIN + "{\"type\":\"row\",\"row\":[{\"type\":\"null\"},{\"type\":\"null\"}]}" + END,
            BEGIN + "{\"type\":\"step_error\",\"step\":0}",
            BEGIN + "{\"type\":\"step_error\",\"step\":0,\"error\":7}",
            "{\"baton\":\"b\"}\n" + END,
            "{\"baton\":\"b\"}\n" + ROW);
    try (FakeServer server = new FakeServer()) {
      for (String body : bodies) {
        answeringRows(server, body);
        RemoteException failure = failure(server, "SELECT a FROM t");
        assertThat(failure.reason()).as(body).isIn(Reason.PROTOCOL, Reason.TRANSPORT);
      }
      answeringRows(
          server,
          BEGIN + ROW + "{\"type\":\"error\",\"error\":{\"message\":\"SQLite error: oh\"}}");
      assertThat(failure(server, "SELECT a FROM t")).hasMessage("oh");
    }
  }

  // ---- what is not a fault
  // ------------------------------------------------------------------------

  @Test
  void theStreamGoesOnWhereTheServerSends() throws IOException {
    try (FakeServer first = new FakeServer();
        FakeServer second = new FakeServer();
        Connection connection = connect(first)) {
      first.answering(
          GOOD.replace("\"base_url\":null", "\"base_url\":\"" + second.url() + "/there\""));
      second.answering(GOOD);
      connection.execute("DELETE FROM t");
      connection.execute("DELETE FROM t");
      connection.execute("DELETE FROM t");
      assertThat(first.requests()).hasSize(1);
      assertThat(second.requests()).hasSize(2);
      assertThat(second.requests().get(0)).startsWith("POST /there/v3/pipeline ");
    }
  }

  @Test
  void anExpiredStreamIsReplaced() throws IOException {
    try (FakeServer server = new FakeServer();
        Connection connection = connect(server)) {
      server.onRequest(
          (exchange, body) -> {
            if (body.startsWith("{\"baton\":\"b\"")) {
              FakeServer.answer(exchange, 400, "Received an invalid baton");
            } else {
              FakeServer.answer(exchange, 200, GOOD);
            }
          });
      for (int i = 0; i < 3; i++) {
        assertThat(connection.execute("DELETE FROM t")).isEqualTo(1);
      }
      assertThat(server.requests()).hasSize(5);
    }
  }

  @Test
  void theTokenIsAskedForAgain() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    List<String> seen = new ArrayList<>();
    try (FakeServer server = new FakeServer();
        Connection connection =
            Database.remoteBuilder(server.url())
                .authToken(() -> "token" + asked.incrementAndGet() / 3)
                .build()
                .connect()) {
      server.onRequest(
          (exchange, body) -> {
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            seen.add(token);
            if (token.equals("Bearer token0")) {
              FakeServer.answer(exchange, 401, "{\"error\":\"expired\"}");
            } else {
              FakeServer.answer(exchange, 200, GOOD);
            }
          });
      connection.execute("DELETE FROM t");
      assertThat(seen).containsExactly("Bearer token0", "Bearer token1");
    }
    try (FakeServer server = new FakeServer()) {
      server.onRequest(
          (exchange, body) -> FakeServer.answer(exchange, 401, "{\"error\":\"go away\"}"));
      RemoteException failure = failure(server, "DELETE FROM t");
      assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
      assertThat(failure).hasMessage("go away");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "ftp://example.org",
        "libsql://",
        "libsql://example.org#x",
        "libsql://example.org?x=1",
        "libsql://example.org?tls=0",
        "libsql://example.org?tls=2",
        "http://example.org?tls=1",
        "https://example.org?tls=0",
      })
  void urlsThatMakeNoSense(String url) {
    assertThatThrownBy(() -> Database.openRemote(url, ""))
        .isInstanceOfSatisfying(
            LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.MISUSE))
        .hasMessageStartingWith("invalid URL of a database: ");
  }

  @Test
  void urlsMeanWhatTheyMeanToOtherClients() {
    assertThat(RemoteUrl.parse("libsql://h.example.org").base().toString())
        .isEqualTo("https://h.example.org/");
    assertThat(RemoteUrl.parse("libsql://h:8080?tls=0&authToken=x"))
        .satisfies(url -> assertThat(url.base().toString()).isEqualTo("http://h:8080/"))
        .satisfies(url -> assertThat(url.authToken()).isEqualTo("x"));
    assertThat(RemoteUrl.parse("wss://h/a/b"))
        .satisfies(url -> assertThat(url.base().toString()).isEqualTo("https://h/a/b/"))
        .satisfies(url -> assertThat(url.webSocket()).isTrue());
    assertThat(RemoteUrl.parse("ws://[::1]:80").base().toString()).isEqualTo("http://[::1]/");
    assertThat(RemoteUrl.parse("libsql://h:80?tls=0").base().toString()).isEqualTo("http://h/");
  }
}
