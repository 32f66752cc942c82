package org.libsql4j.func;

/** Makes the state for an aggregate; called at the first row of a group, or at its end if empty. */
@FunctionalInterface
public interface AggregateFunction {
  /** The state of a group that has begun. */
  Accumulator newAccumulator();
}
