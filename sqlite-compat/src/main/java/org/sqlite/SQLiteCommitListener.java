package org.sqlite;

/** Told of the end of transactions; must not use the connection. */
public interface SQLiteCommitListener {
  void onCommit();

  void onRollback();
}
