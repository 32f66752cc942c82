package org.libsql4j.vfs;

import java.io.IOException;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Turns the failures of {@code java.io} into result codes. */
final class IoFailure {
  private IoFailure() {}

  static LibsqlException of(ResultCode code, Exception cause) {
    return new LibsqlException(code, code.defaultMessage(), cause);
  }

  /** As {@link #of}, but {@code SQLITE_FULL} if the device or quota is exhausted. */
  static LibsqlException ofWrite(ResultCode code, IOException cause) {
    return of(isFull(cause) ? ResultCode.FULL : code, cause);
  }

  /** Java tells errno only by its message. */
  private static boolean isFull(IOException cause) {
    String message = cause.getMessage();
    return message != null
        && (message.contains("No space left")
            || message.contains("not enough space")
            || message.contains("quota exceeded"));
  }
}
