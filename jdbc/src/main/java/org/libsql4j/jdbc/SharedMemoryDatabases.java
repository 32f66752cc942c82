package org.libsql4j.jdbc;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * Databases in memory that all connections by one name share. Such a database lives as long as
 * somebody has a connection to it.
 */
final class SharedMemoryDatabases {
  private static final Map<String, WeakReference<MemoryVfs>> BY_NAME = new ConcurrentHashMap<>();

  private SharedMemoryDatabases() {}

  /** The file system that holds the database of a name, and nothing else. */
  static VirtualFileSystem named(String name) {
    BY_NAME.values().removeIf(reference -> reference.get() == null);
    while (true) {
      WeakReference<MemoryVfs> reference =
          BY_NAME.compute(
              name,
              (key, known) ->
                  known != null && known.get() != null
                      ? known
                      : new WeakReference<>(new MemoryVfs()));
      MemoryVfs vfs = reference.get();
      if (vfs != null) {
        return vfs;
      }
    }
  }
}
