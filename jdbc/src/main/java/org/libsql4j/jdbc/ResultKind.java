package org.libsql4j.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** The constants of java.sql for kinds of result sets. */
final class ResultKind {
  private ResultKind() {}

  /**
   * @throws SQLException if one of them is no constant for what it stands for
   */
  static void check(int type, int concurrency, int holdability) throws SQLException {
    if (type != ResultSet.TYPE_FORWARD_ONLY
        && type != ResultSet.TYPE_SCROLL_INSENSITIVE
        && type != ResultSet.TYPE_SCROLL_SENSITIVE) {
      throw SqlErrors.badArgument("unknown type of result set " + type);
    }
    if (concurrency != ResultSet.CONCUR_READ_ONLY && concurrency != ResultSet.CONCUR_UPDATABLE) {
      throw SqlErrors.badArgument("unknown concurrency of result set " + concurrency);
    }
    checkHoldability(holdability);
  }

  /**
   * @throws SQLException if it is no constant for that
   */
  static void checkHoldability(int holdability) throws SQLException {
    if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT
        && holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      throw SqlErrors.badArgument("unknown holdability " + holdability);
    }
  }
}
