package org.libsql4j.plan;

import java.util.List;

/**
 * The plan for a FROM clause.
 *
 * @param loops one path per source, outermost first
 * @param satisfied number of leading ORDER BY terms in order
 * @param reversed bit n is set if the loop over source n runs backwards
 * @param nullsApart bit n is set if the loop over source n reads the NULLs of the first column that
 *     is not compared for equality before or after all other values, against the index's order
 * @param sorted whether rows grouped by the terms are also sorted by them, with their directions
 * @param distinct whether no two rows agree in all terms asked for
 * @param rows estimated number of rows as LogEst
 */
public record JoinPlan(
    List<AccessPath> loops,
    int satisfied,
    long reversed,
    long nullsApart,
    boolean sorted,
    boolean distinct,
    int rows) {}
