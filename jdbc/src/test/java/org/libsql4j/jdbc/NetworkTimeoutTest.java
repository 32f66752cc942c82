package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.libsql4j.Database;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteStatement;
import org.libsql4j.spi.StatementKind;

/** The network timeout reaches whoever talks to the server, and closes what got no answer. */
class NetworkTimeoutTest {
  private final Server server = new Server();

  /** Answers nothing. */
  private static final class Server implements RemoteSession {
    private final List<Duration> limits = new ArrayList<>();
    private IOException fault = new InterruptedIOException("timeout");

    @Override
    public boolean runsHere(StatementKind kind, boolean localTransaction) {
      return false;
    }

    @Override
    public boolean isRemoteOnly() {
      return true;
    }

    @Override
    public RemoteStatement prepare(String sql, List<@Nullable String> parameterNames) {
      throw new LibsqlException(ResultCode.IOERR, "connection failed", fault);
    }

    @Override
    public void limitRequests(Duration limit) {
      limits.add(limit);
    }

    @Override
    public boolean isAutoCommit() {
      return true;
    }

    @Override
    public void close() {}
  }

  private Connection connect() throws SQLException {
    return LibsqlDriver.connect(Database.builder(":memory:").remote(() -> server).build());
  }

  @Test
  void silenceClosesTheConnection() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, 250);
      assertThat(connection.getNetworkTimeout()).isEqualTo(250);
      assertThat(server.limits).containsExactly(Duration.ofMillis(250));
      assertThatThrownBy(() -> statement.execute("SELECT 1"))
          .isInstanceOf(SQLNonTransientConnectionException.class)
          .hasFieldOrPropertyWithValue("SQLState", "08006")
          .hasMessageContaining("connection failed");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void otherFailuresDoNot() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELECT 1"))
          .hasFieldOrPropertyWithValue("SQLState", "58030");
      connection.setNetworkTimeout(Runnable::run, 250);
      server.fault = new IOException("reset");
      assertThatThrownBy(() -> statement.execute("SELECT 1"))
          .hasFieldOrPropertyWithValue("SQLState", "58030");
      assertThat(connection.isClosed()).isFalse();
    }
  }
}
