package org.libsql4j.replication;

/** A call that the server answered with another status than success. */
final class GrpcException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient GrpcStatus status;

  GrpcException(GrpcStatus status) {
    super("status " + status.code() + ": " + status.message());
    this.status = status;
  }

  GrpcStatus status() {
    return status;
  }

  /** The exception for callers who can do nothing about it. */
  ReplicationException toReplicationException() {
    ReplicationException.Reason reason =
        switch (status.code()) {
          case GrpcStatus.UNAUTHENTICATED -> ReplicationException.Reason.UNAUTHORIZED;
          case GrpcStatus.UNAVAILABLE -> ReplicationException.Reason.TRANSPORT;
          default -> ReplicationException.Reason.REFUSED;
        };
    String text = status.message().isEmpty() ? "status " + status.code() : status.message();
    return new ReplicationException(reason, text, this);
  }
}
