package org.libsql4j.pragma;

import java.util.Collections;
import java.util.List;
import org.libsql4j.codegen.CodeContext;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * PRAGMA optimize: runs ANALYZE on tables that need it. Those are tables with an index that has no
 * statistics and, if all tables are asked for, those that have grown or shrunk tenfold.
 *
 * <p>Source: <a href="https://www.sqlite.org/pragma.html#pragma_optimize">PRAGMA optimize</a>.
 */
final class OptimizePragma {
  /** Says which statements would run instead of running them. */
  private static final int DEBUG = 0x01;

  private static final int ANALYZE = 0x02;

  /** Limits what ANALYZE looks at, unless the limit of the connection is lower. */
  private static final int LIMITED = 0x10;

  private static final int MOST_ENTRIES = 2000;

  /** Looks at all tables, not only at those that lack statistics. */
  private static final int ALL_TABLES = 0x10000;

  private static final int DEFAULT_MASK = 0xfffe;

  /** Ten times larger or smaller, as a logarithm. */
  private static final int CHANGE = 33;

  private OptimizePragma() {}

  static void code(PragmaCall call) {
    int mask = call.value == null ? DEFAULT_MASK : PragmaValues.toInt(call.text());
    if ((mask & ANALYZE) == 0) {
      return;
    }
    int count = call.connection().databases().size();
    int first = call.qualified ? call.database : 0;
    int last = call.qualified ? call.database : count - 1;
    for (int i = last; i >= first; i--) {
      if (i != AttachedDatabase.TEMP || call.qualified) {
        database(call, i, mask);
      }
    }
    call.builder().add(Opcode.EXPIRE);
  }

  private static void database(PragmaCall call, int database, int mask) {
    List<Table> tables = call.connection().database(database).schema().tables();
    Collections.reverse(tables);
    for (Table table : tables) {
      boolean system = table.name.regionMatches(true, 0, "sqlite_", 0, 7);
      if (table.kind == Table.Kind.ORDINARY && !system) {
        table(call, database, table, mask);
      }
    }
  }

  private static void table(PragmaCall call, int database, Table table, int mask) {
    boolean lacksStatistics = false;
    for (Index index : table.indexes) {
      lacksStatistics |= !index.statistics.analyzed();
    }
    if (!lacksStatistics && (mask & ALL_TABLES) == 0) {
      return;
    }
    CodeContext context = call.context;
    ProgramBuilder builder = call.builder();
    context.useDatabase(database);
    int cursor = builder.newCursor();
    builder.add(Opcode.OPEN_READ, cursor, table.rootPage, database, shape(call, table));
    int skip;
    if (lacksStatistics) {
      skip = builder.add(Opcode.REWIND, cursor);
    } else {
      int size = table.rowEstimate;
      skip =
          builder.add(
              Opcode.IF_SIZE_BETWEEN, cursor, 0, Math.max(size - CHANGE, -1), size + CHANGE);
    }
    String name = call.connection().database(database).name();
    String sql = "ANALYZE " + quote(name) + "." + quote(table.name);
    if ((mask & DEBUG) != 0) {
      call.row(sql);
    } else {
      builder.add(Opcode.CLOSE, cursor);
      builder.add(Opcode.SQL_EXEC, 0, (mask & LIMITED) != 0 ? MOST_ENTRIES : 0, 0, sql);
    }
    builder.jumpHere(skip);
    builder.add(Opcode.CLOSE, cursor);
  }

  private static Object shape(PragmaCall call, Table table) {
    Index key = table.withoutRowid ? table.primaryKeyIndex() : null;
    return key == null ? (Object) table.storedColumnCount() : call.context.keyInfo(key);
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
