/**
 * The planner: which table is looped over in which order and through which index.
 *
 * <p>Conditions become {@link org.libsql4j.plan.WhereTerm}s; every way to use an index for them is
 * an {@link org.libsql4j.plan.AccessPath}; {@link org.libsql4j.plan.JoinOrderSolver} chooses one
 * path per table and their order. Costs are logarithms, see {@link org.libsql4j.plan.LogEst}.
 *
 * <p>Knows bound trees and schema; makes no code. Source of the method: <a
 * href="https://www.sqlite.org/queryplanner-ng.html">The Next-Generation Query Planner</a>.
 */
package org.libsql4j.plan;
