package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.schema.Catalog;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.Trigger;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.Identifier;

/**
 * What fires when rows of a table are inserted, updated or deleted: its triggers, and RETURNING,
 * which acts like an AFTER trigger.
 *
 * <p>Order of firing: triggers kept in the temporary database first, in the order of their making;
 * then RETURNING; then the table's own ones, the newest first.
 */
final class RowTriggers {
  private final CodeContext context;

  /** The columns of NEW and OLD; the shape if it is a view. */
  private final Table rows;

  private final List<Trigger> temporary = new ArrayList<>();
  private final List<Trigger> own = new ArrayList<>();
  private final @Nullable Returning returning;

  private RowTriggers(CodeContext context, Table rows, @Nullable Returning returning) {
    this.context = context;
    this.rows = rows;
    this.returning = returning;
  }

  /**
   * Finds them.
   *
   * @param table the table or view that changes
   * @param rows its columns: the table itself, or the shape of the view
   * @param assigned for UPDATE the names of the columns that it sets; else null
   */
  static RowTriggers of(
      CodeContext context,
      Table table,
      Table rows,
      CreateTrigger.Event event,
      @Nullable Collection<String> assigned) {
    if (context.top().droppingTable) {
      return none(context, rows);
    }
    Returning returning = context.returning;
    boolean returns = returning != null && returning.isMeant(table, event);
    RowTriggers triggers = new RowTriggers(context, rows, returns ? returning : null);
    Catalog catalog = context.catalog();
    for (Trigger trigger :
        catalog.entries().get(AttachedDatabase.TEMP).schema().triggersOn(table)) {
      triggers.addIfFired(triggers.temporary, trigger, event, assigned);
    }
    if (table.schema != null && catalog.databaseIndex(table.schema) != AttachedDatabase.TEMP) {
      for (Trigger trigger : table.schema.triggersOn(table)) {
        triggers.addIfFired(triggers.own, trigger, event, assigned);
      }
      Collections.reverse(triggers.own);
    } else {
      triggers.own.addAll(triggers.temporary);
      triggers.temporary.clear();
      Collections.reverse(triggers.own);
    }
    return triggers;
  }

  /** None at all. */
  static RowTriggers none(CodeContext context, Table table) {
    return new RowTriggers(context, table, null);
  }

  private void addIfFired(
      List<Trigger> list,
      Trigger trigger,
      CreateTrigger.Event event,
      @Nullable Collection<String> assigned) {
    CreateTrigger definition = trigger.definition();
    if (definition.event() == event && watches(definition.updateColumns(), assigned)) {
      list.add(trigger);
    }
  }

  private static boolean watches(
      List<Identifier> updateColumns, @Nullable Collection<String> assigned) {
    if (updateColumns.isEmpty() || assigned == null) {
      return true;
    }
    for (Identifier column : updateColumns) {
      for (String name : assigned) {
        if (column.name().equalsIgnoreCase(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether nothing fires, RETURNING included. */
  boolean isEmpty() {
    return returning == null && !hasTriggers();
  }

  /** Whether there are triggers besides RETURNING. */
  boolean hasTriggers() {
    return !temporary.isEmpty() || !own.isEmpty();
  }

  /** Whether there are BEFORE or INSTEAD OF triggers. */
  boolean hasBefore() {
    return hasBefore(temporary) || hasBefore(own);
  }

  private static boolean hasBefore(List<Trigger> triggers) {
    for (int i = 0; i < triggers.size(); i++) {
      if (isBefore(triggers.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBefore(Trigger trigger) {
    return trigger.definition().time() != CreateTrigger.Time.AFTER;
  }

  /**
   * Fires BEFORE and INSTEAD OF triggers.
   *
   * @param firstRegister of OLD and NEW, see {@link TriggerPrograms}
   * @param conflict what the statement says of conflicts
   * @param ignoreLabel where RAISE(IGNORE) goes
   */
  void before(int firstRegister, ConflictResolution conflict, int ignoreLabel) {
    fire(temporary, true, firstRegister, conflict, ignoreLabel);
    fire(own, true, firstRegister, conflict, ignoreLabel);
  }

  /** Fires AFTER triggers and RETURNING. */
  void after(int firstRegister, ConflictResolution conflict, int ignoreLabel) {
    fire(temporary, false, firstRegister, conflict, ignoreLabel);
    if (returning != null) {
      returning.row(firstRegister);
    }
    fire(own, false, firstRegister, conflict, ignoreLabel);
  }

  private void fire(
      List<Trigger> list,
      boolean before,
      int firstRegister,
      ConflictResolution conflict,
      int ignoreLabel) {
    for (Trigger trigger : list) {
      if (isBefore(trigger) == before) {
        context
            .triggerPrograms()
            .call(context, trigger, rows, conflict, firstRegister, ignoreLabel, false);
      }
    }
  }
}
