package org.libsql4j.connection;

/** Told of every commit to a write-ahead log. */
@FunctionalInterface
public interface WalHook {

  /**
   * Called after the commit, with no transaction open.
   *
   * @param database name of the database: main, temp, or as it was attached
   * @param frames how many frames are in the log now
   * @throws org.libsql4j.error.LibsqlException becomes the error of the statement, although what it
   *     did is committed
   */
  void committed(String database, int frames);
}
