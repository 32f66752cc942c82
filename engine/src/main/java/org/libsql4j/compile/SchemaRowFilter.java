package org.libsql4j.compile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.Expr;

/**
 * The condition of a ParseSchema instruction: comparisons of columns of the schema table with
 * strings, joined by AND.
 */
final class SchemaRowFilter {
  private record Test(String column, boolean equal, String value) {}

  private final List<Test> tests = new ArrayList<>();

  /**
   * @param condition null accepts all rows
   */
  SchemaRowFilter(@Nullable String condition) {
    if (condition != null) {
      add(Parser.parseExpression(condition), condition);
    }
  }

  private void add(Expr expr, String condition) {
    if (expr instanceof Expr.Binary binary) {
      if (binary.operator() == BinaryOperator.AND) {
        add(binary.left(), condition);
        add(binary.right(), condition);
        return;
      }
      boolean equal = binary.operator() == BinaryOperator.EQ;
      if ((equal || binary.operator() == BinaryOperator.NE)
          && binary.left() instanceof Expr.ColumnRef column
          && binary.right() instanceof Expr.StringLiteral value) {
        tests.add(new Test(column.column().name(), equal, value.value()));
        return;
      }
    }
    throw new LibsqlException(ResultCode.INTERNAL, "unknown schema condition: " + condition);
  }

  boolean accepts(SchemaRow row) {
    for (Test test : tests) {
      String value = value(row, test.column());
      if (value == null || value.equals(test.value()) != test.equal()) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String value(SchemaRow row, String column) {
    return switch (column) {
      case "type" -> row.type();
      case "name" -> row.name();
      case "tbl_name" -> row.tableName();
      default -> throw new LibsqlException(ResultCode.INTERNAL, "unknown schema column: " + column);
    };
  }
}
