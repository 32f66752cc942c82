package org.libsql4j.vtab;

import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.schema.Table;

/** Ordinary tables that hold the content of virtual ones. */
public final class ShadowTables {
  private ShadowTables() {}

  /**
   * Whether a table is the storage of a virtual table: {@code t_data} beside the virtual table
   * {@code t} of a module that knows the suffix {@code data}.
   */
  public static boolean isShadow(ConnectionState connection, Table table) {
    if (table.kind != Table.Kind.ORDINARY || table.schema == null) {
      return false;
    }
    int underscore = table.name.lastIndexOf('_');
    if (underscore <= 0) {
      return false;
    }
    Table owner = table.schema.table(table.name.substring(0, underscore));
    if (owner == null || owner.virtual == null) {
      return false;
    }
    Module module = connection.modules().find(owner.virtual.moduleName);
    return module != null && module.isShadowName(table.name.substring(underscore + 1));
  }

  /** Whether the table must not be changed but by its virtual table: in defensive mode. */
  public static boolean isProtected(ConnectionState connection, Table table) {
    return connection.isSet(ConnectionFlag.DEFENSIVE)
        && connection.nestedStatementDepth == 0
        && isShadow(connection, table);
  }
}
