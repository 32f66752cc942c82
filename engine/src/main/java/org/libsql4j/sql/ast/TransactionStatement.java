package org.libsql4j.sql.ast;

/** Statements that begin and end transactions and savepoints. */
public sealed interface TransactionStatement extends Statement {
  /** {@code BEGIN}. */
  record Begin(Mode mode) implements TransactionStatement {
    /** Which locks are taken at once. */
    public enum Mode {
      DEFERRED,
      IMMEDIATE,
      EXCLUSIVE,
      /** Of SQLite's begin-concurrent branch: keeps no other writer out before the commit. */
      CONCURRENT,
      /** libSQL: as {@link #DEFERRED}; clients refuse writes. */
      READONLY
    }
  }

  /** {@code COMMIT} or {@code END}. */
  record Commit() implements TransactionStatement {}

  /** {@code ROLLBACK} of the whole transaction. */
  record Rollback() implements TransactionStatement {}

  /** {@code ROLLBACK TO name}. */
  record RollbackTo(Identifier name) implements TransactionStatement {}

  /** {@code SAVEPOINT name}. */
  record Savepoint(Identifier name) implements TransactionStatement {}

  /** {@code RELEASE name}. */
  record Release(Identifier name) implements TransactionStatement {}
}
