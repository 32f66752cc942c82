package org.libsql4j.connection;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.btree.Btree;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vtab.VirtualTransactions;

/**
 * The transaction of one connection: its savepoints, the statements that are running in it, and the
 * foreign keys that it still has to satisfy.
 *
 * <p>Invariants: {@code activeWriters <= activeReaders <= activeStatements}. A statement counts as
 * reader if it can open a transaction at all, and as writer if it may change a file.
 */
public final class TransactionState {
  private final ConnectionState connection;
  private final List<Savepoint> savepoints = new ArrayList<>();
  private final MultiFileCommit committer;
  private final VirtualTransactions virtualTables = new VirtualTransactions();

  /** The outermost savepoint opened the transaction itself, as SAVEPOINT outside of BEGIN does. */
  public boolean isTransactionSavepoint;

  private long number;

  /** How many statement journals are open. */
  public int statementJournals;

  /** Statements that have started and are not reset or finished. */
  public int activeStatements;

  /** Those of them that read a database. */
  public int activeReaders;

  /** Those of them that write to a database. */
  public int activeWriters;

  /** Statements that are dropping a virtual table, which drops tables of its own. */
  public int activeDestroyers;

  /** Rows that violate foreign keys which are checked at commit. */
  public long deferredViolations;

  /** Rows that violate immediate foreign keys while PRAGMA defer_foreign_keys is on. */
  public long deferredImmediateViolations;

  /** Whether this transaction changed a schema, so that a rollback must forget loaded schemas. */
  public boolean schemaChanged;

  /** Whether the transaction that has ended last was undone. */
  public boolean rolledBack;

  TransactionState(ConnectionState connection) {
    this.connection = connection;
    this.committer = new MultiFileCommit(connection);
  }

  /** Changes when a transaction begins or ends; not while it lasts. */
  public long number() {
    return number;
  }

  /** The virtual tables that take part. */
  public VirtualTransactions virtualTables() {
    return virtualTables;
  }

  // ---- savepoints -------------------------------------------------------------------------------

  public void pushSavepoint(String name) {
    savepoints.add(new Savepoint(name, deferredViolations, deferredImmediateViolations));
    if (connection.autoCommit) {
      connection.autoCommit = false;
      isTransactionSavepoint = true;
    }
  }

  /** Place of the innermost savepoint of a name, counted from the outermost one; -1 if none. */
  public int findSavepoint(String name) {
    for (int i = savepoints.size() - 1; i >= 0; i--) {
      if (savepoints.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  public Savepoint savepoint(int position) {
    return savepoints.get(position);
  }

  /** Whether releasing this savepoint means to commit. */
  public boolean isTransactionSavepoint(int position) {
    return position == 0 && isTransactionSavepoint;
  }

  /** Number of the pagers' savepoint that belongs to a position; -1 for the whole transaction. */
  public int pagerSavepoint(int position) {
    return isTransactionSavepoint ? position - 1 : position;
  }

  /** How many savepoints the pagers have open, those of statements aside. */
  public int pagerSavepointCount() {
    return isTransactionSavepoint ? savepoints.size() - 1 : savepoints.size();
  }

  /** Forgets all savepoints from a position on. */
  public void truncateSavepoints(int position) {
    while (savepoints.size() > position) {
      savepoints.remove(savepoints.size() - 1);
    }
    if (savepoints.isEmpty()) {
      isTransactionSavepoint = false;
    }
  }

  /** Forgets all savepoints and statement journals: the transaction is over. */
  public void closeSavepoints() {
    number++;
    truncateSavepoints(0);
    statementJournals = 0;
  }

  // ---- the end of a transaction -----------------------------------------------------------------

  /**
   * Commits all databases. On failure nothing is committed and the transaction is still open.
   *
   * @throws org.libsql4j.error.LibsqlException BUSY, CONSTRAINT_COMMITHOOK, IOERR and so on
   */
  public void commit() {
    virtualTables.sync();
    committer.commit();
    virtualTables.commit();
    if (optimistic && connection.autoCommit) {
      setOptimistic(false);
    }
  }

  /** The transaction was begun with BEGIN CONCURRENT. */
  private boolean optimistic;

  /** Whether what is begun from now on keeps no other writers out before it commits. */
  public void setOptimistic(boolean value) {
    optimistic = value;
    for (AttachedDatabase database : connection.databases()) {
      Btree btree = database.btreeOrNull();
      if (btree != null) {
        btree.pager().setOptimistic(value);
      }
    }
  }

  /** Some log got a commit that {@link #afterStatement} has not seen. */
  boolean committedToLog;

  /** Called when a statement has ended well: takes care of logs that have grown. */
  public void afterStatement() {
    if (committedToLog && connection.autoCommit) {
      committedToLog = false;
      WalCheckpoints.afterCommits(connection);
    }
  }

  /** What is left to do after {@link #commit()}. */
  public void afterCommit() {
    forgetViolations();
    schemaChanged = false;
  }

  /**
   * Gives up everything that the transaction did. Does not change autocommit.
   *
   * @param tripCode what the next use of a cursor of another statement throws; OK lets them go on
   */
  public void rollbackAll(ResultCode tripCode) {
    rolledBack = true;
    boolean wasWriting = false;
    boolean forgetSchema = schemaChanged;
    for (AttachedDatabase database : connection.databases()) {
      Btree btree = database.btreeOrNull();
      if (btree != null) {
        wasWriting |= btree.isInTransaction();
        btree.setActiveReaderCount(otherReaders());
        rollBack(btree, tripCode, !forgetSchema);
      }
    }
    virtualTables.rollback();
    if (optimistic) {
      setOptimistic(false);
    }
    if (forgetSchema) {
      connection.expireStatements();
      connection.resetAllSchemas();
      schemaChanged = false;
    }
    forgetViolations();
    Runnable hook = connection.hooks().rollback();
    if (hook != null && (wasWriting || !connection.autoCommit)) {
      hook.run();
    }
  }

  /**
   * A failure is not reported: the transaction is over all the same, and the next one who reads the
   * file finds the journal hot and does what is left to do.
   */
  private static void rollBack(Btree btree, ResultCode tripCode, boolean writeOnly) {
    try {
      btree.rollback(tripCode, writeOnly);
    } catch (LibsqlException e) {
      // The pager remembers it.
    }
  }

  /** As {@link #rollbackAll}, and back to autocommit with no savepoints. */
  public void abortTransaction() {
    rollbackAll(ResultCode.ABORT_ROLLBACK);
    closeSavepoints();
    connection.autoCommit = true;
  }

  /** Readers besides the statement that is running. */
  public int otherReaders() {
    return Math.max(activeReaders - 1, 0);
  }

  public boolean hasDeferredViolations() {
    return deferredViolations + deferredImmediateViolations > 0;
  }

  private void forgetViolations() {
    deferredViolations = 0;
    deferredImmediateViolations = 0;
    connection.set(ConnectionFlag.DEFER_FOREIGN_KEYS, false);
  }
}
