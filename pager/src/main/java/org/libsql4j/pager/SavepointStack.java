package org.libsql4j.pager;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.FileKind;

/**
 * Open savepoints and the statement journal.
 *
 * <p>To go back to a savepoint one needs the content that each page had then. For a page whose
 * first record came into the rollback journal afterwards, that record has it. For a page that was
 * in the rollback journal already, a record is put into the statement journal before its first
 * change within the savepoint.
 *
 * <p>Record of the statement journal: page number (4 bytes), page.
 */
final class SavepointStack {
  private static final class Savepoint {
    /** Where the rollback journal ended. */
    long journalOffset;

    /** Where its segment that was open then ended, 0 while it has not. */
    long segmentEnd;

    /** Pages that need no record in the statement journal for this savepoint. */
    final PageSet recorded = new PageSet();

    int databaseSize;
    int firstSubRecord;

    /** No savepoint around this one needs the records made since. */
    boolean truncateOnRelease;

    final int[] walState = new int[WriteAheadLog.SAVEPOINT_INTS];
  }

  private final PagerCore core;

  /** The first {@link #count} are open; the others are kept to be used again. */
  private final List<Savepoint> savepoints = new ArrayList<>();

  private int count;
  private @Nullable SpillingFile subjournal;
  private int subRecordCount;
  private byte[] buffer = new byte[0];
  private final PageSet done = new PageSet();

  SavepointStack(PagerCore core) {
    this.core = core;
  }

  int count() {
    return count;
  }

  void open(int wanted) {
    while (count < wanted) {
      if (count == savepoints.size()) {
        savepoints.add(new Savepoint());
      }
      Savepoint savepoint = savepoints.get(count);
      savepoint.databaseSize = core.databaseSize;
      savepoint.journalOffset =
          core.journal.isOpen() && core.journal.offset() > 0
              ? core.journal.offset()
              : core.journal.sectorSize();
      savepoint.segmentEnd = 0;
      savepoint.firstSubRecord = subRecordCount;
      savepoint.truncateOnRelease = true;
      savepoint.recorded.clear();
      if (core.wal.isInUse()) {
        core.wal.log().savepoint(savepoint.walState);
      }
      count++;
    }
  }

  void apply(SavepointOperation operation, int index) {
    if (index >= count) {
      return;
    }
    if (operation == SavepointOperation.RELEASE) {
      release(index);
    } else {
      count = index + 1;
      if (core.wal.isInUse() || core.journal.isOpen()) {
        rollBackTo(index < 0 ? null : savepoints.get(index));
      }
    }
  }

  private void release(int index) {
    count = index;
    Savepoint released = savepoints.get(index);
    if (released.truncateOnRelease && subjournal != null) {
      subRecordCount = released.firstSubRecord;
      if (subRecordCount == 0) {
        subjournal.truncate(0);
      }
    }
  }

  /** Forgets all savepoints and the statement journal. */
  void releaseAll() {
    count = 0;
    subRecordCount = 0;
    SpillingFile file = subjournal;
    if (file != null) {
      file.truncate(0);
    }
  }

  void close() {
    releaseAll();
    if (subjournal != null) {
      subjournal.close();
      subjournal = null;
    }
  }

  // ---- recording

  /** The rollback journal's current segment ends here. */
  void journalSegmentEnds(long offset) {
    for (int i = 0; i < count; i++) {
      Savepoint savepoint = savepoints.get(i);
      if (savepoint.segmentEnd == 0) {
        savepoint.segmentEnd = offset;
      }
    }
  }

  /** The page has a record that all open savepoints can use, or needs none. */
  void pageRecorded(int pageNumber) {
    for (int i = 0; i < count; i++) {
      Savepoint savepoint = savepoints.get(i);
      if (pageNumber <= savepoint.databaseSize) {
        savepoint.recorded.add(pageNumber);
      }
    }
  }

