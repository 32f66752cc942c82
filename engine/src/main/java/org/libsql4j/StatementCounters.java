package org.libsql4j;

/**
 * What a statement did since it was prepared; see {@link Statement#counters}.
 *
 * @param runs how often it was started
 * @param rows how many rows it gave
 * @param changes how many rows it changed, triggers included
 * @param sorts how often it had to sort
 * @param recompilations how often it was prepared again because the schema had changed
 */
public record StatementCounters(
    long runs, long rows, long changes, long sorts, int recompilations) {}
