package org.libsql4j.compat.differential;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.libsql4j.compat.engines.Outcome;
import org.libsql4j.compat.engines.Outcome.Failure;
import org.libsql4j.compat.generate.GeneratedSql;

/**
 * What may differ between a local database and one on a server.
 *
 * <ul>
 *   <li>A server tells only the primary code of an error.
 *   <li>After a statement that failed it does not tell the count of changes and the last rowid.
 *   <li>Servers are built without ORDER BY and LIMIT of DELETE and UPDATE.
 *   <li>The protocol cannot carry infinite numbers: an error says so.
 *   <li>{@code concat_ws} leaves empty strings out before SQLite 3.46.
 * </ul>
 */
final class RemoteDifferences {
  private static final int PRIMARY = 0xff;
  private static final Pattern CHANGES_ROWS =
      Pattern.compile("(?i)(INSERT|REPLACE|UPDATE|DELETE)\\b.*", Pattern.DOTALL);
  private static final Pattern INSERTS =
      Pattern.compile("(?i)(INSERT|REPLACE)\\b.*", Pattern.DOTALL);

  private static final Pattern LIMITED =
      Pattern.compile("(?i)(UPDATE|DELETE)\\b.* LIMIT .*", Pattern.DOTALL);
  private static final Pattern OLD = Pattern.compile("(?i).*\\b(concat_ws)\\(.*", Pattern.DOTALL);

  private final Map<String, Integer> counts = new TreeMap<>();
  private boolean statesDiffer;

  /** What a server is known not to do, or to do differently because of its older SQLite. */
  boolean isSkipped(String sql) {
    boolean skipped = LIMITED.matcher(sql).matches() || OLD.matcher(sql).matches();
    if (skipped) {
      count("skipped");
    }
    return skipped;
  }

  /** Whether the databases have come to differ, so that comparing more makes no sense. */
  boolean statesDiffer() {
    return statesDiffer;
  }

  boolean same(GeneratedSql sql, Outcome local, Outcome remote) {
    count("compared");
    statesDiffer = false;
    Failure left = local.error();
    Failure right = remote.error();
    if (left != null && right != null) {
      count("failed on both");
      return sameFailure(left, right);
    }
    if (right != null && right.message().contains("infinite number")) {
      count("infinite");
      // What was to be written was not; a query changes nothing.
      statesDiffer = CHANGES_ROWS.matcher(sql.text()).matches();
      return true;
    }
    if (left != null || right != null) {
      return false;
    }
    boolean counts = CHANGES_ROWS.matcher(sql.text()).matches();
    boolean inserts = INSERTS.matcher(sql.text()).matches() && local.changes() > 0;
    return Comparison.same(sql, reduced(local, counts, inserts), reduced(remote, counts, inserts));
  }

  private static Outcome reduced(Outcome outcome, boolean changes, boolean rowid) {
    return new Outcome(
        outcome.rows(),
        null,
        changes ? outcome.changes() : 0,
        rowid ? outcome.lastInsertRowid() : 0);
  }

  private static boolean sameFailure(Failure left, Failure right) {
    return (left.code() & PRIMARY) == (right.code() & PRIMARY)
        && Objects.equals(left.message(), right.message());
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
