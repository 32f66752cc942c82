package org.libsql4j.connection;

import org.libsql4j.btree.Btree;
import org.libsql4j.vfs.VirtualFileSystem;

/** Opens the files of a connection with the connection's options. */
public interface DatabaseOpener {
  /**
   * Opens a database file, as ATTACH and the first open do.
   *
   * @param name a path; ":memory:" for a database in memory, empty for a temporary one; a {@code
   *     file:} URI if those are enabled
   */
  Btree open(String name);

  /**
   * Opens a database in memory that begins with the bytes of a file.
   *
   * @param maxBytes how large it may grow
   */
  Btree openBytes(byte[] bytes, boolean isReadOnly, long maxBytes);

  /** Opens the temporary database of the connection. */
  Btree openTemporary(int pageSizeBytes);

  /** Opens a database for the intermediate results of one statement. */
  Btree openEphemeral();

  /** Where the files are. */
  VirtualFileSystem vfs();
}
