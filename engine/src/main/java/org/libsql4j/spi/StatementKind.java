package org.libsql4j.spi;

/** What a statement is, as far as it matters for where it runs. */
public enum StatementKind {
  /** A query without side effects, or a pragma that only tells about schemas. */
  READ,
  /** Changes data or schemas, or depends on what only the primary knows. */
  WRITE,
  /** BEGIN in any of its forms that may write. */
  BEGIN,
  /** {@code BEGIN READONLY}. */
  BEGIN_READ_ONLY,
  /** COMMIT, END and ROLLBACK. */
  END,
  /** SAVEPOINT. */
  SAVEPOINT,
  /** RELEASE and ROLLBACK TO. */
  RELEASE,
  /** ATTACH, DETACH, EXPLAIN and temporary objects: of this connection only. */
  LOCAL,
  /** Checkpoints, and pragmas that change how commits are written down. */
  LOG_KEEPING,
  /** What a server does not do for its clients, such as VACUUM. */
  UNSUPPORTED
}
