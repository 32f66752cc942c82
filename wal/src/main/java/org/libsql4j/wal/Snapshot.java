package org.libsql4j.wal;

import org.libsql4j.pager.WalSnapshot;

/** A snapshot is a header of the index as it once was. */
final class Snapshot implements WalSnapshot {
  private final IndexHeader header = new IndexHeader();

  Snapshot(IndexHeader header) {
    this.header.copyFrom(header);
  }

  IndexHeader header() {
    return header;
  }

  @Override
  public int compareTo(WalSnapshot other) {
    IndexHeader theirs = ((Snapshot) other).header;
    if (header.salt(0) != theirs.salt(0)) {
      return Integer.compareUnsigned(header.salt(0), theirs.salt(0));
    }
    return Integer.compareUnsigned(header.maxFrame(), theirs.maxFrame());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Snapshot snapshot && header.isSame(snapshot.header);
  }

  @Override
  public int hashCode() {
    return 31 * header.salt(1) + header.maxFrame();
  }
}
