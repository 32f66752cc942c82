package org.libsql4j.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteStatement.Column;

/** What a request gave. */
sealed interface HranaResult {
  record Failure(ServerError error) implements HranaResult {}

  /**
   * Of a statement.
   *
   * @param lastInsertRowid null if it inserted nothing
   */
  record Executed(
      List<Column> columns, List<Mem[]> rows, long affectedRows, @Nullable Long lastInsertRowid)
      implements HranaResult {}

  /**
   * Of a batch: for each step what it gave, null if it failed or was not executed.
   *
   * @param errors for each step how it failed, or null
   */
  record BatchExecuted(List<@Nullable Executed> results, List<@Nullable ServerError> errors)
      implements HranaResult {}

  record Description(int parameterCount, List<Column> columns, boolean explain, boolean readOnly)
      implements HranaResult {}

  record AutoCommit(boolean value) implements HranaResult {}

  /** Of a request that gives nothing. */
  record Done() implements HranaResult {}
}
