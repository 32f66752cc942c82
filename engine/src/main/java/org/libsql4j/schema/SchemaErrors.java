package org.libsql4j.schema;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Makes the errors of this package. */
final class SchemaErrors {
  private SchemaErrors() {}

  static LibsqlException error(String message) {
    return new LibsqlException(ResultCode.ERROR, message);
  }
}
