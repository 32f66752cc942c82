package org.libsql4j.pager;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.DeviceCharacteristics;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.MemoryFile;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.SyncMode;

/**
 * The rollback journal of this connection's write transaction: writes it, syncs it, ends it.
 *
 * <p>Owns the journal's file, the write position, and the set of pages that are in it. {@link
 * JournalPlayback} reads it. Format: {@link JournalFormat}.
 *
 * <p>Invariant: a page that existed when the transaction began is written to the database file only
 * after its record, and the header that counts it, are on disk (unless {@code synchronous} is OFF).
 */
final class RollbackJournal {
  private final PagerCore core;

  /** Name of the file, empty if it has none. */
  private final String name;

  private @Nullable DatabaseFile file;

  /** Kept from one transaction to the next, so that in-memory journals cost no allocation. */
  private @Nullable MemoryFile memoryFile;

  /** Pages that need no record any more; null while no journal is being written. */
  private @Nullable PageSet recorded;

  private final PageSet recordedSet = new PageSet();

  /** Whether there was something in the file when the transaction began. */
  private boolean mayHaveOldRecords;

  /** Where the next record goes. Everything before belongs to this transaction. */
  private long offset;

  /** Up to here all is synced, or need not be. */
  private long syncedOffset;

  /** Whether a header that has no magic yet is at {@link #syncedOffset}. */
  private boolean hasOpenSegment;

  private int recordCount;
  private int checksumSeed;
  private int sectorSize = 512;
  private long sizeLimit = -1;
  private boolean hasSuperJournal;
  private byte[] buffer = new byte[0];
  private final byte[] seedBytes = new byte[4];

  RollbackJournal(PagerCore core) {
    this.core = core;
    this.name = core.path.isEmpty() ? "" : core.path + "-journal";
  }

  // ---- facts

  boolean isOpen() {
    return file != null;
  }

  DatabaseFile openFile() {
    DatabaseFile present = file;
    if (present == null) {
      throw new LibsqlException(ResultCode.INTERNAL, "the journal is not open");
    }
    return present;
  }

  long offset() {
    return offset;
  }

  void setOffset(long value) {
    offset = value;
  }

  long syncedOffset() {
    return syncedOffset;
  }

  /** The file was left by somebody else: all of it is as good as synced. */
  void treatAsSynced() {
    syncedOffset = openFile().size();
    hasOpenSegment = false;
  }

  /** Whether the segment with its header at this offset is this connection's, and not synced. */
  boolean isOpenSegment(long headerOffset) {
    return hasOpenSegment && headerOffset == syncedOffset;
  }

  void setChecksumSeed(int seed) {
    checksumSeed = seed;
  }

  int checksumSeed() {
    return checksumSeed;
  }

  int sectorSize() {
    return sectorSize;
  }

  void setSectorSize(int bytes) {
    sectorSize = bytes;
  }

  /** Takes the sector size from the device; no file has torn sectors if overwriting is safe. */
  void useDeviceSectorSize() {
    DatabaseFile database = core.file;
    if (core.temporary
        || database == null
        || (database.deviceCharacteristics() & DeviceCharacteristics.POWERSAFE_OVERWRITE) != 0) {
      sectorSize = 512;
      return;
    }
    int size = database.sectorSize();
    sectorSize =
        size < JournalFormat.MINIMUM_SECTOR_SIZE_BYTES
            ? 512
            : Math.min(size, JournalFormat.MAXIMUM_SECTOR_SIZE_BYTES);
  }

  int recordBytes() {
    return core.pageSize + JournalFormat.RECORD_OVERHEAD_BYTES;
  }

  /** Whether {@link #record} has something to do for changes of this transaction. */
  boolean isRecording() {
    return recorded != null;
  }

  /** Whether a page has a record, or needs none. */
  boolean hasRecord(int pageNumber) {
    PageSet pages = recorded;
    return pages == null || pages.contains(pageNumber);
  }

  void markRecorded(int pageNumber) {
    if (recorded != null) {
      recorded.add(pageNumber);
    }
  }

  void unmarkRecorded(int pageNumber) {
    if (recorded != null) {
      recorded.remove(pageNumber);
    }
  }

  long sizeLimit() {
    return sizeLimit;
  }

  void setSizeLimit(long bytes) {
    sizeLimit = Math.max(-1, bytes);
  }

  boolean hasSuperJournal() {
    return hasSuperJournal;
  }

  // ---- writing

  /** Called with the first change of a write transaction; opens the file if it is not open. */
  void start() {
    if (core.wal.isInUse() || core.journalMode == JournalMode.OFF) {
      core.state = PagerState.WRITER_CACHEMOD;
      return;
    }
    boolean done = false;
    try {
      mayHaveOldRecords = true;
      if (file == null) {
        DatabaseFile opened = openForWriting();
        file = opened;
        mayHaveOldRecords = opened.size() > 0;
      }
      recordedSet.clear();
      recorded = recordedSet;
      recordCount = 0;
      offset = 0;
      syncedOffset = 0;
      hasSuperJournal = false;
      writeHeader();
      done = true;
    } finally {
      if (!done) {
        recorded = null;
        offset = 0;
      }
    }
    core.state = PagerState.WRITER_CACHEMOD;
  }

