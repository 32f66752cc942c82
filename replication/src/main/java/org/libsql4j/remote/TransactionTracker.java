package org.libsql4j.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.spi.StatementKind;

/**
 * Whether a transaction is open in a stream. Servers of version 3 are asked along with each
 * statement; with older ones it follows from what was executed, and where it does not, from whether
 * another transaction can begin.
 */
final class TransactionTracker {
  private static final int VERSION_THAT_TELLS = 3;

  private final boolean tells;
  private boolean inTransaction;
  private boolean unknown;

  TransactionTracker(int version) {
    tells = version >= VERSION_THAT_TELLS;
  }

  boolean inTransaction() {
    return inTransaction;
  }

  /** Whether {@link #question} has to be asked. */
  boolean isUnknown() {
    return unknown;
  }

  void setUnknown() {
    unknown = true;
  }

  /** The stream is gone, and what was open in it. */
  void lost() {
    inTransaction = false;
    unknown = false;
  }

  /** Adds what has to be asked after a statement. */
  void addRequests(List<HranaRequest> requests) {
    if (tells) {
      requests.add(new HranaRequest.GetAutoCommit());
    }
  }

  /**
   * Looks at the results of requests that {@link #addRequests} has seen.
   *
   * @return that of the statement
   */
  HranaResult follow(StatementKind kind, List<HranaResult> results) {
    int last = results.size() - 1;
    if (tells) {
      setFrom(results.get(last));
      return results.get(last - 1);
    }
    HranaResult result = results.get(last);
    boolean failed = result instanceof HranaResult.Failure;
    switch (kind) {
      case BEGIN, BEGIN_READ_ONLY, SAVEPOINT -> inTransaction |= !failed;
      case END -> inTransaction &= failed;
      default -> {}
    }
    unknown = inTransaction && (failed || kind == StatementKind.RELEASE);
    return result;
  }

  /** As {@link #follow}, for statements of all kinds. */
  HranaResult followBatch(List<HranaResult> results) {
    HranaResult result = follow(StatementKind.WRITE, results);
    unknown = !tells;
    return result;
  }

  private void setFrom(@Nullable HranaResult result) {
    if (!(result instanceof HranaResult.AutoCommit autoCommit)) {
      throw RemoteException.protocol("the server did not tell whether a transaction is open");
    }
    inTransaction = !autoCommit.value();
    unknown = false;
  }

  /** What tells whether a transaction is open. */
  List<HranaRequest> question() {
    return tells
        ? List.of(new HranaRequest.GetAutoCommit())
        : List.of(
            new HranaRequest.Batch(
                List.of(
                    new HranaRequest.Step(null, HranaRequest.Stmt.of("BEGIN")),
                    new HranaRequest.Step(
                        new HranaRequest.Condition.Ok(0), HranaRequest.Stmt.of("ROLLBACK")))));
  }

  /** Takes the answer to {@link #question}. */
  void answer(List<HranaResult> results) {
    if (tells) {
      setFrom(results.get(0));
    } else if (results.get(0) instanceof HranaResult.BatchExecuted batch
        && !batch.errors().isEmpty()) {
      inTransaction = batch.errors().get(0) != null;
      unknown = false;
    } else {
      throw RemoteException.protocol("the server did not execute a batch");
    }
  }
}
