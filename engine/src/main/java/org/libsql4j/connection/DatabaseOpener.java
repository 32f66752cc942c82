package org.libsql4j.connection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.VirtualFileSystem;

/** Opens the files of a connection with the connection's options. */
public interface DatabaseOpener {
  /** Opens a database file that is not encrypted. */
  default Btree open(String name) {
    return open(name, null);
  }

  /**
   * Opens a database file, as ATTACH and the first open do.
   *
   * @param name a path; ":memory:" for a database in memory, empty for a temporary one; a {@code
   *     file:} URI if those are enabled
   * @param encryption makes a codec for the file; null if it is not encrypted. Of no effect on
   *     databases in memory and temporary ones
   */
  Btree open(String name, @Nullable Supplier<PageCodec> encryption);

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

  /** Opens a file for intermediate results, of which nothing is written twice. */
  DatabaseFile openTransient();

  /**
   * From now on temporary files are encrypted, with keys that nobody knows; so they are from the
   * first database on that is. What was opened before is not concerned.
   */
  void encryptTemporaryFiles();

  /** A codec for a temporary database; null if those are not encrypted. */
  @Nullable PageCodec temporaryCodec();

  /** Where the files are. */
  VirtualFileSystem vfs();
}
