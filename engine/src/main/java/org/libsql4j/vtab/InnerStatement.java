package org.libsql4j.vtab;

import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.vdbe.Vdbe;

/**
 * A statement that a virtual table runs on its own connection, inside of the statement that reads
 * or changes the table.
 */
public final class InnerStatement implements AutoCloseable {
  private static final int MAX_SCHEMA_RETRIES = 50;

  private final ConnectionState connection;
  private final String sql;
  private Vdbe machine;

  private InnerStatement(ConnectionState connection, String sql, Vdbe machine) {
    this.connection = connection;
    this.sql = sql;
    this.machine = machine;
  }

  /**
   * Compiles the first statement of a text.
   *
   * @throws LibsqlException what is wrong with it; MISUSE if there is no statement
   */
  public static InnerStatement prepare(ConnectionState connection, String sql) {
    return new InnerStatement(connection, sql, compile(connection, sql));
  }

  private static Vdbe compile(ConnectionState connection, String sql) {
    CompiledStatement compiled = connection.compiler().compile(connection, sql, 0);
    if (compiled.program() == null) {
      throw new LibsqlException(ResultCode.MISUSE);
    }
    return new Vdbe(connection, compiled.program());
  }

  /** Compiles a text and runs all of its statements to their ends. */
  public static void execute(ConnectionState connection, String sql) {
    connection.compiler().executeNested(connection, sql);
  }

  /** The cell of a parameter, from 0: to be set while the statement is not running. */
  public Mem parameter(int index) {
    return machine.parameter(index);
  }

  /** Goes to the next row; false at the end. */
  public boolean step() {
    for (int attempt = 0; ; attempt++) {
      boolean starting = !machine.isRunning();
      try {
        return machine.step();
      } catch (LibsqlException e) {
        if (e.resultCode() != ResultCode.SCHEMA || !starting || attempt >= MAX_SCHEMA_RETRIES) {
          throw e;
        }
        compileAgain();
      }
    }
  }

  private void compileAgain() {
    Vdbe old = machine;
    machine = compile(connection, sql);
    int count = Math.min(old.parameterCount(), machine.parameterCount());
    for (int i = 0; i < count; i++) {
      machine.parameter(i).copyFrom(old.parameter(i));
    }
  }

  /** Number of columns of the result. */
  public int columnCount() {
    return machine.program().resultColumns().size();
  }

  /** The cell of a column of the current row; valid until the next step. */
  public Mem column(int index) {
    return machine.result(index);
  }

  /** A column of the current row as text; null for NULL. */
  public @Nullable String text(int index) {
    return column(index).text();
  }

  /** Ends the run; parameters stay. */
  public void reset() {
    machine.reset();
  }

  @Override
  public void close() {
    machine.reset();
  }
}
