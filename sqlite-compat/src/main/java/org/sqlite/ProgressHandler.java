package org.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** Called while statements run. */
public abstract class ProgressHandler {
  /**
   * Sets the handler of a connection.
   *
   * @param vmCalls about how many instructions lie between two calls
   */
  public static final void setHandler(Connection connection, int vmCalls, ProgressHandler handler)
      throws SQLException {
    Handlers.engineOf(connection)
        .setProgressHandler(
            vmCalls,
            () -> {
              try {
                return handler.progress() != 0;
              } catch (SQLException e) {
                throw Handlers.failure(e);
              }
            });
  }

  /** Takes the handler away. */
  public static final void clearHandler(Connection connection) throws SQLException {
    Handlers.engineOf(connection).setProgressHandler(0, null);
  }

  /**
   * @return other than 0 to interrupt the statement
   */
  protected abstract int progress() throws SQLException;
}
