package org.libsql4j.schema;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.btree.TreeFingerprint;
import org.libsql4j.error.LibsqlException;

/**
 * The schemas of files that are opened again and again, for all connections of this process. A
 * connection that finds the same schema cookie and the same pages of the schema table need not read
 * its rows.
 *
 * <p>Kept are those used last, and none where memory is short.
 */
public final class SharedSchemas {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_BYTES_OF_ONE = MOST_BYTES / 4;
  private static final int MOST_FILES = 1_000;

  /** What of a file is known. */
  private static final class Known {
    /** Null as long as the file was opened only once. */
    @Nullable TreeFingerprint fingerprint;

    @Nullable Schema pattern;

    /** The highest root page in the schema. */
    int lastRoot;

    /** How many columns a table could have when the schema was read. */
    int columnLimit;

    int bytes() {
      return fingerprint == null ? 0 : fingerprint.bytes();
    }
  }

  private static final SharedSchemas INSTANCE = new SharedSchemas();

  private final ReentrantLock lock = new ReentrantLock();
  private SoftReference<Map<String, Known>> kept = new SoftReference<>(null);
  private int bytes;

  private SharedSchemas() {}

  /**
   * Fills a schema that is empty but for what the header says, if the file's schema is known. Needs
   * an open transaction.
   *
   * @param columnLimit how many columns a table may have
   * @return whether it was
   */
  public static boolean fill(Schema schema, Btree btree, int columnLimit) {
    Known known = INSTANCE.find(btree.fileName());
    if (known == null || known.fingerprint == null || known.pattern == null) {
      return false;
    }
    Schema pattern = known.pattern;
    boolean same =
        known.columnLimit == columnLimit
            && pattern.fileFormat == schema.fileFormat
            && pattern.encoding == schema.encoding
            && pattern.cookie == schema.cookie
            && known.lastRoot <= btree.pageCount()
            && known.fingerprint.isOf(btree);
    if (same) {
      schema.standOn(pattern);
    }
    return same;
  }

  /**
   * Remembers a schema that was just read, unless this is the first time that the file is opened.
   * Needs the transaction that it was read in.
   */
  public static void keep(Schema schema, Btree btree, int columnLimit) {
    String file = btree.fileName();
    Known known = new Known();
    if (INSTANCE.find(file) != null) {
      TreeFingerprint fingerprint = fingerprint(btree);
      if (fingerprint == null) {
        return;
      }
      known.fingerprint = fingerprint;
      known.pattern = schema.toPattern();
      known.columnLimit = columnLimit;
      for (Table table : schema.tables()) {
        known.lastRoot = Math.max(known.lastRoot, table.rootPage);
      }
      for (Index index : schema.indexes()) {
        known.lastRoot = Math.max(known.lastRoot, index.rootPage);
      }
    }
    INSTANCE.put(file, known);
  }

  /** Whether the schema of a file is kept. */
  static boolean knows(String file) {
    Known known = INSTANCE.find(file);
    return known != null && known.pattern != null;
  }

  private @Nullable Known find(String file) {
    lock.lock();
    try {
      Map<String, Known> map = kept.get();
      return map == null ? null : map.get(file);
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable TreeFingerprint fingerprint(Btree btree) {
    try {
      return TreeFingerprint.of(btree, SchemaTable.ROOT, MOST_BYTES_OF_ONE);
    } catch (LibsqlException e) {
      return null; // The rows could be read, and that is what was asked for.
    }
  }

  private void put(String file, Known known) {
    lock.lock();
    try {
      Map<String, Known> map = kept.get();
      if (map == null) {
        map = new LinkedHashMap<>(16, 0.75f, true);
        kept = new SoftReference<>(map);
        bytes = 0;
      }
      Known before = map.put(file, known);
      bytes += known.bytes() - (before == null ? 0 : before.bytes());
      while (bytes > MOST_BYTES || map.size() > MOST_FILES) {
        String eldest = map.keySet().iterator().next();
        Known removed = map.remove(eldest);
        bytes -= removed == null ? 0 : removed.bytes();
      }
    } finally {
      lock.unlock();
    }
  }
}
