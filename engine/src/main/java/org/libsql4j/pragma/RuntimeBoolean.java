package org.libsql4j.pragma;

import java.util.function.Predicate;
import org.libsql4j.codegen.RuntimeAction;
import org.libsql4j.connection.ConnectionState;

/** A question to the connection whose answer decides a jump. */
final class RuntimeBoolean {
  private RuntimeBoolean() {}

  /** Puts 1 or 0 into the register. */
  static void code(PragmaCall call, int register, Predicate<ConnectionState> question) {
    RuntimeAction.value(
        call.context, call.name, register, connection -> question.test(connection) ? 1 : 0);
  }
}
