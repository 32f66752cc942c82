package org.libsql4j.pragma;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.schema.Catalog;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.ForeignKeyConstraint;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.ForeignKey;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.vtab.ShadowTables;
import org.libsql4j.vtab.TableConnector;

/** Pragmas that describe tables and indexes. */
final class SchemaPragmas {
  private SchemaPragmas() {}

  static void register() {
    PragmaCatalog.table(
        "table_info",
        List.of("cid", "name", "type", "notnull", "dflt_value", "pk"),
        call -> tableInfo(call, false));
    PragmaCatalog.table(
        "table_xinfo",
        List.of("cid", "name", "type", "notnull", "dflt_value", "pk", "hidden"),
        call -> tableInfo(call, true));
    PragmaCatalog.table(
        "table_list",
        List.of("schema", "name", "type", "ncol", "wr", "strict"),
        SchemaPragmas::tableList);
    PragmaCatalog.table(
        "index_list",
        List.of("seq", "name", "unique", "origin", "partial"),
        SchemaPragmas::indexList);
    PragmaCatalog.table(
        "index_info", List.of("seqno", "cid", "name"), call -> indexInfo(call, false));
    PragmaCatalog.table(
        "index_xinfo",
        List.of("seqno", "cid", "name", "desc", "coll", "key"),
        call -> indexInfo(call, true));
    PragmaCatalog.table(
        "foreign_key_list",
        List.of("id", "seq", "table", "from", "to", "on_update", "on_delete", "match"),
        SchemaPragmas::foreignKeyList);
  }

  private static @Nullable Table table(PragmaCall call) {
    if (call.value == null) {
      return null;
    }
    String schema = call.databaseName();
    Table table =
        call.context
            .environment()
            .findTable(
                new QualifiedName(
                    schema == null ? null : Identifier.of(schema), Identifier.of(call.text())));
    if (table != null) {
      call.context.useDatabase(call.context.databaseIndex(table));
    }
    return table;
  }

  // ---- columns
  // ------------------------------------------------------------------------------------

  private static void tableInfo(PragmaCall call, boolean extended) {
    Table table = table(call);
    if (table == null) {
      verifySchemas(call); // It may have been created by somebody else since they were read.
      return;
    }
    Table shape = table.isView() ? call.context.resolver().viewShape(table) : table;
    int number = 0;
    for (int i = 0; i < shape.columnCount(); i++) {
      Column column = shape.column(i);
      int hidden = hidden(column);
      if (hidden != 0 && !extended) {
        continue;
      }
      Object[] row = {
        number++,
        column.name(),
        column.declaredType(),
        column.notNull() != null,
        column.defaultText(),
        keyPosition(table, column, i),
        hidden
      };
      call.row(extended ? row : java.util.Arrays.copyOf(row, 6));
    }
  }

  private static int hidden(Column column) {
    if (column.isGenerated()) {
      return column.isVirtual() ? 2 : 3;
    }
    return column.hidden() ? 1 : 0;
  }

  /** Place of a column in the primary key, from 1; 0 if it is not part of it. */
  private static int keyPosition(Table table, Column column, int number) {
    if (!column.inPrimaryKey()) {
      return 0;
    }
    Index key = table.primaryKeyIndex();
    if (key == null) {
      return 1;
    }
    int position = key.positionOf(number);
    return position < 0 ? table.columnCount() + 1 : position + 1;
  }

  /** Has the statement compiled again if a schema that it is about is not the file's any more. */
  private static void verifySchemas(PragmaCall call) {
    String only = call.databaseName();
    List<Catalog.Entry> entries = call.context.catalog().entries();
    for (int i = 0; i < entries.size(); i++) {
      boolean about = only == null || only.equalsIgnoreCase(entries.get(i).name());
      if (about && call.connection().database(i).btreeOrNull() != null) {
        call.context.useDatabase(i);
      }
    }
  }

  private static void tableList(PragmaCall call) {
    verifySchemas(call);
    for (Catalog.Entry entry : call.context.catalog().entries()) {
      String only = call.databaseName();
      if (only != null && !only.equalsIgnoreCase(entry.name())) {
        continue;
      }
      List<Table> tables = new ArrayList<>(entry.schema().tables());
      Collections.reverse(tables);
      for (Table table : tables) {
        if (call.value == null || call.text().equalsIgnoreCase(table.name)) {
          tableRow(call, entry.name(), table);
        }
      }
    }
  }

  private static void tableRow(PragmaCall call, String database, Table table) {
    String type = "table";
    if (table.isView()) {
      type = "view";
    } else if (table.isVirtual()) {
      type = "virtual";
    } else if (ShadowTables.isShadow(call.connection(), table)) {
      type = "shadow";
    }
    String name = table.name;
    if (SchemaTable.is(table)) {
      name = name.equals("sqlite_temp_master") ? "sqlite_temp_schema" : "sqlite_schema";
    }
    call.row(database, name, type, columnCount(call, table), table.withoutRowid, table.strict);
  }

  /** A view that makes no sense, or a virtual table without module, has no columns. */
  private static int columnCount(PragmaCall call, Table table) {
    if (!table.isView() && !table.isVirtual()) {
      return table.columnCount();
    }
    try {
      if (table.isVirtual()) {
        return new TableConnector(call.connection()).connect(table).columnCount();
      }
      return call.context.resolver().viewShape(table).columnCount();
    } catch (LibsqlException e) {
      return 0;
    }
  }

  // ---- indexes
  // ------------------------------------------------------------------------------------

  private static void indexList(PragmaCall call) {
    Table table = table(call);
    if (table == null) {
      return;
    }
    int number = 0;
    for (Index index : table.indexes) {
      call.row(
          number++, index.name, index.isUnique(), index.origin.pragmaText(), index.isPartial());
    }
  }

  private static void indexInfo(PragmaCall call, boolean extended) {
    if (call.value == null) {
      return;
    }
    Index index = call.context.catalog().index(call.databaseName(), call.text());
    if (index == null) {
      // The name of a WITHOUT ROWID table stands for its primary key.
      Table table = call.context.catalog().table(call.databaseName(), call.text());
      index = table != null && table.withoutRowid ? table.primaryKeyIndex() : null;
    }
    if (index == null) {
      return;
    }
    call.context.useDatabase(call.context.databaseIndex(index.table));
    int count = extended ? index.columnCount() : index.keyColumnCount;
    for (int i = 0; i < count; i++) {
      int column = index.columns[i];
      String name = column < 0 ? null : index.table.column(column).name();
      if (extended) {
        call.row(
            i, column, name, index.descending[i], index.collations[i], i < index.keyColumnCount);
      } else {
        call.row(i, column, name);
      }
    }
  }

  // ---- foreign keys
  // -------------------------------------------------------------------------------

  private static void foreignKeyList(PragmaCall call) {
    Table table = table(call);
    if (table == null) {
      return;
    }
    for (int id = 0; id < table.foreignKeys.size(); id++) {
      ForeignKeyConstraint key = table.foreignKeys.get(id);
      for (int i = 0; i < key.childColumns().length; i++) {
        List<String> parents = key.parentColumns();
        call.row(
            id,
            i,
            key.parentTable(),
            table.column(key.childColumns()[i]).name(),
            parents == null ? null : parents.get(i),
            action(key.onUpdate()),
            action(key.onDelete()),
            "NONE");
      }
    }
  }

  private static String action(ForeignKey.Action action) {
    return action.sql();
  }
}
