package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.Upsert;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;

/**
 * The ON CONFLICT clauses of an INSERT: which uniqueness constraint each one is for, and the code
 * of DO UPDATE.
 *
 * <p>The first clause whose target is a constraint is the one that answers its violation; a clause
 * without target, which can only be the last, answers for all that have none of their own.
 */
final class UpsertClauses {
  /**
   * One clause.
   *
   * @param anyConstraint whether it has no target
   * @param index the constraint, null for the rowid
   */
  record Clause(Upsert upsert, boolean anyConstraint, @Nullable Index index) {}

  private final CodeContext context;
  private final TableAccess access;
  private final Table table;
  private final Source source;
  private final List<Clause> clauses = new ArrayList<>();

  /**
   * Finds the constraints that the clauses are for.
   *
   * @param alias the name that the table has in the statement
   * @throws LibsqlException if a target is no uniqueness constraint
   */
  UpsertClauses(CodeContext context, TableAccess access, String alias, List<Upsert> upserts) {
    this.context = context;
    this.access = access;
    this.table = access.table;
    this.source = new Source(table, alias, context.environment().schemaName(table), null);
    for (Upsert upsert : upserts) {
      checkNullsOrder(upsert);
      boolean any = upsert.target().isEmpty();
      clauses.add(new Clause(upsert, any, any ? null : target(upsert, upserts)));
    }
  }

  /** An order of NULLs means nothing in a target. */
  static void checkNullsOrder(Upsert upsert) {
    for (OrderingTerm term : upsert.target()) {
      if (term.nulls() != null) {
        throw new LibsqlException(
            ResultCode.ERROR, "unsupported use of NULLS " + term.nulls().name());
      }
    }
  }

  // ---- targets
  // -----------------------------------------------------------------------------------------

  private @Nullable Index target(Upsert upsert, List<Upsert> all) {
    Scope scope = Scope.over(Scope.Place.QUERY, List.of(source));
    List<BoundExpr> terms = new ArrayList<>();
    for (OrderingTerm term : upsert.target()) {
      terms.add(context.resolver().exprs().scalar(term.expr(), scope));
    }
    BoundExpr where =
        upsert.targetWhere() == null
            ? null
            : context.resolver().exprs().scalar(upsert.targetWhere(), scope);
    if (table.hasRowid() && terms.size() == 1 && isRowid(terms.get(0))) {
      return null;
    }
    for (Index index : table.indexes) {
      if (matches(index, terms, where)) {
        return index;
      }
    }
    throw new LibsqlException(
        ResultCode.ERROR,
        (all.size() == 1 ? "" : ordinal(clauses.size() + 1) + " ")
            + "ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint");
  }

  private boolean isRowid(BoundExpr term) {
    return term instanceof BoundExpr.ColumnRef ref
        && (ref.column() < 0 || ref.column() == table.rowidColumn);
  }

  private boolean matches(Index index, List<BoundExpr> terms, @Nullable BoundExpr where) {
    if (!index.isUnique() || index.keyColumnCount != terms.size()) {
      return false;
    }
    BoundExpr condition = context.schemaExpressions().condition(source, index);
    if (condition != null && !condition.equals(where)) {
      return false;
    }
    for (int i = 0; i < index.keyColumnCount; i++) {
      if (index.columns[i] >= 0 && index.columns[i] == table.rowidColumn) {
        // The rowid alone can be a target, but no part of one.
        return false;
      }
      BoundExpr key = context.schemaExpressions().column(source, index, i);
      String collation = index.collations[i];
      if (terms.stream().noneMatch(term -> isKey(term, key, collation))) {
        return false;
      }
    }
    return true;
  }

  /** A term that does not name a collation goes with any. */
  private static boolean isKey(BoundExpr term, BoundExpr key, String collation) {
    BoundExpr bareKey = key instanceof BoundExpr.Collate collate ? collate.operand() : key;
    if (term instanceof BoundExpr.Collate collate) {
      return collate.collation().equalsIgnoreCase(collation)
          && BoundExprs.skipCollate(collate.operand()).equals(BoundExprs.skipCollate(bareKey));
    }
    return term.equals(bareKey);
  }

  private static String ordinal(int number) {
    boolean teen = number / 10 % 10 == 1;
    String suffix =
        switch (teen ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
    return number + suffix;
  }

  // ---- for the checks
  // ----------------------------------------------------------------------------------

  /** The clause that answers a violation of an index, or of the rowid for null; null if none. */
  @Nullable Clause of(@Nullable Index index) {
    for (Clause clause : clauses) {
      if (clause.anyConstraint || clause.index == index) {
        return clause;
      }
    }
    return null;
  }

  /**
   * The order in which uniqueness is checked: first the constraints of the clauses in their order,
   * then the others, the rowid first. The rowid stands as null.
   *
   * @param rowid whether the rowid is to be checked
   */
  List<@Nullable Index> order(boolean rowid) {
    List<@Nullable Index> order = new ArrayList<>();
    Clause ofRowid = of(null);
    boolean pending = rowid;
    if (pending && clauses.get(0).equals(ofRowid)) {
      order.add(null);
      pending = false;
    }
    for (Clause clause : clauses) {
      if (pending && clause.equals(ofRowid)) {
        order.add(null);
        pending = false;
      }
      if (clause.index != null && !order.contains(clause.index)) {
        order.add(clause.index);
      }
    }
    if (pending) {
      order.add(null);
    }
    for (Index index : table.indexes) {
      if (!order.contains(index)) {
        order.add(index);
      }
    }
    return order;
  }

  /**
   * Generates DO UPDATE for the row that the data cursor is at, after which the new row is done.
   *
   * @param excluded the row that could not be inserted
   */
  void update(Clause clause, NewRow excluded, int nextLabel) {
    Source excludedSource = new Source(table, "excluded", null, null);
    context.locate(excludedSource, excluded);
    for (int i = 0; i < table.columnCount(); i++) {
      if (table.affinity(i) == Affinity.REAL) {
        context.builder().add(Opcode.REAL_AFFINITY, excluded.column(i));
      }
    }
    UpdateCodegen.upsert(
        context,
        access,
        new Source(table, source.alias, source.schemaName, null),
        excludedSource,
        clause.upsert,
        nextLabel);
  }

  /** Generates the error of an index entry without row. */
  void corrupt() {
    context
        .builder()
        .add(Opcode.HALT, ResultCode.CORRUPT.code(), OpFlags.OE_ABORT, 0, "corrupt database");
  }
}
