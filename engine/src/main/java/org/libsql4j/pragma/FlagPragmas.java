package org.libsql4j.pragma;

import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.vdbe.Opcode;

/** Pragmas that are switches of the connection. */
final class FlagPragmas {
  private FlagPragmas() {}

  static void register() {
    flag("automatic_index", ConnectionFlag.AUTOMATIC_INDEX);
    flag("cell_size_check", ConnectionFlag.CELL_SIZE_CHECK);
    flag("checkpoint_fullfsync", ConnectionFlag.CHECKPOINT_FULLFSYNC);
    flag("count_changes", ConnectionFlag.COUNT_CHANGES);
    flag("defer_foreign_keys", ConnectionFlag.DEFER_FOREIGN_KEYS);
    flag("empty_result_callbacks", ConnectionFlag.EMPTY_RESULT_CALLBACKS);
    flag("foreign_keys", ConnectionFlag.FOREIGN_KEYS);
    flag("full_column_names", ConnectionFlag.FULL_COLUMN_NAMES);
    flag("fullfsync", ConnectionFlag.FULLFSYNC);
    flag("ignore_check_constraints", ConnectionFlag.IGNORE_CHECK_CONSTRAINTS);
    flag("legacy_alter_table", ConnectionFlag.LEGACY_ALTER_TABLE);
    flag("query_only", ConnectionFlag.QUERY_ONLY);
    flag("read_uncommitted", ConnectionFlag.READ_UNCOMMITTED);
    flag("recursive_triggers", ConnectionFlag.RECURSIVE_TRIGGERS);
    flag("reverse_unordered_selects", ConnectionFlag.REVERSE_UNORDERED_SELECTS);
    flag("short_column_names", ConnectionFlag.SHORT_COLUMN_NAMES);
    flag("trusted_schema", ConnectionFlag.TRUSTED_SCHEMA);
    flag("writable_schema", ConnectionFlag.WRITABLE_SCHEMA);
    PragmaCatalog.silent("case_sensitive_like", false, FlagPragmas::caseSensitiveLike);
  }

  private static void flag(String name, ConnectionFlag flag) {
    PragmaCatalog.setting(name, false, call -> code(call, flag));
  }

  private static void code(PragmaCall call, ConnectionFlag flag) {
    if (call.value == null) {
      call.result(connection -> connection.isSet(flag) ? 1 : 0);
      return;
    }
    String text = call.text();
    boolean value = PragmaValues.toBoolean(text, false);
    boolean reset = flag == ConnectionFlag.WRITABLE_SCHEMA && text.equalsIgnoreCase("reset");
    call.effect(connection -> set(connection, flag, value, reset));
    call.builder().add(Opcode.EXPIRE);
  }

  private static void set(
      ConnectionState connection, ConnectionFlag flag, boolean value, boolean reset) {
    if (flag == ConnectionFlag.FOREIGN_KEYS && !connection.autoCommit) {
      // Whether foreign keys are enforced cannot change in the middle of a transaction.
      return;
    }
    connection.set(flag, value);
    if (flag == ConnectionFlag.DEFER_FOREIGN_KEYS && !value) {
      connection.transactions().deferredImmediateViolations = 0;
    }
    if (reset) {
      connection.resetAllSchemas();
    }
    PagerFlags.apply(connection);
  }

  private static void caseSensitiveLike(PragmaCall call) {
    if (call.value != null) {
      boolean value = PragmaValues.toBoolean(call.text(), false);
      call.effect(connection -> connection.set(ConnectionFlag.CASE_SENSITIVE_LIKE, value));
      call.builder().add(Opcode.EXPIRE);
    }
  }
}
