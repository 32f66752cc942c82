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
    /** Nothing was sent: the server has failed too often and is left alone for a while. */
    CIRCUIT_OPEN(ResultCode.IOERR),
    /** What was waited for did not happen in time. */
    TIMEOUT(ResultCode.BUSY_TIMEOUT),
    /** The token is missing, wrong, expired, or not enough for this. */
    UNAUTHORIZED(ResultCode.AUTH),
    /** The server answered that it will not do it. */
    REFUSED(ResultCode.ERROR),
    /** What the server sent breaks the protocol, or was damaged on the way. */
    PROTOCOL(ResultCode.PROTOCOL),
    /** The local files do not belong together or to this primary. */
    LOCAL_STATE(ResultCode.ERROR),
    /** Changes that were made here and changes that were made on the server exclude each other. */
    CONFLICT(ResultCode.ERROR),
    /** The replica was closed, or does not do this. */
    MISUSE(ResultCode.MISUSE);

    final ResultCode code;

    Reason(ResultCode code) {
      this.code = code;
    }
  }

  private final Reason reason;
  private final boolean mayHaveBeenDone;

  ReplicationException(Reason reason, String message) {
    this(reason, message, null);
  }

  ReplicationException(Reason reason, String message, @Nullable Throwable cause) {
    this(reason, message, cause, true);
  }

  private ReplicationException(
      Reason reason, String message, @Nullable Throwable cause, boolean mayHaveBeenDone) {
    super(reason.code, message, cause);
    this.reason = reason;
    this.mayHaveBeenDone = mayHaveBeenDone;
  }

  /** A request did not leave this machine. */
  static ReplicationException notSent(String message, @Nullable Throwable cause) {
    return new ReplicationException(Reason.TRANSPORT, message, cause, false);
  }

  /** Whether the server may have done what it was asked for, although it did not say so. */
  boolean mayHaveBeenDone() {
    return mayHaveBeenDone;
  }

  public Reason reason() {
    return reason;
  }

  /** Whether the same call may succeed later without anything being changed. */
  public boolean isTransient() {
    return reason == Reason.TRANSPORT || reason == Reason.CIRCUIT_OPEN || reason == Reason.TIMEOUT;
  }
}
