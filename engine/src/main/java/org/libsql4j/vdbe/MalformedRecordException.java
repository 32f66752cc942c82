package org.libsql4j.vdbe;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** A record whose header makes no sense: a program may say what to do then, by P3 of Init. */
final class MalformedRecordException extends LibsqlException {
  private static final long serialVersionUID = 1L;

  MalformedRecordException() {
    super(ResultCode.CORRUPT);
  }
}
