package org.libsql4j.vtab;

import java.util.ArrayList;
import java.util.List;

/** The virtual tables that take part in the transaction of a connection. */
public final class VirtualTransactions {
  private final List<TableInstance> tables = new ArrayList<>();

  /** Whether no table takes part. */
  public boolean isEmpty() {
    return tables.isEmpty();
  }

  /** Whether a table takes part. */
  public boolean contains(TableInstance table) {
    return tables.contains(table);
  }

  /**
   * A statement is about to change a table.
   *
   * @param openSavepoints how many savepoints and statement journals are open
   */
  public void begin(TableInstance table, int openSavepoints) {
    WritableTable writable = table.writable();
    if (writable == null || tables.contains(table)) {
      return;
    }
    writable.begin();
    join(table);
    if (openSavepoints > 0) {
      table.savepoints = openSavepoints;
      writable.savepoint(openSavepoints - 1);
    } else {
      table.savepoints = 0;
    }
  }

  /** A table that was just created takes part without a beginning. */
  public void join(TableInstance table) {
    if (table.writable() != null && !tables.contains(table)) {
      table.retain();
      tables.add(table);
    }
  }

  /** First half of the commit: whoever fails keeps the transaction from being committed. */
  public void sync() {
    for (int i = 0; i < tables.size(); i++) {
      if (!tables.get(i).isDestroyed()) {
        writable(tables.get(i)).sync();
      }
    }
  }

  /** Commits all tables that take part. */
  public void commit() {
    for (TableInstance table : take()) {
      try {
        if (!table.isDestroyed()) {
          writable(table).commit();
        }
      } finally {
        table.release();
      }
    }
  }

  /** Undoes what all tables that take part did. */
  public void rollback() {
    for (TableInstance table : take()) {
      try {
        if (!table.isDestroyed()) {
          writable(table).rollback();
        }
      } finally {
        table.release();
      }
    }
  }

  private List<TableInstance> take() {
    if (tables.isEmpty()) {
      return List.of();
    }
    List<TableInstance> taken = new ArrayList<>(tables);
    tables.clear();
    for (TableInstance table : taken) {
      table.savepoints = 0;
    }
    return taken;
  }

  private static WritableTable writable(TableInstance table) {
    WritableTable writable = table.writable();
    if (writable == null) {
      throw new IllegalStateException("only writable tables take part");
    }
    return writable;
  }

  // ---- savepoints

  /** A savepoint begins. */
  public void savepoint(int number) {
    for (int i = 0; i < tables.size(); i++) {
      TableInstance table = tables.get(i);
      if (!table.isDestroyed()) {
        table.savepoints = number + 1;
        writable(table).savepoint(number);
      }
    }
  }

  /** A savepoint and those in it are over. */
  public void release(int number) {
    for (int i = 0; i < tables.size(); i++) {
      TableInstance table = tables.get(i);
      if (table.savepoints > number && !table.isDestroyed()) {
        writable(table).release(number);
      }
    }
  }

  /** Undoes what was done since a savepoint. */
  public void rollbackTo(int number) {
    for (int i = 0; i < tables.size(); i++) {
      TableInstance table = tables.get(i);
      if (table.savepoints > number && !table.isDestroyed()) {
        writable(table).rollbackTo(number);
      }
    }
  }
}
