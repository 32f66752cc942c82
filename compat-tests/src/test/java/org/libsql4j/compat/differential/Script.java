package org.libsql4j.compat.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.Outcome;
import org.libsql4j.compat.engines.RealEngine;
import org.libsql4j.compat.generate.GeneratedSql;

/** Statements, of which both engines must do all alike. */
record Script(List<GeneratedSql> statements) {
  /**
   * The first statement with different outcomes.
   *
   * @param index of the statement
   */
  record Difference(int index, GeneratedSql sql, Outcome ours, Outcome real) {
    /** Whether the sides failed in the same way. */
    boolean isLike(Difference other) {
      return Objects.equals(ours.error(), other.ours.error())
          && Objects.equals(real.error(), other.real.error());
    }
  }

  /** Runs it on both engines up to the first difference; null if there is none. */
  Difference run() {
    try (OurEngine ours = OurEngine.inMemory();
        RealEngine real = RealEngine.inMemory()) {
      for (int i = 0; i < statements.size(); i++) {
        GeneratedSql sql = statements.get(i);
        Outcome left = ours.run(sql.text());
        Outcome right = real.run(sql.text());
        if (!Comparison.same(sql, left, right)) {
          return new Difference(i, sql, left, right);
        }
      }
    }
    return null;
  }

  /** Leaves out statements as long as its last one stays different; slow, for failures only. */
  Script minimal() {
    Difference difference = run();
    if (difference == null) {
      return this;
    }
    List<GeneratedSql> kept = new ArrayList<>(statements.subList(0, difference.index() + 1));
    for (int step = kept.size() / 2; step > 0; step /= 2) {
      for (int i = kept.size() - 1 - step; i >= 0; i -= step) {
        List<GeneratedSql> fewer = new ArrayList<>(kept);
        fewer.subList(i, i + step).clear();
        Difference left = new Script(fewer).run();
        if (left != null && left.index() == fewer.size() - 1 && left.isLike(difference)) {
          kept = fewer;
        }
      }
    }
    return new Script(kept);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    statements.forEach(sql -> text.append(sql.text()).append(";\n"));
    return text.toString();
  }
}
