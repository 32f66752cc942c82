package org.libsql4j.replication;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Why replication failed. The local file is as the last complete transaction left it. */
public final class ReplicationException extends LibsqlException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it was. */
  public enum Reason {
    /** The server was not reached, or the connection broke. Trying again may help. */
    TRANSPORT(ResultCode.IOERR),
    /** The token is missing, wrong, expired, or not enough for this. */
    UNAUTHORIZED(ResultCode.AUTH),
    /** The server answered that it will not do it. */
    REFUSED(ResultCode.ERROR),
    /** What the server sent breaks the protocol, or was damaged on the way. */
    PROTOCOL(ResultCode.PROTOCOL),
    /** The local files do not belong together or to this primary. */
    LOCAL_STATE(ResultCode.ERROR);

    final ResultCode code;

    Reason(ResultCode code) {
      this.code = code;
    }
  }

  private final Reason reason;

  ReplicationException(Reason reason, String message) {
    this(reason, message, null);
  }

  ReplicationException(Reason reason, String message, @Nullable Throwable cause) {
    super(reason.code, message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Whether the same call may succeed later without anything being changed. */
  public boolean isTransient() {
    return reason == Reason.TRANSPORT;
  }
}
