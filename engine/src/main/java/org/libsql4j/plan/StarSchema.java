package org.libsql4j.plan;

import java.util.List;

/**
 * Recognises fact tables: those that many others are joined to. Their loops are made to look
 * cheaper, so that they come before the loops over the tables that explain their columns, which
 * would otherwise all be read first for being small.
 */
final class StarSchema {
  /** Joins of fewer tables are searched well enough without. */
  private static final int LEAST_SOURCES = 5;

  /** So many tables joined to one do not make it a fact table yet. */
  private static final int USUAL_DEPENDENTS = 3;

  /** For each further one, as LogEst: almost 3. */
  private static final int BONUS = 15;

  private StarSchema() {}

  /**
   * Lowers the cost of loops over fact tables.
   *
   * @return by how much the estimated number of rows of the whole join is too low then, as LogEst
   */
  static int favourFacts(List<AccessPath> paths, int sourceCount) {
    if (sourceCount < LEAST_SOURCES) {
      return 0;
    }
    int total = 0;
    for (int position = 0; position < sourceCount; position++) {
      int dependents = dependents(paths, position);
      if (dependents > USUAL_DEPENDENTS) {
        int bonus = BONUS * (dependents - USUAL_DEPENDENTS);
        total += bonus;
        for (AccessPath path : paths) {
          if (path.position == position) {
            path.runCost -= bonus;
            path.rowsOut -= bonus;
          }
        }
      }
    }
    return total;
  }

  /** Number of sources that have a loop which needs the given one outside of it. */
  private static int dependents(List<AccessPath> paths, int position) {
    long seen = 0;
    for (AccessPath path : paths) {
      if ((path.prerequisites >> position & 1) != 0) {
        seen |= 1L << path.position;
      }
    }
    return Long.bitCount(seen);
  }
}
