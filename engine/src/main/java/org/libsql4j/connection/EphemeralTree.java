package org.libsql4j.connection;

import org.libsql4j.btree.Btree;
import org.libsql4j.error.LibsqlException;

/**
 * A tree for an intermediate result, in a database of its own, inside of a write transaction.
 *
 * @param btree the database
 * @param root page of the tree
 * @param ofRecords whether the keys are records, not rowids
 * @param home where it goes when it is not needed any more
 */
public record EphemeralTree(Btree btree, int root, boolean ofRecords, EphemeralTrees home) {
  /** No cursor is open on it any more. */
  public void close() {
    home.takeBack(this);
  }

  /** Whether it was emptied for its next user. */
  boolean isEmptied() {
    try {
      btree.clearTable(root);
      return true;
    } catch (LibsqlException e) {
      return false; // It is closed instead.
    }
  }
}
