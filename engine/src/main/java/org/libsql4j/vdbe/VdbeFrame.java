package org.libsql4j.vdbe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteRows;

/**
 * One activation of a program: its registers, cursors and call sites. The statement's own program
 * has one, and each trigger that is running.
 */
final class VdbeFrame {
  final Program program;
  final Op[] ops;

  /** Registers; 0 is not used. */
  final Mem[] mem;

  final @Nullable VdbeCursor[] cursors;

  /** Cursors on trees closed before, to be opened again: a trigger opens the same for each row. */
  private final @Nullable VdbeCursor[] closed;

  /** What an instruction keeps between its executions, by address: call sites, mostly. */
  final @Nullable Object[] sites;

  /** For each Once the number of the run in which it was passed. */
  private final int[] oncePassed;

  /** The rows of a statement that runs on a server, while there may be more. */
  @Nullable RemoteRows remoteRows;

  private int run;

  /** The activation that Program was executed in; null for the statement's own. */
  @Nullable VdbeFrame parent;

  /** Rows that cursors stood at which are closed now. */
  long rowsRead;

  /** Address after the Program instruction in the parent. */
  int returnAddress;

  /** What changes() had counted in the parent, to be restored. */
  long parentChanges;

  long parentConnectionChanges;
  long parentLastInsertRowid;

  VdbeFrame(Program program) {
    this.program = program;
    this.ops = program.ops();
    this.mem = new Mem[program.registerCount() + 1];
    for (int i = 0; i < mem.length; i++) {
      mem[i] = new Mem();
    }
    this.cursors = new VdbeCursor[program.cursorCount()];
    this.closed = new VdbeCursor[program.cursorCount()];
    this.sites = new Object[ops.length];
    this.oncePassed = new int[ops.length];
  }

  /** Forgets what instructions have kept. */
  void forgetSites() {
    Arrays.fill(sites, null);
  }

  /** Begins a run: every Once may be passed once more. */
  void start() {
    run++;
  }

  /** Whether the Once at an address is passed for the first time in this run. */
  boolean passOnce(int address) {
    if (oncePassed[address] == run) {
      return false;
    }
    oncePassed[address] = run;
    return true;
  }

  /** How many rows its cursors have stood at. */
  long rowsRead() {
    long sum = rowsRead;
    for (VdbeCursor cursor : cursors) {
      sum += cursor == null ? 0 : cursor.rowsRead;
    }
    return sum;
  }

  void closeCursors() {
    closeCursorsExcept(-1);
  }

  /**
   * @param kept number of the cursor that stays open; -1 for none
   */
  void closeCursorsExcept(int kept) {
    RemoteRows rows = remoteRows;
    if (rows != null) {
      remoteRows = null;
      rows.close();
    }
    for (int i = 0; i < cursors.length; i++) {
      if (i == kept) {
        continue;
      }
      try {
        closeCursor(i);
      } catch (LibsqlException e) {
        // Only a temporary file is left behind; what the statement did stands.
      }
    }
  }

  void closeCursor(int index) {
    VdbeCursor cursor = cursors[index];
    if (cursor != null) {
      cursors[index] = null;
      rowsRead += cursor.rowsRead;
      cursor.rowsRead = 0;
      cursor.close();
      closed[index] = cursor.isReopenable() ? cursor : null;
    }
  }

  /** The cursor of this number that was closed last, if it can be opened again; else null. */
  @Nullable VdbeCursor takeClosed(int index) {
    VdbeCursor cursor = closed[index];
    closed[index] = null;
    return cursor;
  }
}
