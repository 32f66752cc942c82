package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.resolve.ExprResolver;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.Trigger;
import org.libsql4j.sql.ast.Assignment;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.Update;
import org.libsql4j.sql.ast.Upsert;

/**
 * Looks up all names in a trigger without running it, as ALTER TABLE does. Lists of columns that
 * are assigned to or inserted are not looked at.
 */
final class TriggerCheck {
  private final CodeContext context;
  private final ExprResolver exprs;

  private TriggerCheck(CodeContext context) {
    this.context = context;
    this.exprs = context.resolver().exprs();
  }

  /**
   * @param context a new one
   * @param table that the trigger is on
   */
  static void check(CodeContext context, Trigger trigger, Table table) {
    int database = context.catalog().databaseIndex(trigger.schema());
    if (database != AttachedDatabase.TEMP) {
      context.environment().defaultSchema = context.catalog().entries().get(database).name();
    }
    Table rows = table.isView() ? context.resolver().viewShape(table) : table;
    Scope scope = TriggerPrograms.rows(context, trigger.definition().event(), rows);
    context.resolver().enterTrigger(scope);
    TriggerCheck check = new TriggerCheck(context);
    check.expr(trigger.definition().when(), scope);
    for (Statement step : trigger.definition().body()) {
      check.step(step);
      context.resolver().leaveWith();
    }
  }

  private void expr(@Nullable Expr expr, Scope scope) {
    if (expr != null) {
      exprs.resolve(expr, scope);
    }
  }

  private void step(Statement step) {
    if (step instanceof Select select) {
      context.resolver().resolve(select);
    } else if (step instanceof Insert insert) {
      if (insert.source() instanceof Insert.Source.Query query) {
        context.resolver().resolve(query.select());
      }
      Scope scope = target(insert.table(), null);
      for (Upsert upsert : insert.upserts()) {
        upsert(upsert, insert.table(), scope);
      }
    } else if (step instanceof Update update) {
      Scope scope = target(update.table(), update.from());
      assignments(update.assignments(), scope);
      expr(update.where(), scope);
    } else if (step instanceof Delete delete) {
      expr(delete.where(), target(delete.table(), null));
    }
  }

  private Scope target(QualifiedName name, @Nullable FromClause from) {
    Table table = context.environment().table(name);
    Source source = ViewRows.source(context, table, null);
    Scope scope = context.resolver().statementScope(List.of(source));
    if (from != null) {
      context.resolver().from(UpdateCodegen.asOneTerm(from), scope);
    }
    scope.allowAggregates = true;
    return scope;
  }

  private void upsert(Upsert upsert, QualifiedName table, Scope scope) {
    for (OrderingTerm term : upsert.target()) {
      expr(term.expr(), scope);
    }
    expr(upsert.targetWhere(), scope);
    Scope inner = target(table, null);
    inner.pseudoSources.add(new Source(inner.sources.get(0).table, "excluded", null, null));
    assignments(upsert.assignments(), inner);
    expr(upsert.where(), inner);
  }

  private void assignments(List<Assignment> assignments, Scope scope) {
    for (Assignment assignment : assignments) {
      expr(assignment.value(), scope);
    }
  }
}
