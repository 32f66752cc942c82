package org.libsql4j.pager;

import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.VirtualFileSystem;

/** How to open a pager; start with one of the static methods and change what should differ. */
public final class PagerOptions {
  /** Size of the pages of a new database. */
  public static final int DEFAULT_PAGE_SIZE_BYTES = 4096;

  /** Default of {@code PRAGMA cache_size}: 2,000 KiB. */
  public static final int DEFAULT_CACHE_SIZE = -2000;

  final VirtualFileSystem vfs;
  final @Nullable String path;
  final boolean memory;
  boolean readOnly;
  boolean create = true;
  boolean immutable;
  boolean noLock;
  boolean memoryJournal;
  @Nullable Boolean powersafeOverwrite;
  @Nullable String permissionsOf;
  boolean readOnlySharedMemory;
  int pageSizeBytes = DEFAULT_PAGE_SIZE_BYTES;
  int cacheSize = DEFAULT_CACHE_SIZE;
  @Nullable PageReinitializer reinitializer;
  @Nullable BusyHandler busyHandler;
  @Nullable WriteAheadLogProvider writeAheadLogProvider;
  @Nullable PageCodec codec;

  private PagerOptions(VirtualFileSystem vfs, @Nullable String path, boolean memory) {
    this.vfs = vfs;
    this.path = path;
    this.memory = memory;
  }

  /** A database in a file; {@code path} need not be absolute. */
  public static PagerOptions file(VirtualFileSystem vfs, String path) {
    return new PagerOptions(vfs, path, false);
  }

  /** A private database in memory. */
  public static PagerOptions memory(VirtualFileSystem vfs) {
    return new PagerOptions(vfs, null, true);
  }

  /** A private database in a temporary file that is made when the cache is full. */
  public static PagerOptions temporary(VirtualFileSystem vfs) {
    return new PagerOptions(vfs, null, false);
  }

  /** Open for reading only. */
  public PagerOptions readOnly(boolean value) {
    readOnly = value;
    return this;
  }

  /** Create the file if it does not exist; true unless changed. */
  public PagerOptions create(boolean value) {
    create = value;
    return this;
  }

  /** Nobody changes the file: read without locks and journal checks. */
  public PagerOptions immutable(boolean value) {
    immutable = value;
    return this;
  }

  /** Take no locks; the caller guarantees that nobody else uses the file. */
  public PagerOptions noLock(boolean value) {
    noLock = value;
    return this;
  }

  /** Begin with the journal in memory: the database is not safe from a crash anyway. */
  public PagerOptions memoryJournal(boolean value) {
    memoryJournal = value;
    return this;
  }

  /** What to believe of the device, see DatabaseFile#setPowersafeOverwrite; null for its word. */
  public PagerOptions powersafeOverwrite(@Nullable Boolean value) {
    powersafeOverwrite = value;
    return this;
  }

  /** A file whose permissions the database gets if it is created, or null. */
  public PagerOptions permissionsOf(@Nullable String path) {
    permissionsOf = path;
    return this;
  }

  /** Neither create nor write the shared memory of a write-ahead log; a log can be read then. */
  public PagerOptions readOnlySharedMemory(boolean value) {
    readOnlySharedMemory = value;
    return this;
  }

  /** Page size of a new database in bytes, a power of two from 512 to 65536. */
  public PagerOptions pageSizeBytes(int value) {
    pageSizeBytes = value;
    return this;
  }

  /** Size of the cache in pages, or in KiB if negative. */
  public PagerOptions cacheSize(int value) {
    cacheSize = value;
    return this;
  }

  /** Told when a rollback replaces the content of a pinned page. */
  public PagerOptions reinitializer(PageReinitializer value) {
    reinitializer = value;
    return this;
  }

  /** What to do when a lock is taken; none means to give up at once. */
  public PagerOptions busyHandler(@Nullable BusyHandler value) {
    busyHandler = value;
    return this;
  }

  /** How pages are stored; null for as they are. Not for databases in memory. */
  public PagerOptions codec(@Nullable PageCodec value) {
    codec = value;
    return this;
  }

  /** Where write-ahead logs come from. */
  public PagerOptions writeAheadLogProvider(@Nullable WriteAheadLogProvider value) {
    writeAheadLogProvider = value;
    return this;
  }
}
