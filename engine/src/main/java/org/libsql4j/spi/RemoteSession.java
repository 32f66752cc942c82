package org.libsql4j.spi;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.ReplicaControl;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** The statements of one connection that run on a server. Used by one thread at a time. */
public interface RemoteSession extends AutoCloseable {
  /**
   * Whether a statement is to run in the local database, as things are now.
   *
   * @param localTransaction whether a transaction is open there
   * @throws LibsqlException if it may run nowhere
   */
  boolean runsHere(StatementKind kind, boolean localTransaction);

  /**
   * Has the server look at a statement.
   *
   * @param sql one statement
   * @param parameterNames for each parameter its name with the leading character, or null
   * @throws LibsqlException what is wrong with it
   */
  RemoteStatement prepare(String sql, List<@Nullable String> parameterNames);

  /**
   * As {@link #prepare(String, List)}, with what is known of the statement.
   *
   * @throws LibsqlException what is wrong with it
   */
  default RemoteStatement prepare(RemoteText text) {
    return prepare(text.sql(), text.parameterNames());
  }

  /**
   * Executes statements in one request, one after the other until one fails.
   *
   * @return what they gave; the list ends with the first that failed
   * @throws LibsqlException if the server was not reached, or found one of the statements to be
   *     none and executed nothing
   */
  default List<RemoteOutcome> batch(List<RemoteCall> calls) {
    throw new LibsqlException(ResultCode.MISUSE, "only remote databases take batches");
  }

  /** Whether there is no local database: everything runs on the server. */
  default boolean isRemoteOnly() {
    return false;
  }

  /** Makes the request that is under way fail with INTERRUPT; may be called from any thread. */
  default void cancel() {}

  /**
   * Limits how long the server may take to answer, or be silent between rows, in requests from now
   * on; by any thread.
   *
   * @param limit if it is shorter than what the database was opened with; zero for that alone
   */
  default void limitRequests(Duration limit) {}

  /** Whether no transaction is open on the server. */
  boolean isAutoCommit();

  /** Called once, when the connection is being opened. */
  default void setUp(Connection connection) {}

  /** The replica that the connection belongs to; null if it has no local file. */
  default @Nullable ReplicaControl replica() {
    return null;
  }

  /** Ends the session. An open transaction is rolled back. */
  @Override
  void close();
}
