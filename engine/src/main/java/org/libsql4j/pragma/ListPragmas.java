package org.libsql4j.pragma;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Collation;

/** Pragmas that list what a connection knows. */
final class ListPragmas {
  private static final int DETERMINISTIC_BIT = 0x800;
  private static final int DIRECT_ONLY_BIT = 0x80000;
  private static final int INNOCUOUS_BIT = 0x200000;

  private static final List<String> COMPILE_OPTIONS =
      List.of(
          "DEFAULT_CACHE_SIZE=-2000",
          "DEFAULT_FILE_FORMAT=4",
          "DEFAULT_MMAP_SIZE=0",
          "DEFAULT_PAGE_SIZE=4096",
          "DEFAULT_SYNCHRONOUS=2",
          "DEFAULT_WAL_AUTOCHECKPOINT=1000",
          "DEFAULT_WAL_SYNCHRONOUS=2",
          "ENABLE_COLUMN_METADATA",
          "ENABLE_MATH_FUNCTIONS",
          "ENABLE_UPDATE_DELETE_LIMIT",
          "MAX_ATTACHED=10",
          "MAX_COLUMN=2000",
          "MAX_PAGE_COUNT=4294967294",
          "MAX_PAGE_SIZE=65536",
          "MAX_VARIABLE_NUMBER=32766",
          "OMIT_LOAD_EXTENSION",
          "TEMP_STORE=1",
          "THREADSAFE=1");

  private ListPragmas() {}

  static void register() {
    PragmaCatalog.table("database_list", List.of("seq", "name", "file"), ListPragmas::databases);
    PragmaCatalog.table("collation_list", List.of("seq", "name"), ListPragmas::collations);
    PragmaCatalog.table(
        "function_list",
        List.of("name", "builtin", "type", "enc", "narg", "flags"),
        ListPragmas::functions);
    PragmaCatalog.table("module_list", List.of("name"), call -> {});
    PragmaCatalog.table(
        "pragma_list",
        List.of("name"),
        call -> PragmaCatalog.names().forEach(name -> call.row(name)));
    PragmaCatalog.table(
        "compile_options",
        List.of("compile_options"),
        call -> COMPILE_OPTIONS.forEach(option -> call.row(option)));
  }

  private static void databases(PragmaCall call) {
    List<AttachedDatabase> databases = call.connection().databases();
    for (int i = 0; i < databases.size(); i++) {
      Btree btree = databases.get(i).btreeOrNull();
      if (btree != null) {
        call.row(i, databases.get(i).name(), btree.fileName());
      }
    }
  }

  /** The newest first. */
  private static void collations(PragmaCall call) {
    List<String> names = new ArrayList<>();
    for (Collation collation : call.connection().collations().all()) {
      names.add(collation.name());
    }
    Collections.reverse(names);
    for (int i = 0; i < names.size(); i++) {
      call.row(i, names.get(i));
    }
  }

  private static void functions(PragmaCall call) {
    for (FunctionDefinition function : call.connection().functions().all()) {
      if (function.has(Flag.INTERNAL)) {
        continue;
      }
      String type = function.isWindow() ? "w" : function.isAggregate() ? "a" : "s";
      int flags =
          (function.has(Flag.DETERMINISTIC) ? DETERMINISTIC_BIT : 0)
              | (function.has(Flag.DIRECT_ONLY) ? DIRECT_ONLY_BIT : 0)
              | (function.has(Flag.INNOCUOUS) ? INNOCUOUS_BIT : 0);
      call.row(
          function.name(),
          function.has(Flag.INNOCUOUS),
          type,
          "utf8",
          function.argumentCount(),
          flags);
    }
  }
}
