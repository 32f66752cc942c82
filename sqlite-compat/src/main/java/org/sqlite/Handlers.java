package org.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.jdbc.LibsqlConnection;

/** What all that is registered at a connection has in common. */
final class Handlers {
  private Handlers() {}

  /** The connection behind a connection, which may be that of a pool. */
  static org.libsql4j.Connection engineOf(Connection connection) throws SQLException {
    if (!connection.isWrapperFor(LibsqlConnection.class)) {
      throw new SQLException("connection must be to an SQLite db");
    }
    if (connection.isClosed()) {
      throw new SQLException("connection closed");
    }
    return connection.unwrap(LibsqlConnection.class).engine();
  }

  /** What ends a statement when the code of an application in it has failed. */
  static LibsqlException failure(Exception cause) {
    return cause instanceof LibsqlException known
        ? known
        : new LibsqlException(ResultCode.ERROR, cause.toString());
  }
}
