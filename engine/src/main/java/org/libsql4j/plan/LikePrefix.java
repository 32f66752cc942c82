package org.libsql4j.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Mem;
import org.libsql4j.record.NumericText;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.schema.Index;

/**
 * The range of texts that a pattern of LIKE or GLOB can match, from what stands before its first
 * wildcard.
 */
final class LikePrefix {
  /** What is matched with the pattern. */
  final BoundExpr.ColumnRef column;

  /** The least text, in capitals if case does not matter. */
  final String lower;

  /** A text greater than all others that match, in small letters if case does not matter. */
  final String upper;

  /** The collation that an index must have. */
  final String collation;

  LikePrefix(BoundExpr.ColumnRef column, String lower, String upper, String collation) {
    this.column = column;
    this.lower = lower;
    this.upper = upper;
    this.collation = collation;
  }

  /** Finds the range; null if the expression is something else or has no such range. */
  static @Nullable LikePrefix of(BoundExpr expr, PeekedValues values) {
    if (!(expr instanceof BoundExpr.Call call)
        || !call.function().has(Flag.LIKE)
        || !(call.arguments().get(1) instanceof BoundExpr.ColumnRef column)
        || column.column() < 0
        || column.source().table.virtual != null) {
      return null;
    }
    BoundExpr pattern = BoundExprs.skipOnlyCollate(call.arguments().get(0));
    if (pattern instanceof BoundExpr.TextValue text) {
      return of(call, column, text.value());
    }
    if (pattern instanceof BoundExpr.Parameter parameter && isIndexed(column)) {
      return values.conclude(
          parameters -> {
            Mem value = parameters.get(parameter.number());
            String text = value == null || value.type != Mem.TEXT ? null : value.text();
            return text == null ? null : of(call, column, text);
          });
    }
    return null;
  }

  private static boolean isIndexed(BoundExpr.ColumnRef column) {
    for (Index index : column.source().table.indexes) {
      if (index.positionOf(column.column()) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable LikePrefix of(
      BoundExpr.Call call, BoundExpr.ColumnRef column, String pattern) {
    boolean glob = call.function().name().equalsIgnoreCase("glob");
    char escape = escape(call.arguments());
    if (escape == 0 && call.arguments().size() > 2) {
      return null;
    }
    String prefix = prefix(pattern, glob ? "*?[" : "%_", escape);
    if (prefix.isEmpty() || !isText(column, prefix)) {
      return null;
    }
    boolean caseMatters = call.function().has(Flag.CASE_SENSITIVE);
    String low = caseMatters ? prefix : capitals(prefix);
    String high = caseMatters ? prefix : small(prefix);
    char last = high.charAt(high.length() - 1);
    if (last >= 0x7f) {
      return null;
    }
    String upper = high.substring(0, high.length() - 1) + (char) (last + 1);
    return new LikePrefix(column, low, upper, caseMatters ? "BINARY" : "NOCASE");
  }

  private static char escape(List<BoundExpr> arguments) {
    if (arguments.size() > 2
        && arguments.get(2) instanceof BoundExpr.TextValue text
        && text.value().length() == 1
        && "%_".indexOf(text.value().charAt(0)) < 0) {
      return text.value().charAt(0);
    }
    return 0;
  }

  private static String prefix(String pattern, String wildcards, char escape) {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (escape != 0 && c == escape) {
        i++;
        if (i == pattern.length()) {
          break;
        }
        c = pattern.charAt(i);
      } else if (wildcards.indexOf(c) >= 0) {
        return prefix.toString();
      }
      prefix.append(c);
    }
    return prefix.toString();
  }

  /** Whether numbers in the column cannot match: it has none, or none looks like the prefix. */
  private static boolean isText(BoundExpr.ColumnRef column, String prefix) {
    if (ExprTypes.affinity(column) == Affinity.TEXT) {
      return true;
    }
    int end = prefix.length() - 1;
    String next = prefix.substring(0, end) + (char) (prefix.charAt(end) + 1);
    return !prefix.equals("-") && !looksNumeric(prefix) && !looksNumeric(next);
  }

  private static boolean looksNumeric(String text) {
    Mem value = new Mem();
    value.setText(text);
    return NumericText.classify(value) != NumericText.NOT_NUMERIC;
  }

  private static String capitals(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= 'a' && c <= 'z') {
        out.setCharAt(i, (char) (c - 32));
      }
    }
    return out.toString();
  }

  private static String small(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out.setCharAt(i, (char) (c + 32));
      }
    }
    return out.toString();
  }
}
