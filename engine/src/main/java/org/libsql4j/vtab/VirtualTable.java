package org.libsql4j.vtab;

import org.jspecify.annotations.Nullable;

/** One virtual table of one connection. */
public interface VirtualTable {
  /**
   * Answers how the table would be searched if these conditions could be used. Called several times
   * for a statement, with different conditions usable.
   *
   * @return false if there is no way with just the usable conditions
   */
  boolean bestIndex(IndexInfo info);

  /** A cursor over the rows. */
  VirtualCursor open();

  /** The connection does not need the table any more. */
  default void disconnect() {}

  /** DROP TABLE: removes the table's storage as well. */
  default void destroy() {
    disconnect();
  }

  /** ALTER TABLE RENAME: what belongs to the table has to follow. */
  default void rename(String newName) {}

  /**
   * Replaces a function whose first argument (second, for LIKE, GLOB, REGEXP and MATCH as
   * operators) is a column of this table.
   *
   * @param name in lower case
   * @return null to leave it as it is
   */
  default @Nullable FunctionOverload findFunction(String name, int argumentCount) {
    return null;
  }

  /**
   * PRAGMA integrity_check.
   *
   * @param quick whether only a quick check is asked for
   * @return what is wrong, or null
   */
  default @Nullable String checkIntegrity(String database, String table, boolean quick) {
    return null;
  }
}
