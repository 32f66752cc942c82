package org.libsql4j.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Arrays;
import org.libsql4j.annotation.BeyondAndroid26;

/** Failures of batches whose first rows are done. */
final class BatchFailures {
  private BatchFailures() {}

  /**
   * @param counts of the rows that are done, and zeros
   * @param done how many are
   */
  static BatchUpdateException of(SQLException cause, long[] counts, int done) {
    long[] known = Arrays.copyOf(counts, done);
    try {
      return withLargeCounts(cause, known);
    } catch (NoSuchMethodError e) {
      return withCounts(cause, known);
    }
  }

  @BeyondAndroid26
  private static BatchUpdateException withLargeCounts(SQLException cause, long[] counts) {
    return new BatchUpdateException(
        cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), counts, cause);
  }

  private static BatchUpdateException withCounts(SQLException cause, long[] counts) {
    return new BatchUpdateException(
        cause.getMessage(),
        cause.getSQLState(),
        cause.getErrorCode(),
        LibsqlStatement.toInts(counts),
        cause);
  }
}
