package org.libsql4j.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.ReplicaControl;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.replication.proto.Query;
import org.libsql4j.replication.proto.ResultRows;
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
  private boolean closed;

  ProxySession(Replica replica, Servers servers) {
    this.replica = replica;
    this.client = new ProxyClient(servers);
  }

  @Override
  public boolean runsHere(StatementKind kind, boolean localTransaction) {
    if (kind == StatementKind.UNSUPPORTED || kind == StatementKind.LOG_KEEPING) {
      throw new LibsqlException(
          ResultCode.ERROR, "the statement is not supported on a replica: its primary refuses it");
    }
    if (client.inTransaction()) {
      return kind == StatementKind.LOCAL;
    }
    return switch (kind) {
      case READ, LOCAL, BEGIN_READ_ONLY -> true;
      case END, RELEASE -> localTransaction;
      default -> {
        if (localTransaction) {
          throw new LibsqlException(ResultCode.READONLY, "Invalid write in a readonly transaction");
        }
        replica.checkWritable();
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
    replica.checkWritable();
    ProxyClient.Answer answer = client.execute(query);
    if (answer.result().hasError()) {
      throw ProxyClient.statementError(answer.result().getError());
    }
    if (answer.results().hasCurrentFrameNo()) {
      replica.wroteUpTo(answer.results().getCurrentFrameNo());
    }
    if (!client.inTransaction()) {
      replica.afterWrite();
    }
    return answer.result().getRow();
  }

  @Override
  public boolean isAutoCommit() {
    return !client.inTransaction();
  }

  @Override
  public ReplicaControl replica() {
    return replica;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    client.close();
  }
}
