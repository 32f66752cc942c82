package org.libsql4j.schema;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_BYTES_OF_ONE = MOST_BYTES / 8;
  private static final int MOST_FILES = 1_000;
  private static final String[] STATISTICS = {"sqlite_stat1", "sqlite_stat4"};

  /**
   * What the contents of a schema depend on besides the file.
   *
   * @param columnLimit how many columns a table may have
   * @param samples whether the samples of ANALYZE are read
   */
  public record Reader(int columnLimit, boolean samples) {
    /** As equals, which takes the JVM ten milliseconds to set up for a record. */
    boolean isLike(@Nullable Reader other) {
      return other != null && columnLimit == other.columnLimit && samples == other.samples;
    }
  }

  /** What of a file is known. */
  private static final class Known {
    /** Null as long as the file was opened only once. */
    @Nullable Schema pattern;

    /** Of the schema table and of those with statistics. */
    List<TreeFingerprint> fingerprints = List.of();

    /** The highest root page in the schema. */
    int lastRoot;

    @Nullable Reader reader;

    int bytes() {
      int sum = 0;
      for (TreeFingerprint fingerprint : fingerprints) {
        sum += fingerprint.bytes();
      }
      return sum;
    }

    boolean isOf(Btree btree) {
      for (TreeFingerprint fingerprint : fingerprints) {
        if (!fingerprint.isOf(btree)) {
          return false;
        }
      }
      return true;
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
   * @return whether it was
   */
  public static boolean fill(Schema schema, Btree btree, Reader reader) {
    Known known = INSTANCE.find(btree.fileName());
    Schema pattern = known == null ? null : known.pattern;
    if (known == null || pattern == null) {
      return false;
    }
    boolean same =
        reader.isLike(known.reader)
            && pattern.fileFormat == schema.fileFormat
            && pattern.encoding == schema.encoding
            && pattern.cookie == schema.cookie
            && known.lastRoot <= btree.pageCount()
            && known.isOf(btree);
    if (same) {
      schema.standOn(pattern);
    }
    return same;
  }

  /**
   * Remembers a schema that was just read with its statistics, unless this is the first time that
   * the file is opened. Needs the transaction that it was read in.
   */
  public static void keep(Schema schema, Btree btree, Reader reader) {
    String file = btree.fileName();
    Known known = new Known();
    if (INSTANCE.find(file) != null) {
      List<TreeFingerprint> fingerprints = fingerprints(schema, btree);
      if (fingerprints.isEmpty()) {
        return;
      }
      known.fingerprints = fingerprints;
      known.pattern = schema.toPattern();
      known.reader = reader;
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

  /** Of all that was read; none if that is too much. */
  private static List<TreeFingerprint> fingerprints(Schema schema, Btree btree) {
    List<TreeFingerprint> found = new ArrayList<>(1);
    try {
      boolean small = add(found, btree, SchemaTable.ROOT);
      for (String name : STATISTICS) {
        Table table = schema.table(name);
        if (small && table != null && table.rootPage > 0) {
          small = add(found, btree, table.rootPage);
        }
      }
      return small ? found : List.of();
    } catch (LibsqlException e) {
      return List.of(); // The rows could be read, and that is what was asked for.
    }
  }

  private static boolean add(List<TreeFingerprint> found, Btree btree, int root) {
    TreeFingerprint fingerprint = TreeFingerprint.of(btree, root, MOST_BYTES_OF_ONE);
    if (fingerprint == null) {
      return false;
    }
    found.add(fingerprint);
    return true;
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
