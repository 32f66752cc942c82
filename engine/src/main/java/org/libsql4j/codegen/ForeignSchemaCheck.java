package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.ExprChildren;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.SelectCore;

/** Checks that the body of a view or trigger names no table of another database. */
final class ForeignSchemaCheck {
  private final CodeContext context;
  private final int database;
  private final String kind;
  private final Identifier name;

  ForeignSchemaCheck(CodeContext context, int database, String kind, Identifier name) {
    this.context = context;
    this.database = database;
    this.kind = kind;
    this.name = name;
  }

  void select(@Nullable Select select) {
    if (select == null) {
      return;
    }
    if (select.with() != null) {
      select.with().tables().forEach(table -> select(table.select()));
    }
    core(select.first());
    select.compounds().forEach(compound -> core(compound.core()));
    select.orderBy().forEach(term -> expr(term.expr()));
    if (select.limit() != null) {
      expr(select.limit().limit());
      expr(select.limit().offset());
    }
  }

  private void core(SelectCore core) {
    if (core instanceof SelectCore.Values values) {
      values.rows().forEach(this::exprs);
      return;
    }
    SelectCore.Query query = (SelectCore.Query) core;
    for (ResultColumn column : query.columns()) {
      if (column instanceof ResultColumn.Expression expression) {
        expr(expression.expr());
      }
    }
    if (query.from() != null) {
      from(query.from());
    }
    expr(query.where());
    exprs(query.groupBy());
    expr(query.having());
  }

  private void from(FromClause from) {
    for (FromClause.Term term : from.terms()) {
      FromItem item = term.item();
      if (item instanceof FromItem.Table table) {
        name(table.name());
      } else if (item instanceof FromItem.TableFunction function) {
        name(function.name());
        exprs(function.arguments());
      } else if (item instanceof FromItem.Subquery subquery) {
        select(subquery.select());
      } else if (item instanceof FromItem.Nested nested) {
        from(nested.from());
      }
      expr(term.on());
    }
  }

  /** Checks the name of a table. */
  void name(QualifiedName table) {
    Identifier schema = table.schema();
    if (schema != null && context.connection().databaseIndex(schema.name()) != database) {
      throw DdlNames.error(
          kind
              + " "
              + context.written(name)
              + " cannot reference objects in database "
              + schema.name());
    }
  }

  void exprs(List<Expr> list) {
    list.forEach(this::expr);
  }

  void expr(@Nullable Expr expr) {
    if (expr == null) {
      return;
    }
    if (expr instanceof Expr.InSelect e) {
      select(e.select());
    } else if (expr instanceof Expr.InTable e) {
      name(e.table());
    } else if (expr instanceof Expr.Exists e) {
      select(e.select());
    } else if (expr instanceof Expr.Subquery e) {
      select(e.select());
    }
    exprs(ExprChildren.of(expr));
  }

  /** Checks the expressions of a list of terms. */
  void terms(List<OrderingTerm> terms) {
    terms.forEach(term -> expr(term.expr()));
  }
}