  /** Puts a page that is about to change into the statement journal, if a savepoint needs it. */
  void recordIfRequired(Page page) {
    if (count > 0 && isRequired(page.pageNumber)) {
      record(page);
    }
  }

  private boolean isRequired(int pageNumber) {
    for (int i = 0; i < count; i++) {
      Savepoint savepoint = savepoints.get(i);
      if (pageNumber <= savepoint.databaseSize && !savepoint.recorded.contains(pageNumber)) {
        for (int inner = i + 1; inner < count; inner++) {
          savepoints.get(inner).truncateOnRelease = false;
        }
        return true;
      }
    }
    return false;
  }

  private void record(Page page) {
    if (core.journalMode != JournalMode.OFF) {
      int bytes = recordBytes();
      if (buffer.length < bytes) {
        buffer = new byte[bytes];
      }
      BigEndianBytes.putInt(buffer, 0, page.pageNumber);
      core.coding.encodeTo(page.pageNumber, page.data, 0, buffer, 4);
      openSubjournal().write((long) subRecordCount * bytes, buffer, 0, bytes);
    }
    subRecordCount++;
    pageRecorded(page.pageNumber);
  }

  private int recordBytes() {
    return core.pageSize + JournalFormat.SUB_RECORD_OVERHEAD_BYTES;
  }

  private DatabaseFile openSubjournal() {
    SpillingFile file = subjournal;
    if (file == null) {
      boolean inMemory =
          core.memory || core.journalMode == JournalMode.MEMORY || core.subjournalInMemory;
      file =
          new SpillingFile(
              core.vfs, FileKind.SUBJOURNAL, inMemory ? -1 : SpillingFile.DEFAULT_LIMIT_BYTES);
      subjournal = file;
    }
    return file;
  }

  // ---- going back

  /**
   * @param target where to go back to; null for the beginning of the transaction
   */
  private void rollBackTo(@Nullable Savepoint target) {
    RollbackJournal journal = core.journal;
    core.databaseSize = target != null ? target.databaseSize : core.originalSize;
    core.writer.changeCounterReset();
    if (target == null && core.wal.isInUse()) {
      core.wal.rollBackAll();
      return;
    }
    done.clear();
    PageSet restored = target != null ? done : null;
    long end = journal.offset();
    try {
      if (!core.wal.isInUse()) {
        playMainJournal(target, restored, end);
      }
    } finally {
      journal.setOffset(end); // Also after a failure: the whole transaction is rolled back then.
    }
    if (target != null) {
      playSubjournal(target);
      if (core.wal.isInUse()) {
        // Last: if something fails before, the log still tells which pages to forget.
        core.wal.log().savepointUndo(target.walState);
      }
    }
  }

  private void playMainJournal(@Nullable Savepoint target, @Nullable PageSet restored, long end) {
    RollbackJournal journal = core.journal;
    DatabaseFile file = journal.openFile();
    if (target != null) {
      long segmentEnd = target.segmentEnd != 0 ? target.segmentEnd : end;
      journal.setOffset(target.journalOffset);
      playRecords(file, segmentEnd, Long.MAX_VALUE, restored);
    } else {
      journal.setOffset(0);
    }
    while (journal.offset() < end && core.playback.readHeader(file, end, false)) {
      playRecords(file, end, core.playback.recordsInSegment(end, false), restored);
    }
  }

  private void playRecords(DatabaseFile file, long end, long records, @Nullable PageSet restored) {
    RollbackJournal journal = core.journal;
    for (long i = 0; i < records && journal.offset() + journal.recordBytes() <= end; i++) {
      long offset = journal.offset();
      journal.setOffset(offset + journal.recordBytes());
      core.playback.playRecord(file, offset, restored, true, true);
    }
  }

  private void playSubjournal(Savepoint target) {
    SpillingFile file = subjournal;
    if (file == null) {
      return;
    }
    for (int i = target.firstSubRecord; i < subRecordCount; i++) {
      core.playback.playRecord(file, (long) i * recordBytes(), done, false, true);
    }
  }
}
