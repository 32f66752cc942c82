package org.libsql4j.pragma;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All pragmas by name. */
final class PragmaCatalog {
  private PragmaCatalog() {}

  private static final Map<String, PragmaDefinition> BY_NAME = new TreeMap<>();

  static {
    FlagPragmas.register();
    FilePragmas.register();
    HeaderPragmas.register();
    ConnectionPragmas.register();
    SchemaPragmas.register();
    ListPragmas.register();
    CheckPragmas.register();
    ForeignKeyCheck.register();
  }

  static @Nullable PragmaDefinition find(String name) {
    return BY_NAME.get(name);
  }

  /** The names in order. */
  static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** A pragma that gives one value of its own name when asked and nothing when set. */
  static void setting(String name, boolean needsSchema, PragmaHandler handler) {
    add(new PragmaDefinition(name, List.of(name), false, needsSchema, handler));
  }

  /** A pragma that gives one value of its own name also when set. */
  static void answering(String name, boolean needsSchema, PragmaHandler handler) {
    add(new PragmaDefinition(name, List.of(name), true, needsSchema, handler));
  }

  /** A pragma that gives rows with these columns. */
  static void table(String name, List<String> columns, PragmaHandler handler) {
    add(new PragmaDefinition(name, columns, true, true, handler));
  }

  /** A pragma without a result. */
  static void silent(String name, boolean needsSchema, PragmaHandler handler) {
    add(new PragmaDefinition(name, List.of(), false, needsSchema, handler));
  }

  static void add(PragmaDefinition definition) {
    BY_NAME.put(definition.name(), definition);
  }
}
