package org.libsql4j.vdbe;

import java.util.Locale;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.InsertedRowids;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteRows;

/** Remote, RemoteColumns and RemoteNext: statements that run on a server. */
final class RemoteOps {
  private RemoteOps() {}

  /** Executes the statement; whether it gave a row. */
  static boolean start(Vdbe vdbe, Op op, int address) {
    if (!(op.p4 instanceof RemoteProgram.Target target)) {
      throw Vdbe.internalError("Remote without statement");
    }
    Mem[] parameters = new Mem[vdbe.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = vdbe.parameter(i);
    }
    ConnectionState connection = vdbe.connection;
    RemoteRows rows;
    try {
      rows = target.statement().execute(parameters);
    } finally {
      followTransaction(vdbe, target.session().isAutoCommit());
    }
    vdbe.frame.sites[address] = rows;
    connection.setChanges(rows.changes());
    if (rows.hasInserted()) {
      connection.lastInsertRowid = rows.lastInsertRowid();
      InsertedRowids collected = connection.insertedRowids;
      if (collected != null) {
        collected.add(rows.lastInsertRowid()); // Of several rows a server tells only the last.
      }
    }
    return rows.next();
  }

  /** Where statements run depends on it: all others are compiled again. */
  private static void followTransaction(Vdbe vdbe, boolean autoCommit) {
    ConnectionState connection = vdbe.connection;
    if (connection.autoCommit != autoCommit) {
      connection.autoCommit = autoCommit;
      connection.transactions().rolledBack = autoCommit && !isCommit(vdbe.sql());
      connection.recompileStatements();
    }
  }

  /** What ends a transaction otherwise is ROLLBACK, or an error. */
  private static boolean isCommit(String sql) {
    String text = sql.trim().toUpperCase(Locale.ROOT);
    return text.startsWith("COMMIT") || text.startsWith("END") || text.startsWith("RELEASE");
  }

  private static RemoteRows rows(Vdbe vdbe, int address) {
    if (vdbe.frame.sites[address] instanceof RemoteRows rows) {
      return rows;
    }
    throw Vdbe.internalError("no remote statement is running");
  }

  static void columns(Vdbe vdbe, Op op) {
    RemoteRows rows = rows(vdbe, op.p1);
    for (int i = 0; i < op.p3; i++) {
      Mem target = vdbe.mem[op.p2 + i];
      rows.column(i, target);
      if (target.type == Mem.TEXT) {
        target.changeEncoding(vdbe.connection.encoding);
      }
    }
  }

  static boolean next(Vdbe vdbe, Op op) {
    return rows(vdbe, op.p1).next();
  }
}
