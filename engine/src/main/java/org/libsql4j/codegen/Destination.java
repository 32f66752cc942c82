package org.libsql4j.codegen;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What becomes of the rows of a query. SQLite calls it SelectDest. */
public sealed interface Destination {
  /** Rows of the statement's result. */
  record Output() implements Destination {}

  /** The first row goes to registers, which the caller has set to NULL. */
  record Memory(int first) implements Destination {}

  /** A register becomes 1 if there is a row. */
  record Exists(int register) implements Destination {}

  /**
   * Keys of an ephemeral index, without duplicates.
   *
   * @param affinities affinity string applied to the columns, or null
   * @param filter register of a Bloom filter of the keys, or 0
   * @param keepsFirst of keys that a collation takes for equal the first stays, not the last
   */
  record Set(int cursor, @Nullable String affinities, int filter, boolean keepsFirst)
      implements Destination {
    Set(int cursor, @Nullable String affinities, int filter) {
      this(cursor, affinities, filter, false);
    }
  }

  /** Keys removed from an ephemeral index. */
  record Except(int cursor) implements Destination {}

  /** Rows appended to an ephemeral table. */
  record Table(int cursor, @Nullable String affinities) implements Destination {}

  /**
   * Rows handed over one by one: registers, then Yield.
   *
   * @param withoutSubtype columns (0-based) whose values lose their subtype
   */
  record Coroutine(int yieldRegister, int first, BitSet withoutSubtype) implements Destination {
    Coroutine(int yieldRegister, int first) {
      this(yieldRegister, first, new BitSet());
    }
  }

  /** Code given each row in registers; the way for callers with other ideas. */
  record Code(RowConsumer consumer) implements Destination {}

  /** Rows that nobody wants. */
  record Discard() implements Destination {}

  /** Generates code for one row. */
  @FunctionalInterface
  interface RowConsumer {
    /**
     * @param first first register of the row; registers must not be changed
     * @param count number of columns
     * @param breakLabel where to go when no more rows are wanted
     */
    void row(int first, int count, int breakLabel);
  }
}
