package org.libsql4j;

/** How a transaction begins. */
public enum TransactionMode {
  /** Takes its locks when they are needed; a write may find that another is first: BUSY. */
  DEFERRED("BEGIN DEFERRED"),

  /** As the writer from the start; readers go on. */
  IMMEDIATE("BEGIN IMMEDIATE"),

  /** Alone: with a rollback journal even readers are kept out. With a log as IMMEDIATE. */
  EXCLUSIVE("BEGIN EXCLUSIVE"),

  /** Beside other writers; the commit fails if they changed what this one has read. */
  CONCURRENT("BEGIN CONCURRENT"),

  /** For reading; writes are refused with READONLY. */
  READ("BEGIN READONLY");

  /** What other libSQL clients call IMMEDIATE. */
  public static final TransactionMode WRITE = IMMEDIATE;

  private final String sql;

  TransactionMode(String sql) {
    this.sql = sql;
  }

  /** The statement that begins such a transaction. */
  public String sql() {
    return sql;
  }
}
