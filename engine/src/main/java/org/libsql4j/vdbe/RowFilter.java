package org.libsql4j.vdbe;

import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.func.TextPattern;
import org.libsql4j.record.Mem;

/**
 * Next together with the conditions that the loop starts with.
 *
 * <p>A scan that filters spends its time on rows that it does not keep. Here they are passed over
 * without leaving a small method, whose compiled form does not depend on what else programs do.
 */
final class RowFilter {
  private RowFilter() {}

  /**
   * Goes on to the next row for which none of the loop's first comparisons jumps back to Next.
   *
   * <p>A row that is stored in an unusual way is left to the instructions of the loop.
   *
   * @param address that of the instruction after {@code next}
   * @return the address to go on at: {@code address} if there is no row any more
   */
  static int next(Vdbe vdbe, Op next, int address, Op[] ops, Mem[] mem, VdbeCursor cursor) {
    BtreeCursor tree = cursor.tree();
    RecordView record = cursor.record;
    int first = next.p2;
    int end = next.conditionsEnd;
    TextPattern pattern = null;
    int patternAddress = -1;
    rows:
    while (tree.next()) {
      cursor.rowsRead++;
      if (vdbe.connection.needsAttention()) {
        vdbe.attend(address - first);
      }
      cursor.nullRow = false;
      if (!record.pointAtLocal(tree)) {
        cursor.cacheStatus = 0;
        return first;
      }
      int at = first;
      do {
        Op column = ops[at];
        Op comparison = ops[at + 1];
        if (comparison.opcode == Opcode.FUNCTION) {
          if (patternAddress != at) {
            // No condition of the loop changes it.
            pattern = PatternFilter.pattern(vdbe, ops, mem, at);
            patternAddress = at;
          }
          int outcome =
              pattern == null
                  ? PatternFilter.UNKNOWN
                  : PatternFilter.test(pattern, ops, mem, at, record);
          if (outcome == PatternFilter.REJECTED) {
            continue rows;
          }
          if (outcome == PatternFilter.UNKNOWN) {
            cursor.cacheStatus = 0;
            return first;
          }
          at += PatternFilter.INSTRUCTIONS;
          continue;
        }
        if (!record.getUnlessLong(column.p2, mem[column.p3])) {
          cursor.cacheStatus = 0;
          return first;
        }
        if (ComparisonOps.isTaken(vdbe, comparison, mem[comparison.p1], mem[comparison.p3])) {
          continue rows;
        }
        at += 2;
      } while (at < end);
      cursor.cacheStatus = vdbe.cacheCounter;
      return end;
    }
    cursor.nullRow = true;
    cursor.cacheStatus = 0;
    return address;
  }
}
