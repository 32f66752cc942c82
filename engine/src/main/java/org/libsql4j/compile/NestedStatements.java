package org.libsql4j.compile;

import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.StatementCompiler;
import org.libsql4j.vdbe.Vdbe;

/** Runs statements that the engine itself needs, inside a running statement. */
final class NestedStatements {
  private NestedStatements() {}

  /** Runs all statements of a text; their rows are dropped. */
  static void execute(StatementCompiler compiler, ConnectionState connection, String sql) {
    int offset = 0;
    while (offset < sql.length()) {
      CompiledStatement compiled = compiler.compile(connection, sql, offset);
      if (compiled.program() == null) {
        return;
      }
      Vdbe machine = new Vdbe(connection, compiled.program());
      while (machine.step()) {
        // Only the effect is wanted.
      }
      machine.reset();
      offset = compiled.tailOffset();
    }
  }
}
