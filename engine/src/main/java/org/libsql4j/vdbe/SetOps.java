package org.libsql4j.vdbe;

import org.libsql4j.record.Mem;

/** Row sets and Bloom filters, which live in registers. */
final class SetOps {
  private SetOps() {}

  // ---- RowSetAdd, RowSetRead, RowSetTest
  // ----------------------------------------------------------

  static void rowSetAdd(Op op, Mem[] mem) {
    rowSet(mem[op.p1]).add(mem[op.p2].integer);
  }

  /** Puts the smallest rowid left into r[P3]; false if there is none, and r[P1] becomes NULL. */
  static boolean rowSetRead(Op op, Mem[] mem) {
    Mem register = mem[op.p1];
    if (register.type == Mem.OBJECT && register.object instanceof RowSet set && set.hasNext()) {
      mem[op.p3].setInteger(set.next());
      return true;
    }
    register.setNull();
    return false;
  }

  /**
   * Whether the rowid in r[P3] was added under another number P4; adds it if not.
   *
   * <p>P4 is 0 for the first batch, which needs no test, and negative for the last, which is not
   * stored.
   */
  static boolean rowSetTest(Op op, Mem[] mem) {
    RowSet set = rowSet(mem[op.p1]);
    int batch = op.p4 instanceof Number number ? number.intValue() : 0;
    long rowid = mem[op.p3].integer;
    if (batch != 0 && set.contains(rowid)) {
      return true;
    }
    if (batch >= 0) {
      set.put(rowid);
    }
    return false;
  }

  private static RowSet rowSet(Mem register) {
    if (register.type == Mem.OBJECT && register.object instanceof RowSet set) {
      return set;
    }
    RowSet fresh = new RowSet();
    register.setObject(fresh);
    return fresh;
  }

  // ---- FilterAdd, Filter
  // --------------------------------------------------------------------------

  /** FilterAdd: marks the key of P4 registers from P3 in the bits of r[P1]. */
  static void filterAdd(Op op, Mem[] mem) {
    Mem filter = mem[op.p1];
    long bit = bit(hash(op, mem), filter);
    filter.bytes[filter.offset + (int) (bit >>> 3)] |= (byte) (1 << (bit & 7));
  }

  /** Filter: false if the key surely was not marked. */
  static boolean filterMayContain(Op op, Mem[] mem) {
    Mem filter = mem[op.p1];
    if (filter.length == 0) {
      return true;
    }
    long bit = bit(hash(op, mem), filter);
    return (filter.bytes[filter.offset + (int) (bit >>> 3)] >> (bit & 7) & 1) != 0;
  }

  /** The bit of the filter that a hash stands for, without a division. */
  private static long bit(long hash, Mem filter) {
    return (hash >>> 36) * ((long) filter.length * 8) >>> 28;
  }

  /**
   * Equal numbers hash alike whatever their type; texts all alike, for a collation may equate any.
   */
  private static long hash(Op op, Mem[] mem) {
    int count = op.p4 instanceof Number number ? number.intValue() : 0;
    long hash = 0;
    for (int i = op.p3; i < op.p3 + count; i++) {
      Mem value = mem[i];
      long part =
          switch (value.type) {
            case Mem.INTEGER -> value.integer;
            case Mem.REAL -> (long) value.real;
            case Mem.TEXT -> 4096;
            case Mem.BLOB -> 4097;
            default -> 0;
          };
      hash = (hash ^ part) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
