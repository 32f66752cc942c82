package org.libsql4j.vtab;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/** Walks over rows of a virtual table. */
public interface VirtualCursor {
  /**
   * Starts a search at its first row.
   *
   * @param indexNumber as {@link VirtualTable#bestIndex} chose it
   * @param indexText as {@link VirtualTable#bestIndex} chose it
   * @param arguments values of the conditions that it asked for, in its order; {@link InValues#of}
   *     reads a list
   */
  void filter(int indexNumber, @Nullable String indexText, Mem[] arguments);

  /** Goes to the next row, or behind the last one. */
  void next();

  /** Whether the last row is passed. */
  boolean isAtEnd();

  /**
   * Reads a column of the current row.
   *
   * @param result NULL when called; the cell to be set
   */
  void column(int column, Mem result);

  /** The rowid of the current row; not called for WITHOUT ROWID tables. */
  long rowid();

  /** Gives up what it holds. */
  default void close() {}
}
