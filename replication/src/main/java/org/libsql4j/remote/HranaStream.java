package org.libsql4j.remote;

import java.util.List;

/**
 * A connection to the database that the server has for one client. Used by one thread at a time,
 * but for {@link #cancel}.
 *
 * <p>After a {@link RemoteException} from here with another reason than STATEMENT it is of no use.
 */
interface HranaStream {
  /** Whether the server has not been told of it. */
  boolean isFresh();

  /** Whether the server is known not to have it any more, or may have ended it meanwhile. */
  boolean isStale();

  /** Whether it cannot be used any more. */
  boolean isBroken();

  /**
   * Executes requests one after the other; one that fails does not keep the next from being
   * executed.
   *
   * @return as many results as there are requests
   */
  List<HranaResult> send(List<HranaRequest> requests);

  /** Executes one statement and reads its rows bit by bit. Needs version 3. */
  HranaCursor openCursor(HranaRequest.Stmt stmt);

  /** The texts that the server keeps for it. */
  StoredTexts texts();

  /** Makes what is under way fail with INTERRUPT; by any thread. */
  void cancel();

  /**
   * Gives it back; what is open in it is rolled back. Fails never.
   *
   * @param wait until the server has done it
   */
  void close(boolean wait);
}
