package org.libsql4j.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.replication.proto.ExecuteResults;
import org.libsql4j.replication.proto.Query;
import org.libsql4j.replication.proto.QueryResult;
import org.libsql4j.replication.proto.ResultRows;
import org.libsql4j.replication.proto.State;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteStatement;
import org.libsql4j.spi.StatementKind;

/**
 * One connection of a replica: reads the local file, and has everything else done by the primary.
 *
 * <p>From BEGIN to COMMIT or ROLLBACK all statements go to the primary, as only there the
 * transaction's own changes can be seen.
 */
final class ProxySession implements RemoteSession {
  private final Replica replica;
  private final ProxyClient client;
  private final Runnable onClose;
  private boolean inTransaction;
  private boolean closed;

  ProxySession(Replica replica, ProxyClient client, Runnable onClose) {
    this.replica = replica;
    this.client = client;
    this.onClose = onClose;
  }

  @Override
  public boolean runsHere(StatementKind kind, boolean localTransaction) {
    if (kind == StatementKind.UNSUPPORTED) {
      throw new LibsqlException(
          ResultCode.ERROR, "the statement is not supported on a replica: its primary refuses it");
    }
    if (inTransaction) {
      return kind == StatementKind.LOCAL;
    }
    return switch (kind) {
      case READ, LOCAL, BEGIN_READ_ONLY -> true;
      case END, RELEASE -> localTransaction;
      default -> {
        if (localTransaction) {
          throw new LibsqlException(ResultCode.READONLY, "Invalid write in a readonly transaction");
        }
        yield false;
      }
    };
  }

  @Override
  public RemoteStatement prepare(String sql, List<@Nullable String> parameterNames) {
    return new ProxyStatement(this, sql, client.describe(sql), parameterNames);
  }

  /** Executes a statement on the primary, and sees to it that its effect is visible here. */
  ResultRows execute(Query query) {
    ExecuteResults results;
    try {
      results = client.execute(query);
    } catch (ReplicationException e) {
      // Whether it was done is not known; the server ends what is left of the transaction.
      inTransaction = false;
      throw e;
    }
    inTransaction = results.getState() == State.TXN;
    QueryResult result = results.getResults(0);
    if (result.hasError()) {
      throw ProxyClient.statementError(result.getError());
    }
    if (results.hasCurrentFrameNo()) {
      replica.wroteUpTo(results.getCurrentFrameNo());
    }
    if (!inTransaction) {
      replica.afterWrite();
    }
    return result.getRow();
  }

  @Override
  public boolean isAutoCommit() {
    return !inTransaction;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (inTransaction) {
      inTransaction = false;
      rollBack();
    }
    onClose.run();
  }

  private void rollBack() {
    try {
      client.execute(Query.newBuilder().setStmt("ROLLBACK").build());
    } catch (LibsqlException e) {
      // The server rolls back by itself what nobody goes on with.
      return;
    }
  }
}
