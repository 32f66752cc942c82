package org.libsql4j.schema;

/**
 * Estimates for the planner.
 *
 * @param rowEstimates at 0 the number of entries, at n the number of entries with equal first n
 *     columns; as 10 times the binary logarithm (SQLite's LogEst)
 * @param analyzed whether the numbers come from sqlite_stat1
 * @param unordered whether ANALYZE was told not to use the order of the index
 * @param noSkipScan whether a skip-scan is ruled out
 * @param rowSize estimated bytes of an entry as LogEst, 0 if unknown
 */
public record IndexStatistics(
    int[] rowEstimates, boolean analyzed, boolean unordered, boolean noSkipScan, int rowSize) {

  /** What is assumed without ANALYZE: 10 equal entries for one column, fewer for more. */
  public static IndexStatistics assumed(int keyColumns, boolean unique) {
    int[] assumedEqual = {33, 32, 30, 28, 27};
    int[] estimates = new int[keyColumns + 1];
    estimates[0] = Table.ASSUMED_ROWS;
    for (int i = 1; i <= keyColumns; i++) {
      estimates[i] = i <= assumedEqual.length ? assumedEqual[i - 1] : 23;
    }
    if (unique) {
      estimates[keyColumns] = 0;
    }
    return new IndexStatistics(estimates, false, false, false, 0);
  }
}
