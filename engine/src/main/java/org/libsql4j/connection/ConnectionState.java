package org.libsql4j.connection;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.libsql4j.func.FunctionRegistry;
import org.libsql4j.record.TextEncoding;

/** Everything that belongs to one connection and outlives a statement. */
public final class ConnectionState {
  private final FunctionRegistry functions;
  private final CollationRegistry collations = new CollationRegistry();
  private final Set<ConnectionFlag> flags = EnumSet.noneOf(ConnectionFlag.class);
  private final Map<Limit, Integer> limits = new EnumMap<>(Limit.class);
  private volatile boolean interrupted;

  /** The text encoding of the main database, which all attached databases must share. */
  public TextEncoding encoding = TextEncoding.UTF8;

  /** False between BEGIN and COMMIT. */
  public boolean autoCommit = true;

  /** What {@code last_insert_rowid()} answers. */
  public long lastInsertRowid;

  /** What {@code changes()} answers. */
  public long changes;

  /** What {@code total_changes()} answers. */
  public long totalChanges;

  public ConnectionState(FunctionRegistry builtInFunctions) {
    this.functions = new FunctionRegistry(builtInFunctions);
    for (Limit limit : Limit.values()) {
      limits.put(limit, limit.defaultValue());
    }
  }

  public FunctionRegistry functions() {
    return functions;
  }

  public CollationRegistry collations() {
    return collations;
  }

  public boolean isSet(ConnectionFlag flag) {
    return flags.contains(flag);
  }

  public void set(ConnectionFlag flag, boolean value) {
    if (value) {
      flags.add(flag);
    } else {
      flags.remove(flag);
    }
  }

  public int limit(Limit limit) {
    return limits.getOrDefault(limit, limit.defaultValue());
  }

  /** Sets a limit, truncated to its upper bound; a negative value changes nothing. */
  public int setLimit(Limit limit, int value) {
    int old = limit(limit);
    if (value >= 0) {
      limits.put(limit, Math.min(value, limit.defaultValue()));
    }
    return old;
  }

  /** Asks the running statement to stop; may be called from any thread. */
  public void interrupt() {
    interrupted = true;
  }

  public boolean isInterrupted() {
    return interrupted;
  }

  public void clearInterrupt() {
    interrupted = false;
  }
}
