package org.libsql4j.connection;

import org.jspecify.annotations.Nullable;
import org.libsql4j.pager.LockingMode;

/** Numbers that pragmas set and that outlive a statement. */
public final class ConnectionSettings {
  /** Page size in bytes that the next VACUUM gives a file; 0 to keep it. */
  public int nextPageSize;

  /** Auto-vacuum mode that the next VACUUM gives a file; -1 to keep it. */
  public int nextAutoVacuum = -1;

  /** Whether databases that are attached from now on keep their locks. */
  public LockingMode lockingMode = LockingMode.NORMAL;

  /** Where temporary tables are kept: 0 as the build says, 1 in files, 2 in memory. */
  public int temporaryStore;

  /** Bytes at the end of each page that the next VACUUM leaves unused; -1 to keep what there is. */
  public int nextReservedBytes = -1;

  /** Frames in the write-ahead log after which a commit starts a checkpoint; 0 for never. */
  public int walAutoCheckpoint = 1000;

  /** Rows that ANALYZE looks at per index; 0 for all. */
  public int analysisLimit;

  private long softHeapLimit;
  private long hardHeapLimit;

  /** Where temporary files are kept; null for the system's directory. Not followed. */
  public @Nullable String temporaryDirectory;

  /** Bytes that the application would like not to be exceeded; 0 for no limit. Not enforced. */
  public long softHeapLimit() {
    return softHeapLimit;
  }

  /** Sets the soft limit, which is never above the hard one. */
  public void setSoftHeapLimit(long bytes) {
    boolean beyond = hardHeapLimit > 0 && (bytes == 0 || bytes > hardHeapLimit);
    softHeapLimit = beyond ? hardHeapLimit : bytes;
  }

  /** Bytes that must not be exceeded; 0 for no limit. Not enforced. */
  public long hardHeapLimit() {
    return hardHeapLimit;
  }

  /** Sets the hard limit; the soft one comes down with it. */
  public void setHardHeapLimit(long bytes) {
    hardHeapLimit = bytes;
    if (softHeapLimit == 0 || softHeapLimit > bytes) {
      softHeapLimit = bytes;
    }
  }

  /** Another object with the same values. */
  ConnectionSettings copy() {
    ConnectionSettings copy = new ConnectionSettings();
    copy.setAll(this);
    return copy;
  }

  /** Takes all values from another object. */
  void setAll(ConnectionSettings other) {
    nextPageSize = other.nextPageSize;
    nextAutoVacuum = other.nextAutoVacuum;
    lockingMode = other.lockingMode;
    temporaryStore = other.temporaryStore;
    nextReservedBytes = other.nextReservedBytes;
    walAutoCheckpoint = other.walAutoCheckpoint;
    analysisLimit = other.analysisLimit;
    softHeapLimit = other.softHeapLimit;
    hardHeapLimit = other.hardHeapLimit;
    temporaryDirectory = other.temporaryDirectory;
  }
}
