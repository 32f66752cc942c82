package org.libsql4j.advice;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Assignment;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Explain;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.ExprChildren;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.Limit;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.Update;
import org.libsql4j.sql.ast.Upsert;
import org.libsql4j.sql.ast.With;

/** Visits the expressions and queries of a statement as it was written, those inside others too. */
abstract class SyntaxWalk {
  /** An expression, before what is inside of it. */
  abstract void expr(Expr expr);

  /** A query, before what is inside of it. */
  abstract void query(Select select);

  final void walk(Statement statement) {
    if (statement instanceof Select s) {
      select(s);
    } else if (statement instanceof Explain s) {
      walk(s.statement());
    } else if (statement instanceof Delete s) {
      with(s.with());
      visit(s.where());
      order(s.orderBy());
      limit(s.limit());
      results(s.returning());
    } else if (statement instanceof Update s) {
      with(s.with());
      assignments(s.assignments());
      from(s.from());
      visit(s.where());
      order(s.orderBy());
      limit(s.limit());
      results(s.returning());
    } else if (statement instanceof Insert s) {
      insert(s);
    }
  }

  private void insert(Insert insert) {
    with(insert.with());
    if (insert.source() instanceof Insert.Source.Query source) {
      select(source.select());
    }
    for (Upsert upsert : insert.upserts()) {
      assignments(upsert.assignments());
      visit(upsert.where());
    }
    results(insert.returning());
  }

  private void assignments(List<Assignment> assignments) {
    assignments.forEach(assignment -> visit(assignment.value()));
  }

  private void with(@Nullable With with) {
    if (with != null) {
      with.tables().forEach(table -> select(table.select()));
    }
  }

  private void select(Select select) {
    query(select);
    with(select.with());
    core(select.first());
    select.compounds().forEach(compound -> core(compound.core()));
    order(select.orderBy());
    limit(select.limit());
  }

  private void core(SelectCore core) {
    if (core instanceof SelectCore.Query query) {
      results(query.columns());
      from(query.from());
      visit(query.where());
      query.groupBy().forEach(this::visit);
      visit(query.having());
    } else if (core instanceof SelectCore.Values values) {
      values.rows().forEach(row -> row.forEach(this::visit));
    }
  }

  private void results(List<ResultColumn> columns) {
    for (ResultColumn column : columns) {
      if (column instanceof ResultColumn.Expression e) {
        visit(e.expr());
      }
    }
  }

  private void from(@Nullable FromClause from) {
    if (from == null) {
      return;
    }
    for (FromClause.Term term : from.terms()) {
      if (term.item() instanceof FromItem.Subquery item) {
        select(item.select());
      } else if (term.item() instanceof FromItem.Nested item) {
        from(item.from());
      }
      visit(term.on());
    }
  }

  private void order(List<OrderingTerm> terms) {
    terms.forEach(term -> visit(term.expr()));
  }

  private void limit(@Nullable Limit limit) {
    if (limit != null) {
      visit(limit.limit());
      visit(limit.offset());
    }
  }

  private void visit(@Nullable Expr expr) {
    if (expr == null) {
      return;
    }
    expr(expr);
    ExprChildren.of(expr).forEach(this::visit);
    Select inner = subquery(expr);
    if (inner != null) {
      select(inner);
    }
  }

  /** The query that an expression consists of, or contains beside its operand. */
  static @Nullable Select subquery(Expr expr) {
    if (expr instanceof Expr.Subquery e) {
      return e.select();
    } else if (expr instanceof Expr.Exists e) {
      return e.select();
    } else if (expr instanceof Expr.InSelect e) {
      return e.select();
    }
    return null;
  }
}
