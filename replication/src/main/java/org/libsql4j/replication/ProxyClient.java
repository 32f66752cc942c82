package org.libsql4j.replication;

import java.util.UUID;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.replication.ReplicationException.Reason;
import org.libsql4j.replication.proto.DescribeRequest;
import org.libsql4j.replication.proto.DescribeResult;
import org.libsql4j.replication.proto.Description;
import org.libsql4j.replication.proto.ExecuteResults;
import org.libsql4j.replication.proto.Program;
import org.libsql4j.replication.proto.ProgramReq;
import org.libsql4j.replication.proto.Query;
import org.libsql4j.replication.proto.Step;

/** The service {@code proxy.Proxy} of a primary, for one connection. */
final class ProxyClient {
  private static final String SERVICE = "proxy.Proxy/";

  private final GrpcWebClient client;
  private final ServerAddress server;

  /** By it the server knows the connection, with its open transaction. */
  private final String clientId = UUID.randomUUID().toString();

  ProxyClient(GrpcWebClient client, ServerAddress server) {
    this.client = client;
    this.server = server;
  }

  /** What the primary makes of a statement. */
  Description describe(String sql) {
    DescribeResult result;
    try {
      result =
          client.unary(
              SERVICE + "Describe",
              DescribeRequest.newBuilder().setClientId(clientId).setStmt(sql).build(),
              server.headers().build(),
              DescribeResult.parser());
    } catch (GrpcException e) {
      throw failure(e);
    }
    if (result.hasError()) {
      throw statementError(result.getError());
    }
    return result.getDescription();
  }

  /** Executes one statement; the result is that of one step, which may be its error. */
  ExecuteResults execute(Query query) {
    Program program = Program.newBuilder().addSteps(Step.newBuilder().setQuery(query)).build();
    ExecuteResults results;
    try {
      results =
          client.unary(
              SERVICE + "Execute",
              ProgramReq.newBuilder().setClientId(clientId).setPgm(program).build(),
              server.headers().build(),
              ExecuteResults.parser());
    } catch (GrpcException e) {
      throw failure(e);
    }
    if (results.getResultsCount() != 1) {
      throw new ReplicationException(
          Reason.PROTOCOL, results.getResultsCount() + " results came for one statement");
    }
    return results;
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
