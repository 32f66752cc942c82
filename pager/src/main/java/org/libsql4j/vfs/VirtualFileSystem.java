package org.libsql4j.vfs;

import org.jspecify.annotations.Nullable;

/**
 * Where database files live, and the source of time and chance.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface VirtualFileSystem {
  /** Where SQLite's lock bytes are. */
  long DEFAULT_PENDING_BYTE = 0x40000000L;

  /** A short name, for example {@code nio}. */
  String name();

  /**
   * Opens a file.
   *
   * @param path a name that {@link #fullPathname} returned; null for a temporary file with a name
   *     of the file system's own choice
   * @throws org.libsql4j.error.LibsqlException {@code CANTOPEN} and its extended codes; {@code
   *     READONLY_DIRECTORY} if a journal cannot be created
   */
  DatabaseFile open(@Nullable String path, OpenOptions options);

  /**
   * Deletes a file.
   *
   * @param syncDirectory make the deletion durable before returning
   * @throws org.libsql4j.error.LibsqlException {@code IOERR_DELETE_NOENT} if there is no such file,
   *     {@code IOERR_DELETE} on any other failure
   */
  void delete(String path, boolean syncDirectory);

  /**
   * Whether a file is there. A regular file of zero bytes counts as absent, as in SQLite: an empty
   * journal is no journal.
   */
  boolean exists(String path);

  /**
   * Gives a file the permissions of another one, where there are permissions.
   *
   * @throws org.libsql4j.error.LibsqlException {@code IOERR_FSTAT} if that one does not exist
   */
  default void copyPermissions(String from, String to) {}

  /** Whether an existing file may be read and written. */
  boolean isWritable(String path);

  /**
   * The absolute name of a file, with symbolic links followed so that all who open the file agree
   * on the names of its journal and log.
   *
   * @throws org.libsql4j.error.LibsqlException {@code CANTOPEN_FULLPATH} or {@code
   *     CANTOPEN_SYMLINK}
   */
  String fullPathname(String path);

  /**
   * Offset of the lock bytes in database files, {@link #DEFAULT_PENDING_BYTE} except in tests that
   * want small files to reach the page they are on. The page that contains it is never used.
   */
  default long pendingByte() {
    return DEFAULT_PENDING_BYTE;
  }

  /** Time, sleep and randomness. */
  VfsEnvironment environment();
}