  private DatabaseFile openForWriting() {
    if (core.journalMode == JournalMode.MEMORY || core.memory) {
      MemoryFile kept = memoryFile;
      if (kept == null) {
        kept = MemoryFile.anonymous();
        memoryFile = kept;
      }
      return kept;
    }
    if (core.temporary) {
      return new SpillingFile(core.vfs, FileKind.TEMP_JOURNAL, SpillingFile.DEFAULT_LIMIT_BYTES);
    }
    if (core.openFile().hasMoved()) {
      throw new LibsqlException(ResultCode.READONLY_DBMOVED);
    }
    return core.vfs.open(journalName(), OpenOptions.readWriteCreate(FileKind.MAIN_JOURNAL));
  }

  /** Name of the journal's file, empty if it has none. */
  String journalName() {
    return name;
  }

  /** Opens an existing journal to roll it back. */
  void openExisting() {
    DatabaseFile opened =
        core.vfs.open(journalName(), OpenOptions.readWrite(FileKind.MAIN_JOURNAL));
    if (opened.isReadOnly()) {
      opened.close();
      throw new LibsqlException(ResultCode.CANTOPEN);
    }
    file = opened;
  }

  private boolean isMemory() {
    return file != null && file == memoryFile;
  }

  private boolean isNeverSynced() {
    return core.syncMode == null || isMemory() || (characteristics() & SAFE_APPEND) != 0;
  }

  private static final int SAFE_APPEND = DeviceCharacteristics.SAFE_APPEND;

  private int characteristics() {
    return core.file == null ? 0 : core.openFile().deviceCharacteristics();
  }

  private byte[] scratch(int bytes) {
    if (buffer.length < bytes) {
      buffer = new byte[bytes];
    }
    return buffer;
  }

  /** Starts a segment at the next sector boundary. */
  private void writeHeader() {
    long start = JournalFormat.roundUpToSector(offset, sectorSize);
    byte[] header = scratch(sectorSize);
    Arrays.fill(header, 0, sectorSize, (byte) 0);
    if (isNeverSynced()) {
      JournalFormat.putMagic(header, 0);
      BigEndianBytes.putInt(header, JournalFormat.COUNT_OFFSET, JournalFormat.COUNT_UNKNOWN);
    }
    core.vfs.environment().randomness().nextBytes(seedBytes);
    checksumSeed = BigEndianBytes.getInt(seedBytes, 0);
    BigEndianBytes.putInt(header, JournalFormat.CHECKSUM_SEED_OFFSET, checksumSeed);
    BigEndianBytes.putInt(header, JournalFormat.PAGE_COUNT_OFFSET, core.originalSize);
    BigEndianBytes.putInt(header, JournalFormat.SECTOR_SIZE_OFFSET, sectorSize);
    BigEndianBytes.putInt(header, JournalFormat.PAGE_SIZE_OFFSET, core.pageSize);
    core.savepoints.journalSegmentEnds(offset);
    openFile().write(start, header, 0, sectorSize);
    syncedOffset = start;
    hasOpenSegment = !isNeverSynced();
    offset = start + sectorSize;
  }

  /** Appends the content that a page had before this transaction. */
  void record(Page page) {
    page.flags |= Page.NEED_SYNC;
    int pageSize = core.pageSize;
    byte[] record = scratch(recordBytes());
    BigEndianBytes.putInt(record, 0, page.pageNumber);
    core.coding.encodeTo(page.pageNumber, page.data, 0, record, 4);
    int sum = JournalFormat.checksum(checksumSeed, page.data, 0, pageSize);
    BigEndianBytes.putInt(record, 4 + pageSize, sum);
    openFile().write(offset, record, 0, recordBytes());
    offset += recordBytes();
    recordCount++;
    markRecorded(page.pageNumber);
    core.savepoints.pageRecorded(page.pageNumber);
  }

  /** Appends the name of the super-journal, once. */
  void writeSuperJournalName(@Nullable String name) {
    if (name == null || isMemory() || file == null || hasSuperJournal) {
      return;
    }
    hasSuperJournal = true;
    if (core.fullSync) {
      offset = JournalFormat.roundUpToSector(offset, sectorSize);
    }
    byte[] record = SuperJournal.nameRecord(name, core.lockBytePage());
    openFile().write(offset, record, 0, record.length);
    offset += record.length;
    if (openFile().size() > offset) {
      openFile().truncate(offset); // The name is looked for at the end of the file.
    }
  }

