package org.libsql4j.resolve;

import java.util.List;

/**
 * One pass over sorted rows that computes window functions. It is kept with a query whose only
 * source yields the rows, sorted by partition and order, and all that the query reads of them.
 *
 * @param window what all the calls are over; its expressions read the source
 * @param calls the calls, as they occur in the query's expressions
 */
public record WindowStage(BoundWindow window, List<BoundExpr.WindowCall> calls) {}
