package org.libsql4j.faults;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.SyncMode;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * A file system in which one operation fails, or all from one on: opening, reading, writing,
 * cutting, syncing, deleting, asking for the size.
 *
 * <p>Used by one thread at a time.
 */
public final class FailingVfs extends ForwardingVfs {
  private int untilFailure = -1;
  private boolean forEver;
  private boolean failed;
  private int calls;
  private ResultCode code = ResultCode.IOERR;

  public FailingVfs(VirtualFileSystem target) {
    super(target);
  }

  /**
   * Makes an operation fail.
   *
   * @param skip how many operations succeed before
   * @param all whether all operations after it fail too
   * @param failure with which code
   */
  public void failAfter(int skip, boolean all, ResultCode failure) {
    untilFailure = skip;
    forEver = all;
    code = failure;
    failed = false;
  }

  /** From now on nothing fails. */
  public void recover() {
    untilFailure = -1;
    forEver = false;
  }

  /** Whether an operation has failed since {@link #failAfter}. */
  public boolean hasFailed() {
    return failed;
  }

  /** Operations so far. */
  public int calls() {
    return calls;
  }

  private void step() {
    calls++;
    if (untilFailure < 0) {
      return;
    }
    if (untilFailure == 0) {
      failed = true;
      untilFailure = forEver ? 0 : -1;
      throw new LibsqlException(code);
    }
    untilFailure--;
  }

  @Override
  public DatabaseFile open(@Nullable String path, OpenOptions options) {
    step();
    return new FailingFile(super.open(path, options));
  }

  @Override
  public void delete(String path, boolean syncDirectory) {
    step();
    super.delete(path, syncDirectory);
  }

  private final class FailingFile extends ForwardingFile {
    FailingFile(DatabaseFile file) {
      super(file);
    }

    @Override
    public int read(long position, byte[] dest, int destOffset, int length) {
      step();
      return super.read(position, dest, destOffset, length);
    }

    @Override
    public void write(long position, byte[] src, int srcOffset, int length) {
      step();
      super.write(position, src, srcOffset, length);
    }

    @Override
    public void truncate(long size) {
      step();
      super.truncate(size);
    }

    @Override
    public void sync(SyncMode mode, boolean dataOnly) {
      step();
      super.sync(mode, dataOnly);
    }

    @Override
    public long size() {
      step();
      return super.size();
    }
  }
}
