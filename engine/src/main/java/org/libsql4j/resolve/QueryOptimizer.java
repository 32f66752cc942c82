package org.libsql4j.resolve;

/** Rewrites a resolved query into an equivalent one that is cheaper to run. */
public final class QueryOptimizer {
  private QueryOptimizer() {}

  /** Rewrites one core in place, before code is generated for it. */
  public static void optimize(BoundQuery query) {
    OuterJoins.strengthen(query);
  }
}
