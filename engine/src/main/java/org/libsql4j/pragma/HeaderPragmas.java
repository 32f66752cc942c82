package org.libsql4j.pragma;

import org.libsql4j.btree.Btree;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Pragmas that are numbers in the file's header. */
final class HeaderPragmas {
  private HeaderPragmas() {}

  static void register() {
    header("schema_version", Btree.SCHEMA_VERSION, true);
    header("user_version", Btree.USER_VERSION, true);
    header("application_id", Btree.APPLICATION_ID, true);
    header("data_version", Btree.DATA_VERSION, false);
    header("freelist_count", Btree.FREE_PAGE_COUNT, false);
    PragmaCatalog.add(
        new PragmaDefinition(
            "default_cache_size",
            java.util.List.of("cache_size"),
            false,
            true,
            HeaderPragmas::defaultCacheSize));
  }

  private static void header(String name, int cookie, boolean writable) {
    PragmaHandler handler = call -> code(call, cookie, writable);
    if (writable) {
      PragmaCatalog.setting(name, false, handler);
    } else {
      PragmaCatalog.answering(name, false, handler);
    }
  }

  private static void code(PragmaCall call, int cookie, boolean writable) {
    ProgramBuilder builder = call.builder();
    openTemporary(call);
    boolean forbidden =
        cookie == Btree.SCHEMA_VERSION && call.connection().isSet(ConnectionFlag.DEFENSIVE);
    if (call.value != null && writable) {
      if (forbidden) {
        return;
      }
      int value = PragmaValues.toInt(call.text());
      builder.add(Opcode.TRANSACTION, call.database, 1);
      builder.add(Opcode.SET_COOKIE, call.database, cookie, value);
      if (cookie == Btree.SCHEMA_VERSION) {
        builder.setP5(1);
      }
      return;
    }
    int register = builder.newRegister();
    builder.add(Opcode.TRANSACTION, call.database, 0);
    builder.add(Opcode.READ_COOKIE, call.database, register, cookie);
    builder.add(Opcode.RESULT_ROW, register, 1);
  }

  /** The temporary database has no header before it is opened. */
  private static void openTemporary(PragmaCall call) {
    if (call.database == 1) {
      call.connection().temporaryBtree();
    }
  }

  private static void defaultCacheSize(PragmaCall call) {
    ProgramBuilder builder = call.builder();
    int database = call.database;
    openTemporary(call);
    if (call.value != null) {
      int size = Math.abs(PragmaValues.toInt(call.text()));
      call.context.writeDatabase(database, false);
      builder.add(Opcode.SET_COOKIE, database, Btree.DEFAULT_CACHE_SIZE, size);
      call.effect(
          connection -> {
            connection.database(database).schema().cacheSize = size;
            PragmaCall.btree(connection, database).pager().setCacheSize(size);
          });
      return;
    }
    call.context.useDatabase(database);
    int register = builder.newRegister();
    int zero = builder.newRegister();
    builder.add(Opcode.TRANSACTION, database);
    builder.add(Opcode.READ_COOKIE, database, register, Btree.DEFAULT_CACHE_SIZE);
    int positive = builder.add(Opcode.IF_POS, register);
    builder.add(Opcode.INTEGER, 0, zero);
    builder.add(Opcode.SUBTRACT, register, zero, register);
    int set = builder.add(Opcode.IF_POS, register);
    builder.add(Opcode.INTEGER, -2000, register);
    builder.jumpHere(set);
    builder.jumpHere(positive);
    builder.add(Opcode.RESULT_ROW, register, 1);
  }
}
