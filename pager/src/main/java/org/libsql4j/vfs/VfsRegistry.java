package org.libsql4j.vfs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * File systems by the names that {@code file:} URIs call them by: {@code file:/x?vfs=NAME}.
 *
 * <p>One for the whole process, as in SQLite. {@code nio} and, for those who know SQLite, {@code
 * unix} and {@code win32} are the files of the operating system; {@code memdb} is memory. Safe for
 * use by many threads.
 */
public final class VfsRegistry {
  private static final Map<String, VirtualFileSystem> BY_NAME = new ConcurrentHashMap<>();

  static {
    for (String name : new String[] {"nio", "unix", "win32"}) {
      BY_NAME.put(name, NioVfs.instance());
    }
    BY_NAME.put(MemdbVfs.NAME, MemdbVfs.instance());
  }

  private VfsRegistry() {}

  /** Adds a file system under its {@linkplain VirtualFileSystem#name() name}, or replaces one. */
  public static void register(VirtualFileSystem vfs) {
    register(vfs.name(), vfs);
  }

  /** Adds a file system under a name, or replaces one. */
  public static void register(String name, VirtualFileSystem vfs) {
    BY_NAME.put(name, vfs);
  }

  /** Takes a name away; files that are open stay so. */
  public static void unregister(String name) {
    BY_NAME.remove(name);
  }

  /** The file system of a name, in the same letter case, or null. */
  public static @Nullable VirtualFileSystem find(String name) {
    return BY_NAME.get(name);
  }
}
