package org.libsql4j.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.libsql4j.btree.Btree;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.JournalMode;
import org.libsql4j.pager.SuperJournal;
import org.libsql4j.pager.Synchronous;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * Commits the databases of a connection together.
 *
 * <p>One file is committed by its own journal. For several, a super-journal is written that names
 * their journals, and each journal names the super-journal: deleting the super-journal is the
 * moment of commit, because a journal whose super-journal is gone is not hot.
 *
 * <p>Source: <a href="https://www.sqlite.org/atomiccommit.html#_multi_file_commit">Multi-file
 * Commit</a>.
 */
final class MultiFileCommit {
  private final ConnectionState connection;

  MultiFileCommit(ConnectionState connection) {
    this.connection = connection;
  }

  void commit() {
    List<AttachedDatabase> databases = connection.databases();
    for (int i = 0; i < databases.size(); i++) {
      if (databases.get(i).isInTransaction()) {
        commitWriters();
        return;
      }
    }
    endReading();
  }

  /** Nothing was written: the snapshots are given back, unless other statements still read. */
  private void endReading() {
    int otherReaders = connection.transactions().otherReaders();
    List<AttachedDatabase> databases = connection.databases();
    for (int i = 0; i < databases.size(); i++) {
      Btree btree = databases.get(i).btreeOrNull();
      if (btree != null && btree.isInReadTransaction()) {
        btree.setActiveReaderCount(otherReaders);
        btree.commitPhaseTwo(false);
      }
    }
  }

  private void commitWriters() {
    connection.transactions().committedToLog = true;
    List<Btree> open = new ArrayList<>(4);
    int needingSuperJournal = 0;
    for (AttachedDatabase database : connection.databases()) {
      Btree btree = database.btreeOrNull();
      if (btree == null) {
        continue;
      }
      open.add(btree);
      if (btree.isInTransaction()) {
        if (needsSuperJournal(database, btree)) {
          needingSuperJournal++;
        }
        btree.pager().exclusiveLock();
      }
    }
    askCommitHook();
    int otherReaders = connection.transactions().otherReaders();
    for (Btree btree : open) {
      btree.setActiveReaderCount(otherReaders);
    }
    prepareEach(open);
    if (needingSuperJournal <= 1 || connection.main().btree().fileName().isEmpty()) {
      commitEach(open);
    } else {
      commitTogether(open);
    }
  }

  /** Optimistic transactions that have lost fail before anything is written to another file. */
  private static void prepareEach(List<Btree> open) {
    boolean done = false;
    try {
      for (Btree btree : open) {
        btree.prepareCommit();
      }
      done = true;
    } finally {
      for (int i = 0; !done && i < open.size(); i++) {
        open.get(i).cancelCommit();
      }
    }
  }

  private static boolean needsSuperJournal(AttachedDatabase database, Btree btree) {
    if (database.synchronous == Synchronous.OFF || btree.pager().isTemporary()) {
      return false;
    }
    JournalMode mode = btree.pager().journalMode();
    return mode == JournalMode.DELETE
        || mode == JournalMode.PERSIST
        || mode == JournalMode.TRUNCATE;
  }

  private void askCommitHook() {
    BooleanSupplier hook = connection.hooks().commit();
    if (hook != null && hook.getAsBoolean()) {
      throw new LibsqlException(ResultCode.CONSTRAINT_COMMITHOOK);
    }
  }

  private static void commitEach(List<Btree> open) {
    for (Btree btree : open) {
      btree.commitPhaseOne(null);
    }
    for (Btree btree : open) {
      btree.commitPhaseTwo(false);
    }
  }

  private void commitTogether(List<Btree> open) {
    VirtualFileSystem vfs = connection.opener().vfs();
    List<String> journals = new ArrayList<>();
    for (Btree btree : open) {
      if (btree.isInTransaction() && !btree.journalName().isEmpty()) {
        journals.add(btree.journalName());
      }
    }
    String name = SuperJournal.create(vfs, connection.main().btree().fileName(), journals, true);
    // If this fails, the super-journal must outlive the rollback: without it the journals are void,
    // and files that are changed already could not be restored. The last rollback deletes it.
    for (Btree btree : open) {
      btree.commitPhaseOne(btree.isInTransaction() ? name : null);
    }
    vfs.delete(name, true);
    // The transaction is committed; whatever goes wrong now is repaired by the next reader.
    for (Btree btree : open) {
      btree.commitPhaseTwo(true);
    }
  }
}
