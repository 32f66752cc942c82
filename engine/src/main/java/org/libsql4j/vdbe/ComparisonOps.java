package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.MemComparator;
import org.libsql4j.record.TextEncoding;

/** Eq, Ne, Lt, Le, Gt, Ge, and Compare. */
final class ComparisonOps {
  private ComparisonOps() {}

  static final int IF_LESS = 1;
  static final int IF_EQUAL = 2;
  static final int IF_GREATER = 4;

  /** The outcomes with which a comparison jumps; 0 for other opcodes. */
  static int outcomes(int opcode) {
    return switch (opcode) {
      case Opcode.EQ -> IF_EQUAL;
      case Opcode.NE -> IF_LESS | IF_GREATER;
      case Opcode.LT -> IF_LESS;
      case Opcode.LE -> IF_LESS | IF_EQUAL;
      case Opcode.GT -> IF_GREATER;
      case Opcode.GE -> IF_GREATER | IF_EQUAL;
      default -> 0;
    };
  }

  /** Compares r[P3] with r[P1]; whether the outcome is one that jumps. */
  static boolean isTaken(Vdbe vdbe, Op op, Mem right, Mem left) {
    int wanted = op.outcomes;
    if (left.type == Mem.INTEGER && right.type == Mem.INTEGER) {
      long l = left.integer;
      long r = right.integer;
      int result = l < r ? -1 : l > r ? 1 : 0;
      vdbe.compareResult = result;
      return (wanted >> (result + 1) & 1) != 0;
    }
    return isTakenSlow(vdbe, op, right, left, wanted);
  }

  private static boolean isTakenSlow(Vdbe vdbe, Op op, Mem right, Mem left, int wanted) {
    int result;
    if (left.type == Mem.NULL || right.type == Mem.NULL) {
      if ((op.p5 & OpFlags.NULLEQ) == 0) {
        vdbe.compareResult = 1;
        return (op.p5 & OpFlags.JUMPIFNULL) != 0;
      }
      if (left.type == right.type && !left.nullIsCleared) {
        result = 0;
      } else {
        result = left.type == Mem.NULL ? -1 : 1;
      }
    } else {
      result = compare(vdbe, op, left, right);
    }
    vdbe.compareResult = result;
    return (wanted >> (Integer.signum(result) + 1) & 1) != 0;
  }

  private static int compare(Vdbe vdbe, Op op, Mem left, Mem right) {
    Collation collation = op.p4 instanceof Collation given ? given : null;
    if (left.type == Mem.TEXT || right.type == Mem.TEXT) {
      int affinity = op.p5 & OpFlags.AFFINITY_MASK;
      if (affinity >= 'C') {
        return compareAsNumbers(vdbe, left, right, collation);
      }
      if (affinity == 'B') {
        return compareAsText(vdbe, left, right, collation);
      }
    }
    return MemComparator.compare(left, right, collation);
  }

  /** Text that looks like a number counts as that number. The registers stay as they are. */
  private static int compareAsNumbers(
      Vdbe vdbe, Mem left, Mem right, @Nullable Collation collation) {
    return MemComparator.compare(
        asNumber(left, vdbe.scratch, vdbe.connection.encoding),
        asNumber(right, vdbe.scratch2, vdbe.connection.encoding),
        collation);
  }

  private static Mem asNumber(Mem value, Mem room, TextEncoding encoding) {
    if (value.type != Mem.TEXT) {
      return value;
    }
    room.copyFrom(value);
    room.applyAffinity(Affinity.FLEXNUM, encoding);
    return room;
  }

  private static int compareAsText(Vdbe vdbe, Mem left, Mem right, @Nullable Collation collation) {
    return MemComparator.compare(
        asText(left, vdbe.scratch, vdbe.connection.encoding),
        asText(right, vdbe.scratch2, vdbe.connection.encoding),
        collation);
  }

  private static Mem asText(Mem value, Mem room, TextEncoding encoding) {
    if (!value.isNumber()) {
      return value;
    }
    room.copyFrom(value);
    room.stringify(encoding);
    return room;
  }

  /** Compare: P3 registers from P1 with those from P2. */
  static void compareVectors(Vdbe vdbe, Op op, Mem[] mem, Op before) {
    KeyInfo keyInfo = op.p4 instanceof KeyInfo given ? given : null;
    int[] permutation = null;
    int shift = 0;
    if ((op.p5 & OpFlags.PERMUTE) != 0 && before.p4 instanceof int[] order) {
      permutation = order;
      shift = order.length > op.p3 ? 1 : 0;
    }
    int result = 0;
    for (int i = 0; i < op.p3 && result == 0; i++) {
      int index = permutation == null ? i : permutation[i + shift];
      result = compareField(keyInfo, i, mem[op.p1 + index], mem[op.p2 + index]);
    }
    vdbe.compareResult = result;
  }

  private static int compareField(@Nullable KeyInfo keyInfo, int field, Mem left, Mem right) {
    if (keyInfo == null) {
      return MemComparator.compare(left, right, null);
    }
    int result = MemComparator.compare(left, right, keyInfo.collation(field));
    int flags = keyInfo.sortFlags(field);
    if (flags != 0) {
      if ((flags & KeyInfo.NULLS_BIG) != 0 && (left.type == Mem.NULL || right.type == Mem.NULL)) {
        result = -result;
      }
      if ((flags & KeyInfo.DESC) != 0) {
        result = -result;
      }
    }
    return result;
  }
}