  /**
   * Makes the journal durable, after which the database file may be written; takes EXCLUSIVE first.
   *
   * @param newSegment more records will follow
   */
  void sync(boolean newSegment) {
    core.writer.exclusiveLock();
    SyncMode mode = core.syncMode;
    if (mode != null && file != null && !isMemory()) {
      syncSegment(mode);
      syncedOffset = offset;
      hasOpenSegment = false;
      if (newSegment && (characteristics() & SAFE_APPEND) == 0) {
        recordCount = 0;
        writeHeader();
      }
    } else {
      syncedOffset = offset;
    }
    core.cache.clearNeedSync();
    core.state = PagerState.WRITER_DBMOD;
  }

  private void syncSegment(SyncMode mode) {
    DatabaseFile journal = openFile();
    boolean sequential = (characteristics() & DeviceCharacteristics.SEQUENTIAL) != 0;
    if ((characteristics() & SAFE_APPEND) == 0) {
      spoilStaleHeader(journal);
      if (core.fullSync && !sequential) {
        journal.sync(mode, false);
      }
      byte[] header = scratch(12);
      JournalFormat.putMagic(header, 0);
      BigEndianBytes.putInt(header, JournalFormat.COUNT_OFFSET, recordCount);
      journal.write(syncedOffset, header, 0, 12);
    }
    if (!sequential) {
      journal.sync(mode, mode == SyncMode.FULL);
    }
  }

  /**
   * A persistent journal may hold an older, longer transaction. If one of its headers is where our
   * next one would be, playback would go on with it; its magic is destroyed.
   */
  private void spoilStaleHeader(DatabaseFile journal) {
    if (!mayHaveOldRecords) {
      return;
    }
    long next = JournalFormat.roundUpToSector(offset, sectorSize);
    byte[] magic = scratch(JournalFormat.MAGIC_BYTES);
    int read = journal.read(next, magic, 0, JournalFormat.MAGIC_BYTES);
    if (read < JournalFormat.MAGIC_BYTES) {
      if (journal.size() >= next + JournalFormat.MAGIC_BYTES) {
        throw new LibsqlException(ResultCode.IOERR_SHORT_READ);
      }
    } else if (JournalFormat.hasMagic(magic, 0)) {
      magic[0] = 0;
      journal.write(next, magic, 0, 1);
    }
  }

  // ---- the end

  /**
   * Makes the journal void, in the way of the journal mode: the moment of commit.
   *
   * @param hadSuperJournal cut a persistent journal, because the name at its end must go too
   * @param beforeCut the database file will be cut: pages are lost that a journal which comes back
   *     after a power failure would need, so its end is made durable before
   */
  void end(boolean hadSuperJournal, boolean beforeCut) {
    if (file != null) {
      if (isMemory()) {
        endInMemory();
      } else if (core.journalMode == JournalMode.TRUNCATE) {
        truncate(beforeCut);
        offset = 0;
      } else if (core.journalMode == JournalMode.PERSIST
          || (core.exclusiveMode && core.journalMode != JournalMode.WAL)) {
        zeroHeader(hadSuperJournal || core.temporary);
        offset = 0;
      } else {
        closeAndDelete(beforeCut);
      }
    }
    recorded = null;
    recordCount = 0;
  }

  private void endInMemory() {
    openFile().truncate(0);
    file = null;
    offset = 0;
  }

  private void truncate(boolean durably) {
    if (offset == 0) {
      return;
    }
    openFile().truncate(0);
    SyncMode mode = core.syncMode;
    if ((core.fullSync || durably) && mode != null) {
      // A truncation that is lost in a power failure would roll the transaction back.
      openFile().sync(mode, false);
    }
  }

  private void zeroHeader(boolean cut) {
    if (offset == 0) {
      return;
    }
    DatabaseFile journal = openFile();
    if (cut || sizeLimit == 0) {
      journal.truncate(0);
    } else {
      journal.write(0, new byte[JournalFormat.HEADER_FIELDS_BYTES], 0, 28);
    }
    SyncMode mode = core.syncMode;
    if (mode != null) {
      journal.sync(mode, true);
    }
    if (sizeLimit > 0 && journal.size() > sizeLimit) {
      journal.truncate(sizeLimit);
    }
  }

  private void closeAndDelete(boolean durably) {
    boolean delete = !core.temporary;
    close();
    if (delete) {
      core.vfs.delete(journalName(), core.extraSync || (durably && core.syncMode != null));
    }
  }

  /** Forgets the transaction without touching the file. */
  void forget() {
    recorded = null;
    offset = 0;
    syncedOffset = 0;
    hasOpenSegment = false;
    hasSuperJournal = false;
  }

  /** Ends the use of {@link #hasRecord} while the file stays as it is. */
  void stopRecording() {
    recorded = null;
  }

  /** Closes the file, which stays where it is. */
  void close() {
    DatabaseFile open = file;
    file = null;
    if (open == null) {
      return;
    }
    if (open == memoryFile) {
      open.truncate(0);
    } else {
      open.close();
    }
  }
}
