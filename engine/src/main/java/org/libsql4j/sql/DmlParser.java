package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Assignment;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.IndexHint;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.Limit;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.Update;
import org.libsql4j.sql.ast.Upsert;
import org.libsql4j.sql.ast.With;

/** {@code INSERT}, {@code UPDATE}, {@code DELETE}, on their own and in triggers. */
abstract class DmlParser extends FromParser {
  private static final Map<TokenType, ConflictResolution> RESOLUTIONS =
      Map.of(
          TokenType.ROLLBACK, ConflictResolution.ROLLBACK,
          TokenType.ABORT, ConflictResolution.ABORT,
          TokenType.FAIL, ConflictResolution.FAIL,
          TokenType.IGNORE, ConflictResolution.IGNORE,
          TokenType.REPLACE, ConflictResolution.REPLACE);

  DmlParser(String sql, int base, ParserLimits limits, boolean stored) {
    super(sql, base, limits, stored);
  }

  /** A statement that may begin with {@code WITH}. */
  final Statement queryOrChange() {
    int at = offset();
    With with = optionalWith();
    if (type == TokenType.SELECT || type == TokenType.VALUES) {
      return select(with, at);
    }
    if (type == TokenType.UPDATE) {
      return update(with);
    }
    return type == TokenType.DELETE ? delete(with) : insert(with, false);
  }

  /** One statement of a trigger's body, without its semicolon. */
  final Statement triggerStep() {
    if (type == TokenType.UPDATE) {
      return triggerUpdate();
    }
    if (type == TokenType.DELETE) {
      return triggerDelete();
    }
    boolean query = type == TokenType.SELECT || type == TokenType.VALUES;
    return query || type == TokenType.WITH ? select() : insert(null, true);
  }

  private Insert insert(@Nullable With with, boolean inTrigger) {
    boolean replace = accept(TokenType.REPLACE);
    if (!replace) {
      expect(TokenType.INSERT);
    }
    ConflictResolution conflict = replace ? ConflictResolution.REPLACE : optionalOr();
    expect(TokenType.INTO);
    QualifiedName table = inTrigger ? triggerTable() : qualifiedName();
    Identifier alias = !inTrigger && accept(TokenType.AS) ? name() : null;
    List<Identifier> columns = optionalNamesInParentheses();
    List<Upsert> upserts = new ArrayList<>();
    List<ResultColumn> returning;
    Insert.Source source;
    if (!inTrigger && accept(TokenType.DEFAULT)) {
      expect(TokenType.VALUES);
      source = new Insert.Source.DefaultValues();
      returning = optionalReturning();
    } else {
      source = new Insert.Source.Query(select());
      returning = upsertsAndReturning(upserts);
    }
    return new Insert(
        with, conflict, table, alias, columns, source, List.copyOf(upserts), returning);
  }

  /** Any number of conflict clauses; one without target is the last. */
  private List<ResultColumn> upsertsAndReturning(List<Upsert> upserts) {
    while (type == TokenType.ON) {
      advance();
      expect(TokenType.CONFLICT);
      List<OrderingTerm> target = List.of();
      Expr targetWhere = null;
      if (accept(TokenType.LP)) {
        target = orderingTerms();
        expect(TokenType.RP);
        targetWhere = optionalWhere();
      }
      expect(TokenType.DO);
      upserts.add(upsertAction(target, targetWhere));
      if (target.isEmpty()) {
        break;
      }
    }
    return optionalReturning();
  }

  private Upsert upsertAction(List<OrderingTerm> target, @Nullable Expr targetWhere) {
    if (accept(TokenType.NOTHING)) {
      return new Upsert(target, targetWhere, List.of(), null);
    }
    expect(TokenType.UPDATE);
    expect(TokenType.SET);
    List<Assignment> assignments = assignments();
    return new Upsert(target, targetWhere, assignments, optionalWhere());
  }

  private Update update(@Nullable With with) {
    advance();
    ConflictResolution conflict = optionalOr();
    QualifiedName table = qualifiedName();
    Identifier alias = accept(TokenType.AS) ? name() : null;
    IndexHint hint = optionalIndexHint();
    expect(TokenType.SET);
    List<Assignment> assignments = assignments();
    FromClause from = accept(TokenType.FROM) ? fromClause() : null;
    Expr where = optionalWhere();
    List<ResultColumn> returning = optionalReturning();
    List<OrderingTerm> orderBy = optionalOrderBy();
    Limit limit = optionalLimit();
    checkAssignmentCount(assignments);
    return new Update(
        with, conflict, table, alias, hint, assignments, from, where, returning, orderBy, limit);
  }

