package org.libsql4j.compat.differential;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.libsql4j.compat.engines.Outcome;
import org.libsql4j.compat.generate.GeneratedSql;

/** Whether two outcomes of a statement are the same as far as SQL decides them. */
final class Comparison {
  /** The bits that {@code CellText} writes after a real number, and the fraction of a whole one. */
  private static final Pattern REAL = Pattern.compile("(\\.0)?/[0-9a-f]+(?=\\||$)");

  private static final Pattern MINUS_ZERO = Pattern.compile("(?<=^|\\|)-0(?=\\||$)");

  private static final Pattern SPACES = Pattern.compile(" +'(?=\\||$)");

  private Comparison() {}

  static boolean same(GeneratedSql sql, Outcome ours, Outcome real) {
    if (!Objects.equals(ours.error(), real.error())
        || ours.changes() != real.changes()
        || ours.lastInsertRowid() != real.lastInsertRowid()) {
      return false;
    }
    if (ours.error() != null) {
      return true; // Which rows came before the error is not decided.
    }
    if (sql.ordered()) {
      return ours.rows().equals(real.rows());
    }
    List<String> left = ours.sorted().rows();
    List<String> right = real.sorted().rows();
    return left.equals(right) || (sql.ambiguous() && loosely(ours).equals(loosely(real)));
  }

  /** Rows without what equal values may differ in: 1 and 1.0; 'a' and 'A'; 'a' and 'a '. */
  private static List<String> loosely(Outcome outcome) {
    return outcome.rows().stream().map(Comparison::loosely).sorted().toList();
  }

  private static String loosely(String row) {
    String text = SPACES.matcher(REAL.matcher(row).replaceAll("")).replaceAll("'");
    text = MINUS_ZERO.matcher(text).replaceAll("0");
    return text.toLowerCase(Locale.ROOT);
  }
}
