package org.libsql4j.vdbe;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.InsertedRowids;
import org.libsql4j.connection.TransactionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteRows;
import org.libsql4j.spi.RemoteSession;

/** Remote, RemoteColumns and RemoteNext: statements that run on a server. */
final class RemoteOps {
  private RemoteOps() {}

  /** Executes the statement; whether it gave a row. */
  static boolean start(Vdbe vdbe, Op op) {
    RemoteProgram.Target target = target(op);
    ConnectionState connection = vdbe.connection;
    checkMayRun(vdbe, connection);
    Mem[] parameters = new Mem[vdbe.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = vdbe.parameter(i);
    }
    boolean done = false;
    try {
      RemoteRows rows = target.statement().execute(parameters);
      vdbe.frame.remoteRows = rows;
      boolean found = rows.next();
      tell(vdbe, connection, rows);
      done = true;
      return found;
    } finally {
      if (!done && vdbe.program().countsChanges()) {
        connection.setChanges(0); // But for what OR FAIL has kept, of which a server does not tell.
      }
      followTransaction(connection, target.session(), vdbe.sql());
      followSavepoint(connection, done ? target.savepoint() : null);
    }
  }

  private static RemoteProgram.Target target(Op op) {
    if (op.p4 instanceof RemoteProgram.Target target) {
      return target;
    }
    throw Vdbe.internalError("Remote without statement");
  }

  private static void checkMayRun(Vdbe vdbe, ConnectionState connection) {
    if (connection.isInterrupted()) {
      throw new LibsqlException(ResultCode.INTERRUPT);
    }
    if (!vdbe.isReadOnly() && connection.isSet(ConnectionFlag.QUERY_ONLY)) {
      throw new LibsqlException(ResultCode.READONLY);
    }
  }

  private static void tell(Vdbe vdbe, ConnectionState connection, RemoteRows rows) {
    if (vdbe.program().countsChanges()) {
      connection.setChanges(rows.changes());
    }
    if (rows.hasInserted()) {
      connection.lastInsertRowid = rows.lastInsertRowid();
      InsertedRowids collected = connection.insertedRowids;
      if (collected != null) {
        collected.add(rows.lastInsertRowid()); // Of several rows a server tells only the last.
      }
    }
  }

  private static void followSavepoint(
      ConnectionState connection, RemoteProgram.@Nullable SavepointEffect effect) {
    if (effect == null || connection.autoCommit) {
      return;
    }
    TransactionState transactions = connection.transactions();
    if (effect.begins()) {
      transactions.pushSavepoint(effect.name());
    } else {
      transactions.truncateSavepoints(Math.max(0, transactions.findSavepoint(effect.name())));
    }
  }

  /**
   * Where the statements of a replica run depends on it: all others are compiled again. A remote
   * database's always run there.
   */
  private static void followTransaction(
      ConnectionState connection, RemoteSession session, String sql) {
    boolean autoCommit = session.isAutoCommit();
    if (autoCommit && !connection.autoCommit) {
      connection.transactions().closeSavepoints();
    }
    if (connection.autoCommit != autoCommit) {
      connection.autoCommit = autoCommit;
      connection.transactions().rolledBack = autoCommit && !isCommit(sql);
      if (!session.isRemoteOnly()) {
        connection.recompileStatements();
      }
    }
  }

  /** What ends a transaction otherwise is ROLLBACK, or an error. */
  private static boolean isCommit(String sql) {
    String text = sql.trim().toUpperCase(Locale.ROOT);
    return text.startsWith("COMMIT") || text.startsWith("END") || text.startsWith("RELEASE");
  }

  private static RemoteRows rows(Vdbe vdbe) {
    RemoteRows rows = vdbe.frame.remoteRows;
    if (rows == null) {
      throw Vdbe.internalError("no remote statement is running");
    }
    return rows;
  }

  static void columns(Vdbe vdbe, Op op) {
    RemoteRows rows = rows(vdbe);
    for (int i = 0; i < op.p3; i++) {
      Mem target = vdbe.mem[op.p2 + i];
      rows.column(i, target);
      if (target.type == Mem.TEXT) {
        target.changeEncoding(vdbe.connection.encoding);
      }
    }
  }

  static boolean next(Vdbe vdbe, Op op) {
    if (vdbe.connection.isInterrupted()) {
      throw new LibsqlException(ResultCode.INTERRUPT);
    }
    boolean done = false;
    try {
      boolean found = rows(vdbe).next();
      done = true;
      return found;
    } finally {
      if (!done) {
        followTransaction(vdbe.connection, target(vdbe.frame.ops[op.p1]).session(), vdbe.sql());
      }
    }
  }
}
