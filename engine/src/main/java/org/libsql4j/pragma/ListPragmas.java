package org.libsql4j.pragma;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.func.ConnectionFunctions;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Collation;
import org.libsql4j.vtab.builtin.BuiltInModules;

/** Pragmas that list what a connection knows. */
final class ListPragmas {
  private static final int DETERMINISTIC_BIT = 0x800;
  private static final int DIRECT_ONLY_BIT = 0x80000;
  private static final int INNOCUOUS_BIT = 0x200000;

  private static final int SUBTYPE_BIT = 0x100000;

  /** JSON functions, without json_ or jsonb_, that look at the subtype of their arguments. */
  private static final Set<String> SUBTYPE_READERS =
      Set.of(
          "array",
          "array_insert",
          "group_array",
          "group_object",
          "insert",
          "object",
          "quote",
          "replace",
          "set");

  private ListPragmas() {}

  static void register() {
    PragmaCatalog.table("database_list", List.of("seq", "name", "file"), ListPragmas::databases);
    PragmaCatalog.table("collation_list", List.of("seq", "name"), ListPragmas::collations);
    PragmaCatalog.table(
        "function_list",
        List.of("name", "builtin", "type", "enc", "narg", "flags"),
        ListPragmas::functions);
    PragmaCatalog.table("module_list", List.of("name"), ListPragmas::modules);
    PragmaCatalog.table(
        "pragma_list",
        List.of("name"),
        call -> PragmaCatalog.names().forEach(name -> call.row(name)));
    PragmaCatalog.table(
        "compile_options",
        List.of("compile_options"),
        call -> ConnectionFunctions.compileOptions().forEach(option -> call.row(option)));
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
      call.row(
          function.name(),
          call.connection().functions().isBuiltIn(function),
          type,
          "utf8",
          function.argumentCount(),
          flags(function));
    }
  }

  private static int flags(FunctionDefinition function) {
    boolean deterministic =
        function.has(Flag.DETERMINISTIC)
            && (!function.isAggregate() || function.name().startsWith("json"));
    return (deterministic ? DETERMINISTIC_BIT : 0)
        | (function.has(Flag.DIRECT_ONLY) ? DIRECT_ONLY_BIT : 0)
        | (readsSubtype(function.name()) ? SUBTYPE_BIT : 0)
        | (function.has(Flag.INNOCUOUS) ? INNOCUOUS_BIT : 0);
  }

  private static boolean readsSubtype(String name) {
    int underscore = name.indexOf('_');
    boolean json = name.startsWith("json_") || name.startsWith("jsonb_");
    return name.equals("subtype")
        || (json && SUBTYPE_READERS.contains(name.substring(underscore + 1)));
  }

  private static void modules(PragmaCall call) {
    Set<String> names = new TreeSet<>(BuiltInModules.names());
    names.addAll(call.connection().modules().names());
    names.forEach(name -> call.row(name));
  }
}
