package org.libsql4j.schema;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The definitions that schemas consist of, by their texts, for all connections of this process:
 * what a text means does not depend on the file that it stands in, and a program opens the same
 * files again and again. So only the first connection to a file has to understand its schema.
 *
 * <p>Kept are the texts used last, and none of them where memory is short.
 */
public final class SharedDefinitions {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int LONGEST_TEXT = MOST_CHARACTERS / 16;

  private static final SharedDefinitions INSTANCE = new SharedDefinitions();

  private final ReentrantLock lock = new ReentrantLock();
  private SoftReference<Map<String, StoredDefinition>> kept = new SoftReference<>(null);
  private int characters;

  private SharedDefinitions() {}

  /**
   * The definition in a text.
   *
   * @throws org.libsql4j.error.LibsqlException if it is no statement; that is not remembered
   */
  public static StoredDefinition of(String sql) {
    StoredDefinition known = INSTANCE.find(sql);
    if (known == null) {
      known = new StoredDefinition(sql);
      if (sql.length() <= LONGEST_TEXT) {
        INSTANCE.keep(sql, known);
      }
    }
    return known;
  }

  private @Nullable StoredDefinition find(String sql) {
    lock.lock();
    try {
      Map<String, StoredDefinition> map = kept.get();
      return map == null ? null : map.get(sql);
    } finally {
      lock.unlock();
    }
  }

  private void keep(String sql, StoredDefinition definition) {
    lock.lock();
    try {
      Map<String, StoredDefinition> map = kept.get();
      if (map == null) {
        map = new LinkedHashMap<>(16, 0.75f, true);
        kept = new SoftReference<>(map);
        characters = 0;
      }
      if (map.put(sql, definition) == null) {
        characters += sql.length();
      }
      while (characters > MOST_CHARACTERS) {
        String eldest = map.keySet().iterator().next();
        map.remove(eldest);
        characters -= eldest.length();
      }
    } finally {
      lock.unlock();
    }
  }
}
