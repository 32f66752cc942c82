package org.libsql4j;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.vdbe.Vdbe;

/**
 * The programs of the statements used last, by their text.
 *
 * <p>An entry is valid as long as nothing that the compiler looked at has changed: settings,
 * functions, attached databases and what is loaded of their schemas. Whether another connection has
 * changed a schema is checked when the program runs.
 *
 * <p>What a statement that was closed leaves behind to run the program in, registers and cursors,
 * is kept with it: most of the time of a short query goes into making them.
 */
final class ProgramCache {
  private static final int LONGEST_TEXT = 10_000;

  /** A program, and a machine that has run it and waits for the next statement. */
  static final class Entry {
    private final CompiledStatement compiled;
    private final long generation;
    private final long schemaGeneration;
    private @Nullable Vdbe machine;

    private Entry(CompiledStatement compiled, ConnectionState state) {
      this.compiled = compiled;
      this.generation = state.compileGeneration();
      this.schemaGeneration = state.schemaGeneration();
    }

    CompiledStatement compiled() {
      return compiled;
    }

    private boolean isValid(ConnectionState state) {
      return generation == state.compileGeneration()
          && schemaGeneration == state.schemaGeneration();
    }

    /** A machine as good as a new one, for one user; null if there is none. */
    @Nullable Vdbe takeMachine() {
      Vdbe taken = machine;
      machine = null;
      return taken == null || taken.isExpired() ? null : taken;
    }

    /** Takes back a machine, which is not used any more. */
    void keepMachine(Vdbe idle) {
      if (machine == null && idle.program() == compiled.program() && idle.recycle()) {
        machine = idle;
      }
    }
  }

  /** The one used last at the end. */
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private int capacity;

  /** What {@link ConnectionState#compileGeneration} was when the cache was last used. */
  private long generation;

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
    dropOldest();
  }

  private void dropOldest() {
    while (entries.size() > capacity) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  int size() {
    return entries.size();
  }

  @Nullable Entry get(String sql, ConnectionState state) {
    if (generation != state.compileGeneration()) {
      generation = state.compileGeneration();
      dropMachines(); // They may hold on to a database that was detached.
    }
    Entry entry = entries.get(sql);
    return entry != null && entry.isValid(state) ? entry : null;
  }

  private void dropMachines() {
    for (Entry entry : entries.values()) {
      entry.machine = null;
    }
  }

  /** Keeps a program; answers null if it is not kept. */
  @Nullable Entry put(String sql, CompiledStatement compiled, ConnectionState state) {
    if (capacity <= 0 || compiled.program() == null || sql.length() > LONGEST_TEXT) {
      return null;
    }
    Entry entry = new Entry(compiled, state);
    entries.put(sql, entry);
    dropOldest();
    return entry;
  }
}
