package org.libsql4j.compat.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.compat.engines.SqlEngine;

/**
 * A table as the real engine describes it.
 *
 * @param name quoted, as are the others
 * @param columns those that can be written
 * @param keyColumns names of the primary key's columns, in its order; empty without one
 * @param hasRowid whether it is not WITHOUT ROWID
 * @param indexes those that were created by name
 */
record TableShape(
    String name,
    List<Column> columns,
    List<String> keyColumns,
    boolean hasRowid,
    List<Index> indexes) {

  /**
   * A column.
   *
   * @param type as declared
   * @param unique whether a key or a unique index contains it
   */
  record Column(String name, String type, boolean unique) {}

  /**
   * An index.
   *
   * @param where condition of a partial index, or null
   * @param order ORDER BY terms that it serves; empty if it is on expressions
   */
  record Index(String name, @Nullable String where, String order) {}

  /** All tables of a database. */
  static List<TableShape> of(SqlEngine real) {
    List<TableShape> shapes = new ArrayList<>();
    for (String row :
        real.must(
                "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                    + " AND name NOT LIKE 'sqlite#_%' ESCAPE '#' ORDER BY name")
            .rows()) {
      String[] cells = row.split("\\|");
      shapes.add(of(real, text(cells[0]), cells[1].equals("0")));
    }
    return shapes;
  }

  private static TableShape of(SqlEngine real, String table, boolean hasRowid) {
    List<String> unique =
        real.must(
                "SELECT x.name FROM pragma_index_list('"
                    + table
                    + "') i, pragma_index_info(i.name) x"
                    + " WHERE i.\"unique\" AND x.name IS NOT NULL")
            .rows();
    List<Column> columns = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (String row :
        real.must("SELECT name, type, pk FROM pragma_table_xinfo('" + table + "') WHERE hidden = 0")
            .rows()) {
      String[] cells = row.split("\\|");
      boolean inKey = !cells[2].equals("0");
      columns.add(
          new Column(
              quoted(text(cells[0])),
              text(cells[1]).toUpperCase(Locale.ROOT),
              inKey || unique.contains(cells[0])));
    }
    for (String row :
        real.must("SELECT name FROM pragma_table_xinfo('" + table + "') WHERE pk > 0 ORDER BY pk")
            .rows()) {
      keys.add(quoted(text(row)));
    }
    return new TableShape(quoted(table), columns, keys, hasRowid, indexes(real, table));
  }

  private static List<Index> indexes(SqlEngine real, String table) {
    List<Index> indexes = new ArrayList<>();
    for (String row :
        real.must(
                "SELECT i.name, i.partial, s.sql FROM pragma_index_list('"
                    + table
                    + "') i, sqlite_schema s"
                    + " WHERE s.name = i.name AND i.origin = 'c' ORDER BY 1")
            .rows()) {
      String[] cells = row.split("\\|", 3);
      String sql = text(cells[2]).replace("\\u000a", "\n");
      String where = cells[1].equals("1") ? sql.substring(sql.indexOf(" WHERE ") + 7) : null;
      indexes.add(new Index(quoted(text(cells[0])), where, order(real, text(cells[0]))));
    }
    return indexes;
  }

  private static String order(SqlEngine real, String index) {
    StringBuilder order = new StringBuilder();
    for (String row :
        real.must("SELECT name, coll, desc FROM pragma_index_xinfo('" + index + "') WHERE key")
            .rows()) {
      String[] cells = row.split("\\|");
      if (cells[0].equals("NULL")) {
        return "";
      }
      order.append(order.length() == 0 ? "" : ", ").append(quoted(text(cells[0])));
      order.append(" COLLATE ").append(text(cells[1])).append(cells[2].equals("1") ? " DESC" : "");
    }
    return order.toString();
  }

  /** The columns that identify a row, with a comma between. */
  String identity() {
    return hasRowid ? "rowid" : String.join(", ", keyColumns);
  }

  private static String text(String cell) {
    return cell.substring(1, cell.length() - 1);
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }
}
