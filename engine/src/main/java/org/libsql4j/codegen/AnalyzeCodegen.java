package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Analyze;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates ANALYZE, which fills sqlite_stat1 and sqlite_stat4. */
public final class AnalyzeCodegen {
  private static final String COUNTS = "sqlite_stat1";
  private static final String SAMPLES = "sqlite_stat4";

  private final CodeContext context;
  private final ProgramBuilder builder;

  /** Cursor of sqlite_stat1. */
  private int counts;

  /** Cursor of sqlite_stat4; -1 without samples. */
  private int samples = -1;

  private AnalyzeCodegen(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
  }

  public static void code(CodeContext context, Analyze statement) {
    context.connection().loadSchemas();
    new AnalyzeCodegen(context).target(statement.target());
    context.builder().add(Opcode.EXPIRE);
    context.builder().add(Opcode.HALT);
  }

  private void target(@Nullable QualifiedName target) {
    if (target == null) {
      for (int i = 0; i < context.connection().databases().size(); i++) {
        if (i != AttachedDatabase.TEMP) {
          database(i);
        }
      }
      return;
    }
    String name = target.name().name();
    if (target.schema() == null && context.connection().databaseIndex(name) >= 0) {
      database(context.connection().databaseIndex(name));
      return;
    }
    DdlNames.database(context, target);
    String database = target.schema() == null ? null : target.schema().name();
    Index index = context.catalog().index(database, name);
    Table table = index == null ? context.environment().table(target) : index.table;
    one(table, index);
  }

  private void database(int database) {
    Schema schema = DdlNames.schema(context, database);
    open(database, null, null);
    List<Table> tables = new ArrayList<>(schema.tables());
    Collections.reverse(tables);
    for (Table table : tables) {
      table(database, table, null);
    }
    load(database);
  }

  private void one(Table table, @Nullable Index index) {
    int database = context.databaseIndex(table);
    if (index == null) {
      open(database, "tbl", table.name);
    } else {
      open(database, "idx", index.name);
    }
    table(database, table, index);
    load(database);
  }

  private void load(int database) {
    builder.add(Opcode.LOAD_ANALYSIS, database);
  }

  /**
   * Opens the tables of statistics, created if need be, without the rows that will come anew.
   *
   * @param column name of the column that says which rows go; null for all
   */
  private void open(int database, @Nullable String column, @Nullable String value) {
    counts = open(database, COUNTS, "tbl,idx,stat", column, value);
    if (context.connection().isSet(ConnectionFlag.STAT4)) {
      samples = open(database, SAMPLES, "tbl,idx,neq,nlt,ndlt,sample", column, value);
    } else {
      Table old = DdlNames.schema(context, database).table(SAMPLES);
      if (old != null) {
        clear(database, old, column, value);
      }
    }
  }

  private int open(
      int database, String name, String columns, @Nullable String column, @Nullable String value) {
    SchemaWriter writer = new SchemaWriter(context, database);
    Table table = writer.schema().table(name);
    int cursor = builder.newCursor();
    int width = columns.split(",").length;
    if (table == null) {
      int root = writer.createTree(Btree.INTKEY);
      writer.insertRow("table", name, name, root, "CREATE TABLE " + name + "(" + columns + ")");
      writer.changeCookie();
      writer.parse("tbl_name='" + name + "' AND type!='trigger'");
      builder.add(Opcode.OPEN_WRITE, cursor, root, database, width);
      builder.setP5(OpFlags.P2ISREG);
      return cursor;
    }
    clear(database, table, column, value);
    builder.add(Opcode.OPEN_WRITE, cursor, table.rootPage, database, width);
    return cursor;
  }

  private void clear(int database, Table table, @Nullable String column, @Nullable String value) {
    if (column == null || value == null) {
      builder.add(Opcode.CLEAR, table.rootPage, database);
    } else {
      new TableEdit(context, database, table).where(table.columnIndex(column), value).delete();
    }
  }

  private void table(int database, Table table, @Nullable Index only) {
    if (table.kind != Table.Kind.ORDINARY || table.name.regionMatches(true, 0, "sqlite_", 0, 7)) {
      return;
    }
    if (!context.allows(Authorizer.ANALYZE, table.name, null, database)) {
      return;
    }
    boolean countTable = only == null;
    for (Index index : table.indexes) {
      if (only != null && only != index) {
        continue;
      }
      countTable &= index.isPartial();
      boolean isTable = index.isPrimaryKeyOfWithoutRowid();
      row(database, table.name, isTable ? table.name : index.name, index);
    }
    if (countTable) {
      row(database, table.name, null, null);
    }
  }

  /** A row for an index, or for a table without a complete index; none if it is empty. */
  private void row(
      int database, String tableName, @Nullable String indexName, @Nullable Index index) {
    int first = builder.newRegisters(6);
    Table table = DdlNames.schema(context, database).table(tableName);
    IndexAnalysis analysis = null;
    if (index != null) {
      KeyInfo keyInfo = KeyInfos.of(context, index);
      IndexAnalysis running = new IndexAnalysis(database, index, keyInfo);
      analysis = running;
      RuntimeAction.value(context, "stat_get", first + 2, running::start);
    } else if (table != null) {
      RuntimeAction.value(
          context,
          "stat_count",
          first + 2,
          connection -> IndexScan.rowCount(connection.database(database).btree(), table.rootPage));
    }
    int empty = builder.add(Opcode.IS_NULL, first + 2);
    builder.add(Opcode.STRING8, 0, first, 0, tableName);
    if (indexName == null) {
      builder.add(Opcode.NULL, 0, first + 1);
    } else {
      builder.add(Opcode.STRING8, 0, first + 1, 0, indexName);
    }
    insert(counts, first, 3, "BBB");
    if (analysis != null && samples >= 0) {
      samples(analysis, first);
    }
    builder.jumpHere(empty);
  }

  /** The samples of an index; the registers hold its table and name already. */
  private void samples(IndexAnalysis analysis, int first) {
    int none = builder.newLabel();
    int next = builder.currentAddress();
    RuntimeAction.value(context, "stat_get", first + 2, connection -> analysis.next());
    builder.add(Opcode.IS_NULL, first + 2, none);
    RuntimeAction.value(context, "stat_get", first + 3, connection -> analysis.sample().less());
    RuntimeAction.value(
        context, "stat_get", first + 4, connection -> analysis.sample().distinctLess());
    RuntimeAction.value(context, "stat_get", first + 5, connection -> analysis.sample().key());
    insert(samples, first, 6, "BBBBBB");
    builder.add(Opcode.GOTO, 0, next);
    builder.resolve(none);
  }

  private void insert(int cursor, int first, int count, String affinity) {
    int record = builder.newRegister();
    int rowid = builder.newRegister();
    builder.add(Opcode.MAKE_RECORD, first, count, record, affinity);
    builder.add(Opcode.NEW_ROWID, cursor, rowid);
    builder.add(Opcode.INSERT, cursor, record, rowid);
    builder.setP5(OpFlags.APPEND);
  }
}
