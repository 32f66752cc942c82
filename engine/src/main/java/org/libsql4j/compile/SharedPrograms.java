package org.libsql4j.compile;

import java.lang.ref.SoftReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.schema.Schema;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.Update;
import org.libsql4j.vdbe.Program;
import org.libsql4j.vdbe.ProgramSharing;

/**
 * Programs for all connections of this process: a statement that many short connections run is
 * compiled once.
 *
 * <p>A program depends on the text, on what the schema means and on the connection. So it is found
 * by the first two and the switches, and only by connections that have nothing of their own ({@link
 * ConnectionState#compilesAsOthers}). A text is kept when it is compiled for the second time: most
 * texts with values in them never are.
 */
final class SharedPrograms {
  private static final int LONGEST_TEXT = 10_000;

  /** About a hundred bytes each. */
  private static final int MOST_INSTRUCTIONS = 50_000;

  private static final int NOTED_TEXTS = 1 << 10;

  /**
   * For whom a program is.
   *
   * @param model the schema, compared by identity
   * @param generation of the connection's schema, which is in the program
   */
  private record Key(Schema model, int generation, long switches, String sql) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && model == key.model
          && generation == key.generation
          && switches == key.switches
          && sql.equals(key.sql);
    }

    @Override
    public int hashCode() {
      return sql.hashCode() * 31 + System.identityHashCode(model);
    }
  }

  private static final SharedPrograms INSTANCE = new SharedPrograms();

  private final ReentrantLock lock = new ReentrantLock();
  private SoftReference<Map<Key, CompiledStatement>> kept = new SoftReference<>(null);
  private int instructions;

  /**
   * Hash codes of texts that were compiled. Without a lock: what is lost is a text that is compiled
   * once more.
   */
  private final int[] noted = new int[NOTED_TEXTS];

  private SharedPrograms() {}

  /** What another connection made of the same text; null if there is nothing. */
  static @Nullable CompiledStatement find(ConnectionState connection, String sql) {
    int hash = sql.hashCode();
    if (INSTANCE.noted[hash & (NOTED_TEXTS - 1)] != hash || !connection.compilesAsOthers()) {
      return null;
    }
    connection.loadSchemas(); // The compiler would do that first, too: such texts name tables.
    Key key = key(connection, sql);
    return key == null ? null : INSTANCE.get(key);
  }

  /** Keeps what was made of a text, if others can use it and it is not the first time. */
  static void offer(
      ConnectionState connection, String sql, Statement statement, CompiledStatement compiled) {
    Program program = compiled.program();
    if (program == null
        || !isCommon(statement)
        || !ProgramSharing.needsSchema(program)
        || sql.length() > LONGEST_TEXT) {
      return;
    }
    int hash = sql.hashCode();
    int place = hash & (NOTED_TEXTS - 1);
    if (INSTANCE.noted[place] != hash) {
      INSTANCE.noted[place] = hash;
      return;
    }
    Key key = connection.compilesAsOthers() ? key(connection, sql) : null;
    if (key != null && ProgramSharing.prepare(program, key.model, connection.encoding)) {
      INSTANCE.put(key, compiled);
    }
  }

  private static boolean isCommon(Statement statement) {
    return statement instanceof Select
        || statement instanceof Insert
        || statement instanceof Update
        || statement instanceof Delete;
  }

  private static @Nullable Key key(ConnectionState connection, String sql) {
    AttachedDatabase main = connection.main();
    Schema model = main.schema().model();
    return model == null || model.encoding != connection.encoding
        ? null
        : new Key(model, main.schema().generation, connection.switches(), sql);
  }

  private @Nullable CompiledStatement get(Key key) {
    lock.lock();
    try {
      Map<Key, CompiledStatement> map = kept.get();
      return map == null ? null : map.get(key);
    } finally {
      lock.unlock();
    }
  }

  private void put(Key key, CompiledStatement compiled) {
    lock.lock();
    try {
      Map<Key, CompiledStatement> map = kept.get();
      if (map == null) {
        map = new LinkedHashMap<>(16, 0.75f, true);
        kept = new SoftReference<>(map);
        instructions = 0;
      }
      instructions += length(compiled) - length(map.put(key, compiled));
      Iterator<CompiledStatement> eldest = map.values().iterator();
      while (instructions > MOST_INSTRUCTIONS && eldest.hasNext()) {
        instructions -= length(eldest.next());
        eldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private static int length(@Nullable CompiledStatement compiled) {
    Program program = compiled == null ? null : compiled.program();
    return program == null ? 0 : program.ops().length;
  }
}
