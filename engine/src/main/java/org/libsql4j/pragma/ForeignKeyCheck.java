package org.libsql4j.pragma;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.codegen.Destination;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Catalog;
import org.libsql4j.schema.ForeignKeyConstraint;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.SqlNames;
import org.libsql4j.sql.ast.Select;

/**
 * PRAGMA foreign_key_check: the rows whose foreign keys lead nowhere. Made of one query for each
 * foreign key, so that affinities and collations are those of a comparison with the parent's
 * columns.
 */
final class ForeignKeyCheck {
  private final PragmaCall call;

  private ForeignKeyCheck(PragmaCall call) {
    this.call = call;
  }

  static void register() {
    PragmaCatalog.table(
        "foreign_key_check",
        List.of("table", "rowid", "parent", "fkid"),
        call -> new ForeignKeyCheck(call).code());
  }

  private void code() {
    if (call.value() != null) {
      Table table = call.context().catalog().table(call.databaseName(), call.text());
      if (table == null) {
        throw new LibsqlException(ResultCode.ERROR, "no such table: " + call.text());
      }
      table(table);
      return;
    }
    for (Catalog.Entry entry : call.context().catalog().entries()) {
      if (!call.qualified() || entry.name().equalsIgnoreCase(call.databaseName())) {
        entry.schema().tables().forEach(this::table);
      }
    }
  }

  private void table(Table child) {
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < child.foreignKeys.size(); i++) {
      queries.add(query(child, child.foreignKeys.get(i), i));
    }
    String sql = String.join(" UNION ALL ", queries);
    if (queries.size() > 1) {
      sql += " ORDER BY 2, 4";
    }
    if (Parser.parseNext(sql, 0).statement() instanceof Select select) {
      call.context()
          .selects()
          .code(call.context().resolver().resolve(select), new Destination.Output());
    }
  }

  private String query(Table child, ForeignKeyConstraint key, int number) {
    String database =
        SqlNames.quote(call.connection().database(call.context().databaseIndex(child)).name());
    Table parent = child.schema == null ? null : child.schema.table(key.parentTable());
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(text(child.name)).append(", ");
    sql.append(child.hasRowid() ? "c._rowid_" : "NULL").append(", ");
    sql.append(text(key.parentTable())).append(", ").append(number);
    sql.append(" FROM ").append(database).append('.').append(SqlNames.quote(child.name));
    sql.append(" AS c WHERE ");
    List<String> conditions = new ArrayList<>();
    for (int column : key.childColumns()) {
      conditions.add("c." + name(child, column) + " IS NOT NULL");
    }
    if (parent != null) {
      conditions.add(missing(child, key, parent, database));
    }
    return sql.append(String.join(" AND ", conditions)).toString();
  }

  private static String missing(
      Table child, ForeignKeyConstraint key, Table parent, String database) {
    int[] parentColumns = parentColumns(child, key, parent);
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < parentColumns.length; i++) {
      // The plus takes the child's affinity away: the parent's decides.
      equal.add(
          "p." + name(parent, parentColumns[i]) + "=+c." + name(child, key.childColumns()[i]));
    }
    return "NOT EXISTS (SELECT 1 FROM "
        + database
        + "."
        + SqlNames.quote(parent.name)
        + " AS p WHERE "
        + String.join(" AND ", equal)
        + ")";
  }

  /** The columns of the parent key, which must be unique. */
  private static int[] parentColumns(Table child, ForeignKeyConstraint key, Table parent) {
    int count = key.childColumns().length;
    List<String> names = key.parentColumns();
    int[] columns = new int[count];
    if (names == null) {
      int[] primaryKey = primaryKey(parent);
      if (primaryKey == null || primaryKey.length != count) {
        throw mismatch(child, key);
      }
      return primaryKey;
    }
    for (int i = 0; i < count; i++) {
      columns[i] = parent.columnIndex(names.get(i));
      if (columns[i] < 0) {
        throw mismatch(child, key);
      }
    }
    if (!isUnique(parent, columns)) {
      throw mismatch(child, key);
    }
    return columns;
  }

  private static int @Nullable [] primaryKey(Table parent) {
    if (parent.rowidColumn >= 0) {
      return new int[] {parent.rowidColumn};
    }
    Index key = parent.primaryKeyIndex();
    return key == null ? null : java.util.Arrays.copyOf(key.columns, key.keyColumnCount);
  }

  private static boolean isUnique(Table parent, int[] columns) {
    if (columns.length == 1 && columns[0] == parent.rowidColumn) {
      return true;
    }
    for (Index index : parent.indexes) {
      if (index.isUnique() && !index.isPartial() && index.keyColumnCount == columns.length) {
        boolean all = true;
        for (int column : columns) {
          int position = index.positionOf(column);
          all &= position >= 0 && position < index.keyColumnCount;
        }
        if (all) {
          return true;
        }
      }
    }
    return false;
  }

  private static LibsqlException mismatch(Table child, ForeignKeyConstraint key) {
    return new LibsqlException(
        ResultCode.ERROR,
        "foreign key mismatch - \"" + child.name + "\" referencing \"" + key.parentTable() + "\"");
  }

  private static String name(Table table, int column) {
    return SqlNames.quote(table.column(column).name());
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
