package org.libsql4j.vtab;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/**
 * The values on the right of IN, for tables that asked for all of them at once with {@link
 * IndexInfo#takeAllAtOnce}. In no particular order, without duplicates.
 */
public interface InValues {
  /** Goes to the first value; false if there is none. */
  boolean first(Mem value);

  /** Goes to the next value; false at the end. */
  boolean next(Mem value);

  /** The list that an argument of {@link VirtualCursor#filter} is; null if it is a plain value. */
  static @Nullable InValues of(Mem argument) {
    return argument.type == Mem.OBJECT && argument.object instanceof InValues values
        ? values
        : null;
  }
}
