package org.libsql4j.compat.encryption;

import java.nio.file.Path;
import java.util.List;
import org.libsql4j.compat.engines.SqlEngine;

/** A process of ours that is killed in a transaction, part of which is in the file already. */
final class UnfinishedWork {
  private UnfinishedWork() {}

  /** Begins a transaction for which the cache is too small. */
  static List<String> statements(String journalMode) {
    return List.of(
        "PRAGMA journal_mode = " + journalMode,
        "PRAGMA cache_size = 5",
        "BEGIN",
        "UPDATE t SET v = 'lost ' || v",
        "INSERT INTO t(v, b) SELECT v, zeroblob(3000) FROM t");
  }

  /**
   * @param args file, key, journal mode
   */
  public static void main(String[] args) throws InterruptedException {
    SqlEngine engine = Engines.OURS.open(Path.of(args[0]), args[1]);
    statements(args[2]).forEach(engine::must);
    System.out.println("changed");
    Thread.sleep(60_000);
  }
}
