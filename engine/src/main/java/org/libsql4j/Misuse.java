package org.libsql4j;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.libsql4j.connection.ConnectionObserver;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * What was used after its end, which is a fault of the application that it may not notice if it
 * swallows exceptions: so it goes to the log and to listeners, too.
 */
final class Misuse {
  private Misuse() {}

  /**
   * The exception to throw.
   *
   * @param message says what was used and why it cannot be
   */
  static LibsqlException of(ConfigurableConnection connection, String message) {
    LibsqlException failure = new LibsqlException(ResultCode.MISUSE, message);
    // Looked up where there is something to say: setting up logging takes the JVM a while.
    Logger.getLogger(Misuse.class.getPackage().getName()).log(Level.WARNING, message);
    ConnectionObserver observer = connection.state().observer();
    if (observer != null) {
      observer.misused(failure);
    }
    return failure;
  }
}
