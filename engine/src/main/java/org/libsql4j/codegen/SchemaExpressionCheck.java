package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.ExprResolver;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.CheckConstraint;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.ExprChildren;

/** Checks that the expressions and collations of a new table or index make sense. */
final class SchemaExpressionCheck {
  private final CodeContext context;
  private final ExprResolver resolver;

  SchemaExpressionCheck(CodeContext context) {
    this.context = context;
    this.resolver = context.resolver().exprs();
  }

  /** Checks a new table with its indexes. */
  void table(Table table) {
    for (Column column : table.columns) {
      collation(column.collation());
    }
    for (Index index : table.indexes) {
      for (String collation : index.collations) {
        collation(collation);
      }
    }
    Source source = IndexKeys.sourceOf(table);
    for (CheckConstraint check : table.checks) {
      scalar(check.expr(), source, Scope.Place.CHECK);
    }
    for (Column column : table.columns) {
      if (column.generatedExpr() != null) {
        checkNoDot(column.generatedExpr(), Scope.Place.GENERATED);
        checkHex(column.generatedExpr());
        scalar(column.generatedExpr(), source, Scope.Place.GENERATED);
      }
    }
    GeneratedColumnLoops.check(table);
  }

  private static void checkHex(Expr expr) {
    if (expr instanceof Expr.OversizedHex hex) {
      throw DdlNames.error("hex literal too big: " + hex.text());
    }
    for (Expr child : ExprChildren.of(expr)) {
      checkHex(child);
    }
  }

  /** Columns must be named without their table. */
  private static void checkNoDot(Expr expr, Scope.Place place) {
    if (expr instanceof Expr.ColumnRef ref && ref.table() != null) {
      throw DdlNames.error("the \".\" operator prohibited in " + place.text());
    }
    for (Expr child : ExprChildren.of(expr)) {
      checkNoDot(child, place);
    }
  }

  /** Checks a new index. */
  void index(Index index) {
    Source source = IndexKeys.sourceOf(index.table);
    for (int i = 0; i < index.keyColumnCount; i++) {
      Expr expression = index.expressions[i];
      if (expression != null) {
        checkNoDot(expression, Scope.Place.INDEX_EXPRESSION);
        scalar(expression, source, Scope.Place.INDEX_EXPRESSION);
      }
      collation(index.collations[i]);
    }
    if (index.where != null) {
      scalar(index.where, source, Scope.Place.PARTIAL_INDEX);
    }
  }

  private void scalar(Expr expr, Source source, Scope.Place place) {
    resolver.scalar(expr, Scope.over(place, List.of(source)));
  }

  private void collation(@Nullable String name) {
    if (name != null && !context.environment().onlyNames) {
      context.collation(name);
    }
  }
}
