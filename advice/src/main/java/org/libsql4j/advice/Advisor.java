package org.libsql4j.advice;

import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Looks for indexes that would make a statement faster, and for what is doubtful about its text,
 * going by a connection's schemas and the statistics of ANALYZE.
 *
 * <p>Statements are not run, and nothing is changed. To be used by one thread at a time, as the
 * connection is; there is nothing to close.
 */
public final class Advisor {
  private static final int ALL = 100;

  private final Connection connection;

  private Advisor(Connection connection) {
    this.connection = connection;
  }

  /**
   * An advisor on statements of a connection.
   *
   * @throws LibsqlException ERROR if the database is on a server
   */
  public static Advisor of(Connection connection) {
    if (connection.isRemote()) {
      throw new LibsqlException(
          ResultCode.ERROR, "advice is not supported: the database is on a server");
    }
    return new Advisor(connection);
  }

  /**
   * Advises on the first statement of a text.
   *
   * @throws LibsqlException what is wrong with the statement
   */
  public Advice advise(String sql) {
    return advise(sql, 0);
  }

  /**
   * As {@link #advise(String)}, and reads rows for the statistics of the indexes it tries.
   *
   * @param samplePercent how many of the rows of a table to look at, from 0 to 100
   */
  public Advice advise(String sql, int samplePercent) {
    if (samplePercent < 0 || samplePercent > ALL) {
      throw new LibsqlException(ResultCode.RANGE, "value out of range: " + samplePercent);
    }
    connection.prepare(sql).close(); // What is wrong with it is found with its place in this text.
    Database scratch =
        Database.builder(":memory:").foreignKeys(false).installedListeners(false).build();
    try (Connection copy = scratch.connect()) {
      return new Trial(connection, copy, samplePercent).advise(sql);
    }
  }
}
