package org.libsql4j.schema;

/** Estimated sizes of rows and index entries in bytes, as LogEst. */
final class RowSizes {
  private static final int BYTES_PER_UNIT = 4;

  private RowSizes() {}

  static int ofTable(Table table) {
    long units = table.rowidColumn < 0 ? 1 : 0;
    for (Column column : table.columns) {
      units += ColumnWidth.ofDeclaredType(column.declaredType());
    }
    return LogEstimate.of(units * BYTES_PER_UNIT);
  }

  static int ofIndex(Index index) {
    long units = 0;
    for (int column : index.columns) {
      units +=
          column < 0 ? 1 : ColumnWidth.ofDeclaredType(index.table.column(column).declaredType());
    }
    return LogEstimate.of(units * BYTES_PER_UNIT);
  }

  /** What is assumed of an index before ANALYZE. */
  static IndexStatistics assumed(Index index) {
    IndexStatistics plain = IndexStatistics.assumed(index.keyColumnCount, index.isUnique());
    int[] estimates = plain.rowEstimates();
    estimates[0] = index.table.rowEstimate;
    if (index.isPartial()) {
      // A partial index is taken to leave half of the rows out.
      estimates[0] -= 10;
    }
    return new IndexStatistics(estimates, false, false, false, ofIndex(index));
  }
}
