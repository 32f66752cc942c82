package org.libsql4j.vdbe;

import java.util.Locale;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Table;

/**
 * The types that columns of STRICT tables accept.
 *
 * <p>Source: <a href="https://www.sqlite.org/stricttables.html">STRICT Tables</a>.
 */
final class StrictTypes {
  private StrictTypes() {}

  /**
   * Converts registers to the types of the columns.
   *
   * @param first register of the first column
   * @param mode 0 leaves virtual columns out, 1 stored generated ones as well (they have a
   *     register), 2 + n checks only column n
   * @throws LibsqlException CONSTRAINT_DATATYPE "cannot store X value in Y column t.c"
   */
  static void check(Vdbe vdbe, Table table, int first, int mode) {
    int from = mode < 2 ? 0 : mode - 2;
    int to = mode < 2 ? table.columnCount() : from + 1;
    int register = first;
    for (int i = from; i < to; i++) {
      Column column = table.column(i);
      if (column.isGenerated() && mode < 2) {
        if (column.isVirtual()) {
          continue;
        }
        if (mode == 1) {
          register++;
          continue;
        }
      }
      checkColumn(vdbe, table, column, vdbe.mem[register]);
      register++;
    }
  }

  private static void checkColumn(Vdbe vdbe, Table table, Column column, Mem value) {
    value.applyAffinity(column.affinity(), vdbe.connection.encoding);
    if (value.type == Mem.NULL) {
      return;
    }
    String type = column.declaredType().toUpperCase(Locale.ROOT);
    boolean accepted =
        switch (type) {
          case "INT", "INTEGER" -> value.type == Mem.INTEGER;
          case "TEXT" -> value.type == Mem.TEXT;
          case "BLOB" -> value.type == Mem.BLOB;
          case "REAL" -> value.type == Mem.REAL;
          default -> true;
        };
    if (!accepted) {
      throw new LibsqlException(
          ResultCode.CONSTRAINT_DATATYPE,
          "cannot store "
              + typeName(value)
              + " value in "
              + type
              + " column "
              + table.name
              + "."
              + column.name());
    }
  }

  private static String typeName(Mem value) {
    return switch (value.type) {
      case Mem.INTEGER -> "INT";
      case Mem.REAL -> "REAL";
      case Mem.TEXT -> "TEXT";
      case Mem.BLOB -> "BLOB";
      default -> "NULL";
    };
  }
}
