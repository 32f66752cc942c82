package org.libsql4j.vfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Files in memory, with the same locks as real ones. Names are taken as they are; there are no
 * directories. A file lives until it is deleted, or as long as the object does.
 */
public final class MemoryVfs implements VirtualFileSystem {
  private static final int DEFAULT_SECTOR_SIZE_BYTES = 4096;

  private final Map<String, MemoryContent> files = new ConcurrentHashMap<>();
  private final AtomicLong temporaryCount = new AtomicLong();
  private final VfsEnvironment environment;
  private final long pendingByte;
  private final int sectorSize;
  private final int characteristics;

  /** Without files. */
  public MemoryVfs() {
    this(
        VfsEnvironment.system(),
        DEFAULT_PENDING_BYTE,
        DEFAULT_SECTOR_SIZE_BYTES,
        DeviceCharacteristics.POWERSAFE_OVERWRITE);
  }

  /**
   * @param pendingByte see {@link VirtualFileSystem#pendingByte()}
   * @param sectorSize what {@link DatabaseFile#sectorSize()} says
   * @param characteristics what {@link DatabaseFile#deviceCharacteristics()} says
   */
  public MemoryVfs(
      VfsEnvironment environment, long pendingByte, int sectorSize, int characteristics) {
    this.environment = environment;
    this.pendingByte = pendingByte;
    this.sectorSize = sectorSize;
    this.characteristics = characteristics;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public long pendingByte() {
    return pendingByte;
  }

  @Override
  public VfsEnvironment environment() {
    return environment;
  }

  @Override
  public DatabaseFile open(@Nullable String path, OpenOptions options) {
    String name = path != null ? path : "/temporary/" + temporaryCount.incrementAndGet();
    MemoryContent content = find(name, options);
    Runnable onClose = options.deleteOnClose() ? () -> files.remove(name, content) : () -> {};
    return new MemoryFile(content, !options.writable(), sectorSize, characteristics, true, onClose);
  }

  private MemoryContent find(String name, OpenOptions options) {
    MemoryContent existing = files.get(name);
    if (existing == null && options.create()) {
      MemoryContent created = new MemoryContent();
      existing = files.putIfAbsent(name, created);
      if (existing == null) {
        return created;
      }
    }
    if (existing == null || options.exclusive()) {
      throw new LibsqlException(ResultCode.CANTOPEN);
    }
    return existing;
  }

  @Override
  public void delete(String path, boolean syncDirectory) {
    if (files.remove(path) == null) {
      throw new LibsqlException(ResultCode.IOERR_DELETE_NOENT);
    }
  }

  @Override
  public boolean exists(String path) {
    MemoryContent content = files.get(path);
    return content != null && content.size() > 0;
  }

  @Override
  public boolean isWritable(String path) {
    return files.containsKey(path);
  }

  @Override
  public String fullPathname(String path) {
    return path;
  }

  /** Names of all files, in order. */
  public List<String> paths() {
    return new ArrayList<>(new TreeSet<>(files.keySet()));
  }

  /** All bytes of a file, empty if there is none. */
  public byte[] contentOf(String path) {
    MemoryContent content = files.get(path);
    byte[] bytes = new byte[content == null ? 0 : Math.toIntExact(content.size())];
    if (content != null) {
      content.read(0, bytes, 0, bytes.length);
    }
    return bytes;
  }

  /** Makes a file consist of these bytes, whatever it was before. */
  public void setContent(String path, byte[] bytes) {
    MemoryContent content = files.computeIfAbsent(path, name -> new MemoryContent());
    content.truncate(0);
    content.write(0, bytes, 0, bytes.length);
  }
}
