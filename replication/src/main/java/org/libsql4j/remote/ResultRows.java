package org.libsql4j.remote;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteRows;

/** What came in one answer. */
final class ResultRows implements RemoteRows {
  private final HranaResult.Executed result;
  private final int columnCount;
  private int index = -1;

  /**
   * @param columnCount how many columns the statement is known to have
   */
  ResultRows(HranaResult.Executed result, int columnCount) {
    this.result = result;
    this.columnCount = columnCount;
  }

  @Override
  public boolean next() {
    // Without columns there is nothing to show, whatever was sent.
    return columnCount > 0 && ++index < result.rows().size();
  }

  @Override
  public void column(int column, Mem target) {
    Mem[] row = result.rows().get(index);
    if (column < row.length) {
      target.copyFrom(row[column]);
    } else {
      target.setNull();
    }
  }

  @Override
  public long changes() {
    return result.affectedRows();
  }

  @Override
  public boolean hasInserted() {
    return result.lastInsertRowid() != null;
  }

  @Override
  public long lastInsertRowid() {
    @Nullable Long rowid = result.lastInsertRowid();
    return rowid == null ? 0 : rowid;
  }
}
