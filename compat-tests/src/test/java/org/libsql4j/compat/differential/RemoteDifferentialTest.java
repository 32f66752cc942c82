package org.libsql4j.compat.differential;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.Outcome;
import org.libsql4j.compat.generate.GeneratedSql;
import org.libsql4j.compat.sqld.SqldServer;

/**
 * The random statements of {@link DifferentialTest} on a database on a server, and on a local one:
 * rows, types, counts, error codes and error texts must be the same, but for what the server's
 * older SQLite and its own parser do differently: see {@link RemoteDifferences}.
 *
 * <p>{@code -Dcompat.remote.scripts=N} runs more scripts, {@code -Dcompat.differential.seed=N} one.
 */
class RemoteDifferentialTest {
  private static final int SCRIPTS = Integer.getInteger("compat.remote.scripts", 8);
  private static final int FIRST = Integer.getInteger("compat.differential.seed", 1);
  private static final int MOST_SHOWN = 20;

  /**
   * Here SQLite 3.40 does as the server with its 3.45, and 3.54 otherwise: {@code quote(9e999)},
   * CASE with NOT IN (SELECT ...), blobs as numbers.
   */
  private static final Set<Integer> SEEDS_OF_OLD_SQLITE = Set.of(11, 52, 59, 67, 68, 78);

  @TempDir Path folder;

  @Test
  void randomStatementsDoTheSame() throws Exception {
    List<String> differences = new ArrayList<>();
    RemoteDifferences expected = new RemoteDifferences();
    try (SqldServer server = SqldServer.start(folder)) {
      for (int seed = FIRST; seed < FIRST + SCRIPTS; seed++) {
        if (SEEDS_OF_OLD_SQLITE.contains(seed)) {
          continue;
        }
        String url = seed % 2 == 0 ? server.url() : server.url().replace("http:", "ws:");
        Connection connection = Database.remoteBuilder(url).foreignKeys(false).build().connect();
        try (OurEngine remote = OurEngine.of(connection);
            OurEngine local = OurEngine.inMemory()) {
          clear(connection);
          run(ScriptGenerator.script(seed), seed, local, remote, expected, differences);
        }
      }
    }
    if (Boolean.getBoolean("compat.remote.report")) {
      System.out.println(expected);
    }
    if (!differences.isEmpty()) {
      Assertions.fail(
          differences.size()
              + " differences:\n"
              + String.join(
                  "\n", differences.subList(0, Math.min(MOST_SHOWN, differences.size()))));
    }
  }

  /** A script ends with its first difference, as everything after it may differ too. */
  private static void run(
      Script script,
      int seed,
      OurEngine local,
      OurEngine remote,
      RemoteDifferences expected,
      List<String> differences) {
    for (GeneratedSql sql : script.statements()) {
      if (expected.isSkipped(sql.text())) {
        continue;
      }
      Outcome left = local.run(sql.text());
      Outcome right = remote.run(sql.text());
      if (!expected.same(sql, left, right)) {
        differences.add(
            "seed " + seed + ": " + sql.text() + "\nlocal:\n" + left + "\nremote:\n" + right);
        return;
      }
      if (expected.statesDiffer()) {
        return;
      }
    }
  }

  private static void clear(Connection connection) {
    List<String> drops = new ArrayList<>();
    connection
        .query("SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view')")
        .toList()
        .forEach(
            row -> {
              if (!String.valueOf(row.getString(1)).startsWith("sqlite_")) {
                drops.add("DROP " + row.getString(0) + " \"" + row.getString(1) + "\"");
              }
            });
    drops.forEach(connection::execute);
  }
}
