package org.libsql4j.pager;

import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.VirtualFileSystem;

/** Makes write-ahead logs: SQLite's format, or one of somebody's own. */
public interface WriteAheadLogProvider {

  /**
   * Opens the log of a database for one connection. The caller holds SHARED, or EXCLUSIVE if {@code
   * exclusive}.
   *
   * @param databaseFile the connection's open database file
   * @param path full name of the database file; the log's name is derived from it
   * @param exclusive whether the file is locked exclusively for as long as the log is open, so that
   *     the index may be kept in private memory
   * @param sizeLimit see {@link WriteAheadLog#setSizeLimit}
   */
  WriteAheadLog open(
      VirtualFileSystem vfs,
      DatabaseFile databaseFile,
      String path,
      boolean exclusive,
      long sizeLimit);

  /** Whether the database has a log with something in it. */
  boolean exists(VirtualFileSystem vfs, String path);

  /** Deletes the log of a database that is empty or not in WAL mode; harmless if there is none. */
  void destroy(VirtualFileSystem vfs, String path);
}
