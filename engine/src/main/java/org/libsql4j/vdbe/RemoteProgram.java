package org.libsql4j.vdbe;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteStatement;
import org.libsql4j.spi.RemoteText;

/** The program of a statement that runs on a server. */
public final class RemoteProgram {
  private RemoteProgram() {}

  /**
   * P4 of Remote: what runs, and where the state of the transaction is asked.
   *
   * @param savepoint what it does to savepoints, or null
   */
  public record Target(
      RemoteSession session, RemoteStatement statement, @Nullable SavepointEffect savepoint) {}

  /**
   * SAVEPOINT or RELEASE.
   *
   * @param begins or ends
   */
  public record SavepointEffect(String name, boolean begins) {}

  /** Takes over whether a transaction is open, after a statement. */
  public static void followTransaction(
      ConnectionState connection, RemoteSession session, String sql) {
    RemoteOps.followTransaction(connection, session, sql);
  }

  /**
   * @param text as the server gets it
   * @param parameterNames as the statement was written
   * @param explain as {@link Program#explain()}
   * @param countsChanges as {@link Program#countsChanges()}
   */
  public static Program of(
      Target target,
      List<ResultColumn> columns,
      RemoteText text,
      List<@Nullable String> parameterNames,
      int explain,
      boolean countsChanges) {
    ProgramBuilder builder = new ProgramBuilder();
    int first = builder.newRegisters(Math.max(1, columns.size()));
    builder.add(Opcode.INIT, 0, 1, 0, text.sql());
    int end = builder.newLabel();
    int start = builder.add(Opcode.REMOTE, 0, end, 0, target);
    int loop = builder.currentAddress();
    builder.add(Opcode.REMOTE_COLUMNS, start, first, columns.size());
    if (!columns.isEmpty()) {
      builder.add(Opcode.RESULT_ROW, first, columns.size());
    }
    builder.add(Opcode.REMOTE_NEXT, start, loop);
    builder.resolve(end);
    builder.add(Opcode.HALT);
    return new Program(
        builder.finishOps(),
        builder.registerCount(),
        builder.cursorCount(),
        List.copyOf(columns),
        text.sql(),
        parameterNames,
        target.statement().isReadOnly(text.readOnly()),
        explain,
        false,
        countsChanges,
        builder.queryPlan());
  }
}
