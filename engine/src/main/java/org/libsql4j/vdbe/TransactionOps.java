package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Savepoint;
import org.libsql4j.connection.TransactionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Schema;

/** Transaction, AutoCommit, Savepoint, and the foreign key counters. */
final class TransactionOps {
  private TransactionOps() {}

  // ---- Transaction
  // --------------------------------------------------------------------------------

  /**
   * Opens a transaction on database P1: to read if P2 is 0, to write if 1, exclusively if 2. With
   * P5 the schema must still be the one that the program was made for: cookie P3, generation P4.
   */
  static void begin(Vdbe vdbe, Op op) {
    ConnectionState connection = vdbe.connection;
    if (op.p2 != 0 && connection.isSet(ConnectionFlag.QUERY_ONLY)) {
      throw new LibsqlException(ResultCode.READONLY);
    }
    AttachedDatabase database = connection.database(op.p1);
    Btree btree = openIfNeeded(vdbe, op, database);
    int cookie = 0;
    if (btree != null) {
      cookie = btree.beginTransaction(op.p2 != 0, op.p2 > 1);
      if (op.p2 != 0) {
        openSavepoints(vdbe, btree);
        openStatementJournal(vdbe, btree);
      }
    }
    if (op.p5 != 0) {
      checkSchema(vdbe, op, database.schema(), cookie);
    }
  }

  private static @Nullable Btree openIfNeeded(Vdbe vdbe, Op op, AttachedDatabase database) {
    if (op.p1 == AttachedDatabase.TEMP) {
      return vdbe.connection.temporaryBtree();
    }
    return database.btreeOrNull();
  }

  /** Savepoints reach a file only when it is about to be written to. */
  private static void openSavepoints(Vdbe vdbe, Btree btree) {
    int count = vdbe.connection.transactions().pagerSavepointCount();
    if (count > 0) {
      btree.beginStatement(count);
    }
  }

  private static void openStatementJournal(Vdbe vdbe, Btree btree) {
    TransactionState transactions = vdbe.connection.transactions();
    if (!vdbe.program().usesStatementJournal()
        || (vdbe.connection.autoCommit && transactions.activeReaders <= 1)) {
      return;
    }
    if (vdbe.statementJournal == 0) {
      transactions.statementJournals++;
      vdbe.statementJournal = transactions.pagerSavepointCount() + transactions.statementJournals;
    }
    transactions.virtualTables().savepoint(vdbe.statementJournal - 1);
    btree.beginStatement(vdbe.statementJournal);
    vdbe.deferredViolationsBefore = transactions.deferredViolations;
    vdbe.deferredImmediateViolationsBefore = transactions.deferredImmediateViolations;
  }

  private static void checkSchema(Vdbe vdbe, Op op, Schema schema, int cookie) {
    int generation = op.p4 instanceof Number number ? number.intValue() : schema.generation;
    if (cookie == op.p3 && generation == schema.generation) {
      return;
    }
    if (schema.cookie != cookie) {
      schema.clear();
    }
    vdbe.setExpired(true);
    vdbe.countsChanges = false;
    throw new LibsqlException(ResultCode.SCHEMA);
  }

  // ---- AutoCommit
  // ---------------------------------------------------------------------------------

  /**
   * BEGIN (P1=0; optimistic with P3=1), COMMIT (P1=1), ROLLBACK (P1=1, P2=1). The program ends
   * here.
   */
  static void setAutoCommit(Vdbe vdbe, Op op) {
    ConnectionState connection = vdbe.connection;
    TransactionState transactions = connection.transactions();
    boolean wanted = op.p1 != 0;
    boolean rollback = op.p2 != 0;
    if (wanted == connection.autoCommit) {
      throw new LibsqlException(
          ResultCode.ERROR,
          !wanted
              ? "cannot start a transaction within a transaction"
              : rollback
                  ? "cannot rollback - no transaction is active"
                  : "cannot commit - no transaction is active");
    }
    if (rollback) {
      transactions.rollbackAll(ResultCode.ABORT_ROLLBACK);
      connection.autoCommit = true;
    } else if (wanted && transactions.activeWriters > 0) {
      throw new LibsqlException(
          ResultCode.BUSY, "cannot commit transaction - SQL statements in progress");
    } else {
      checkDeferredForeignKeys(vdbe);
      connection.autoCommit = wanted;
    }
    if (!wanted && op.p3 != 0 && transactions.activeReaders <= 1) {
      transactions.setOptimistic(true);
    }
    endProgram(vdbe, !wanted);
    transactions.closeSavepoints();
  }

  private static void checkDeferredForeignKeys(Vdbe vdbe) {
    LibsqlException violation = StatementEnd.foreignKeyError(vdbe, true);
    if (violation != null) {
      throw violation;
    }
  }

