package org.libsql4j.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Statement;
import org.libsql4j.record.Mem;

/** Rows in memory: generated keys, metadata, and results of all but the last of many statements. */
final class StoredRows {
  private final Columns columns;
  private final List<Mem[]> rows = new ArrayList<>();

  StoredRows(Columns columns) {
    this.columns = columns;
  }

  Columns columns() {
    return columns;
  }

  int count() {
    return rows.size();
  }

  Mem[] row(int index) {
    return rows.get(index);
  }

  /** Adds a row of null, Integer, Long, Short, Boolean, Double or String. */
  void add(@Nullable Object... values) {
    Mem[] row = new Mem[columns.count()];
    for (int i = 0; i < row.length; i++) {
      row[i] = cell(i < values.length ? values[i] : null);
    }
    rows.add(row);
  }

  private static Mem cell(@Nullable Object value) {
    Mem cell = new Mem();
    if (value instanceof Double number) {
      cell.setReal(number);
    } else if (value instanceof Number number) {
      cell.setInteger(number.longValue());
    } else if (value instanceof Boolean truth) {
      cell.setBoolean(truth);
    } else if (value != null) {
      cell.setText(value.toString());
    }
    return cell;
  }

  /** Adds a copy of the row at which a statement is. */
  void addFrom(Statement statement) {
    Mem[] row = new Mem[columns.count()];
    for (int i = 0; i < row.length; i++) {
      row[i] = new Mem();
      row[i].copyFrom(statement.cell(i));
    }
    rows.add(row);
  }

  /** Sorts by the texts of some columns, given by number from 0; nulls first. */
  void sortBy(int... keys) {
    rows.sort((a, b) -> compare(a, b, keys));
  }

  private static int compare(Mem[] a, Mem[] b, int[] keys) {
    for (int key : keys) {
      int order;
      if (a[key].type == Mem.INTEGER && b[key].type == Mem.INTEGER) {
        order = Long.compare(a[key].integer, b[key].integer);
      } else {
        order = textOf(a[key]).compareTo(textOf(b[key]));
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static String textOf(Mem cell) {
    String text = cell.text();
    return text == null ? "" : text;
  }
}
