package org.libsql4j.resolve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Table;
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
import org.libsql4j.sql.ast.With;

/**
 * Looks for a table that is not there, for a query in which something is wrong: SQLite looks up the
 * tables of all queries in a statement before it looks at any expression, and so tells of them
 * first.
 */
final class MissingTables {
  private final SelectResolver resolver;
  private final CompileEnvironment environment;
  private final @Nullable CommonTables outer;
  private final Deque<With> visible = new ArrayDeque<>();

  private MissingTables(
      SelectResolver resolver, CompileEnvironment environment, @Nullable CommonTables outer) {
    this.resolver = resolver;
    this.environment = environment;
    this.outer = outer;
  }

  /**
   * Refuses a query that names a table that is not there, or a view in which something is wrong;
   * otherwise does nothing.
   */
  static void check(
      SelectResolver resolver,
      CompileEnvironment environment,
      @Nullable CommonTables outer,
      Select select) {
    new MissingTables(resolver, environment, outer).select(select);
  }

  /** The same for result columns. */
  static void check(
      SelectResolver resolver,
      CompileEnvironment environment,
      @Nullable CommonTables outer,
      List<ResultColumn> columns) {
    new MissingTables(resolver, environment, outer).columns(columns);
  }

  private void select(Select select) {
    With with = select.with();
    if (with != null) {
      visible.push(with);
    }
    // Compound queries are looked at from the right.
    for (int i = select.compounds().size() - 1; i >= 0; i--) {
      core(select.compounds().get(i).core());
    }
    core(select.first());
    order(select.orderBy());
    if (select.limit() != null) {
      expr(select.limit().limit());
      expr(select.limit().offset());
    }
    if (with != null) {
      visible.pop();
    }
  }

  private void core(SelectCore core) {
    if (core instanceof SelectCore.Values values) {
      values.rows().forEach(row -> row.forEach(this::expr));
    } else if (core instanceof SelectCore.Query query) {
      if (query.from() != null) {
        from(query.from());
      }
      columns(query.columns());
      expr(query.where());
      query.groupBy().forEach(this::expr);
      expr(query.having());
      stars(query);
    }
  }

  /** What a {@code table.*} means is looked up along with the tables. */
  private static void stars(SelectCore.Query query) {
    for (ResultColumn column : query.columns()) {
      if (column instanceof ResultColumn.TableStar star
          && !(query.from() != null && hasTable(query.from(), star.table().name()))) {
        throw CompileEnvironment.error("no such table: " + star.table().name());
      }
    }
  }

  private static boolean hasTable(FromClause from, String name) {
    for (FromClause.Term term : from.terms()) {
      FromItem item = term.item();
      Identifier alias = item.alias();
      boolean found = item instanceof FromItem.Nested nested && hasTable(nested.from(), name);
      if (alias != null) {
        found |= alias.name().equalsIgnoreCase(name);
      } else if (item instanceof FromItem.Table table) {
        found = table.name().name().name().equalsIgnoreCase(name);
      } else if (item instanceof FromItem.TableFunction function) {
        found = function.name().name().name().equalsIgnoreCase(name);
      }
      if (found) {
        return true;
      }
    }
    return false;
  }

  private void columns(List<ResultColumn> columns) {
    for (ResultColumn column : columns) {
      if (column instanceof ResultColumn.Expression e) {
        expr(e.expr());
      }
    }
  }

  private void order(List<OrderingTerm> terms) {
    terms.forEach(term -> expr(term.expr()));
  }

  private void from(FromClause from) {
    for (FromClause.Term term : from.terms()) {
      FromItem item = term.item();
      if (item instanceof FromItem.Table table) {
        table(table.name());
      } else if (item instanceof FromItem.Subquery subquery) {
        select(subquery.select());
      } else if (item instanceof FromItem.Nested nested) {
        from(nested.from());
      }
    }
    for (FromClause.Term term : from.terms()) {
      expr(term.on());
    }
  }

  private void table(QualifiedName name) {
    if (name.schema() == null && isCommon(name.name().name())) {
      return;
    }
    Table table = environment.table(name);
    if (table.isView()) {
      resolver.viewQuery(table);
    }
  }

  private boolean isCommon(String name) {
    for (With with : visible) {
      for (With.CommonTable table : with.tables()) {
        if (table.name().name().equalsIgnoreCase(name)) {
          return true;
        }
      }
    }
    return CommonTables.find(outer, name) != null;
  }

  private void expr(@Nullable Expr expr) {
    if (expr == null) {
      return;
    }
    if (expr instanceof Expr.Subquery e) {
      select(e.select());
    } else if (expr instanceof Expr.Exists e) {
      select(e.select());
    } else if (expr instanceof Expr.InSelect e) {
      select(e.select());
    } else if (expr instanceof Expr.InTable e && e.arguments().isEmpty()) {
      table(e.table());
    }
    ExprChildren.of(expr).forEach(this::expr);
  }
}
