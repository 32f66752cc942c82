package org.libsql4j.pager;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.SyncMode;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * What the parts of a pager share: its state, its sizes, and each other.
 *
 * <p>A field that only one part changes says so; the others are settings.
 */
final class PagerCore {
  /** Offset in page 1 of what tells whether the file changed: change counter and what follows. */
  static final int FILE_VERSION_OFFSET = 24;

  static final int FILE_VERSION_BYTES = 16;

  final VirtualFileSystem vfs;

  /** Full name, empty for memory and temporary databases. */
  final String path;

  final boolean memory;

  /**
   * Private to this connection: no locks, no syncs, no hot journal, and the cache is valid for
   * ever. Also set for immutable files.
   */
  final boolean temporary;

  private final boolean readOnlySharedMemory;

  final PageCache cache;
  final PageCoding coding;
  final @Nullable PageReinitializer reinitializer;

  final PagerLocking locking;
  final RollbackJournal journal;
  final JournalPlayback playback;
  final SavepointStack savepoints;
  final PageReader reader;
  final PageWriter writer;
  final DatabaseFileWriter fileWriter;
  final TransactionEnd transactionEnd;
  final ReadTransaction readTransaction;
  final WalLink wal;
  final OptimisticWrites optimistic;

  PagerState state = PagerState.OPEN;

  /** Why the state is ERROR; null in all other states. */
  @Nullable LibsqlException failure;

  /** Null for memory databases and for temporary ones that never needed it. */
  @Nullable DatabaseFile file;

  boolean readOnly;
  int pageSize;
  int reservedBytes;

  /** Pages in the database, with the changes of this transaction. */
  int databaseSize;

  /**
   * Whether {@link #databaseSize} is the file's as long as nobody else changes it: the last
   * transaction, or the one under way, does nothing but read, or the last one was committed.
   */
  boolean sizeIsKnown;

  /** Pages in the database when the write transaction began. */
  int originalSize;

  /** Pages in the file; set by {@link DatabaseFileWriter} and when a transaction begins. */
  int fileSize;

  /** Largest permitted size in pages. */
  long maxPageCount = Pager.MAX_PAGE_COUNT;

  /** Bytes 24..39 of page 1 as last read or written: what the cache is valid for. */
  final byte[] fileVersion = new byte[FILE_VERSION_BYTES];

  int dataVersion = 1;

  JournalMode journalMode = JournalMode.DELETE;
  boolean exclusiveMode;
  boolean subjournalInMemory;

  /** Null to sync nothing. */
  @Nullable SyncMode syncMode = SyncMode.NORMAL;

  /** Sync the journal's records before the header that counts them. */
  boolean fullSync = true;

  /** Sync the directory after the journal was deleted. */
  boolean extraSync;

  WalSync walSync = new WalSync(SyncMode.NORMAL, SyncMode.NORMAL);

  final PageWriteListeners listeners = new PageWriteListeners();

  PagerCore(PagerOptions options, String path) {
    this.vfs = options.vfs;
    this.path = path;
    this.memory = options.memory;
    this.temporary = path.isEmpty() || options.immutable;
    this.readOnly = options.readOnly || options.immutable;
    this.readOnlySharedMemory = options.readOnlySharedMemory;
    this.pageSize = options.pageSizeBytes;
    this.reinitializer = options.reinitializer;
    this.cache = new PageCache(pageSize, vfs.environment().allocator());
    cache.setCacheSize(options.cacheSize);
    cache.setEvicting(!memory);
    this.coding = new PageCoding(this, options.codec);
    this.reservedBytes = coding.reservedBytes();
    this.locking = new PagerLocking(this, options);
    this.journal = new RollbackJournal(this);
    this.playback = new JournalPlayback(this);
    this.savepoints = new SavepointStack(this);
    this.reader = new PageReader(this);
    this.writer = new PageWriter(this);
    this.fileWriter = new DatabaseFileWriter(this);
    this.transactionEnd = new TransactionEnd(this);
    this.readTransaction = new ReadTransaction(this);
    this.wal = new WalLink(this, options.writeAheadLogProvider);
    this.optimistic = new OptimisticWrites(this);
    if (temporary) {
      exclusiveMode = true;
      state = PagerState.READER;
      syncMode = null;
      fullSync = false;
      walSync = new WalSync(null, null);
    }
    if (memory || options.memoryJournal) {
      journalMode = JournalMode.MEMORY;
    }
  }

