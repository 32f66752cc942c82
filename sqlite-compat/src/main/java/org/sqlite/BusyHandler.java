package org.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** Decides whether to try again for a lock; takes the place of the busy timeout. */
public abstract class BusyHandler {
  /** Sets the handler of a connection. */
  public static final void setHandler(Connection connection, BusyHandler handler)
      throws SQLException {
    Handlers.engineOf(connection)
        .setBusyHandler(
            count -> {
              try {
                return handler.callback(count) != 0;
              } catch (SQLException e) {
                throw Handlers.failure(e);
              }
            });
  }

  /** Takes the handler away; locks are not waited for any more. */
  public static final void clearHandler(Connection connection) throws SQLException {
    Handlers.engineOf(connection).busyTimeout(0);
  }

  /**
   * @param invoked how often it was called before for the same lock, from 0
   * @return other than 0 to try again
   */
  protected abstract int callback(int invoked) throws SQLException;
}
