package org.libsql4j.vdbe;

import java.util.Locale;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.WalCheckpoints;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.CheckpointResult;
import org.libsql4j.pager.JournalMode;
import org.libsql4j.pager.Pager;

/** JournalMode and Checkpoint. */
final class JournalOps {
  private JournalOps() {}

  /** P1 of Checkpoint that means all databases. */
  static final int ALL_DATABASES = 12;

  /**
   * JournalMode: database P1 goes over to mode P3 if it can; r[P2] becomes the name of its mode.
   */
  static void journalMode(Vdbe vdbe, Op op) {
    Btree btree = vdbe.connection.database(op.p1).btree();
    Pager pager = btree.pager();
    JournalMode old = pager.journalMode();
    JournalMode wanted = op.p3 < 0 ? old : JournalMode.values()[op.p3];
    if (!pager.okToChangeJournalMode()) {
      wanted = old;
    }
    if (wanted == JournalMode.WAL && (pager.fileName().isEmpty() || !pager.isWalSupported())) {
      wanted = old;
    }
    if (wanted != old && (wanted == JournalMode.WAL || old == JournalMode.WAL)) {
      changeToOrFromWal(vdbe.connection, btree, old, wanted);
    }
    pager.setJournalMode(wanted);
    vdbe.mem[op.p2].setText(pager.journalMode().name().toLowerCase(Locale.ROOT));
    vdbe.mem[op.p2].changeEncoding(vdbe.connection.encoding);
  }

  private static void changeToOrFromWal(
      ConnectionState connection, Btree btree, JournalMode old, JournalMode wanted) {
    if (!connection.autoCommit || connection.transactions().activeReaders > 1) {
      throw new LibsqlException(
          ResultCode.ERROR,
          "cannot change "
              + (wanted == JournalMode.WAL ? "into" : "out of")
              + " wal mode from within a transaction");
    }
    Pager pager = btree.pager();
    if (old == JournalMode.WAL) {
      pager.closeWal();
      pager.setJournalMode(wanted);
    } else if (old == JournalMode.MEMORY) {
      pager.setJournalMode(JournalMode.OFF);
    }
    btree.setVersion(wanted == JournalMode.WAL ? 2 : 1);
  }

  /** Checkpoint: database P1, or all; P2 is the mode; three registers from P3 get the result. */
  static void checkpoint(Vdbe vdbe, Op op) {
    ConnectionState connection = vdbe.connection;
    CheckpointMode mode = CheckpointMode.values()[op.p2];
    CheckpointResult shown = new CheckpointResult(false, -1, -1);
    boolean busy = false;
    boolean first = true;
    for (int i = 0; i < connection.databases().size(); i++) {
      AttachedDatabase database = connection.database(i);
      Btree btree = database.btreeOrNull();
      if (btree == null || (op.p1 != i && op.p1 < ALL_DATABASES)) {
        continue;
      }
      CheckpointResult result = checkpoint(connection, i, mode);
      busy |= result.busy();
      if (first) {
        shown = result;
        first = false;
      }
    }
    vdbe.mem[op.p3].setInteger(busy ? 1 : 0);
    vdbe.mem[op.p3 + 1].setInteger(shown.logFrames());
    vdbe.mem[op.p3 + 2].setInteger(shown.checkpointedFrames());
  }

  private static CheckpointResult checkpoint(
      ConnectionState connection, int database, CheckpointMode mode) {
    try {
      return WalCheckpoints.run(connection, database, mode);
    } catch (LibsqlException e) {
      if (e.resultCode().primary() == ResultCode.BUSY) {
        return new CheckpointResult(true, -1, -1);
      }
      throw e;
    }
  }
}
