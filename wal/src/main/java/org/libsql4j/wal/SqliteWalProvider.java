package org.libsql4j.wal;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.WriteAheadLog;
import org.libsql4j.pager.WriteAheadLogProvider;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.VirtualFileSystem;

/** Opens logs in SQLite's format. */
public final class SqliteWalProvider implements WriteAheadLogProvider {
  private static final String SUFFIX = "-wal";

  @Override
  public WriteAheadLog open(
      VirtualFileSystem vfs,
      DatabaseFile databaseFile,
      String path,
      boolean exclusive,
      long sizeLimit) {
    String logPath = path + SUFFIX;
    // Made for readers, too, who could do without: that it is there while the database is in use is
    // documented, and programs look for it.
    DatabaseFile file = vfs.open(logPath, OpenOptions.readWriteCreate(FileKind.WAL));
    WalCore core = new WalCore(vfs, databaseFile, file, logPath, exclusive);
    core.sizeLimit = sizeLimit;
    return new SqliteWal(core);
  }

  @Override
  public boolean exists(VirtualFileSystem vfs, String path) {
    return vfs.exists(path + SUFFIX);
  }

  @Override
  public void destroy(VirtualFileSystem vfs, String path) {
    try {
      vfs.delete(path + SUFFIX, false);
    } catch (LibsqlException e) {
      if (e.resultCode() != ResultCode.IOERR_DELETE_NOENT) {
        throw e;
      }
    }
  }
}
