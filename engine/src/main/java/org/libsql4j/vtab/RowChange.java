package org.libsql4j.vtab;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/** A change of one row of a virtual table; valid during the call only. */
public final class RowChange {
  /** What an UPDATE or INSERT says should happen when a constraint is violated. */
  public enum Conflict {
    /** Undo the transaction. */
    ROLLBACK,
    /** Undo the statement. */
    ABORT,
    /** Keep what the statement did so far. */
    FAIL,
    /** Leave this row out. */
    IGNORE,
    /** Remove the rows in the way. */
    REPLACE
  }

  /** Kinds of changes. */
  public enum Kind {
    /** It goes. */
    DELETE,
    /** It is new. */
    INSERT,
    /** Its values change. */
    UPDATE
  }

  private final Mem[] arguments;
  private final Conflict conflict;
  private final boolean @Nullable [] unchanged;

  /**
   * @param arguments the old key; for INSERT (old key NULL) and UPDATE then the new rowid and all
   *     columns
   * @param unchanged which columns were left out because they do not change, or null
   */
  public RowChange(Mem[] arguments, Conflict conflict, boolean @Nullable [] unchanged) {
    this.arguments = arguments;
    this.conflict = conflict;
    this.unchanged = unchanged;
  }

  /** What happens to the row. */
  public Kind kind() {
    if (arguments.length == 1) {
      return Kind.DELETE;
    }
    return arguments[0].isNull() ? Kind.INSERT : Kind.UPDATE;
  }

  /** Rowid, or for WITHOUT ROWID primary key, of the row to be deleted or updated. */
  public Mem oldKey() {
    return arguments[0];
  }

  /** The new rowid; NULL if the table is to choose one. */
  public Mem newRowid() {
    return arguments[1];
  }

  /** Number of columns of the table. */
  public int columnCount() {
    return arguments.length - 2;
  }

  /** The new value of a column. */
  public Mem value(int column) {
    return arguments[column + 2];
  }

  /** Whether the value was left out because UPDATE does not change it. */
  public boolean isUnchanged(int column) {
    return unchanged != null && unchanged[column];
  }

  /** What to do if a constraint is violated. */
  public Conflict conflict() {
    return conflict;
  }
}