  private void checkAssignmentCount(List<Assignment> assignments) {
    int count = 0;
    for (Assignment assignment : assignments) {
      count += assignment.columns().size();
    }
    if (count > limits.columns()) {
      fail("too many columns in set list", start);
    }
  }

  private Delete delete(@Nullable With with) {
    advance();
    expect(TokenType.FROM);
    QualifiedName table = qualifiedName();
    Identifier alias = accept(TokenType.AS) ? name() : null;
    IndexHint hint = optionalIndexHint();
    Expr where = optionalWhere();
    List<ResultColumn> returning = optionalReturning();
    List<OrderingTerm> orderBy = optionalOrderBy();
    Limit limit = optionalLimit();
    return new Delete(with, table, alias, hint, where, returning, orderBy, limit);
  }

  private Update triggerUpdate() {
    advance();
    ConflictResolution conflict = optionalOr();
    QualifiedName table = triggerTable();
    noTriggerIndexHint();
    expect(TokenType.SET);
    List<Assignment> assignments = assignments();
    FromClause from = accept(TokenType.FROM) ? fromClause() : null;
    Expr where = optionalWhere();
    return new Update(
        null, conflict, table, null, null, assignments, from, where, List.of(), List.of(), null);
  }

  private Delete triggerDelete() {
    advance();
    expect(TokenType.FROM);
    QualifiedName table = triggerTable();
    noTriggerIndexHint();
    Expr where = optionalWhere();
    return new Delete(null, table, null, null, where, List.of(), List.of(), null);
  }

  private QualifiedName triggerTable() {
    QualifiedName table = qualifiedName();
    if (table.schema() != null) {
      fail(
          "qualified table names are not allowed on INSERT, UPDATE, and DELETE statements"
              + " within triggers",
          start);
    }
    return table;
  }

  private void noTriggerIndexHint() {
    IndexHint hint = optionalIndexHint();
    if (hint != null) {
      fail(
          "the "
              + (hint.index() == null ? "NOT INDEXED" : "INDEXED BY")
              + " clause is not allowed on UPDATE or DELETE statements within triggers",
          start);
    }
  }

  private List<ResultColumn> optionalReturning() {
    if (!accept(TokenType.RETURNING)) {
      return List.of();
    }
    return resultColumns();
  }

  private List<Assignment> assignments() {
    List<Assignment> assignments = new ArrayList<>();
    do {
      assignments.add(assignment());
    } while (accept(TokenType.COMMA));
    return List.copyOf(assignments);
  }

  private Assignment assignment() {
    boolean rowValue = accept(TokenType.LP);
    List<Identifier> columns = rowValue ? names() : List.of(name());
    if (rowValue) {
      expect(TokenType.RP);
    }
    expect(TokenType.EQ);
    Expr value = expr();
    if (value instanceof Expr.RowValue row && rowValue) {
      checkRowSize(columns.size(), row.values().size());
    } else if (rowValue && !(value instanceof Expr.Subquery) && columns.size() != 1) {
      checkRowSize(columns.size(), 1);
    }
    return new Assignment(columns, rowValue, value);
  }

  private void checkRowSize(int columns, int values) {
    if (columns != values) {
      fail(columns + " columns assigned " + values + " values", start);
    }
  }

  /** {@code OR resolution} or nothing. */
  private ConflictResolution optionalOr() {
    return accept(TokenType.OR) ? resolution() : ConflictResolution.DEFAULT;
  }

  /** {@code ON CONFLICT resolution} or nothing. */
  final ConflictResolution optionalOnConflict() {
    if (!accept(TokenType.ON)) {
      return ConflictResolution.DEFAULT;
    }
    expect(TokenType.CONFLICT);
    return resolution();
  }

  private ConflictResolution resolution() {
    ConflictResolution resolution = RESOLUTIONS.get(type);
    if (resolution == null) {
      throw syntaxError();
    }
    advance();
    return resolution;
  }
}
