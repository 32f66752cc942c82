package org.libsql4j.remote;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** What a server says is wrong, or why it was not understood or not reached. */
public final class RemoteException extends LibsqlException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it was. */
  public enum Reason {
    /** The statement failed; the result code tells why. */
    STATEMENT,
    /** The server was not reached, or was silent for too long, or the connection broke. */
    TRANSPORT,
    /** The token is missing, wrong, expired, or not enough for this. */
    UNAUTHORIZED,
    /** The server answered that it will not do it: too many requests, no such namespace. */
    REFUSED,
    /** The stream with its transaction is gone: it had rested for too long. */
    EXPIRED,
    /** What the server sent breaks the protocol. */
    PROTOCOL
  }

  private final Reason reason;
  private final @Nullable String serverCode;
  private final @Nullable String serverMessage;

  RemoteException(Reason reason, ResultCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
    this.reason = reason;
    this.serverCode = null;
    this.serverMessage = null;
  }

  RemoteException(
      Reason reason,
      ResultCode code,
      String message,
      int sqlOffset,
      @Nullable String serverCode,
      String serverMessage) {
    super(code, message, sqlOffset, null);
    this.reason = reason;
    this.serverCode = serverCode;
    this.serverMessage = serverMessage;
  }

  static RemoteException protocol(String message) {
    return new RemoteException(Reason.PROTOCOL, ResultCode.PROTOCOL, message, null);
  }

  static RemoteException protocol(String message, Throwable cause) {
    return new RemoteException(Reason.PROTOCOL, ResultCode.PROTOCOL, message, cause);
  }

  static RemoteException transport(String message, @Nullable Throwable cause) {
    return new RemoteException(Reason.TRANSPORT, ResultCode.IOERR, message, cause);
  }

  /** What kind of failure it was. */
  public Reason reason() {
    return reason;
  }

  /** The code that the server gave, for example {@code SQLITE_CONSTRAINT}; null if it gave none. */
  public @Nullable String serverCode() {
    return serverCode;
  }

  /** The server's whole text; null if it gave none. */
  public @Nullable String serverMessage() {
    return serverMessage;
  }

  /** Whether the same may succeed later without anything being changed. */
  public boolean isTransient() {
    return reason == Reason.TRANSPORT
        || reason == Reason.EXPIRED
        || resultCode().primary() == ResultCode.BUSY;
  }
}
