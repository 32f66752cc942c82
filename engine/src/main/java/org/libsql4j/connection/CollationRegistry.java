package org.libsql4j.connection;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Collations;

/** The collations of one connection by name, case-insensitively. */
public final class CollationRegistry {
  private static final Collation[] BUILT_IN = {
    Collations.BINARY, Collations.NOCASE, Collations.RTRIM
  };

  private final Map<String, Collation> byName = new LinkedHashMap<>();
  private @Nullable CollationNeeded needed;
  private boolean changed;

  /** With the built-in collations. */
  public CollationRegistry() {
    for (Collation collation : BUILT_IN) {
      byName.put(collation.name(), collation);
    }
  }

  /** Whether there never were others than those that every connection has. */
  public boolean isUnchanged() {
    return !changed;
  }

  /** Sets who is asked for collations that are not there; null for nobody. */
  public void setNeeded(@Nullable CollationNeeded hook) {
    needed = hook;
  }

  /** Adds a collation; replaces one of the same name. */
  public void register(Collation collation) {
    changed = true;
    byName.put(collation.name().toUpperCase(Locale.ROOT), collation);
  }

  /** Takes a collation away. */
  public void remove(String name) {
    changed = true;
    byName.remove(name.toUpperCase(Locale.ROOT));
  }

  /** The collation of a name, ignoring case; null if there is none. */
  public @Nullable Collation find(String name) {
    Collation found = byName.get(name); // Most names are in upper case already.
    return found != null ? found : byName.get(name.toUpperCase(Locale.ROOT));
  }

  /**
   * The collation of this name.
   *
   * @throws LibsqlException SQLITE_ERROR_MISSING_COLLSEQ "no such collation sequence: X"
   */
  public Collation get(String name) {
    Collation collation = find(name);
    CollationNeeded asked = needed;
    if (collation == null && asked != null) {
      asked.collationNeeded(name);
      collation = find(name);
    }
    if (collation == null) {
      throw new LibsqlException(
          ResultCode.ERROR_MISSING_COLLSEQ, "no such collation sequence: " + name);
    }
    return collation;
  }

  /** All of them in the order of registration. */
  public Iterable<Collation> all() {
    return byName.values();
  }
}
