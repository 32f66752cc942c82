package org.libsql4j.vtab;

/** A virtual table that can be changed. */
public interface WritableTable extends VirtualTable {
  /**
   * Deletes, inserts or updates a row.
   *
   * @return the rowid of an inserted row; anything for other changes
   * @throws org.libsql4j.error.LibsqlException CONSTRAINT if a constraint of the table is violated
   */
  long update(RowChange change);

  /**
   * Whether UPDATE need not read columns that it does not change; they are NULL then, and {@link
   * RowChange#isUnchanged} tells which they are.
   */
  default boolean omitsUnchangedColumns() {
    return false;
  }

  /** The first change in a transaction is about to come. */
  default void begin() {}

  /** First half of the commit: what can fail must be done here. */
  default void sync() {}

  /** Second half of the commit. */
  default void commit() {}

  /** Undoes what was done since the transaction began. */
  default void rollback() {}

  /** A savepoint begins; numbers grow from the outermost one. */
  default void savepoint(int number) {}

  /** This savepoint and those inside it are no longer needed. */
  default void release(int number) {}

  /** Undoes what was done since the savepoint began. */
  default void rollbackTo(int number) {}
}
