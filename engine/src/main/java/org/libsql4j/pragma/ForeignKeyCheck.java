package org.libsql4j.pragma;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.libsql4j.codegen.Destination;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Catalog;
import org.libsql4j.schema.ForeignKeyConstraint;
import org.libsql4j.schema.ParentKey;
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
    if (call.value != null) {
      Table table = call.context.catalog().table(call.databaseName(), call.text());
      if (table == null) {
        throw new LibsqlException(
            ResultCode.ERROR,
            "no such table: " + (call.qualified ? call.databaseName() + "." : "") + call.text());
      }
      table(table);
      return;
    }
    for (Catalog.Entry entry : call.context.catalog().entries()) {
      if (!call.qualified || entry.name().equalsIgnoreCase(call.databaseName())) {
        List<Table> tables = new ArrayList<>(entry.schema().tables());
        Collections.reverse(tables); // The youngest comes first.
        tables.forEach(this::table);
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
      call.context
          .selects()
          .code(call.context.resolver().resolve(select), new Destination.Output());
    }
  }

  private String query(Table child, ForeignKeyConstraint key, int number) {
    String database =
        SqlNames.quote(call.connection().database(call.context.databaseIndex(child)).name());
    Table parent = child.schema == null ? null : child.schema.table(key.parentTable());
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(text(child.name)).append(", ");
    sql.append(child.hasRowid() ? "c._rowid_" : "NULL").append(", ");
    sql.append(text(key.parentTable())).append(", ").append(number);
    sql.append(" FROM ").append(database).append('.').append(SqlNames.quote(child.name));
    sql.append(" AS c NOT INDEXED WHERE ");
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
    ParentKey parentKey = ParentKey.find(parent, key);
    if (parentKey == null) {
      throw ParentKey.mismatch(child, key);
    }
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < parentKey.parentColumns().length; i++) {
      // The plus takes the child's affinity away: the parent's decides.
      equal.add(
          "p."
              + name(parent, parentKey.parentColumns()[i])
              + "=+c."
              + name(child, parentKey.childColumns()[i]));
    }
    return "NOT EXISTS (SELECT 1 FROM "
        + database
        + "."
        + SqlNames.quote(parent.name)
        + " AS p WHERE "
        + String.join(" AND ", equal)
        + ")";
  }

  private static String name(Table table, int column) {
    return SqlNames.quote(table.column(column).name());
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
