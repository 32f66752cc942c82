package org.libsql4j;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;

/**
 * How a replica is doing.
 *
 * @param state in one word
 * @param lastSyncMillis when a sync last succeeded, in milliseconds since 1970; empty if none has
 *     since the replica was opened
 * @param failures how many syncs have failed since then
 * @param lastFailure why the last one failed; null if the last one succeeded
 * @param servers in the order in which they are asked
 */
public record ReplicaHealth(
    State state,
    OptionalLong lastSyncMillis,
    int failures,
    @Nullable LibsqlException lastFailure,
    List<Server> servers) {

  /** A replica in one word. */
  public enum State {
    /** No sync has been tried. */
    NEW,
    /** The last sync succeeded. */
    IN_STEP,
    /** The last sync failed: reads show an older state. */
    BEHIND,
    /** It was closed. */
    CLOSED
  }

  /** Whether a server is asked. */
  public enum Circuit {
    /** It is. */
    CLOSED,
    /** It has failed too often and is left alone. */
    OPEN,
    /** It was left alone long enough: one request tries how it is. */
    HALF_OPEN
  }

  /**
   * A server that the replica knows.
   *
   * @param url where it is
   * @param circuit whether it is asked
   * @param failures how many requests have failed since the last that did not
   * @param lastFailure what the last failure was; null if there are none
   */
  public record Server(String url, Circuit circuit, int failures, @Nullable String lastFailure) {}
}
