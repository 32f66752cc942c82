package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.IndexHint;
import org.libsql4j.sql.ast.JoinOperator;
import org.libsql4j.sql.ast.Limit;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.sql.ast.Update;

/**
 * ORDER BY and LIMIT of UPDATE and DELETE: {@code DELETE FROM t WHERE x ORDER BY y LIMIT z} is
 * {@code DELETE FROM t WHERE rowid IN (SELECT rowid FROM t WHERE x ORDER BY y LIMIT z)}, with the
 * primary key in the place of the rowid if there is none.
 */
final class LimitedRows {
  private LimitedRows() {}

  /** The condition of a DELETE, with its LIMIT worked in. */
  static @Nullable Expr where(Delete delete, Table table) {
    checkOrder(table, delete.orderBy(), delete.limit(), "DELETE");
    if (delete.limit() == null) {
      return delete.where();
    }
    if (table.isView()) {
      return null;
    }
    FromClause from =
        new FromClause(List.of(target(delete.table(), delete.alias(), delete.hint())));
    return inSubquery(
        keys(table, delete.table(), delete.alias()),
        from,
        delete.where(),
        List.of(),
        delete.orderBy(),
        delete.limit());
  }

  /** The condition of an UPDATE, with its LIMIT worked in. */
  static @Nullable Expr where(Update update, Table table) {
    checkOrder(table, update.orderBy(), update.limit(), "UPDATE");
    if (update.limit() == null) {
      return update.where();
    }
    if (table.isView()) {
      if (update.from() != null) {
        throw new LibsqlException(
            ResultCode.ERROR, "LIMIT of UPDATE FROM is not supported yet for views");
      }
      return null;
    }
    List<Expr> keys = keys(table, update.table(), update.alias());
    List<FromClause.Term> terms = new ArrayList<>();
    terms.add(target(update.table(), update.alias(), update.hint()));
    if (update.from() == null) {
      return inSubquery(
          keys, new FromClause(terms), update.where(), List.of(), update.orderBy(), update.limit());
    }
    for (FromClause.Term term : update.from().terms()) {
      boolean first = term.join() == null;
      terms.add(
          first
              ? new FromClause.Term(
                  new JoinOperator(JoinOperator.Kind.COMMA, false),
                  term.item(),
                  term.on(),
                  term.using())
              : term);
    }
    // A row that the join meets several times counts once.
    Expr limited =
        inSubquery(
            keys, new FromClause(terms), update.where(), keys, update.orderBy(), update.limit());
    return update.where() == null
        ? limited
        : new Expr.Binary(BinaryOperator.AND, update.where(), limited, -1);
  }

  /** The rows of a view that a DELETE with LIMIT is meant for. */
  static Source view(CodeContext context, Source view, Delete delete) {
    return delete.limit() == null
        ? view
        : view(
            context,
            view,
            target(delete.table(), delete.alias(), delete.hint()),
            delete.where(),
            delete.orderBy(),
            delete.limit());
  }

  /** The rows of a view that an UPDATE with LIMIT is meant for. */
  static Source view(CodeContext context, Source view, Update update) {
    return update.limit() == null
        ? view
        : view(
            context,
            view,
            target(update.table(), update.alias(), update.hint()),
            update.where(),
            update.orderBy(),
            update.limit());
  }

  private static Source view(
      CodeContext context,
      Source view,
      FromClause.Term term,
      @Nullable Expr where,
      List<OrderingTerm> orderBy,
      Limit limit) {
    List<ResultColumn> all = List.of(new ResultColumn.Star());
    SelectCore core =
        new SelectCore.Query(
            false, all, new FromClause(List.of(term)), where, List.of(), null, List.of(), -1);
    Select select = new Select(null, core, List.of(), orderBy, limit, -1, 0);
    return new Source(view.table, view.alias, view.schemaName, context.resolver().resolve(select));
  }

  /** A view is no matter: its rows are collected in any case. */
  private static void checkOrder(
      Table table, List<OrderingTerm> orderBy, @Nullable Limit limit, String verb) {
    if (!orderBy.isEmpty() && limit == null && !table.isView()) {
      throw new LibsqlException(ResultCode.ERROR, "ORDER BY without LIMIT on " + verb);
    }
  }

  private static FromClause.Term target(
      QualifiedName name, @Nullable Identifier alias, @Nullable IndexHint hint) {
    return new FromClause.Term(
        null, new FromItem.Table(name, alias, hint, name.offset()), null, List.of());
  }

  private static Expr inSubquery(
      List<Expr> keys,
      FromClause from,
      @Nullable Expr where,
      List<Expr> groupBy,
      List<OrderingTerm> orderBy,
      Limit limit) {
    List<ResultColumn> columns = new ArrayList<>();
    for (Expr key : keys) {
      columns.add(new ResultColumn.Expression(key, null, ""));
    }
    SelectCore core =
        new SelectCore.Query(false, columns, from, where, groupBy, null, List.of(), -1);
    Select select = new Select(null, core, List.of(), orderBy, limit, -1, 0);
    Expr operand = keys.size() == 1 ? keys.get(0) : new Expr.RowValue(keys, -1);
    return new Expr.InSelect(operand, select, false, -1);
  }

  /** What identifies a row of the table. */
  private static List<Expr> keys(Table table, QualifiedName name, @Nullable Identifier alias) {
    Identifier qualifier = alias == null ? name.name() : alias;
    List<Expr> keys = new ArrayList<>();
    Index primaryKey = table.withoutRowid ? table.primaryKeyIndex() : null;
    if (primaryKey == null) {
      keys.add(column(qualifier, rowidName(table)));
    } else {
      for (int i = 0; i < primaryKey.keyColumnCount; i++) {
        keys.add(column(qualifier, table.column(primaryKey.columns[i]).name()));
      }
    }
    return keys;
  }

  /** A name of the rowid that no column has taken. */
  private static String rowidName(Table table) {
    if (table.rowidColumn >= 0) {
      return table.column(table.rowidColumn).name();
    }
    for (String name : List.of("_rowid_", "rowid")) {
      if (table.columnIndex(name) < 0) {
        return name;
      }
    }
    return "oid";
  }

  private static Expr column(Identifier qualifier, String name) {
    return new Expr.ColumnRef(null, qualifier, Identifier.of(name), -1);
  }
}
