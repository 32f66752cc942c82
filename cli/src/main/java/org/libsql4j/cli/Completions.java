package org.libsql4j.cli;

import java.util.List;

/** What the Tab key completes. */
final class Completions {
  static final List<String> WORDS =
      List.of(
          """
          SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET INSERT INTO VALUES UPDATE SET DELETE
          CREATE TABLE INDEX VIEW TRIGGER DROP ALTER BEGIN COMMIT ROLLBACK SAVEPOINT RELEASE
          EXPLAIN PRAGMA ATTACH DETACH VACUUM ANALYZE REINDEX WITH RECURSIVE UNION INTERSECT EXCEPT
          DISTINCT JOIN LEFT INNER CROSS NATURAL USING PRIMARY KEY UNIQUE REFERENCES DEFAULT
          .bail .changes .databases .dump .echo .exit .headers .help .import .indexes .mode
          .nullvalue .once .open .output .print .quit .read .schema .separator .show .tables .timer
          .width
          """
              .strip()
              .split("\\s+"));

  private Completions() {}
}
