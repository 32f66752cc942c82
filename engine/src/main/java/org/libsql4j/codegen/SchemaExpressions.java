package org.libsql4j.codegen;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.plan.IndexExpressions;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.sql.ast.Expr;

/** Resolves index expressions and conditions of partial indexes for row sources. */
public final class SchemaExpressions implements IndexExpressions {
  private final CodeContext context;
  private final Map<Source, Map<Expr, BoundExpr>> resolved = new IdentityHashMap<>(2);

  SchemaExpressions(CodeContext context) {
    this.context = context;
  }

  @Override
  public BoundExpr column(Source source, Index index, int position) {
    Expr expr = index.expressions[position];
    if (index.columns[position] != Index.EXPRESSION || expr == null) {
      return new BoundExpr.ColumnRef(source, index.columns[position]);
    }
    return resolve(source, expr, Scope.Place.INDEX_EXPRESSION);
  }

  @Override
  public @Nullable BoundExpr condition(Source source, Index index) {
    return index.where == null ? null : resolve(source, index.where, Scope.Place.PARTIAL_INDEX);
  }

  private BoundExpr resolve(Source source, Expr expr, Scope.Place place) {
    return resolved
        .computeIfAbsent(source, s -> new IdentityHashMap<>())
        .computeIfAbsent(
            expr,
            e -> {
              long used = source.columnsUsed;
              BoundExpr bound =
                  context.resolver().exprs().scalar(e, Scope.over(place, List.of(source)));
              source.columnsUsed = used;
              return bound;
            });
  }
}
