package org.libsql4j.vtab;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * A virtual table in use: counts who needs it, and disconnects it when nobody does.
 *
 * <p>The schema holds one use, each open cursor one, and a transaction that the table takes part in
 * one.
 */
public final class TableInstance {
  private final VirtualTable table;
  private final RiskLevel riskLevel;
  private final boolean supportsConstraints;
  private final boolean usesAllSchemas;
  private final String name;
  private int uses = 1;
  private int cursors;

  /** Whether DROP TABLE has removed the storage already. */
  private boolean destroyed;

  /** How many savepoints the table was told of: those below this number. */
  int savepoints;

  TableInstance(String name, VirtualTable table, TableDefinition definition) {
    this.name = name;
    this.table = table;
    this.riskLevel = definition.riskLevel();
    this.supportsConstraints = definition.supportsConstraints();
    this.usesAllSchemas = definition.usesAllSchemas();
  }

  /** What the module made. */
  public VirtualTable table() {
    return table;
  }

  /** The table as one that can be changed; null if it cannot. */
  public @Nullable WritableTable writable() {
    return table instanceof WritableTable writable ? writable : null;
  }

  /** Where the table may be used. */
  public RiskLevel riskLevel() {
    return riskLevel;
  }

  /** Whether the module can undo a single change. */
  public boolean supportsConstraints() {
    return supportsConstraints;
  }

  /** Whether it reads all attached databases. */
  public boolean usesAllSchemas() {
    return usesAllSchemas;
  }

  /** One user more. */
  public void retain() {
    uses++;
  }

  /** A cursor on the table; to be given back with {@link #close}. */
  public VirtualCursor open() {
    VirtualCursor cursor = table.open();
    uses++;
    cursors++;
    return cursor;
  }

  /** Closes a cursor. */
  public void close(VirtualCursor cursor) {
    cursors--;
    try {
      cursor.close();
    } finally {
      release();
    }
  }

  /** One user less; the last one disconnects the table. */
  public void release() {
    if (--uses == 0 && !destroyed) {
      table.disconnect();
    }
  }

  /** DROP TABLE. */
  public void destroy() {
    if (cursors > 0) {
      throw new LibsqlException(ResultCode.LOCKED);
    }
    table.destroy();
    destroyed = true;
  }

  boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return "vtab:" + name;
  }
}
