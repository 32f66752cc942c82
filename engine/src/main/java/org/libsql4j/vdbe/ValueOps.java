package org.libsql4j.vdbe;

import java.util.Arrays;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;

/** Instructions that load, copy, convert and join values in registers. */
final class ValueOps {
  private ValueOps() {}

  /** String8, String: text of the program. */
  static void string(Vdbe vdbe, Op op, Mem target) {
    byte[] text = op.p4 instanceof byte[] bytes ? bytes : constantText(vdbe, op);
    target.setTextShared(text, vdbe.connection.encoding);
  }

  /**
   * Encodes a constant once and leaves it in the instruction, which belongs to one connection: in
   * programs of several, constants are encoded ({@link ProgramSharing}).
   */
  private static byte[] constantText(Vdbe vdbe, Op op) {
    byte[] text = String.valueOf(op.p4).getBytes(vdbe.connection.encoding.charset());
    checkLength(vdbe, text.length);
    op.p4 = text;
    return text;
  }

  /** Blob: P4, or zeros if there is none. */
  static void blob(Op op, Mem target, TextEncoding encoding) {
    if (op.p4 instanceof byte[] bytes) {
      target.setBlobShared(bytes, 0, op.p1 > 0 ? Math.min(op.p1, bytes.length) : bytes.length);
      target.encoding = encoding;
      return;
    }
    byte[] room = target.allocate(op.p1);
    Arrays.fill(room, 0, op.p1, (byte) 0);
    target.type = Mem.BLOB;
    target.subtype = 0;
  }

  /** Null, BeginSubrtn. */
  static void setNull(Op op, Mem[] mem) {
    int last = Math.max(op.p2, op.p3);
    for (int i = op.p2; i <= last; i++) {
      Mem target = mem[i];
      target.setNull();
      target.nullIsCleared = op.p1 != 0;
    }
  }

  /** Copy: P3+1 registers. */
  static void copy(Op op, Mem[] mem) {
    for (int i = 0; i <= op.p3; i++) {
      Mem target = mem[op.p2 + i];
      target.copyFrom(mem[op.p1 + i]);
      if ((op.p5 & OpFlags.CLEAR_SUBTYPE) != 0) {
        target.subtype = 0;
      }
    }
  }

  /** Move: P3 registers, which are NULL afterwards; the ranges do not overlap. */
  static void move(Op op, Mem[] mem) {
    int count = Math.max(op.p3, 1);
    for (int i = 0; i < count; i++) {
      mem[op.p2 + i].moveFrom(mem[op.p1 + i]);
    }
  }

  /** Affinity: P2 registers. */
  static void affinity(Vdbe vdbe, Op op, Mem[] mem) {
    if (op.p4 instanceof String letters) {
      applyAffinities(letters, mem, op.p1, op.p2, vdbe.connection.encoding);
    }
  }

  static void applyAffinities(
      String letters, Mem[] mem, int first, int count, TextEncoding encoding) {
    int n = Math.min(count, letters.length());
    for (int i = 0; i < n; i++) {
      char letter = letters.charAt(i);
      if (letter > 'A') {
        mem[first + i].applyAffinity(Affinity.ofLetter(letter), encoding);
      }
    }
  }

  /** MustBeInt: false if the value is no integer and cannot be converted without loss. */
  static boolean makeInteger(Vdbe vdbe, Mem value) {
    if (value.type != Mem.INTEGER) {
      value.applyAffinity(Affinity.NUMERIC, vdbe.connection.encoding);
    }
    return value.type == Mem.INTEGER;
  }

  /** Cast: P2 is the letter of the affinity. */
  static void cast(Vdbe vdbe, Op op, Mem value) {
    value.cast(Affinity.ofLetter((char) op.p2), vdbe.connection.encoding);
  }

  /** Concat: the text of P2 followed by that of P1. */
  static void concat(Vdbe vdbe, Mem right, Mem left, Mem target) {
    if (right.type == Mem.NULL || left.type == Mem.NULL) {
      target.setNull();
      return;
    }
    TextEncoding encoding = vdbe.connection.encoding;
    Mem l = asText(left, vdbe.scratch2, encoding);
    Mem result = target == left || target == right ? vdbe.scratch : target;
    int leftLength = l.length;
    if (right.isTextOrBlob()) {
      join(vdbe, result, l, right);
    } else {
      // The left part is safe in the result before its cell is needed for the right number.
      join(vdbe, result, l, EMPTY);
      Mem r = asText(right, vdbe.scratch2, encoding);
      append(vdbe, result, leftLength, r);
    }
    result.becomeText(encoding);
    result.subtype = 0;
    if (result != target) {
      target.moveFrom(result);
    }
  }

  private static final Mem EMPTY = new Mem();

  private static Mem asText(Mem value, Mem room, TextEncoding encoding) {
    if (value.isTextOrBlob()) {
      return value;
    }
    room.copyFrom(value);
    room.stringify(encoding);
    return room;
  }

  private static void join(Vdbe vdbe, Mem result, Mem left, Mem right) {
    long total = (long) left.length + right.length;
    checkLength(vdbe, total);
    byte[] room = result.allocate((int) total);
    System.arraycopy(left.bytes, left.offset, room, 0, left.length);
    System.arraycopy(right.bytes, right.offset, room, left.length, right.length);
  }

  private static void append(Vdbe vdbe, Mem result, int length, Mem tail) {
    long total = (long) length + tail.length;
    checkLength(vdbe, total);
    byte[] before = result.bytes;
    byte[] room = result.allocate((int) total);
    if (room != before) {
      System.arraycopy(before, 0, room, 0, length);
    }
    System.arraycopy(tail.bytes, tail.offset, room, length, tail.length);
  }

  static void checkLength(Vdbe vdbe, long length) {
    if (length > vdbe.connection.limit(Limit.LENGTH)) {
      throw new LibsqlException(ResultCode.TOOBIG);
    }
  }

  /** Not. */
  static void not(Mem value, Mem target) {
    if (value.type == Mem.NULL) {
      target.setNull();
    } else {
      target.setBoolean(!value.isTrue(false));
    }
  }

  /** BitNot. */
  static void bitNot(Mem value, Mem target) {
    if (value.type == Mem.NULL) {
      target.setNull();
    } else {
      target.setInteger(~value.asLong());
    }
  }

  private static final int UNKNOWN = 2;

  private static int truth(Mem value) {
    return value.type == Mem.NULL ? UNKNOWN : value.isTrue(false) ? 1 : 0;
  }

  /** And. */
  static void and(Mem left, Mem right, Mem target) {
    int l = truth(left);
    int r = truth(right);
    setTruth(target, l == 0 || r == 0 ? 0 : l == 1 && r == 1 ? 1 : UNKNOWN);
  }

  /** Or. */
  static void or(Mem left, Mem right, Mem target) {
    int l = truth(left);
    int r = truth(right);
    setTruth(target, l == 1 || r == 1 ? 1 : l == 0 && r == 0 ? 0 : UNKNOWN);
  }

  private static void setTruth(Mem target, int truth) {
    if (truth == UNKNOWN) {
      target.setNull();
    } else {
      target.setInteger(truth);
    }
  }

  /** IsTrue: P3 is what NULL counts as, P4 is 1 to negate the result. */
  static void isTrue(Op op, Mem value, Mem target) {
    int negate = op.p4 instanceof Number number ? number.intValue() : 0;
    target.setInteger((value.isTrue(op.p3 != 0) ? 1 : 0) ^ negate);
  }

  /** The text of a register as an error message shows it. */
  static String message(Mem value) {
    String text = value.text();
    return text == null ? "" : text;
  }
}
