package org.sqlite;

/** Told of the end of transactions; must not use the connection. */
public interface SQLiteCommitListener {
  /** Called when a transaction is about to be committed. */
  void onCommit();

  /** Called when a transaction has been rolled back. */
  void onRollback();
}
