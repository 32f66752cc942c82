package org.libsql4j.alter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.Assignment;
import org.libsql4j.sql.ast.CreateIndex;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.CreateView;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.Update;
import org.libsql4j.sql.ast.Upsert;

/** What renaming a table and renaming a column have in common: the way through statements. */
abstract class Renaming extends NameWalk {
  final TextEdits edits;

  Renaming(String text) {
    this.edits = new TextEdits(text);
  }

  /** The text with the new name. */
  final String rewrite(String text) {
    statement(Parser.parseStored(text));
    return edits.apply();
  }

  /** Whether names are also changed inside of views, triggers and expressions. */
  boolean readsBodies() {
    return true;
  }

  private void statement(Statement statement) {
    if (statement instanceof CreateTable create) {
      if (create.body() instanceof CreateTable.Body.Definition definition) {
        table(create, definition);
      }
    } else if (statement instanceof CreateIndex create) {
      index(create);
    } else if (statement instanceof CreateView create) {
      if (readsBodies()) {
        select(create.select());
      }
    } else if (statement instanceof CreateTrigger create) {
      trigger(create);
    }
  }

  abstract void table(CreateTable create, CreateTable.Body.Definition definition);

  private void index(CreateIndex create) {
    QualifiedName table = QualifiedName.of(create.table());
    tableName(table);
    if (!readsBodies()) {
      return;
    }
    over(
        table,
        () -> {
          terms(create.columns());
          expr(create.where());
        });
  }

  /** Terms of a key, where a string names a column. */
  final void terms(List<OrderingTerm> terms) {
    for (OrderingTerm term : terms) {
      Expr operand = term.expr();
      while (operand instanceof Expr.Collate collate) {
        operand = collate.operand();
      }
      if (operand instanceof Expr.StringLiteral name) {
        keyString(name);
      } else {
        expr(term.expr());
      }
    }
  }

  /** A column is named by a string. */
  void keyString(Expr.StringLiteral name) {}

  // ---- triggers
  // -----------------------------------------------------------------------------------

  private void trigger(CreateTrigger create) {
    tableName(create.table());
    if (!readsBodies()) {
      return;
    }
    columnList(create.table(), create.updateColumns());
    watchedTable(create.table());
    expr(create.when());
    for (Statement step : create.body()) {
      step(step);
    }
    watchedTable(null);
  }

  /** NEW and OLD are rows of this table; null means that there are none any more. */
  abstract void watchedTable(@Nullable QualifiedName table);

  /** Names of columns of a table are listed. */
  abstract void columnList(QualifiedName table, List<Identifier> columns);

  private void step(Statement step) {
    if (step instanceof Select select) {
      select(select);
    } else if (step instanceof Insert insert) {
      tableName(insert.table());
      columnList(insert.table(), insert.columns());
      if (insert.source() instanceof Insert.Source.Query query) {
        select(query.select());
      }
      over(insert.table(), () -> insert.upserts().forEach(u -> upsert(insert.table(), u)));
    } else if (step instanceof Update update) {
      tableName(update.table());
      over(
          update.table(),
          update.from(),
          () -> {
            assignments(update.table(), update.assignments());
            expr(update.where());
          });
    } else if (step instanceof Delete delete) {
      tableName(delete.table());
      over(delete.table(), () -> expr(delete.where()));
    }
  }

  private void upsert(QualifiedName table, Upsert upsert) {
    terms(upsert.target());
    expr(upsert.targetWhere());
    if (scope != null) {
      scope.items.add(new NameScope.Item("excluded", true, table, null));
    }
    assignments(table, upsert.assignments());
    expr(upsert.where());
  }

  private void assignments(QualifiedName table, List<Assignment> assignments) {
    for (Assignment assignment : assignments) {
      columnList(table, assignment.columns());
      expr(assignment.value());
    }
  }
}
