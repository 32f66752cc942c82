package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.ExprChildren;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.Update;
import org.libsql4j.sql.ast.Upsert;

/** Checks that the body of a view or trigger names no table of another database. */
public final class ForeignSchemaCheck {
  private final ConnectionState connection;
  private final int database;
  private final String kind;
  private final String name;

  /**
   * @param database number of the database that the view or trigger is in
   * @param kind "view" or "trigger"
   * @param name its name as written
   */
  public ForeignSchemaCheck(ConnectionState connection, int database, String kind, String name) {
    this.connection = connection;
    this.database = database;
    this.kind = kind;
    this.name = name;
  }

  /**
   * Checks what a trigger does, not the table that it is on.
   *
   * @throws LibsqlException "trigger x cannot reference objects in database y"
   */
  public void trigger(CreateTrigger trigger) {
    expr(trigger.when());
    for (Statement step : trigger.body()) {
      if (step instanceof Select select) {
        select(select);
      } else if (step instanceof Insert insert) {
        insert(insert);
      } else if (step instanceof Update update) {
        update.assignments().forEach(assignment -> expr(assignment.value()));
        if (update.from() != null) {
          from(update.from());
        }
        expr(update.where());
      } else if (step instanceof Delete delete) {
        expr(delete.where());
      }
    }
  }

  private void insert(Insert insert) {
    if (insert.source() instanceof Insert.Source.Query query) {
      select(query.select());
    }
    for (Upsert upsert : insert.upserts()) {
      terms(upsert.target());
      expr(upsert.targetWhere());
      upsert.assignments().forEach(assignment -> expr(assignment.value()));
      expr(upsert.where());
    }
  }

  /** Checks a query. */
  public void select(@Nullable Select select) {
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
    if (schema != null && connection.databaseIndex(schema.name()) != database) {
      throw DdlNames.error(
          kind + " " + name + " cannot reference objects in database " + schema.name());
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
