package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.ForeignKeyConstraint;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.ParentKey;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.Trigger;
import org.libsql4j.sql.SqlNames;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.ForeignKey.Action;
import org.libsql4j.sql.ast.UnaryOperator;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates what the foreign keys of a table, and those of others that refer to it, demand when one
 * of its rows changes.
 *
 * <p>Violations are counted, not reported at once: FkCounter adds one when a row is left without
 * parent and takes one away when such a row goes or gets its parent. The statement, or for deferred
 * keys the transaction, fails at its end if the count is not 0. What could only lower the count is
 * skipped while it is 0. Only a statement that inserts a single row fails on the spot, for nothing
 * later could mend it.
 */
final class ForeignKeys {
  /** A foreign key that refers to the table. */
  private record Reference(Table child, ForeignKeyConstraint key) {}

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Table table;

  /** Keys of the table itself; empty if they are not enforced. */
  private final List<ForeignKeyConstraint> keys;

  private final List<Reference> references;

  ForeignKeys(CodeContext context, Table table) {
    this.context = context;
    this.builder = context.builder();
    this.table = table;
    boolean enforced =
        context.connection().isSet(ConnectionFlag.FOREIGN_KEYS)
            && table.kind == Table.Kind.ORDINARY;
    this.keys = enforced ? table.foreignKeys : List.of();
    this.references = enforced ? references(table) : List.of();
  }

  /** The newest comes first. */
  private static List<Reference> references(Table table) {
    List<Table> children = table.schema == null ? List.of() : table.schema.childrenOf(table.name);
    if (children.isEmpty()) {
      return List.of();
    }
    List<Reference> found = new ArrayList<>();
    for (Table child : children) {
      List<ForeignKeyConstraint> declared = child.foreignKeys;
      for (int i = declared.size() - 1; i >= 0; i--) {
        if (declared.get(i).parentTable().equalsIgnoreCase(table.name)) {
          found.add(0, new Reference(child, declared.get(i)));
        }
      }
    }
    return found;
  }

  // ---- whether there is anything to do
  // -----------------------------------------------------------------

  /** Whether inserting or deleting rows needs checks or actions. */
  boolean concernsRows() {
    return !keys.isEmpty() || !references.isEmpty();
  }

  /** Whether another table's foreign key refers to this one. */
  boolean isParent() {
    return !references.isEmpty();
  }

  /** Whether a violation may be left for the end of the transaction. */
  boolean hasDeferredKey() {
    return context.connection().isSet(ConnectionFlag.DEFER_FOREIGN_KEYS) || hasDeferred(keys);
  }

  private static boolean hasDeferred(List<ForeignKeyConstraint> keys) {
    for (ForeignKeyConstraint key : keys) {
      if (key.deferred()) {
        return true;
      }
    }
    return false;
  }

