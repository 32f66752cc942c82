package org.libsql4j.btree;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** How damage of the file is told. */
final class Corruption {
  private Corruption() {}

  /** {@code SQLITE_CORRUPT} with its usual message. */
  static LibsqlException found() {
    return new LibsqlException(ResultCode.CORRUPT);
  }

  /** {@code SQLITE_CORRUPT} because a number in the file led out of a page's bytes. */
  static LibsqlException found(IndexOutOfBoundsException cause) {
    return new LibsqlException(ResultCode.CORRUPT, ResultCode.CORRUPT.defaultMessage(), cause);
  }
}