  /** The database file where there must be one. */
  DatabaseFile openFile() {
    DatabaseFile present = file;
    if (present == null) {
      throw new LibsqlException(ResultCode.INTERNAL, "the database has no file");
    }
    return present;
  }

  long offsetOf(int pageNumber) {
    return (long) (pageNumber - 1) * pageSize;
  }

  /** The page that holds the lock bytes. */
  int lockBytePage() {
    return (int) Math.min(vfs.pendingByte() / pageSize + 1, Integer.MAX_VALUE);
  }

  /** Throws if the state is ERROR. */
  void checkUsable() {
    LibsqlException cause = failure;
    if (cause != null) {
      throw new LibsqlException(cause.resultCode(), cause.getMessage(), cause);
    }
  }

  /**
   * Notes a failure that leaves cache and file out of step: full disk and I/O errors make the pager
   * unusable until all pages are released. Returns its argument to be thrown.
   */
  LibsqlException failed(LibsqlException e) {
    ResultCode primary = e.resultCode().primary();
    if (primary == ResultCode.IOERR || primary == ResultCode.FULL) {
      enterError(e);
    }
    return e;
  }

  void enterError(LibsqlException e) {
    failure = e;
    state = PagerState.ERROR;
  }

  /** Forgets all cached pages because the file is or may be another one now. */
  void resetCache() {
    changedByOthers();
    sizeIsKnown = false;
    cache.truncate(0);
  }

  /** Notes that the database is not the one of the last transaction. */
  void changedByOthers() {
    dataVersion++;
    listeners.restart();
  }

  void rememberFileVersion(byte[] page1) {
    System.arraycopy(page1, FILE_VERSION_OFFSET, fileVersion, 0, FILE_VERSION_BYTES);
  }

  /** Makes sure that no file version equals the remembered one. */
  void forgetFileVersion() {
    Arrays.fill(fileVersion, (byte) 0xFF);
  }

  /** Tells the B-tree that the bytes of a cached page were replaced. */
  void contentReplaced(Page page) {
    if (page.pinCount > 0 && reinitializer != null) {
      reinitializer.contentReplaced(page);
    } else {
      page.extra = null;
    }
  }

  /** Size of the database in pages as the file or the log has it. */
  int storedPageCount() {
    int fromLog = wal.databaseSize();
    if (fromLog > 0 || file == null) {
      return fromLog;
    }
    long pages = (openFile().size() + pageSize - 1) / pageSize;
    if (pages > Integer.MAX_VALUE) {
      throw new LibsqlException(ResultCode.CORRUPT);
    }
    maxPageCount = Math.max(maxPageCount, pages);
    return (int) pages;
  }

  /** Changes the page size; nothing may be pinned. */
  void changePageSize(int newPageSize) {
    long bytes = state != PagerState.OPEN && file != null ? openFile().size() : 0;
    resetCache();
    databaseSize = (int) Math.min((bytes + newPageSize - 1) / newPageSize, Integer.MAX_VALUE);
    pageSize = newPageSize;
    cache.setPageSize(newPageSize);
  }

  /** Opens the database file and learns what its device is like. */
  void openDatabaseFile(PagerOptions options) {
    boolean creates = options.create && !readOnly;
    String model = options.permissionsOf;
    String takenFrom = creates && model != null && !vfs.exists(path) ? model : null;
    DatabaseFile opened =
        vfs.open(
            path,
            new OpenOptions(FileKind.MAIN_DB, !readOnly, creates, false, false)
                .withReadOnlySharedMemory(readOnlySharedMemory));
    file = opened;
    if (takenFrom != null) {
      vfs.copyPermissions(takenFrom, path);
    }
    if (options.powersafeOverwrite != null) {
      opened.setPowersafeOverwrite(options.powersafeOverwrite);
    }
    readOnly |= opened.isReadOnly();
    journal.useDeviceSectorSize();
    if (temporary) {
      databaseSize = storedPageCount();
    }
  }

  void setSynchronous(Synchronous level, boolean fullFsync, boolean checkpointFullFsync) {
    if (temporary) {
      return;
    }
    fullSync = level.compareTo(Synchronous.FULL) >= 0;
    extraSync = level == Synchronous.EXTRA;
    if (level == Synchronous.OFF) {
      syncMode = null;
      walSync = new WalSync(null, null);
      return;
    }
    SyncMode mode = fullFsync ? SyncMode.FULL : SyncMode.NORMAL;
    syncMode = mode;
    walSync = new WalSync(fullSync ? mode : null, checkpointFullFsync ? SyncMode.FULL : mode);
  }
}
