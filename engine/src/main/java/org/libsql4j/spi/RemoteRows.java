package org.libsql4j.spi;

import org.libsql4j.record.Mem;

/** What the execution of a statement gave. */
public interface RemoteRows {
  /** Goes to the next row, the first at first; false at the end. */
  boolean next();

  /** Copies a column of the current row. */
  void column(int index, Mem target);

  /** How many rows the statement changed. */
  long changes();

  /** Whether the statement inserted a row. */
  boolean hasInserted();

  /** Rowid of the row inserted last. */
  long lastInsertRowid();

  /** Nobody wants the rows that are left. Fails never. */
  default void close() {}
}
