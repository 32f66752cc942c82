package org.libsql4j.vdbe;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteStatement;

/** The program of a statement that runs on a server. */
public final class RemoteProgram {
  private RemoteProgram() {}

  /** P4 of Remote: what runs, and where the state of the transaction is asked. */
  record Target(RemoteSession session, RemoteStatement statement) {}

  public static Program of(
      RemoteSession session,
      RemoteStatement statement,
      List<ResultColumn> columns,
      String sql,
      List<@Nullable String> parameterNames) {
    ProgramBuilder builder = new ProgramBuilder();
    int first = builder.newRegisters(Math.max(1, columns.size()));
    builder.add(Opcode.INIT, 0, 1, 0, sql);
    int end = builder.newLabel();
    int start = builder.add(Opcode.REMOTE, 0, end, 0, new Target(session, statement));
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
        sql,
        parameterNames,
        false,
        0,
        false,
        columns.isEmpty(),
        builder.queryPlan());
  }
}
