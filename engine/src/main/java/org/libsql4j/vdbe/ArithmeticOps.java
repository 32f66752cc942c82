package org.libsql4j.vdbe;

import org.libsql4j.record.Mem;
import org.libsql4j.record.NumericText;

/**
 * Add, Subtract, Multiply, Divide, Remainder and the bit operations.
 *
 * <p>As in SQLite the right operand is P1 and the left one P2. Integers that overflow become
 * floating point numbers; a division by zero gives NULL.
 */
final class ArithmeticOps {
  private ArithmeticOps() {}

  static void add(Mem right, Mem left, Mem target) {
    if (right.type == Mem.INTEGER && left.type == Mem.INTEGER) {
      long l = left.integer;
      long r = right.integer;
      long sum = l + r;
      if (((l ^ sum) & (r ^ sum)) >= 0) {
        target.setInteger(sum);
        return;
      }
    } else if (right.type == Mem.REAL && left.type == Mem.REAL) {
      target.setReal(left.real + right.real);
      return;
    }
    calculate(Opcode.ADD, right, left, target);
  }

  static void subtract(Mem right, Mem left, Mem target) {
    if (right.type == Mem.INTEGER && left.type == Mem.INTEGER) {
      long l = left.integer;
      long r = right.integer;
      long difference = l - r;
      if (((l ^ r) & (l ^ difference)) >= 0) {
        target.setInteger(difference);
        return;
      }
    }
    calculate(Opcode.SUBTRACT, right, left, target);
  }

  static void multiply(Mem right, Mem left, Mem target) {
    if (right.type == Mem.INTEGER && left.type == Mem.INTEGER) {
      long l = left.integer;
      long r = right.integer;
      long product = l * r;
      if (Math.multiplyHigh(l, r) == product >> 63) {
        target.setInteger(product);
        return;
      }
    }
    calculate(Opcode.MULTIPLY, right, left, target);
  }

  static void divide(Mem right, Mem left, Mem target) {
    calculate(Opcode.DIVIDE, right, left, target);
  }

  static void remainder(Mem right, Mem left, Mem target) {
    calculate(Opcode.REMAINDER, right, left, target);
  }

  private static void calculate(int opcode, Mem right, Mem left, Mem target) {
    if (right.type == Mem.NULL || left.type == Mem.NULL) {
      target.setNull();
      return;
    }
    if (isInteger(left)
        && isInteger(right)
        && calculateIntegers(opcode, left.asLong(), right.asLong(), target)) {
      return;
    }
    calculateReals(opcode, left, right, target);
  }

  /** Whether a value takes part as an integer; text and blobs do if their number is one. */
  private static boolean isInteger(Mem value) {
    if (value.type == Mem.INTEGER) {
      return true;
    }
    return value.isTextOrBlob() && NumericText.prefixIsInteger(value);
  }

  /** False if the result is too large for an integer. */
  private static boolean calculateIntegers(int opcode, long left, long right, Mem target) {
    switch (opcode) {
      case Opcode.ADD -> {
        long sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
          return false;
        }
        target.setInteger(sum);
      }
      case Opcode.SUBTRACT -> {
        long difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
          return false;
        }
        target.setInteger(difference);
      }
      case Opcode.MULTIPLY -> {
        long product = left * right;
        if (Math.multiplyHigh(left, right) != product >> 63) {
          return false;
        }
        target.setInteger(product);
      }
      case Opcode.DIVIDE -> {
        if (right == -1 && left == Long.MIN_VALUE) {
          return false;
        }
        if (right == 0) {
          target.setNull();
        } else {
          target.setInteger(left / right);
        }
      }
      default -> setRemainder(left, right, target);
    }
    return true;
  }

  private static void setRemainder(long left, long right, Mem target) {
    if (right == 0) {
      target.setNull();
    } else {
      target.setInteger(right == -1 ? 0 : left % right);
    }
  }

  private static void calculateReals(int opcode, Mem left, Mem right, Mem target) {
    if (opcode == Opcode.REMAINDER) {
      setRemainder(left.asLong(), right.asLong(), target);
      if (target.type == Mem.INTEGER) {
        target.setReal((double) target.integer);
      }
      return;
    }
    double l = left.asDouble();
    double r = right.asDouble();
    if (opcode == Opcode.DIVIDE && r == 0) {
      target.setNull();
      return;
    }
    target.setReal(
        switch (opcode) {
          case Opcode.ADD -> l + r;
          case Opcode.SUBTRACT -> l - r;
          case Opcode.MULTIPLY -> l * r;
          default -> l / r;
        });
  }

  /** BitAnd, BitOr, ShiftLeft, ShiftRight. */
  static void bits(int opcode, Mem right, Mem left, Mem target) {
    if (right.type == Mem.NULL || left.type == Mem.NULL) {
      target.setNull();
      return;
    }
    long l = left.asLong();
    long r = right.asLong();
    target.setInteger(
        switch (opcode) {
          case Opcode.BIT_AND -> l & r;
          case Opcode.BIT_OR -> l | r;
          case Opcode.SHIFT_LEFT -> shiftLeft(l, r);
          default -> r == Long.MIN_VALUE ? shiftLeft(l, Long.MAX_VALUE) : shiftLeft(l, -r);
        });
  }

  /** Shifts to the right if the distance is negative; 64 and more shifts everything out. */
  private static long shiftLeft(long value, long distance) {
    if (distance >= 0) {
      return distance >= 64 ? 0 : value << distance;
    }
    return distance <= -64 ? value >> 63 : value >> -distance;
  }
}
