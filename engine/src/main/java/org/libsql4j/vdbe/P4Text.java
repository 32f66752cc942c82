package org.libsql4j.vdbe;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.schema.Table;

/** P4 as EXPLAIN shows it. */
final class P4Text {
  private P4Text() {}

  private static final int MAX_COLLATION_NAME = 18;

  /** The text, or null if there is no P4. */
  static @Nullable String of(Op op) {
    Object p4 = op.p4;
    if (p4 == null) {
      return null;
    }
    if (p4 instanceof KeyInfo keyInfo) {
      return keyInfo(keyInfo);
    }
    if (p4 instanceof Collation collation) {
      String name = collation.name();
      return name.substring(0, Math.min(name.length(), MAX_COLLATION_NAME))
          + "-"
          + encodingNumber(TextEncoding.UTF8);
    }
    if (p4 instanceof PureCall pure) {
      return function(pure.function());
    }
    if (p4 instanceof FunctionDefinition function) {
      return function(function);
    }
    if (p4 instanceof Double real) {
      return real(real);
    }
    if (p4 instanceof Mem value) {
      return value(value);
    }
    if (p4 instanceof int[] numbers) {
      return numbers(numbers);
    }
    if (p4 instanceof Program) {
      return "program";
    }
    if (p4 instanceof Table table) {
      return table.name;
    }
    if (p4 instanceof byte[] bytes) {
      return op.opcode == Opcode.BLOB ? "(blob)" : new String(bytes, StandardCharsets.UTF_8);
    }
    return p4.toString();
  }

  /** For example "16LE". */
  private static String encodingNumber(TextEncoding encoding) {
    return encoding.name().substring("UTF".length());
  }

  private static String keyInfo(KeyInfo keyInfo) {
    StringBuilder out = new StringBuilder("k(").append(keyInfo.keyFieldCount());
    for (int i = 0; i < keyInfo.keyFieldCount(); i++) {
      out.append(',');
      int flags = keyInfo.sortFlags(i);
      if ((flags & KeyInfo.DESC) != 0) {
        out.append('-');
      }
      if ((flags & KeyInfo.NULLS_BIG) != 0) {
        out.append("N.");
      }
      Collation collation = i < keyInfo.allFieldCount() ? keyInfo.collations()[i] : null;
      if (collation != null) {
        out.append(collation.isBinary() ? "B" : collation.name());
      }
    }
    return out.append(')').toString();
  }

  private static String value(Mem value) {
    return switch (value.type) {
      case Mem.NULL -> "NULL";
      case Mem.REAL -> real(value.real);
      case Mem.BLOB -> "(blob)";
      default -> String.valueOf(value.text());
    };
  }

  /** The format %.16g. */
  private static String real(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "Inf" : "-Inf";
    }
    String text = String.format(Locale.ROOT, "%.16g", value);
    double magnitude = Math.abs(value);
    if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
      text = String.format(Locale.ROOT, "%.15e", value);
      int e = text.indexOf('e');
      return withoutZeros(text.substring(0, e)) + text.substring(e);
    }
    return withoutZeros(text);
  }

  private static String withoutZeros(String digits) {
    if (digits.indexOf('.') < 0) {
      return digits;
    }
    String text = digits.replaceAll("0+$", "");
    return text.endsWith(".") ? text + "0" : text;
  }

  private static String numbers(int[] numbers) {
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < numbers.length; i++) {
      out.append(i == 1 ? '[' : ',').append(numbers[i] & 0xffffffffL);
    }
    return out.append(']').toString();
  }

  private static String function(FunctionDefinition function) {
    return function.name() + "(" + function.argumentCount() + ")";
  }
}
