package org.libsql4j.advice;

import java.util.List;
import org.libsql4j.QueryPlan;

/**
 * What could make a statement faster, or what is doubtful about it.
 *
 * @param sql the statement
 * @param plan how it is run now
 * @param advisedPlan how it would be run with the indexes; equal to {@link #plan} if there are none
 * @param indexes to be created, the most useful first; empty if none would help
 * @param hints about the text of the statement; empty if nothing was found
 * @param candidates all indexes that were tried
 */
public record Advice(
    String sql,
    QueryPlan plan,
    QueryPlan advisedPlan,
    List<IndexAdvice> indexes,
    List<Hint> hints,
    List<IndexAdvice> candidates) {

  /** How many times cheaper the statement is expected to be with the indexes; 1 without any. */
  public double expectedSpeedup() {
    double now = plan.estimatedCost();
    double then = advisedPlan.estimatedCost();
    return indexes.isEmpty() || then <= 0 ? 1 : Math.max(1, now / then);
  }

  /** All of it for a person to read. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (IndexAdvice index : indexes) {
      out.append(index.sql()).append("; -- ").append(index.reason()).append('\n');
    }
    for (Hint hint : hints) {
      out.append("-- ").append(hint.message()).append('\n');
    }
    return out.append(advisedPlan).toString();
  }
}