  /**
   * Ends the program, which commits if autocommit is on now. A commit that finds the database busy
   * leaves the transaction open.
   */
  private static void endProgram(Vdbe vdbe, boolean autoCommitBefore) {
    ConnectionState connection = vdbe.connection;
    if (connection.autoCommit && connection.transactions().activeWriters == 0) {
      LibsqlException violation = StatementEnd.foreignKeyError(vdbe, true);
      if (violation != null) {
        connection.autoCommit = autoCommitBefore;
        throw violation;
      }
      try {
        connection.transactions().commit();
        connection.transactions().afterCommit();
      } catch (LibsqlException e) {
        if (e.resultCode().primary() == ResultCode.BUSY) {
          connection.autoCommit = autoCommitBefore;
          throw e;
        }
        connection.transactions().rollbackAll(ResultCode.OK);
        connection.transactions().closeSavepoints();
        throw e;
      }
    }
    LibsqlException error = StatementEnd.halt(vdbe, null);
    if (error != null) {
      throw error;
    }
  }

  // ---- Savepoint
  // ----------------------------------------------------------------------------------

  /**
   * SAVEPOINT (P1=0), RELEASE (1), ROLLBACK TO (2) of the name P4; true if the program has ended.
   */
  static boolean savepoint(Vdbe vdbe, Op op) {
    TransactionState transactions = vdbe.connection.transactions();
    String name = String.valueOf(op.p4);
    if (op.p1 == OpFlags.SAVEPOINT_BEGIN) {
      if (transactions.activeWriters > 0) {
        throw new LibsqlException(
            ResultCode.BUSY, "cannot open savepoint - SQL statements in progress");
      }
      transactions
          .virtualTables()
          .savepoint(transactions.statementJournals + transactions.pagerSavepointCount());
      transactions.pushSavepoint(name);
      return false;
    }
    int position = transactions.findSavepoint(name);
    if (position < 0) {
      throw new LibsqlException(ResultCode.ERROR, "no such savepoint: " + name);
    }
    if (op.p1 == OpFlags.SAVEPOINT_RELEASE) {
      return release(vdbe, transactions, position);
    }
    rollbackTo(vdbe, transactions, position);
    return false;
  }

  private static boolean release(Vdbe vdbe, TransactionState transactions, int position) {
    if (transactions.activeWriters > 0) {
      throw new LibsqlException(
          ResultCode.BUSY, "cannot release savepoint - SQL statements in progress");
    }
    if (transactions.isTransactionSavepoint(position)) {
      checkDeferredForeignKeys(vdbe);
      vdbe.connection.autoCommit = true;
      endProgram(vdbe, false);
      transactions.truncateSavepoints(0);
      return true;
    }
    int index = transactions.pagerSavepoint(position);
    for (AttachedDatabase database : vdbe.connection.databases()) {
      if (database.isInTransaction()) {
        database.btree().releaseSavepoint(index);
      }
    }
    transactions.virtualTables().release(index);
    transactions.truncateSavepoints(position);
    return false;
  }

  private static void rollbackTo(Vdbe vdbe, TransactionState transactions, int position) {
    ConnectionState connection = vdbe.connection;
    boolean forgetSchema = transactions.schemaChanged;
    int index = transactions.pagerSavepoint(position);
    for (AttachedDatabase database : connection.databases()) {
      Btree btree = database.btreeOrNull();
      if (btree != null) {
        btree.tripAllCursors(ResultCode.ABORT_ROLLBACK, !forgetSchema);
      }
    }
    for (AttachedDatabase database : connection.databases()) {
      if (database.isInTransaction()) {
        database.btree().rollbackToSavepoint(index);
      }
    }
    transactions.virtualTables().rollbackTo(index);
    if (forgetSchema) {
      connection.expireStatements();
      connection.resetAllSchemas();
    }
    Savepoint savepoint = transactions.savepoint(position);
    transactions.truncateSavepoints(position + 1);
    transactions.deferredViolations = savepoint.deferredViolations();
    transactions.deferredImmediateViolations = savepoint.deferredImmediateViolations();
  }

  // ---- FkCounter, FkIfZero
  // ------------------------------------------------------------------------

  /** FkCounter: adds P2 to the violations, of the transaction if P1 is not 0. */
  static void addViolations(Vdbe vdbe, Op op) {
    TransactionState transactions = vdbe.connection.transactions();
    if (vdbe.connection.isSet(ConnectionFlag.DEFER_FOREIGN_KEYS)) {
      transactions.deferredImmediateViolations += op.p2;
    } else if (op.p1 != 0) {
      transactions.deferredViolations += op.p2;
    } else {
      vdbe.foreignKeyViolations += op.p2;
    }
  }

  /** FkIfZero. */
  static boolean hasNoViolations(Vdbe vdbe, Op op) {
    TransactionState transactions = vdbe.connection.transactions();
    long violations = op.p1 != 0 ? transactions.deferredViolations : vdbe.foreignKeyViolations;
    return violations == 0 && transactions.deferredImmediateViolations == 0;
  }

  /** FkCheck. */
  static void check(Vdbe vdbe, Op op) {
    LibsqlException violation = StatementEnd.foreignKeyError(vdbe, false);
    if (violation != null) {
      throw violation;
    }
    if (op.p1 != 0) {
      StatementEnd.finishChanges(vdbe, op.p2);
    }
  }
}
