package org.libsql4j;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionState;

/**
 * The programs of the statements used last, by their text.
 *
 * <p>An entry is valid as long as nothing that the compiler looked at has changed: settings,
 * functions, attached databases and what is loaded of their schemas. Whether another connection has
 * changed a schema is checked when the program runs.
 */
final class ProgramCache {
  private static final int LONGEST_TEXT = 10_000;

  private record Entry(CompiledStatement compiled, long generation, long schemaGeneration) {}

  private final Map<String, Entry> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ProgramCache.Entry> eldest) {
          return size() > capacity;
        }
      };

  private int capacity;

  /**
   * @param capacity how many programs are kept; 0 for none
   */
  ProgramCache(int capacity) {
    this.capacity = capacity;
  }

  /** Whether programs are kept at all. */
  boolean isOn() {
    return capacity > 0;
  }

  void setCapacity(int value) {
    capacity = value;
    while (entries.size() > capacity) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  int size() {
    return entries.size();
  }

  @Nullable CompiledStatement get(String sql, ConnectionState state) {
    Entry entry = entries.get(sql);
    if (entry == null
        || entry.generation() != state.compileGeneration()
        || entry.schemaGeneration() != state.schemaGeneration()) {
      return null;
    }
    return entry.compiled();
  }

  void put(String sql, CompiledStatement compiled, ConnectionState state) {
    if (capacity > 0 && compiled.program() != null && sql.length() <= LONGEST_TEXT) {
      entries.put(sql, new Entry(compiled, state.compileGeneration(), state.schemaGeneration()));
    }
  }
}
