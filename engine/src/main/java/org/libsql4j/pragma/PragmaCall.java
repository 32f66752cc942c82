package org.libsql4j.pragma;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.codegen.CodeContext;
import org.libsql4j.codegen.RuntimeAction;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** One PRAGMA statement being generated. */
final class PragmaCall {
  final CodeContext context;

  /** In lower case. */
  final String name;

  /** Number of the database; main if none was written. */
  final int database;

  /** Whether a database was written. */
  final boolean qualified;

  /** Null if none was given. */
  final @Nullable String value;

  /** Whether the value was written in quotes. */
  final boolean quoted;

  PragmaCall(
      CodeContext context,
      String name,
      int database,
      boolean qualified,
      @Nullable String value,
      boolean quoted) {
    this.context = context;
    this.name = name;
    this.database = database;
    this.qualified = qualified;
    this.value = value;
    this.quoted = quoted;
  }

  ProgramBuilder builder() {
    return context.builder();
  }

  ConnectionState connection() {
    return context.connection();
  }

  /** The value; to be called only where there is one. */
  String text() {
    String given = value;
    if (given == null) {
      throw new LibsqlException(ResultCode.INTERNAL, "pragma without value");
    }
    return given;
  }

  /** Name of the database written, or null. */
  @Nullable String databaseName() {
    return qualified ? connection().database(database).name() : null;
  }

  /** Generates a row with one value that is found out when the program runs. */
  void result(Function<ConnectionState, @Nullable Object> value) {
    int register = builder().newRegister();
    RuntimeAction.value(context, name, register, value);
    builder().add(Opcode.RESULT_ROW, register, 1);
  }

  /** As {@link #result}, but NULL gives no row. */
  void resultIfAny(Function<ConnectionState, @Nullable Object> value) {
    int register = builder().newRegister();
    RuntimeAction.value(context, name, register, value);
    int none = builder().add(Opcode.IS_NULL, register);
    builder().add(Opcode.RESULT_ROW, register, 1);
    builder().jumpHere(none);
  }

  /** Generates an effect. */
  void effect(Consumer<ConnectionState> effect) {
    RuntimeAction.run(context, name, effect);
  }

  static Btree btree(ConnectionState connection, int index) {
    return index == 1 ? connection.temporaryBtree() : connection.database(index).btree();
  }

  /** Generates a row of constants: null, Integer, Long, Boolean or String. */
  void row(@Nullable Object... values) {
    int first = builder().newRegisters(values.length);
    for (int i = 0; i < values.length; i++) {
      constant(values[i], first + i);
    }
    builder().add(Opcode.RESULT_ROW, first, values.length);
  }

  private void constant(@Nullable Object value, int register) {
    if (value == null) {
      builder().add(Opcode.NULL, 0, register);
    } else if (value instanceof Number number) {
      context.exprs().integer(number.longValue(), register);
    } else if (value instanceof Boolean truth) {
      builder().add(Opcode.INTEGER, truth ? 1 : 0, register);
    } else {
      builder().add(Opcode.STRING8, 0, register, 0, value.toString());
    }
  }
}
