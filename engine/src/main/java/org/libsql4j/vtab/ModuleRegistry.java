package org.libsql4j.vtab;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Table;

/** The modules of one connection by name, and their eponymous tables that are in use. */
public final class ModuleRegistry {
  /** Modules that come into being when somebody asks for them by name. */
  public interface Source {
    /** The module of a name, or null. */
    @Nullable Module find(String lowerCaseName);
  }

  private final Source builtIn;
  private final Map<String, Module> modules = new LinkedHashMap<>();
  private final Map<String, Table> eponymous = new LinkedHashMap<>();

  /** With a way to find built-in modules. */
  public ModuleRegistry(Source builtIn) {
    this.builtIn = builtIn;
  }

  /** Adds a module; replaces one of the same name. Null removes it. */
  public void register(String name, @Nullable Module module) {
    String key = name.toLowerCase(Locale.ROOT);
    dropEponymous(key);
    if (module == null) {
      modules.remove(key);
    } else {
      modules.put(key, module);
    }
  }

  /** The module of this name, ignoring case; null if there is none. */
  public @Nullable Module find(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    Module module = modules.get(key);
    if (module == null) {
      module = builtIn.find(key);
      if (module != null) {
        modules.put(key, module);
      }
    }
    return module;
  }

  /** Names of the modules known by now. */
  public Collection<String> names() {
    return modules.keySet();
  }

  /** The table that a module has under its own name; null if none was connected. */
  public @Nullable Table eponymousTable(String name) {
    return eponymous.get(name.toLowerCase(Locale.ROOT));
  }

  void setEponymousTable(String name, Table table) {
    eponymous.put(name.toLowerCase(Locale.ROOT), table);
  }

  private void dropEponymous(String key) {
    Table table = eponymous.remove(key);
    if (table != null && table.virtual != null) {
      table.virtual.disconnect();
    }
  }

  /** Disconnects all eponymous tables. */
  public void close() {
    for (Table table : eponymous.values()) {
      if (table.virtual != null) {
        table.virtual.disconnect();
      }
    }
    eponymous.clear();
  }
}
