package org.libsql4j.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/** A connection in a pool, which one user after the other has through a handle. */
final class LibsqlPooledConnection implements PooledConnection {
  private final LibsqlConnection connection;
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable LogicalConnection handle;

  LibsqlPooledConnection(LibsqlConnection connection) {
    this.connection = connection;
  }

  /** A handle for the next user; closes that of the one before. */
  @Override
  public Connection getConnection() throws SQLException {
    connection.checkOpen();
    LogicalConnection before = handle;
    if (before != null) {
      before.invalidate();
      connection.clean();
    }
    LogicalConnection next = new LogicalConnection(this, connection);
    handle = next;
    connection.lend(next);
    return next;
  }

  /** A user has closed his handle. */
  void handleClosed() throws SQLException {
    handle = null;
    try {
      connection.clean();
    } catch (SQLException e) {
      failed(e);
      throw e;
    }
    for (ConnectionEventListener listener : listeners) {
      listener.connectionClosed(new ConnectionEvent(this));
    }
  }

  /** A user has aborted the connection: the pool is to make another one. */
  void aborted() {
    handle = null;
    failed(SqlErrors.connectionClosed());
  }

  /** The connection cannot be used any more. */
  private void failed(SQLException e) {
    for (ConnectionEventListener listener : listeners) {
      listener.connectionErrorOccurred(new ConnectionEvent(this, e));
    }
  }

  @Override
  public void close() throws SQLException {
    LogicalConnection open = handle;
    if (open != null) {
      handle = null;
      open.invalidate();
    }
    connection.close();
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  /** Without effect: the driver keeps prepared statements itself. */
  @Override
  public void addStatementEventListener(StatementEventListener listener) {}

  @Override
  public void removeStatementEventListener(StatementEventListener listener) {}
}
