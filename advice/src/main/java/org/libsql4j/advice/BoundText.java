package org.libsql4j.advice;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.sql.SqlNames;
import org.libsql4j.sql.ast.UnaryOperator;

/** Writes resolved expressions as SQL again, as far as an index or a message needs it. */
final class BoundText {
  private final boolean qualified;
  private final boolean indexable;

  private BoundText(boolean qualified, boolean indexable) {
    this.qualified = qualified;
    this.indexable = indexable;
  }

  /** For people: what cannot be written is an ellipsis. */
  static String show(BoundExpr expr, boolean qualified) {
    String text = new BoundText(qualified, false).text(expr);
    return text == null ? "…" : text;
  }

  /** For CREATE INDEX: null if it cannot be a column of an index. */
  static @Nullable String ofIndex(BoundExpr expr) {
    return new BoundText(false, true).text(expr);
  }

  private @Nullable String text(BoundExpr expr) {
    if (expr instanceof BoundExpr.ColumnRef e) {
      return column(e);
    } else if (expr instanceof BoundExpr.IntegerValue e) {
      return String.valueOf(e.value());
    } else if (expr instanceof BoundExpr.RealValue e) {
      return String.valueOf(e.value());
    } else if (expr instanceof BoundExpr.TextValue e) {
      return "'" + e.value().replace("'", "''") + "'";
    } else if (expr instanceof BoundExpr.NullValue) {
      return "NULL";
    } else if (expr instanceof BoundExpr.Unary e) {
      return unary(e);
    } else if (expr instanceof BoundExpr.Binary e) {
      return binary(e);
    } else if (expr instanceof BoundExpr.Call e) {
      return call(e);
    } else if (expr instanceof BoundExpr.Cast e) {
      return cast(e);
    } else if (expr instanceof BoundExpr.Collate e) {
      return join(e.operand(), " COLLATE " + SqlNames.quoteIfNeeded(e.collation()));
    }
    return indexable ? null : other(expr);
  }

  private static @Nullable String other(BoundExpr expr) {
    if (expr instanceof BoundExpr.Parameter) {
      return "?";
    }
    boolean query =
        expr instanceof BoundExpr.ScalarSubquery || expr instanceof BoundExpr.SubqueryColumn;
    return query ? "(SELECT …)" : null;
  }

  private String column(BoundExpr.ColumnRef e) {
    Source source = e.source();
    String name =
        e.column() < 0 ? "rowid" : SqlNames.quoteIfNeeded(source.table.column(e.column()).name());
    return qualified ? SqlNames.quoteIfNeeded(source.toString()) + "." + name : name;
  }

  private @Nullable String join(BoundExpr operand, String behind) {
    String text = operandText(operand);
    return text == null ? null : text + behind;
  }

  private @Nullable String operandText(BoundExpr expr) {
    String text = text(expr);
    if (text == null) {
      return indexable ? null : "…";
    }
    return expr instanceof BoundExpr.Binary ? "(" + text + ")" : text;
  }

  private @Nullable String unary(BoundExpr.Unary e) {
    String text = operandText(e.operand());
    if (text == null) {
      return null;
    }
    return e.operator() == UnaryOperator.NOT ? "NOT " + text : sign(e.operator()) + text;
  }

  private static String sign(UnaryOperator operator) {
    return switch (operator) {
      case NEGATE -> "-";
      case PLUS -> "+";
      default -> "~";
    };
  }

  private @Nullable String binary(BoundExpr.Binary e) {
    String left = operandText(e.left());
    String right = operandText(e.right());
    return left == null || right == null ? null : left + " " + e.operator().symbol() + " " + right;
  }

  private @Nullable String call(BoundExpr.Call e) {
    FunctionDefinition function = e.function();
    if (indexable && !function.has(FunctionDefinition.Flag.DETERMINISTIC)) {
      return null;
    }
    if (!indexable && function.has(FunctionDefinition.Flag.LIKE) && e.arguments().size() == 2) {
      String word = function.name().equalsIgnoreCase("glob") ? " GLOB " : " LIKE ";
      return operandText(e.arguments().get(1)) + word + operandText(e.arguments().get(0));
    }
    List<String> arguments = new ArrayList<>();
    for (BoundExpr argument : e.arguments()) {
      String text = text(argument);
      if (text == null && indexable) {
        return null;
      }
      arguments.add(text == null ? "…" : text);
    }
    return SqlNames.quoteIfNeeded(function.name()) + "(" + String.join(", ", arguments) + ")";
  }

  private @Nullable String cast(BoundExpr.Cast e) {
    String text = text(e.operand());
    return text == null ? null : "CAST(" + text + " AS " + typeName(e.affinity()) + ")";
  }

  private static String typeName(Affinity affinity) {
    return affinity == Affinity.NONE ? "BLOB" : affinity.name();
  }
}
