package org.libsql4j.func;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function under its name for one number of arguments. Immutable.
 *
 * @param name lower case name for built-in functions, the name as registered for others
 * @param argumentCount number of arguments, or -1 for any; {@link #atLeast} for a least number
 * @param flags properties, see {@link Flag}
 * @param scalar the implementation of a scalar function, else null
 * @param aggregate the implementation of an aggregate or window function, else null
 */
public record FunctionDefinition(
    String name,
    int argumentCount,
    Set<Flag> flags,
    @Nullable ScalarFunction scalar,
    @Nullable AggregateFunction aggregate) {

  /** Properties that the compiler and the interpreter look at. */
  public enum Flag {
    /** Same arguments, same result: may be factored out of loops and used in indexes. */
    DETERMINISTIC,
    /** Constant within one statement only (date functions with 'now'): SQLITE_FUNC_SLOCHNG. */
    SLOW_CHANGE,
    /** The collation of the first argument that has one is passed in the context. */
    NEEDS_COLLATION,
    /** min() or max() as an aggregate: bare columns come from the row of the extreme. */
    MIN,
    /** max(), see {@link #MIN}. */
    MAX,
    /** count(*): may be answered from the B-tree alone. */
    COUNT,
    /** LIKE or GLOB with standard semantics, so that prefixes may use an index. */
    LIKE,
    /** LIKE that is case-sensitive, or GLOB. */
    CASE_SENSITIVE,
    /** typeof(), length() or octet_length(): the column's content need not be loaded. */
    TYPEOF,
    /** length(), see {@link #TYPEOF}. */
    LENGTH,
    /** octet_length(), see {@link #TYPEOF}. */
    BYTE_LENGTH,
    /** Implemented by code inlined at the call: coalesce, iif, likely and so on. */
    INLINE,
    /** unlikely(), likelihood(), likely(): a hint to the planner. */
    UNLIKELY,
    /** May be used as a window function with a moving frame. */
    WINDOW,
    /** Only makes sense with OVER: row_number() and so on. */
    WINDOW_ONLY,
    /** Result may carry a subtype; arguments' subtypes matter. */
    SUBTYPE,
    /** The result may have a subtype. */
    RESULT_SUBTYPE,
    /** Only at the top level of SQL, never from a trigger, view or schema expression. */
    DIRECT_ONLY,
    /** Harmless even in a schema that came from an untrusted file. */
    INNOCUOUS,
    /** Uses the current time, the random generator or the connection's state. */
    INTERNAL_STATE,
    /** Hidden from SQL: only the engine itself calls it. */
    INTERNAL
  }

  /** The same function with one more property. */
  public FunctionDefinition with(Flag flag) {
    Set<Flag> more = EnumSet.copyOf(flags);
    more.add(flag);
    return new FunctionDefinition(name, argumentCount, more, scalar, aggregate);
  }

  /** What to give as number of arguments for "this many or more". */
  public static int atLeast(int count) {
    return count == 0 ? -1 : -2 - count;
  }

  /** Whether a call with this many arguments is meant: exactly, or as one of many. */
  public boolean accepts(int count) {
    return argumentCount == count || (argumentCount < 0 && count >= -2 - argumentCount);
  }

  /** Whether it computes one value of many rows. */
  public boolean isAggregate() {
    return aggregate != null;
  }

  /** Whether it can take rows out again, for moving frames. */
  public boolean isWindow() {
    return flags.contains(Flag.WINDOW);
  }

  // Written out, as expressions are compared all the time while a statement is compiled.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof FunctionDefinition that
            && argumentCount == that.argumentCount
            && name.equals(that.name)
            && flags.equals(that.flags)
            && Objects.equals(scalar, that.scalar)
            && Objects.equals(aggregate, that.aggregate));
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + argumentCount;
  }

  /** Whether it has a property. */
  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /** A deterministic, harmless scalar function. */
  public static FunctionDefinition scalar(String name, int argumentCount, ScalarFunction function) {
    return new FunctionDefinition(
        name, argumentCount, EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS), function, null);
  }

  /** A scalar function with the given properties only. */
  public static FunctionDefinition scalar(
      String name, int argumentCount, Set<Flag> flags, ScalarFunction function) {
    return new FunctionDefinition(name, argumentCount, flags, function, null);
  }

  /** An aggregate function with the given properties. */
  public static FunctionDefinition aggregate(
      String name, int argumentCount, Set<Flag> flags, AggregateFunction function) {
    return new FunctionDefinition(name, argumentCount, flags, null, function);
  }
}
