package org.libsql4j;

/**
 * What a statement did since it was prepared; see {@link Statement#counters}.
 *
 * @param runs how often it was started
 * @param rows how many rows it gave
 * @param changes how many rows it changed, triggers included
 * @param rowsRead how many rows of tables, entries of indexes and rows of intermediate results it
 *     stood at: what libSQL's servers charge for as rows read
 * @param rowsWritten how many rows of tables and entries of indexes it wrote, and rows that it
 *     deleted: what libSQL's servers charge for as rows written
 * @param sorts how often it had to sort
 * @param recompilations how often it was prepared again because the schema had changed
 */
public record StatementCounters(
    long runs,
    long rows,
    long changes,
    long rowsRead,
    long rowsWritten,
    long sorts,
    int recompilations) {}
