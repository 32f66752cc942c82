package org.libsql4j.compat.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Rows;
import org.libsql4j.Transaction;
import org.libsql4j.TransactionMode;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.remote.RemoteException;
import org.libsql4j.remote.RemoteException.Reason;

/** What happens to remote databases when the network, the server or the token fail. */
class RemoteFailuresTest {
  @TempDir Path folder;

  private static long count(Connection connection) {
    return connection.queryOne("SELECT count(*) FROM t").getLong(0);
  }

  private static RemoteException failure(Runnable action) {
    try {
      action.run();
    } catch (RemoteException e) {
      return e;
    }
    throw new AssertionError("nothing failed");
  }

  @ParameterizedTest
  @EnumSource
  void aTransactionIsRolledBackWhenTheConnectionBreaks(Way way) throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        TcpRelay relay = new TcpRelay(server.port());
        Connection direct = Database.openRemote(server.url(), "").connect()) {
      direct.execute("CREATE TABLE t(a)");
      String url = (way == Way.HTTP ? "http" : "ws") + "://127.0.0.1:" + relay.port();
      try (Connection connection = Database.openRemote(url, "").connect()) {
        Transaction transaction = connection.transaction(TransactionMode.WRITE);
        transaction.execute("INSERT INTO t VALUES (1)");
        if (way == Way.HTTP) {
          relay.close(); // A new connection would go on with the transaction.
        } else {
          relay.breakOff();
        }
        RemoteException lost = failure(() -> transaction.execute("INSERT INTO t VALUES (2)"));
        assertThat(lost.reason()).isEqualTo(Reason.TRANSPORT);
        assertThat(lost).hasMessageEndingWith("; the transaction was rolled back");
        assertThat(connection.isAutoCommit()).isTrue();
        assertThatThrownBy(transaction::commit).hasMessage("transaction was rolled back");
        transaction.close();
        assertThatThrownBy(connection::commit).isInstanceOf(LibsqlException.class);
      }
      // Over HTTP the server waits for the client, but does not keep others waiting.
      direct.execute("INSERT INTO t VALUES (3)");
      assertThat(direct.queryOne("SELECT group_concat(a) FROM t").getString(0)).isEqualTo("3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void outsideOfTransactionsABrokenConnectionIsReplaced(Way way) throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        TcpRelay relay = new TcpRelay(server.port())) {
      String url = (way == Way.HTTP ? "http" : "ws") + "://127.0.0.1:" + relay.port();
      try (Connection connection = Database.openRemote(url, "").connect()) {
        connection.execute("CREATE TABLE t(a)");
        for (int i = 1; i <= 5; i++) {
          relay.breakOff();
          TimeUnit.MILLISECONDS.sleep(50);
          connection.execute("INSERT INTO t VALUES (1)");
          assertThat(count(connection)).isEqualTo(i);
        }
      }
    }
  }

  @Test
  void aTransactionThatRestsForTooLongIsOver() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Connection connection = Database.openRemote(server.url(), "").connect();
        Connection unaware =
            Database.remoteBuilder(server.url())
                .idleTimeout(Duration.ofHours(1))
                .build()
                .connect()) {
      connection.execute("CREATE TABLE t(a)");
      assertThat(count(unaware)).isZero();
      connection.begin();
      connection.execute("INSERT INTO t VALUES (1)");
      TimeUnit.MILLISECONDS.sleep(12_000);
      RemoteException expired = failure(() -> connection.execute("INSERT INTO t VALUES (2)"));
      assertThat(expired.reason()).isEqualTo(Reason.EXPIRED);
      assertThat(expired.resultCode()).isEqualTo(ResultCode.ABORT_ROLLBACK);
      assertThat(expired)
          .hasMessage("The stream has expired due to inactivity; the transaction was rolled back");
      assertThat(connection.isAutoCommit()).isTrue();
      // Without a transaction nobody notices.
      assertThat(count(unaware)).isZero();
      assertThat(count(connection)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherWriterEndsATransactionThatTakesTooLong(Way way) throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Connection slow = Database.openRemote(way.url(server), "").connect();
        Connection other = Database.openRemote(way.url(server), "").connect()) {
      slow.execute("CREATE TABLE t(a)");
      slow.beginImmediate();
      slow.execute("INSERT INTO t VALUES (1)");
      other.execute("INSERT INTO t VALUES (2)"); // Waits for five seconds.
      assertThatThrownBy(() -> slow.execute("INSERT INTO t VALUES (3)"))
          .isInstanceOfSatisfying(
              RemoteException.class,
              e -> {
                assertThat(e.serverCode()).isEqualTo("TRANSACTION_TIMEOUT");
                assertThat(e.resultCode()).isEqualTo(ResultCode.BUSY);
              });
      assertThat(count(other)).isEqualTo(1);
      if (slow.isAutoCommit()) {
        slow.execute("INSERT INTO t VALUES (4)");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void tokensAreCheckedAndRenewed(Way way) throws Exception {
    Tokens tokens = new Tokens();
    try (SqldServer server =
        SqldServer.start(folder, "--auth-jwt-key-file", tokens.keyFile(folder).toString())) {
      String url = way.url(server);
      String all = tokens.token("{}");
      for (String wrong : new String[] {"", "nonsense", new Tokens().token("{}")}) {
        RemoteException refused =
            failure(
                () -> {
                  try (Connection connection = Database.openRemote(url, wrong).connect()) {
                    connection.queryOne("SELECT 1");
                  }
                });
        assertThat(refused.reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(refused.resultCode()).isEqualTo(ResultCode.AUTH);
      }
      assertThatThrownBy(() -> Database.openRemote(url, "a\nb").connect().queryOne("SELECT 1"))
          .hasMessageContaining("characters");
      try (Connection connection = Database.openRemote(url, all).connect()) {
        connection.execute("CREATE TABLE t(a)");
      }
      try (Connection connection = Database.openRemote(url + "?authToken=" + all, "").connect()) {
        assertThat(count(connection)).isZero();
      }
      try (Connection connection =
          Database.openRemote(url, tokens.token("{\"a\":\"ro\"}")).connect()) {
        assertThat(count(connection)).isZero();
        RemoteException forbidden = failure(() -> connection.execute("DELETE FROM t"));
        // The server says over HTTP what is wrong. A WebSocket it breaks off, which is noticed when
        // the answer does not come, or before that when the next request is sent.
        if (way == Way.HTTP) {
          assertThat(forbidden.resultCode()).isEqualTo(ResultCode.AUTH);
        } else {
          assertThat(forbidden.resultCode()).isIn(ResultCode.IOERR, ResultCode.CANTOPEN);
        }
        assertThat(count(connection)).isZero();
      }
      // The first is over when it is used; the next one is asked for.
      AtomicInteger asked = new AtomicInteger();
      long soon = System.currentTimeMillis() / 1000 - 100;
      String over = tokens.token("{\"exp\":" + soon + "}");
      try (Connection connection =
          Database.remoteBuilder(url)
              .authToken(() -> way == Way.HTTP && asked.incrementAndGet() == 2 ? over : all)
              .build()
              .connect()) {
        assertThat(count(connection)).isZero();
        assertThat(connection.execute("INSERT INTO t VALUES (1)")).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void databasesAreChosenByNamespace(Way way) throws Exception {
    try (SqldServer server =
        SqldServer.start(folder, "--enable-namespaces", "--admin-listen-addr", "127.0.0.1:0")) {
      // There is none of this name, and the server says so: it did look at the name.
      RemoteException missing =
          failure(
              () -> {
                try (Connection connection =
                    Database.remoteBuilder(way.url(server))
                        .namespace("nowhere")
                        .build()
                        .connect()) {
                  connection.queryOne("SELECT 1");
                }
              });
      // Over a WebSocket it does not say which.
      assertThat(missing).hasMessageContaining(way == Way.HTTP ? "nowhere" : "1011");
      try (Connection connection =
          Database.remoteBuilder(way.url(server)).namespace("default").build().connect()) {
        assertThat(connection.queryOne("SELECT 1").getLong(0)).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatIsNotThere(Way way) throws Exception {
    int port;
    try (TcpRelay relay = new TcpRelay(1)) {
      port = relay.port();
    }
    String url = (way == Way.HTTP ? "http" : "ws") + "://127.0.0.1:" + port;
    RemoteException failure = failure(() -> Database.openRemote(url, "").connect());
    assertThat(failure.reason()).isEqualTo(Reason.TRANSPORT);
    assertThat(failure.resultCode()).isEqualTo(ResultCode.CANTOPEN);
    assertThat(failure.isTransient()).isTrue();
    assertThat(failure).hasMessageStartingWith("cannot connect to http://127.0.0.1:" + port);
  }

  @ParameterizedTest
  @EnumSource
  void theServerStartsAgain(Way way) throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Connection connection = Database.openRemote(way.url(server), "").connect()) {
      connection.execute("CREATE TABLE t(a)");
      server.kill();
      server.start();
      connection.execute("INSERT INTO t VALUES (1)");
      connection.begin();
      connection.execute("INSERT INTO t VALUES (2)");
      server.kill();
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (3)"))
          .hasMessageEndingWith("; the transaction was rolled back");
      server.start();
      assertThat(count(connection)).isEqualTo(1);
      try (Rows rows = connection.query("SELECT a FROM t")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void aClosedConnectionRollsBack() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Connection other = Database.openRemote(server.url(), "").connect()) {
      other.execute("CREATE TABLE t(a)");
      for (Way way : Way.values()) {
        Connection connection = Database.openRemote(way.url(server), "").connect();
        connection.beginImmediate();
        connection.execute("INSERT INTO t VALUES (1)");
        connection.close();
        connection.close();
        assertThatThrownBy(() -> connection.execute("SELECT 1")).hasMessage("connection is closed");
        long start = System.nanoTime();
        assertThatCode(() -> other.execute("INSERT INTO t VALUES (2)")).doesNotThrowAnyException();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      }
      Awaitility.await().untilAsserted(() -> assertThat(count(other)).isEqualTo(2));
    }
  }
}
