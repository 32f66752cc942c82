package org.libsql4j.vfs;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Databases in memory: SQLite's "memdb".
 *
 * <p>All who open a name that begins with a slash or backslash share one database, as long as
 * somebody has it open; with any other name everybody has his own. Locks are those of files, so
 * that a writer must wait for readers before it commits. There is no shared memory, hence no
 * write-ahead log unless under an exclusive lock.
 *
 * <p>Source: <a href="https://www.sqlite.org/inmemorydb.html">In-Memory Databases</a>.
 */
public final class MemdbVfs implements VirtualFileSystem {
  /** What it is called in URIs. */
  public static final String NAME = "memdb";

  /** How large a database may grow unless another limit is given: 1 GiB. */
  public static final long DEFAULT_MAX_BYTES = 1L << 30;

  private static final int SECTOR_SIZE_BYTES = 1024;
  private static final int CHARACTERISTICS =
      DeviceCharacteristics.POWERSAFE_OVERWRITE
          | DeviceCharacteristics.SAFE_APPEND
          | DeviceCharacteristics.SEQUENTIAL;
  private static final MemdbVfs INSTANCE = new MemdbVfs(null, false);

  private static final class Shared {
    final MemoryContent content = new MemoryContent();
    int users;
  }

  private final ReentrantLock mutex = new ReentrantLock();
  private final Map<String, Shared> sharedByName = new HashMap<>();
  private final @Nullable MemoryContent only;
  private final boolean readOnly;

  private MemdbVfs(@Nullable MemoryContent only, boolean readOnly) {
    this.only = only;
    this.readOnly = readOnly;
  }

  /** The one that {@code vfs=memdb} means. */
  public static MemdbVfs instance() {
    return INSTANCE;
  }

  /**
   * One that holds a single database under any name.
   *
   * @param bytes its content, copied
   * @param readOnly it cannot be changed
   * @param maxBytes how large it may grow
   */
  public static MemdbVfs holding(byte[] bytes, boolean readOnly, long maxBytes) {
    MemoryContent content = new MemoryContent();
    content.write(0, bytes, 0, bytes.length);
    content.maxBytes = Math.max(maxBytes, bytes.length);
    return new MemdbVfs(content, readOnly);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public VfsEnvironment environment() {
    return VfsEnvironment.system();
  }

  @Override
  public DatabaseFile open(@Nullable String path, OpenOptions options) {
    boolean readsOnly = !options.writable();
    if (path != null && options.kind() == FileKind.MAIN_DB) {
      if (only != null) {
        return file(only, readsOnly || readOnly, () -> {});
      }
      if (isShared(path)) {
        return file(join(path, options), readsOnly, () -> leave(path));
      }
    }
    MemoryContent content = new MemoryContent();
    content.maxBytes = DEFAULT_MAX_BYTES;
    return file(content, readsOnly, () -> {});
  }

  private static MemoryFile file(MemoryContent content, boolean readOnly, Runnable onClose) {
    return new MemoryFile(content, readOnly, SECTOR_SIZE_BYTES, CHARACTERISTICS, false, onClose);
  }

  private static boolean isShared(String path) {
    return path.length() > 1 && (path.charAt(0) == '/' || path.charAt(0) == '\\');
  }

  private MemoryContent join(String path, OpenOptions options) {
    mutex.lock();
    try {
      Shared shared = sharedByName.get(path);
      if (shared == null) {
        if (!options.create() && !options.writable()) {
          throw new LibsqlException(ResultCode.CANTOPEN);
        }
        shared = new Shared();
        shared.content.maxBytes = DEFAULT_MAX_BYTES;
        sharedByName.put(path, shared);
      }
      shared.users++;
      return shared.content;
    } finally {
      mutex.unlock();
    }
  }

  private void leave(String path) {
    mutex.lock();
    try {
      Shared shared = sharedByName.get(path);
      if (shared != null && --shared.users == 0) {
        sharedByName.remove(path);
      }
    } finally {
      mutex.unlock();
    }
  }

  /** Journals are private to those who write them, and gone when they are closed. */
  @Override
  public void delete(String path, boolean syncDirectory) {}

  @Override
  public boolean exists(String path) {
    return false;
  }

  @Override
  public boolean isWritable(String path) {
    return true;
  }

  @Override
  public String fullPathname(String path) {
    return path;
  }
}
