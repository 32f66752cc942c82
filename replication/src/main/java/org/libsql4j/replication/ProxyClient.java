package org.libsql4j.replication;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.replication.ReplicationException.Reason;
import org.libsql4j.replication.proto.Cond;
import org.libsql4j.replication.proto.DescribeRequest;
import org.libsql4j.replication.proto.DescribeResult;
import org.libsql4j.replication.proto.Description;
import org.libsql4j.replication.proto.DisconnectMessage;
import org.libsql4j.replication.proto.ExecuteResults;
import org.libsql4j.replication.proto.IsAutocommitCond;
import org.libsql4j.replication.proto.NotCond;
import org.libsql4j.replication.proto.Positional;
import org.libsql4j.replication.proto.Program;
import org.libsql4j.replication.proto.ProgramReq;
import org.libsql4j.replication.proto.Query;
import org.libsql4j.replication.proto.QueryResult;
import org.libsql4j.replication.proto.State;
import org.libsql4j.replication.proto.Step;

/**
 * The service {@code proxy.Proxy} of a primary, for one connection.
 *
 * <p>A server that has been restarted, or has waited too long for us, has rolled our transaction
 * back, and would execute what follows on its own. Within a transaction statements are therefore
 * sent on the condition that it is still open, together with a query that tells whether it is.
 */
final class ProxyClient {
  private static final String SERVICE = "proxy.Proxy/";
  private static final Cond IN_TRANSACTION =
      Cond.newBuilder()
          .setNot(
              NotCond.newBuilder()
                  .setCond(
                      Cond.newBuilder().setIsAutocommit(IsAutocommitCond.getDefaultInstance())))
          .build();

  private final Servers servers;

  /** By it the server knows the connection, with its open transaction. */
  private String clientId = UUID.randomUUID().toString();

  /** Where the open transaction is; null if none is. */
  private @Nullable Endpoint transaction;

  ProxyClient(Servers servers) {
    this.servers = servers;
  }

  boolean inTransaction() {
    return transaction != null;
  }

  /** What the primary makes of a statement. */
  Description describe(String sql) {
    DescribeRequest request =
        DescribeRequest.newBuilder().setClientId(clientId).setStmt(sql).build();
    Servers.Request<DescribeResult> describing =
        server -> {
          try {
            return server
                .client()
                .unary(
                    SERVICE + "Describe",
                    request,
                    server.address().headers().build(),
                    DescribeResult.parser());
          } catch (GrpcException e) {
            throw failure(e);
          }
        };
    DescribeResult result;
    try {
      result = servers.ask(describing, transaction);
    } catch (ReplicationException e) {
      if (e.isTransient()) {
        abandon();
      }
      throw e;
    }
    if (result.hasError()) {
      throw statementError(result.getError());
    }
    return result.getDescription();
  }

  /**
   * An answer of the primary.
   *
   * @param result of the statement, which may be its error
   */
  record Answer(ExecuteResults results, QueryResult result) {}

  /** Executes one statement. */
  Answer execute(Query query) {
    boolean guarded = transaction != null;
    Program.Builder program = Program.newBuilder();
    Step.Builder step = Step.newBuilder().setQuery(query);
    if (guarded) {
      program.addSteps(Step.newBuilder().setCond(IN_TRANSACTION).setQuery(plain("SELECT 1")));
      step.setCond(IN_TRANSACTION);
    }
    ExecuteResults results;
    try {
      results = send(program.addSteps(step).build());
    } catch (ReplicationException e) {
      abandon();
      throw e;
    }
    int last = results.getResultsCount() - 1;
    if (last != (guarded ? 1 : 0)) {
      throw new ReplicationException(
          Reason.PROTOCOL, results.getResultsCount() + " results came for one statement");
    }
    if (guarded && results.getResults(0).getRow().getRowsCount() == 0) {
      transaction = null;
      throw new ReplicationException(
          Reason.REFUSED, "the transaction is lost: the primary has rolled it back");
    }
    return new Answer(results, results.getResults(last));
  }

  /** A server wants parameters even where there are none. */
  private static Query plain(String sql) {
    return Query.newBuilder().setStmt(sql).setPositional(Positional.getDefaultInstance()).build();
  }

  private ExecuteResults send(Program program) {
    ProgramReq request = ProgramReq.newBuilder().setClientId(clientId).setPgm(program).build();
    return servers.askOnce(
        server -> {
          try {
            ExecuteResults results =
                server
                    .client()
                    .unary(
                        SERVICE + "Execute",
                        request,
                        server.address().headers().build(),
                        ExecuteResults.parser());
            transaction = results.getState() == State.TXN ? server : null;
            return results;
          } catch (GrpcException e) {
            throw failure(e);
          }
        },
        transaction);
  }

  /**
   * Goes on as another connection: what became of the statement and its transaction is not known,
   * and the server is told to end what is left of them.
   */
  private void abandon() {
    Endpoint server = transaction;
    transaction = null;
    if (server != null) {
      server
          .client()
          .tell(
              SERVICE + "Disconnect",
              DisconnectMessage.newBuilder().setClientId(clientId).build(),
              server.address().headers().build());
    }
    clientId = UUID.randomUUID().toString();
  }

  /** Rolls an open transaction back; the server does it by itself if it is not reached. */
  void close() {
    if (transaction == null) {
      return;
    }
    try {
      var unused = execute(plain("ROLLBACK"));
    } catch (LibsqlException e) {
      transaction = null;
    }
  }

  /** What is wrong with a statement comes as PERMISSION_DENIED, with SQLite's text. */
  private static LibsqlException failure(GrpcException e) {
    return e.status().code() == GrpcStatus.PERMISSION_DENIED
        ? new LibsqlException(ResultCode.ERROR, e.status().message(), e)
        : e.toReplicationException();
  }

  static LibsqlException statementError(org.libsql4j.replication.proto.Error error) {
    ResultCode code =
        switch (error.getCode()) {
          case TX_BUSY, TX_TIMEOUT -> ResultCode.BUSY;
          default -> resultCode(error.getExtendedCode());
        };
    return new LibsqlException(code, error.getMessage());
  }

  private static ResultCode resultCode(int number) {
    for (ResultCode code : ResultCode.values()) {
      if (code.code() == number && number != 0) {
        return code;
      }
    }
    return ResultCode.ERROR;
  }
}
