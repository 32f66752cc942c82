package org.libsql4j.vtab.builtin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.json.JsonTableModule;
import org.libsql4j.pragma.PragmaModule;
import org.libsql4j.vdbe.BytecodeModule;
import org.libsql4j.vtab.Module;

/** The modules that every connection has. */
public final class BuiltInModules {
  private BuiltInModules() {}

  /** Names of those that are listed before somebody has used them. */
  public static List<String> names() {
    return List.of(
        "bytecode", "dbstat", "generate_series", "sqlite_dbpage", "sqlite_stmt", "tables_used");
  }

  /** The module of this name, which is in lower case; null if there is none. */
  public static @Nullable Module find(String name) {
    return switch (name) {
      case "json_each" -> new JsonTableModule(false, false);
      case "json_tree" -> new JsonTableModule(true, false);
      case "jsonb_each" -> new JsonTableModule(false, true);
      case "jsonb_tree" -> new JsonTableModule(true, true);
      case "generate_series" -> new SeriesModule();
      case "dbstat" -> new DbstatModule();
      case "sqlite_dbpage" -> new DbpageModule();
      case "sqlite_stmt" -> new StatementsModule();
      case "bytecode" -> new BytecodeModule(false);
      case "tables_used" -> new BytecodeModule(true);
      default -> PragmaModule.find(name);
    };
  }
}
