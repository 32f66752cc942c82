package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.ForeignKeyConstraint;
import org.libsql4j.schema.ParentKey;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.Trigger;
import org.libsql4j.sql.ast.Assignment;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.ForeignKey.Action;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.UnaryOperator;
import org.libsql4j.sql.ast.Update;

/**
 * ON DELETE and ON UPDATE of foreign keys as triggers that nobody wrote: {@code ON DELETE CASCADE}
 * of a child c is {@code AFTER DELETE ON p BEGIN DELETE FROM c WHERE OLD.k = k; END}. One object
 * belongs to a statement with all its triggers, since a trigger is known by its identity.
 */
final class ForeignKeyActions {
  private final Map<ForeignKeyConstraint, Trigger> onDelete = new IdentityHashMap<>();
  private final Map<ForeignKeyConstraint, Trigger> onUpdate = new IdentityHashMap<>();

  /**
   * The trigger of an action, or null for NO ACTION.
   *
   * @param update whether the parent row is updated; else deleted
   * @param deferred whether RESTRICT is put off like everything else
   */
  @Nullable Trigger of(
      Table parent,
      Table child,
      ForeignKeyConstraint key,
      ParentKey parentKey,
      boolean update,
      boolean deferred) {
    Action action = update ? key.onUpdate() : key.onDelete();
    if (action == Action.NO_ACTION || (action == Action.RESTRICT && deferred)) {
      return null;
    }
    Map<ForeignKeyConstraint, Trigger> known = update ? onUpdate : onDelete;
    Trigger trigger = known.get(key);
    if (trigger == null) {
      trigger = new Maker(parent, child, parentKey, update, action).trigger();
      known.put(key, trigger);
    }
    return trigger;
  }

  /** Makes one trigger. */
  private static final class Maker {
    private final Table parent;
    private final Table child;
    private final ParentKey parentKey;
    private final boolean update;
    private final Action action;

    Maker(Table parent, Table child, ParentKey parentKey, boolean update, Action action) {
      this.parent = parent;
      this.child = child;
      this.parentKey = parentKey;
      this.update = update;
      this.action = action;
    }

    Trigger trigger() {
      QualifiedName table = QualifiedName.of(Identifier.of(parent.name));
      CreateTrigger definition =
          new CreateTrigger(
              false,
              false,
              table,
              CreateTrigger.Time.AFTER,
              update ? CreateTrigger.Event.UPDATE : CreateTrigger.Event.DELETE,
              List.of(),
              table,
              update ? keyChanges() : null,
              List.of(step()),
              List.of(),
              "");
      if (parent.schema == null) {
        throw new IllegalStateException("parent without schema");
      }
      return new Trigger("fkey", parent.name, parent.schema, parent.schema, definition, "");
    }

    private int size() {
      return parentKey.parentColumns().length;
    }

    private static Expr column(@Nullable String table, String name) {
      return new Expr.ColumnRef(
          null, table == null ? null : Identifier.of(table), Identifier.of(name), -1);
    }

    private String parentName(int i) {
      return parent.column(parentKey.parentColumns()[i]).name();
    }

    private String childName(int i) {
      return child.column(parentKey.childColumns()[i]).name();
    }

    private static @Nullable Expr and(@Nullable Expr left, Expr right) {
      return left == null ? right : new Expr.Binary(BinaryOperator.AND, left, right, -1);
    }

    /** {@code NOT (OLD.a IS NEW.a AND ...)}. */
    private Expr keyChanges() {
      Expr same = new Expr.IntegerLiteral(1, -1);
      for (int i = 0; i < size(); i++) {
        Expr equal =
            new Expr.Binary(
                BinaryOperator.IS, column("old", parentName(i)), column("new", parentName(i)), -1);
        same = i == 0 ? equal : new Expr.Binary(BinaryOperator.AND, same, equal, -1);
      }
      return new Expr.Unary(UnaryOperator.NOT, same, -1);
    }

    /** {@code OLD.a = x AND ...}: the rows that refer to the old one. */
    private @Nullable Expr referring() {
      Expr all = null;
      for (int i = 0; i < size(); i++) {
        all =
            and(
                all,
                new Expr.Binary(
                    BinaryOperator.EQ,
                    column("old", parentName(i)),
                    column(null, childName(i)),
                    -1));
      }
      return all;
    }

    private Statement step() {
      QualifiedName target = QualifiedName.of(Identifier.of(child.name));
      if (action == Action.RESTRICT) {
        return raise(target);
      }
      if (action == Action.CASCADE && !update) {
        return new Delete(null, target, null, null, referring(), List.of(), List.of(), null);
      }
      List<Assignment> assignments = new ArrayList<>();
      for (int i = 0; i < size(); i++) {
        assignments.add(new Assignment(List.of(Identifier.of(childName(i))), false, newValue(i)));
      }
      return new Update(
          null,
          ConflictResolution.DEFAULT,
          target,
          null,
          null,
          assignments,
          null,
          referring(),
          List.of(),
          List.of(),
          null);
    }

    private Expr newValue(int i) {
      if (action == Action.CASCADE) {
        return column("new", parentName(i));
      }
      var column = child.column(parentKey.childColumns()[i]);
      boolean isDefault = action == Action.SET_DEFAULT && !column.isGenerated();
      Expr value = isDefault ? column.defaultValue() : null;
      return value == null ? new Expr.NullLiteral(-1) : value;
    }

    /** {@code SELECT RAISE(ABORT, ...) FROM child WHERE OLD.a = x}. */
    private Statement raise(QualifiedName target) {
      Expr raise =
          new Expr.Raise(
              ConflictResolution.ABORT,
              new Expr.StringLiteral("FOREIGN KEY constraint failed", -1),
              -1);
      FromClause from =
          new FromClause(
              List.of(
                  new FromClause.Term(
                      null, new FromItem.Table(target, null, null, -1), null, List.of())));
      return Select.of(
          new SelectCore.Query(
              false,
              List.of(new ResultColumn.Expression(raise, null, "")),
              from,
              referring(),
              List.of(),
              null,
              List.of(),
              -1));
    }
  }
}
