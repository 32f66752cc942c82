package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Analyze;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates ANALYZE, which fills sqlite_stat1. */
public final class AnalyzeCodegen {
  private static final String STATISTICS = "sqlite_stat1";
  private static final String STATISTICS_SQL = "CREATE TABLE sqlite_stat1(tbl,idx,stat)";

  private final CodeContext context;
  private final ProgramBuilder builder;

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
    int root = openStatistics(database, null, null);
    List<Table> tables = new ArrayList<>(schema.tables());
    Collections.reverse(tables);
    for (Table table : tables) {
      table(database, table, null, root);
    }
    load(database);
  }

  private void one(Table table, @Nullable Index index) {
    int database = context.databaseIndex(table);
    int cursor =
        index == null
            ? openStatistics(database, "tbl", table.name)
            : openStatistics(database, "idx", index.name);
    table(database, table, index, cursor);
    load(database);
  }

  private void load(int database) {
    builder.add(Opcode.LOAD_ANALYSIS, database);
  }

  /**
   * Opens the table of statistics, created if need be, without the rows that will come anew.
   *
   * @param column name of the column that says which rows go; null for all
   */
  private int openStatistics(int database, @Nullable String column, @Nullable String value) {
    SchemaWriter writer = new SchemaWriter(context, database);
    Table table = writer.schema().table(STATISTICS);
    int cursor = builder.newCursor();
    if (table == null) {
      int root = writer.createTree(Btree.INTKEY);
      writer.insertRow("table", STATISTICS, STATISTICS, root, STATISTICS_SQL);
      writer.changeCookie();
      writer.parse("tbl_name='" + STATISTICS + "' AND type!='trigger'");
      builder.add(Opcode.OPEN_WRITE, cursor, root, database, 3);
      builder.setP5(OpFlags.P2ISREG);
      return cursor;
    }
    if (column == null || value == null) {
      builder.add(Opcode.CLEAR, table.rootPage, database);
    } else {
      new TableEdit(context, database, table).where(table.columnIndex(column), value).delete();
    }
    builder.add(Opcode.OPEN_WRITE, cursor, table.rootPage, database, 3);
    return cursor;
  }

  private void table(int database, Table table, @Nullable Index only, int cursor) {
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
      row(database, table.name, isTable ? table.name : index.name, cursor, index);
    }
    if (countTable) {
      row(database, table.name, null, cursor, null);
    }
  }

  /** A row for an index, or for a table without a complete index; none if it is empty. */
  private void row(
      int database,
      String tableName,
      @Nullable String indexName,
      int cursor,
      @Nullable Index index) {
    int first = builder.newRegisters(3);
    Table table = DdlNames.schema(context, database).table(tableName);
    if (index != null) {
      KeyInfo keyInfo = KeyInfos.of(context, index);
      int keyColumns = index.keyColumnCount;
      RuntimeAction.value(
          context,
          "stat_get",
          first + 2,
          connection ->
              new IndexScan(connection, database, index.rootPage, keyInfo, keyColumns).text());
    } else if (table != null) {
      RuntimeAction.value(
          context,
          "stat_count",
          first + 2,
          connection -> IndexScan.rowCount(connection.database(database).btree(), table.rootPage));
    }
    int empty = builder.add(Opcode.IS_NULL, first + 2);
    int record = builder.newRegister();
    int rowid = builder.newRegister();
    builder.add(Opcode.STRING8, 0, first, 0, tableName);
    if (indexName == null) {
      builder.add(Opcode.NULL, 0, first + 1);
    } else {
      builder.add(Opcode.STRING8, 0, first + 1, 0, indexName);
    }
    builder.add(Opcode.MAKE_RECORD, first, 3, record, "BBB");
    builder.add(Opcode.NEW_ROWID, cursor, rowid);
    builder.add(Opcode.INSERT, cursor, record, rowid);
    builder.setP5(OpFlags.APPEND);
    builder.jumpHere(empty);
  }
}
