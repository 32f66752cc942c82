package org.libsql4j.jdbc;

/** How transactions begin that the driver begins. */
public enum TransactionMode {
  /** Locks are taken when they are needed. */
  DEFERRED,
  /** As the writer. */
  IMMEDIATE,
  /** As the writer, and in rollback-journal modes nobody may read. */
  EXCLUSIVE;

  String beginSql() {
    return "BEGIN " + name();
  }
}
