package org.libsql4j.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.record.Mem;

/**
 * What a statement of a batch gave.
 *
 * @param lastInsertRowid null if it inserted nothing
 * @param failure what it failed with, or null
 */
public record RemoteOutcome(
    List<String> columnNames,
    List<Mem[]> rows,
    long changes,
    @Nullable Long lastInsertRowid,
    @Nullable LibsqlException failure) {
  /** Of a statement that failed. */
  public static RemoteOutcome failed(LibsqlException failure) {
    return new RemoteOutcome(List.of(), List.of(), 0, null, failure);
  }
}
