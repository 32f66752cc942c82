/**
 * Advice for statements: indexes that would help, and what about the text keeps the planner from
 * doing better. {@link org.libsql4j.advice.Advisor} is the entrance.
 *
 * <p>Indexes are found by trying. The schema is copied into a database in memory, which has no rows
 * but the statistics of the real one. The {@link org.libsql4j.advice.Candidates candidates} come
 * from watching what the planner is asked: for every source the columns that are compared for
 * equality, then one range or the order that is wanted. All of them are created there, the
 * statement is planned again, and what the planner uses and what makes its estimate lower is
 * proposed.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>The real database is only read, and its data only if a sample is asked for.
 *   <li>An index is proposed only if each of the proposed ones makes the plan cheaper beside the
 *       others.
 *   <li>Rules about the text say what is true of it; whether it matters depends on the data.
 * </ol>
 *
 * <p>Called by applications only. It stands on the compiler, which knows nothing of it but {@link
 * org.libsql4j.plan.PlanWatcher}.
 */
@NullMarked
package org.libsql4j.advice;

import org.jspecify.annotations.NullMarked;
