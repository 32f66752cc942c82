package org.libsql4j.vdbe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.connection.PreUpdateHook;
import org.libsql4j.connection.UpdateHook.Change;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Mem;
import org.libsql4j.record.Record;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;

/**
 * What the pre-update hook is told, as P4 of an Insert that does nothing else. The old row is at
 * cursor P1, the new one in registers from P2 on, the rowid first.
 */
public final class PreUpdateNotice {
  public final Table table;
  public final Change change;

  /** For each column the constant that old records lack, or null. */
  public final List<@Nullable Object> defaults;

  public PreUpdateNotice(Table table, Change change, List<@Nullable Object> defaults) {
    this.table = table;
    this.change = change;
    this.defaults = defaults;
  }

  void call(Vdbe vdbe, Op op) {
    PreUpdateHook hook = vdbe.connection.hooks().preUpdate();
    if (hook == null) {
      return;
    }
    VdbeCursor cursor = vdbe.cursor(op.p1);
    boolean hasOld = change != Change.INSERT;
    boolean hasNew = change != Change.DELETE;
    long oldRowid = hasOld && cursor.isTable ? cursor.tree().integerKey() : 0;
    hook.changes(
        new PreUpdateHook.RowChange(
            change,
            vdbe.connection.database(cursor.databaseIndex).name(),
            table.name,
            vdbe.depth,
            oldRowid,
            hasNew && table.hasRowid() ? vdbe.mem[op.p2].asLong() : 0,
            hasOld ? oldValues(vdbe, cursor.tree(), oldRowid) : null,
            hasNew ? newValues(vdbe, op.p2) : null));
  }

  private List<@Nullable Object> oldValues(Vdbe vdbe, BtreeCursor tree, long rowid) {
    int size = tree.payloadSize();
    byte[] payload = new byte[size];
    tree.payloadChecked(0, size, payload, 0);
    Index key = table.withoutRowid ? table.primaryKeyIndex() : null;
    Mem[] fields = new Mem[key == null ? table.storedColumnCount() : key.columnCount()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = new Mem();
    }
    int present = Record.unpack(payload, 0, size, fields, vdbe.connection.encoding);
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < table.columnCount(); i++) {
      int field = key == null ? table.storageIndex(i) : key.positionOf(i);
      if (i == table.rowidColumn) {
        values.add(rowid);
      } else if (table.column(i).isVirtual() || field < 0) {
        values.add(null);
      } else {
        values.add(field < present ? value(i, fields[field]) : defaults.get(i));
      }
    }
    return Collections.unmodifiableList(values);
  }

  private List<@Nullable Object> newValues(Vdbe vdbe, int first) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < table.columnCount(); i++) {
      int register = i == table.rowidColumn ? first : first + 1 + i;
      values.add(table.column(i).isVirtual() ? null : value(i, vdbe.mem[register]));
    }
    return Collections.unmodifiableList(values);
  }

  /** A real number without fraction is stored as an integer. */
  private @Nullable Object value(int column, Mem cell) {
    if (cell.type == Mem.INTEGER && table.affinity(column) == Affinity.REAL) {
      return (double) cell.integer;
    }
    return value(cell);
  }

  /** The value of a cell as an object. */
  public static @Nullable Object value(Mem cell) {
    return switch (cell.type) {
      case Mem.INTEGER -> cell.integer;
      case Mem.REAL -> cell.real;
      case Mem.TEXT -> cell.text();
      case Mem.BLOB -> cell.toByteArray();
      case Mem.NULL -> null;
      default -> throw new LibsqlException(ResultCode.INTERNAL, "no value");
    };
  }

  @Override
  public String toString() {
    return table.name;
  }
}
