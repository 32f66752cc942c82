package org.libsql4j.alter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
import org.libsql4j.sql.ast.Window;
import org.libsql4j.sql.ast.With;

/** Visits the names in queries and expressions, and keeps track of what they may mean. */
abstract class NameWalk {
  private final Deque<With.CommonTable> commonTables = new ArrayDeque<>();

  /** The innermost query's sources; null outside of queries. */
  @Nullable NameScope scope;

  /** A table or view is named, in FROM or elsewhere; never a common table. */
  abstract void tableName(QualifiedName name);

  /** A column is named. */
  abstract void columnName(Expr.ColumnRef ref);

  /** A name in front of ".*". */
  abstract void starName(Identifier table);

  // ---- queries
  // ------------------------------------------------------------------------------------

  final void select(@Nullable Select select) {
    if (select == null) {
      return;
    }
    int depth = commonTables.size();
    if (select.with() != null) {
      select.with().tables().forEach(commonTables::push);
      for (With.CommonTable table : select.with().tables()) {
        select(table.select());
      }
    }
    NameScope outer = scope;
    NameScope first = core(select.first());
    for (Select.Compound compound : select.compounds()) {
      core(compound.core());
    }
    scope = first;
    for (OrderingTerm term : select.orderBy()) {
      if (!isAlias(term.expr(), select.first())) {
        expr(term.expr());
      }
    }
    if (select.limit() != null) {
      expr(select.limit().limit());
      expr(select.limit().offset());
    }
    scope = outer;
    while (commonTables.size() > depth) {
      commonTables.pop();
    }
  }

  /** ORDER BY prefers the aliases of result columns to columns. */
  private static boolean isAlias(Expr expr, SelectCore core) {
    if (!(expr instanceof Expr.ColumnRef ref)
        || ref.table() != null
        || !(core instanceof SelectCore.Query query)) {
      return false;
    }
    for (ResultColumn column : query.columns()) {
      if (column instanceof ResultColumn.Expression e
          && e.alias() != null
          && e.alias().name().equalsIgnoreCase(ref.column().name())) {
        return true;
      }
    }
    return false;
  }

  private NameScope core(SelectCore core) {
    NameScope outer = scope;
    NameScope own = new NameScope(outer);
    if (core instanceof SelectCore.Values values) {
      scope = own;
      values.rows().forEach(row -> row.forEach(this::expr));
    } else if (core instanceof SelectCore.Query query) {
      List<Expr> conditions = new ArrayList<>();
      if (query.from() != null) {
        from(query.from(), own, conditions);
      }
      scope = own;
      conditions.forEach(this::expr);
      resultColumns(query.columns());
      expr(query.where());
      query.groupBy().forEach(this::expr);
      expr(query.having());
      query.windows().forEach(definition -> window(definition.window()));
    }
    scope = outer;
    return own;
  }

  final void resultColumns(List<ResultColumn> columns) {
    for (ResultColumn column : columns) {
      if (column instanceof ResultColumn.Expression expression) {
        expr(expression.expr());
      } else if (column instanceof ResultColumn.TableStar star) {
        starName(star.table());
      }
    }
  }

  private void from(FromClause from, NameScope into, List<Expr> conditions) {
    for (FromClause.Term term : from.terms()) {
      item(term.item(), into, conditions);
      if (term.on() != null) {
        conditions.add(term.on());
      }
    }
  }

  private void item(FromItem item, NameScope into, List<Expr> conditions) {
    String alias = item.alias() == null ? null : item.alias().name();
    if (item instanceof FromItem.Table table) {
      String name = table.name().name().name();
      String known = alias == null ? name : alias;
      With.CommonTable common = table.name().schema() == null ? commonTable(name) : null;
      if (common != null) {
        into.items.add(new NameScope.Item(known, alias != null, null, common.select()));
      } else {
        tableName(table.name());
        into.items.add(new NameScope.Item(known, alias != null, table.name(), null));
      }
    } else if (item instanceof FromItem.Subquery subquery) {
      select(subquery.select());
      into.items.add(new NameScope.Item(alias, true, null, subquery.select()));
    } else if (item instanceof FromItem.Nested nested) {
      from(nested.from(), into, conditions);
    } else if (item instanceof FromItem.TableFunction function) {
      conditions.addAll(function.arguments());
    }
  }

  private With.@Nullable CommonTable commonTable(String name) {
    for (With.CommonTable table : commonTables) {
      if (table.name().name().equalsIgnoreCase(name)) {
        return table;
      }
    }
    return null;
  }

  // ---- expressions
  // --------------------------------------------------------------------------------

  final void expr(@Nullable Expr expr) {
    if (expr == null) {
      return;
    }
    if (expr instanceof Expr.InList list && list.values().isEmpty()) {
      // Nothing is looked up for a list that has nothing in it.
      return;
    }
    if (expr instanceof Expr.ColumnRef ref) {
      columnName(ref);
    } else if (expr instanceof Expr.InSelect e) {
      select(e.select());
    } else if (expr instanceof Expr.InTable e) {
      if (e.table().schema() != null || commonTable(e.table().name().name()) == null) {
        tableName(e.table());
      }
    } else if (expr instanceof Expr.Exists e) {
      select(e.select());
    } else if (expr instanceof Expr.Subquery e) {
      select(e.select());
    }
    for (Expr child : ExprChildren.of(expr)) {
      expr(child);
    }
  }

  private void window(Window window) {
    window.partitionBy().forEach(this::expr);
    window.orderBy().forEach(term -> expr(term.expr()));
    if (window.frame() != null) {
      expr(window.frame().start().distance());
      expr(window.frame().end().distance());
    }
  }

  /** Visits expressions that may name the columns of one table and of those joined to it. */
  final void over(QualifiedName table, @Nullable FromClause from, Runnable visits) {
    over(
        table,
        () -> {
          if (from != null && scope != null) {
            List<Expr> conditions = new ArrayList<>();
            from(from, scope, conditions);
            conditions.forEach(this::expr);
          }
          visits.run();
        });
  }

  /** Visits expressions that may name the columns of one table. */
  final void over(QualifiedName table, Runnable visits) {
    NameScope outer = scope;
    NameScope own = new NameScope(outer);
    own.items.add(new NameScope.Item(table.name().name(), false, table, null));
    scope = own;
    visits.run();
    scope = outer;
  }
}
