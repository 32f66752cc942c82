package org.libsql4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.spi.RemoteOutcome;

/** Statements that are kept together or not at all. */
final class Batches {
  private Batches() {}

  static List<QueryResult> run(
      Connection connection, List<BatchStatement> statements, TransactionMode mode) {
    try (Transaction transaction = connection.transaction(mode)) {
      List<QueryResult> results = new ArrayList<>();
      int index = 0;
      RemoteBatch remote = remoteBatch(connection, statements);
      if (remote != null) {
        return runRemotely(transaction, remote, statements.size());
      }
      try {
        for (; index < statements.size(); index++) {
          results.add(runOne(connection, statements.get(index)));
          checkStillOpen(transaction, connection);
        }
        transaction.commit();
      } catch (LibsqlException e) {
        throw new LibsqlBatchException(index, e);
      }
      return results;
    }
  }

  /** The statements as one request to a server; null if that is not possible. */
  private static @Nullable RemoteBatch remoteBatch(
      Connection connection, List<BatchStatement> statements) {
    if (!connection.isRemote() || statements.isEmpty()) {
      return null;
    }
    RemoteBatch batch = connection.newRemoteBatch();
    for (BatchStatement statement : statements) {
      if (!batch.add(statement)) {
        return null;
      }
    }
    return batch;
  }

  private static List<QueryResult> runRemotely(
      Transaction transaction, RemoteBatch batch, int count) {
    int index = 0;
    try {
      List<RemoteOutcome> outcomes = batch.run();
      index = outcomes.size() - 1;
      LibsqlException failure = outcomes.get(index).failure();
      if (failure != null) {
        throw failure;
      }
      checkStillOpen(transaction, transaction.connection());
      index = count;
      transaction.commit();
      return RemoteBatch.results(outcomes);
    } catch (LibsqlException e) {
      throw new LibsqlBatchException(index, e);
    }
  }

  private static void checkStillOpen(Transaction transaction, Connection connection) {
    if (!transaction.isOpen() && connection.isAutoCommit()) {
      throw new LibsqlException(ResultCode.MISUSE, "transaction has ended within the batch");
    }
  }

  private static QueryResult runOne(Connection connection, BatchStatement batched) {
    try (Statement statement = connection.prepare(batched.sql())) {
      statement.checkNoTail();
      statement.bindAll(batched.parameters().toArray());
      List<String> names = Row.namesOf(statement);
      List<Row> rows = new ArrayList<>();
      while (statement.step()) {
        rows.add(Row.of(statement, names));
      }
      long affected = statement.countsChanges() ? connection.changes() : 0;
      return new QueryResult(
          names, Collections.unmodifiableList(rows), affected, connection.lastInsertRowid());
    }
  }

  /** With foreign keys off meanwhile, and checked before the commit only where SQL says so. */
  static List<QueryResult> migrate(Connection connection, List<BatchStatement> statements) {
    if (!connection.isAutoCommit()) {
      throw new LibsqlException(ResultCode.ERROR, "cannot migrate from within a transaction");
    }
    if (connection.isRemote()) {
      return migrateRemotely(connection, statements);
    }
    boolean enforced = connection.state().isSet(ConnectionFlag.FOREIGN_KEYS);
    connection.state().set(ConnectionFlag.FOREIGN_KEYS, false);
    try {
      return run(connection, statements, TransactionMode.DEFERRED);
    } finally {
      connection.state().set(ConnectionFlag.FOREIGN_KEYS, enforced);
    }
  }

  private static List<QueryResult> migrateRemotely(
      Connection connection, List<BatchStatement> statements) {
    boolean enforced = connection.pragma().foreignKeys();
    connection.pragma().foreignKeys(false);
    try {
      return run(connection, statements, TransactionMode.DEFERRED);
    } finally {
      connection.pragma().foreignKeys(enforced);
    }
  }

  static void runText(Connection connection, String sql) {
    try (Transaction transaction = connection.transaction(TransactionMode.DEFERRED)) {
      int index = 0;
      int offset = 0;
      try {
        while (offset < sql.length()) {
          try (Statement statement = connection.prepare(sql, offset)) {
            statement.execute();
            offset = Math.max(statement.tailOffset(), offset + 1);
          }
          index++;
        }
        transaction.commit();
      } catch (LibsqlException e) {
        throw new LibsqlBatchException(index, e);
      }
    }
  }
}