  /** Whether an UPDATE of these columns needs checks or actions. */
  boolean concerns(boolean[] changed, boolean rowidChanges) {
    for (ForeignKeyConstraint key : keys) {
      if (childChanges(key, changed, rowidChanges)) {
        return true;
      }
    }
    for (Reference reference : references) {
      if (parentChanges(reference.key, changed, rowidChanges)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether such an UPDATE must take the old row out before it looks at the new one: a row that
   * refers to its own table must not find itself as it was, nor may an action.
   */
  boolean removesOldRow(boolean[] changed, boolean rowidChanges) {
    for (ForeignKeyConstraint key : keys) {
      if (childChanges(key, changed, rowidChanges)
          && key.parentTable().equalsIgnoreCase(table.name)) {
        return true;
      }
    }
    for (Reference reference : references) {
      if (parentChanges(reference.key, changed, rowidChanges)
          && reference.key.onUpdate() != Action.NO_ACTION) {
        return true;
      }
    }
    return false;
  }

  /**
   * Looks for keys that refer to this table although it has nothing unique to refer to.
   *
   * @return the error of the last one, which is to be thrown if a key that changes is not wrong as
   *     well; null if all is well
   */
  @Nullable LibsqlException missingParentKey() {
    LibsqlException last = null;
    for (Reference reference : references) {
      if (ParentKey.find(table, reference.key) == null && !context.top().droppingTable) {
        last = ParentKey.mismatch(reference.child, reference.key);
      }
    }
    return last;
  }

  private boolean childChanges(ForeignKeyConstraint key, boolean[] changed, boolean rowidChanges) {
    for (int column : key.childColumns()) {
      if (changed[column] || (column == table.rowidColumn && rowidChanges)) {
        return true;
      }
    }
    return false;
  }

  private boolean parentChanges(ForeignKeyConstraint key, boolean[] changed, boolean rowidChanges) {
    List<String> names = key.parentColumns();
    for (int i = 0; i < changed.length; i++) {
      if (!changed[i] && !(i == table.rowidColumn && rowidChanges)) {
        continue;
      }
      if (names == null) {
        if (table.column(i).inPrimaryKey()) {
          return true;
        }
      } else if (SqlNames.contains(names, table.column(i).name())) {
        return true;
      }
    }
    return false;
  }

  // ---- checks
  // ------------------------------------------------------------------------------------------

  /**
   * Generates the checks for a row that goes, comes or changes. An UPDATE calls it twice, once for
   * each row.
   *
   * @param old the row that goes, or null
   * @param added the row that comes, or null
   * @param changed columns that an UPDATE sets; null for INSERT and DELETE
   */
  void check(
      @Nullable NewRow old,
      @Nullable NewRow added,
      boolean @Nullable [] changed,
      boolean rowidChanges) {
    for (ForeignKeyConstraint key : keys) {
      boolean self = key.parentTable().equalsIgnoreCase(table.name);
      if (changed == null || self || childChanges(key, changed, rowidChanges)) {
        checkAsChild(key, old, added);
      }
    }
    for (Reference reference : references) {
      if (changed == null || parentChanges(reference.key, changed, rowidChanges)) {
        checkAsParent(reference, old, added, changed != null);
      }
    }
  }

  private void checkAsChild(
      ForeignKeyConstraint key, @Nullable NewRow old, @Nullable NewRow added) {
    Table parent = parent(key);
    ParentKey parentKey = parent == null ? null : parentKey(parent, table, key);
    if (parent == null) {
      if (old != null) {
        forgetViolation(key, old);
      }
      return;
    }
    if (parentKey == null) {
      return;
    }
    if (old != null) {
      lookUpParent(parent, parentKey, key, old, -1);
    }
    if (added != null) {
      lookUpParent(parent, parentKey, key, added, 1);
    }
  }

  /** The parent table; null if it is missing and a table is being dropped. */
  private @Nullable Table parent(ForeignKeyConstraint key) {
    Table parent = table.schema == null ? null : table.schema.table(key.parentTable());
    if (parent == null && !context.top().droppingTable) {
      throw new LibsqlException(
          ResultCode.ERROR,
          "no such table: " + context.environment().schemaName(table) + "." + key.parentTable());
    }
    return parent;
  }

  private @Nullable ParentKey parentKey(Table parent, Table child, ForeignKeyConstraint key) {
    ParentKey found = ParentKey.find(parent, key);
    if (found == null && !context.top().droppingTable) {
      throw ParentKey.mismatch(child, key);
    }
    return found;
  }

  /** Without parent table every row with a key is a violation, which goes with the row. */
  private void forgetViolation(ForeignKeyConstraint key, NewRow old) {
    int none = builder.newLabel();
    for (int column : key.childColumns()) {
      builder.add(Opcode.IS_NULL, register(old, column), none);
    }
    count(key, -1);
    builder.resolve(none);
  }

  private void count(ForeignKeyConstraint key, int change) {
    builder.add(Opcode.FK_COUNTER, key.deferred() ? 1 : 0, change);
  }

  private static int register(NewRow row, int column) {
    return column < 0 || column == row.table.rowidColumn ? row.rowidRegister : row.column(column);
  }

  /** Counts the row if it has no parent. */
  private void lookUpParent(
      Table parent, ParentKey parentKey, ForeignKeyConstraint key, NewRow row, int change) {
    int fine = builder.newLabel();
    if (change < 0) {
      builder.add(Opcode.FK_IF_ZERO, key.deferred() ? 1 : 0, fine);
    }
    int[] children = parentKey.childColumns();
    for (int column : children) {
      builder.add(Opcode.IS_NULL, register(row, column), fine);
    }
    int database = context.databaseIndex(parent);
    context.useDatabase(database);
    int cursor = builder.newCursor();
    boolean mayBeItself = parent == table && change > 0;
    if (parentKey.index() == null) {
      lookUpRowid(parent, database, cursor, row, children[0], mayBeItself, fine);
    } else {
      lookUpKey(parentKey, parentKey.index(), database, cursor, row, mayBeItself, fine);
    }
    if (isSingleInsert(key)) {
      context.top().mayAbort = true;
      builder.add(Opcode.HALT, ResultCode.CONSTRAINT_FOREIGNKEY.code(), OpFlags.OE_ABORT, 0, null);
      builder.setP5(OpFlags.CONSTRAINT_FOREIGN_KEY);
    } else {
      if (change > 0 && !key.deferred()) {
        context.top().mayAbort = true;
      }
      count(key, change);
    }
    builder.resolve(fine);
    builder.add(Opcode.CLOSE, cursor);
  }

  private boolean isSingleInsert(ForeignKeyConstraint key) {
    return !key.deferred()
        && !context.connection().isSet(ConnectionFlag.DEFER_FOREIGN_KEYS)
        && !context.isTrigger()
        && !context.top().multiWrite;
  }

  private void lookUpRowid(
      Table parent,
      int database,
      int cursor,
      NewRow row,
      int childColumn,
      boolean mayBeItself,
      int fine) {
    int missing = builder.newLabel();
    int value = builder.newRegister();
    builder.add(Opcode.COPY, register(row, childColumn), value);
    // What is no integer cannot be a rowid.
    builder.add(Opcode.MUST_BE_INT, value, missing);
    if (mayBeItself) {
      builder.add(Opcode.EQ, row.rowidRegister, fine, value);
      builder.setP5(OpFlags.NULLEQ);
    }
    builder.add(Opcode.OPEN_READ, cursor, parent.rootPage, database, parent.storedColumnCount());
    builder.add(Opcode.NOT_EXISTS, cursor, missing, value);
    builder.add(Opcode.GOTO, 0, fine);
    builder.resolve(missing);
  }

  private void lookUpKey(
      ParentKey parentKey,
      Index index,
      int database,
      int cursor,
      NewRow row,
      boolean mayBeItself,
      int fine) {
    int[] children = parentKey.childColumns();
    int first = builder.newRegisters(children.length);
    for (int i = 0; i < children.length; i++) {
      builder.add(Opcode.COPY, register(row, children[i]), first + i);
    }
    if (mayBeItself) {
      int other = builder.newLabel();
      for (int i = 0; i < children.length; i++) {
        builder.add(
            Opcode.NE,
            register(row, children[i]),
            other,
            register(row, parentKey.parentColumns()[i]),
            context.collation(null));
        builder.setP5(OpFlags.JUMPIFNULL);
      }
      builder.add(Opcode.GOTO, 0, fine);
      builder.resolve(other);
    }
    builder.add(Opcode.OPEN_READ, cursor, index.rootPage, database, KeyInfos.of(context, index));
    StringBuilder affinities = new StringBuilder();
    for (int column : parentKey.parentColumns()) {
      // As keys are searched for: an integer keeps its digits in a column of real numbers, too.
      Affinity affinity = index.table.affinity(column);
      affinities.append(TableAccess.letter(affinity.isNumeric() ? Affinity.NUMERIC : affinity));
    }
    builder.add(Opcode.AFFINITY, first, children.length, 0, affinities.toString());
    builder.add(Opcode.FOUND, cursor, fine, first, children.length);
  }

  // ---- checks of the parent
  // ------------------------------------------------------------------------------

  private void checkAsParent(
      Reference reference, @Nullable NewRow old, @Nullable NewRow added, boolean update) {
    ForeignKeyConstraint key = reference.key;
    if (old == null && isSingleInsert(key)) {
      // One new row can neither break nor mend an immediate key of another row.
      return;
    }
    ParentKey parentKey = parentKey(table, reference.child, key);
    if (parentKey == null) {
      return;
    }
    if (added != null) {
      scanChildren(reference, parentKey, added, -1);
    }
    if (old != null) {
      scanChildren(reference, parentKey, old, 1);
      Action action = update ? key.onUpdate() : key.onDelete();
      if (!key.deferred() && action != Action.CASCADE && action != Action.SET_NULL) {
        context.top().mayAbort = true;
      }
    }
  }

  /** Counts the rows that refer to a row of this table. */
  private void scanChildren(Reference reference, ParentKey parentKey, NewRow row, int change) {
    int done = builder.newLabel();
    if (change < 0) {
      builder.add(Opcode.FK_IF_ZERO, reference.key.deferred() ? 1 : 0, done);
    }
    Source child =
        new Source(
            reference.child,
            reference.child.name,
            context.environment().schemaName(reference.child),
            null);
    BoundExpr where = null;
    Source parent = IndexKeys.sourceOf(table);
    for (int i = 0; i < parentKey.parentColumns().length; i++) {
      int column = parentKey.parentColumns()[i];
      child.use(parentKey.childColumns()[i]);
      where =
          and(
              where,
              new BoundExpr.Binary(
                  BinaryOperator.EQ,
                  value(parent, row, column),
                  new BoundExpr.ColumnRef(child, parentKey.childColumns()[i])));
    }
    if (reference.child == table && change > 0) {
      where = and(where, isOther(parentKey, child, parent, row));
    }
    WhereLoop loop = WherePlanner.begin(context, WhereRequest.of(List.of(child), where));
    count(reference.key, change);
    loop.end();
    builder.resolve(done);
  }

  private static BoundExpr and(@Nullable BoundExpr left, BoundExpr right) {
    return left == null ? right : new BoundExpr.Binary(BinaryOperator.AND, left, right);
  }

  /** A column of a row in registers, with the affinity and collation of the column. */
  private static BoundExpr value(Source source, NewRow row, int column) {
    return new BoundExpr.Register(register(row, column), new BoundExpr.ColumnRef(source, column));
  }

  /** A row is not its own child. */
  private BoundExpr isOther(ParentKey parentKey, Source child, Source parent, NewRow row) {
    if (table.hasRowid()) {
      return new BoundExpr.Binary(
          BinaryOperator.NE, value(parent, row, -1), new BoundExpr.ColumnRef(child, -1));
    }
    BoundExpr same = null;
    for (int column : parentKey.parentColumns()) {
      same =
          and(
              same,
              new BoundExpr.Binary(
                  BinaryOperator.IS,
                  value(parent, row, column),
                  new BoundExpr.ColumnRef(child, column)));
      child.use(column);
    }
    if (same == null) {
      throw new IllegalStateException("parent key without columns");
    }
    return new BoundExpr.Unary(UnaryOperator.NOT, same);
  }

  // ---- actions
  // -----------------------------------------------------------------------------------------

  /**
   * Generates the actions of the keys that refer to a row which has been deleted or updated.
   *
   * @param firstRegister of OLD and NEW, see {@link TriggerPrograms}
   * @param changed columns that an UPDATE sets; null for DELETE
   */
  void actions(int firstRegister, boolean @Nullable [] changed, boolean rowidChanges) {
    boolean deferred = context.connection().isSet(ConnectionFlag.DEFER_FOREIGN_KEYS);
    for (Reference reference : references) {
      if (changed != null && !parentChanges(reference.key, changed, rowidChanges)) {
        continue;
      }
      ParentKey parentKey = parentKey(table, reference.child, reference.key);
      Trigger action =
          parentKey == null
              ? null
              : context
                  .foreignKeyActions()
                  .of(table, reference.child, reference.key, parentKey, changed != null, deferred);
      if (action != null) {
        context
            .triggerPrograms()
            .call(context, action, table, ConflictResolution.ABORT, firstRegister, 0, true);
      }
    }
  }
}
