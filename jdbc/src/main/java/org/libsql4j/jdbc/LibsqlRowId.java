package org.libsql4j.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.RowId;
import org.jspecify.annotations.Nullable;

/** A rowid: what {@code SELECT rowid} gives. It stays with its row until the row is deleted. */
final class LibsqlRowId implements RowId {
  private final long rowid;

  LibsqlRowId(long rowid) {
    this.rowid = rowid;
  }

  long rowid() {
    return rowid;
  }

  /** The digits of the number. */
  @Override
  public byte[] getBytes() {
    return toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LibsqlRowId id && id.rowid == rowid;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(rowid);
  }

  /** The number. */
  @Override
  public String toString() {
    return Long.toString(rowid);
  }
}
