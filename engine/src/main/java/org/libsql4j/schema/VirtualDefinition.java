package org.libsql4j.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.vtab.TableInstance;

/** What makes a table a virtual one: its module, and the connected table once there is one. */
public final class VirtualDefinition {
  public final String moduleName;
  public final List<String> arguments;

  /** Whether it is always there, without CREATE VIRTUAL TABLE. */
  public final boolean eponymous;

  /** The column that is the primary key of a WITHOUT ROWID table; -1 for others. */
  public int keyColumn = -1;

  /** Null until the table is used for the first time. */
  public @Nullable TableInstance instance;

  /** Whether the module's constructor is running, which must not ask for the table again. */
  public boolean connecting;

  public VirtualDefinition(String moduleName, List<String> arguments, boolean eponymous) {
    this.moduleName = moduleName;
    this.arguments = List.copyOf(arguments);
    this.eponymous = eponymous;
  }

  /** The connected table. */
  public TableInstance instance() {
    TableInstance connected = instance;
    if (connected == null) {
      throw new IllegalStateException("virtual table is not connected");
    }
    return connected;
  }

  /** The schema does not need the table any more. */
  public void disconnect() {
    TableInstance connected = instance;
    if (connected != null) {
      instance = null;
      connected.release();
    }
  }
}
