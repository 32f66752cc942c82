package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.TraceListener;
import org.libsql4j.connection.TransactionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.sql.SecretText;

/**
 * What happens when the execution of a statement begins and ends: counting, commit or rollback, and
 * closing the statement journal.
 *
 * <p>The end of an execution decides as follows. Errors after which the pagers' state is not to be
 * trusted (no memory, no space, I/O, interrupt) undo the statement, or the transaction if there is
 * no statement journal. Otherwise the last writer commits in autocommit mode if it succeeded (or
 * failed under OR FAIL), and rolls back if not. Within a transaction the statement's own changes
 * are kept or undone by its statement journal; OR ROLLBACK gives the transaction up.
 */
final class StatementEnd {
  private StatementEnd() {}

  private enum StatementJournal {
    UNDECIDED,
    RELEASE,
    ROLLBACK,
    /** The transaction is over and took the statement journals with it. */
    GONE
  }

  /** Whether a program can open a transaction. */
  static boolean isReader(Program program) {
    // What begins transactions of ordinary statements stands at the end.
    Op[] ops = program.ops();
    for (int i = ops.length - 1; i >= 0; i--) {
      switch (ops[i].opcode) {
        case Opcode.TRANSACTION,
            Opcode.AUTO_COMMIT,
            Opcode.SAVEPOINT,
            Opcode.CHECKPOINT,
            Opcode.VACUUM,
            Opcode.JOURNAL_MODE -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  static void begin(Vdbe vdbe) {
    TransactionState transactions = vdbe.connection.transactions();
    transactions.activeStatements++;
    if (vdbe.isReader()) {
      transactions.activeReaders++;
    }
    if (!vdbe.isReadOnly()) {
      transactions.activeWriters++;
    }
  }

  /**
   * Tells the trace listener of something that starts.
   *
   * @param comment the trigger, or statement of a trigger, as a comment; null for the statement
   */
  static void trace(Vdbe vdbe, @Nullable Object comment) {
    TraceListener listener = vdbe.connection.hooks().trace();
    if (listener == null) {
      return;
    }
    String text = comment instanceof String given ? given : vdbe.program().sql();
    if (text.isEmpty() || (comment == null && vdbe.frame.parent != null)) {
      return;
    }
    String shown = SecretText.hide(text);
    listener.statement(vdbe, vdbe.connection.executionDepth > 1 ? "-- " + shown : shown);
  }

  static void traceRow(Vdbe vdbe) {
    TraceListener listener = vdbe.connection.hooks().trace();
    if (listener != null) {
      listener.row(vdbe);
    }
  }

  static void traceEnd(Vdbe vdbe, long nanos) {
    TraceListener listener = vdbe.connection.hooks().trace();
    if (listener != null) {
      listener.profile(vdbe, nanos);
    }
  }

  /**
   * Ends a statement's part in the transaction while it still has rows to hand out: commits in
   * autocommit mode, so that a result that nobody reads to its end keeps no lock and no
   * transaction.
   *
   * @param kept number of the cursor with these rows
   */
  static void finishChanges(Vdbe vdbe, int kept) {
    vdbe.closeCursorsExcept(kept);
    LibsqlException error = null;
    try {
      error = endTransactionOrStatement(vdbe, null);
    } finally {
      vdbe.changesDone = true;
      leaveTransaction(vdbe);
    }
    if (error != null) {
      throw error;
    }
  }

  /**
   * Ends the execution.
   *
   * @param error what went wrong, or null
   * @return what the caller has to throw, or null: the error, or one that came up while ending
   */
  static @Nullable LibsqlException halt(Vdbe vdbe, @Nullable LibsqlException error) {
    LibsqlException result = error;
    try {
      vdbe.closeAllCursors();
      if (vdbe.isReader() && !vdbe.changesDone) {
        result = endTransactionOrStatement(vdbe, error);
      }
      return result;
    } finally {
      endCounting(vdbe, result);
    }
  }

  private static void endCounting(Vdbe vdbe, @Nullable LibsqlException error) {
    TransactionState transactions = vdbe.connection.transactions();
    transactions.activeStatements--;
    if (!vdbe.changesDone) {
      leaveTransaction(vdbe);
    }
    vdbe.halted(error);
  }

  private static void leaveTransaction(Vdbe vdbe) {
    TransactionState transactions = vdbe.connection.transactions();
    if (vdbe.isReader()) {
      transactions.activeReaders--;
    }
    if (!vdbe.isReadOnly()) {
      transactions.activeWriters--;
    }
  }

  private static @Nullable LibsqlException endTransactionOrStatement(
      Vdbe vdbe, @Nullable LibsqlException given) {
    ConnectionState connection = vdbe.connection;
    TransactionState transactions = connection.transactions();
    LibsqlException error = given;
    StatementJournal journal = StatementJournal.UNDECIDED;
    boolean special = error != null && isSpecial(error.resultCode());
    if (error != null && special) {
      journal = afterSpecialError(vdbe, error.resultCode().primary());
    }
    if (keepsChanges(vdbe, error, special)) {
      LibsqlException violation = foreignKeyError(vdbe, false);
      if (violation != null) {
        error = violation;
      }
    }
    boolean lastWriter = transactions.activeWriters == (vdbe.isReadOnly() ? 0 : 1);
    if (connection.autoCommit && lastWriter) {
      error = commitOrRollBack(vdbe, error, special);
      transactions.statementJournals = 0;
      vdbe.statementJournal = 0;
    } else if (journal == StatementJournal.UNDECIDED) {
      journal = decide(vdbe, error);
    }
    if (journal == StatementJournal.RELEASE || journal == StatementJournal.ROLLBACK) {
      error = closeStatementJournal(vdbe, journal == StatementJournal.ROLLBACK, error);
    }
    if (vdbe.countsChanges) {
      connection.setChanges(journal == StatementJournal.ROLLBACK ? 0 : vdbe.changes);
      vdbe.changes = 0;
    }
    return error;
  }

  private static boolean keepsChanges(Vdbe vdbe, @Nullable LibsqlException error, boolean special) {
    return error == null || (vdbe.errorAction == OpFlags.OE_FAIL && !special);
  }

  /** Errors that may have left a pager half way. */
  private static boolean isSpecial(ResultCode code) {
    ResultCode primary = code.primary();
    return primary == ResultCode.NOMEM
        || primary == ResultCode.IOERR
        || primary == ResultCode.INTERRUPT
        || primary == ResultCode.FULL
        || primary == ResultCode.INTERNAL;
  }

  private static StatementJournal afterSpecialError(Vdbe vdbe, ResultCode primary) {
    if (vdbe.isReadOnly() && primary == ResultCode.INTERRUPT) {
      return StatementJournal.UNDECIDED;
    }
    boolean statementIsEnough = primary == ResultCode.NOMEM || primary == ResultCode.FULL;
    if (statementIsEnough && vdbe.program().usesStatementJournal()) {
      return StatementJournal.ROLLBACK;
    }
    abortTransaction(vdbe);
    return StatementJournal.GONE;
  }

  private static void abortTransaction(Vdbe vdbe) {
    vdbe.connection.transactions().abortTransaction();
    vdbe.statementJournal = 0;
    vdbe.changes = 0;
  }

  private static @Nullable LibsqlException commitOrRollBack(
      Vdbe vdbe, @Nullable LibsqlException given, boolean special) {
    TransactionState transactions = vdbe.connection.transactions();
    LibsqlException error = given;
    if (keepsChanges(vdbe, error, special)) {
      LibsqlException failure = commit(vdbe);
      if (failure == null) {
        return error;
      }
      error = failure;
    } else if (error != null
        && error.resultCode() == ResultCode.SCHEMA
        && transactions.activeStatements > 1) {
      vdbe.changes = 0;
      return error;
    }
    transactions.rollbackAll(ResultCode.OK);
    vdbe.changes = 0;
    return error;
  }

  private static @Nullable LibsqlException commit(Vdbe vdbe) {
    LibsqlException violation = foreignKeyError(vdbe, true);
    if (violation != null) {
      return violation;
    }
    try {
      vdbe.connection.transactions().commit();
      vdbe.connection.transactions().afterCommit();
      return null;
    } catch (LibsqlException e) {
      return e;
    }
  }

  private static StatementJournal decide(Vdbe vdbe, @Nullable LibsqlException error) {
    if (error == null || vdbe.errorAction == OpFlags.OE_FAIL) {
      return StatementJournal.RELEASE;
    }
    if (vdbe.errorAction == OpFlags.OE_ABORT) {
      return StatementJournal.ROLLBACK;
    }
    abortTransaction(vdbe);
    return StatementJournal.GONE;
  }

  private static @Nullable LibsqlException closeStatementJournal(
      Vdbe vdbe, boolean rollback, @Nullable LibsqlException error) {
    try {
      closeStatementJournal(vdbe, rollback);
      return error;
    } catch (LibsqlException e) {
      abortTransaction(vdbe);
      boolean replaces = error == null || error.resultCode().primary() == ResultCode.CONSTRAINT;
      return replaces ? e : error;
    }
  }

  private static void closeStatementJournal(Vdbe vdbe, boolean rollback) {
    TransactionState transactions = vdbe.connection.transactions();
    if (transactions.statementJournals == 0 || vdbe.statementJournal == 0) {
      return;
    }
    int index = vdbe.statementJournal - 1;
    for (AttachedDatabase database : vdbe.connection.databases()) {
      Btree btree = database.btreeOrNull();
      if (btree != null && btree.isInTransaction()) {
        if (rollback) {
          btree.rollbackToSavepoint(index);
        }
        btree.releaseSavepoint(index);
      }
    }
    transactions.statementJournals--;
    vdbe.statementJournal = 0;
    if (rollback) {
      transactions.virtualTables().rollbackTo(index);
    }
    transactions.virtualTables().release(index);
    if (rollback) {
      transactions.deferredViolations = vdbe.deferredViolationsBefore;
      transactions.deferredImmediateViolations = vdbe.deferredImmediateViolationsBefore;
    }
  }

  /**
   * The error of violated foreign keys, or null.
   *
   * @param deferred whether those count that are checked at commit; otherwise those of the
   *     statement
   */
  static @Nullable LibsqlException foreignKeyError(Vdbe vdbe, boolean deferred) {
    boolean violated =
        deferred
            ? vdbe.connection.transactions().hasDeferredViolations()
            : vdbe.foreignKeyViolations > 0;
    if (!violated) {
      return null;
    }
    vdbe.errorAction = OpFlags.OE_ABORT;
    return new LibsqlException(ResultCode.CONSTRAINT_FOREIGNKEY, "FOREIGN KEY constraint failed");
  }
}
