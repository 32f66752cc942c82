package org.libsql4j.wal;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Reads the header of the index, and has the index made if there is none. */
final class IndexReader {
  private final WalCore core;
  private final WalRecovery recovery;
  private final IndexHeader found = new IndexHeader();

  IndexReader(WalCore core) {
    this.core = core;
    this.recovery = new WalRecovery(core);
  }

  /**
   * Makes the connection's header the current one.
   *
   * @return whether it is another one than before
   * @throws LibsqlException BUSY if the index is not usable and somebody else holds WRITE
   */
  boolean read() {
    boolean hasIndex = core.index.isUnmapped() || core.index.hasRegion(0, core.writing);
    boolean changed;
    boolean isKnown =
        core.header.version() == WalFormat.VERSION; // It was checked when it was read.
    if (hasIndex && isKnown && core.index.headersAre(core.header)) {
      return false;
    }
    if (hasIndex && load()) {
      changed = use();
    } else {
      changed = !hasIndex && isFree() && core.locks.tryAll() ? readAlone() : readAsWriter();
    }
    if (core.header.version() != WalFormat.VERSION) {
      throw new LibsqlException(ResultCode.CANTOPEN);
    }
    return changed;
  }

  private boolean load() {
    return core.index.loadHeader(found) && found.isValid();
  }

  private boolean use() {
    if (core.header.isSame(found)) {
      return false;
    }
    core.header.copyFrom(found);
    core.pageSize = found.pageSize();
    return true;
  }

  /** Whether this connection may write to the index and has no lock of it yet. */
  private boolean isFree() {
    return !core.writing && !core.checkpointing && !core.index.isReadOnly();
  }

  /** Nobody has made the index, or is about to: all locks are held, and given up here. */
  private boolean readAlone() {
    boolean wasWriting = core.writing;
    core.writing = true;
    try {
      if (core.file.size() == 0 && makeUnmapped()) {
        return true;
      }
      core.index.hasRegion(0, true);
      if (load()) {
        return use();
      }
      recovery.runAlone();
      return true;
    } finally {
      core.writing = wasWriting;
      core.locks.unlockAll();
    }
  }

  private boolean makeUnmapped() {
    boolean done = false;
    try {
      done = core.index.makeUnmapped(recovery);
    } finally {
      if (!done) {
        core.header.clear(); // The draft in it is no state that anybody has read.
      }
    }
    return done;
  }

  private boolean readAsWriter() {
    if (core.index.isReadOnly()) {
      throw new LibsqlException(readOnlyFailure());
    }
    boolean wasWriting = core.writing;
    if (!wasWriting && !core.locks.tryExclusive(WalLocks.WRITE, 1)) {
      throw new LibsqlException(ResultCode.BUSY);
    }
    core.writing = true;
    try {
      core.index.hasRegion(0, true);
      if (load()) {
        return use(); // Somebody finished it in between.
      }
      recovery.run();
      return true;
    } finally {
      core.writing = wasWriting;
      if (!wasWriting) {
        core.locks.unlockExclusive(WalLocks.WRITE, 1);
      }
    }
  }

  private ResultCode readOnlyFailure() {
    if (core.locks.tryShared(WalLocks.WRITE)) {
      core.locks.unlockShared(WalLocks.WRITE);
      return ResultCode.READONLY_RECOVERY;
    }
    return ResultCode.BUSY;
  }
}
