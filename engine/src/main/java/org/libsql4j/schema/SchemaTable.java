package org.libsql4j.schema;

import java.util.List;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.ConflictResolution;

/**
 * The table on page 1 that holds the schema.
 *
 * <pre>
 *   COLUMN      MEANING
 *   type        table, index, view or trigger
 *   name        name of the object
 *   tbl_name    the table that it belongs to; the name itself for tables and views
 *   rootpage    root of its tree, 0 for views, triggers and virtual tables
 *   sql         text of the CREATE statement; NULL for automatic indexes
 * </pre>
 *
 * <p>Source: <a href="https://www.sqlite.org/schematab.html">The Schema Table</a>.
 */
public final class SchemaTable {
  public static final int TYPE = 0;
  public static final int NAME = 1;
  public static final int TABLE_NAME = 2;
  public static final int ROOT_PAGE = 3;
  public static final int SQL = 4;

  /** Number of its columns. */
  public static final int COLUMN_COUNT = 5;

  /** Its root page in every database. */
  public static final int ROOT = 1;

  private static final List<Column> COLUMNS =
      List.of(
          column("type", "TEXT"),
          column("name", "TEXT"),
          column("tbl_name", "TEXT"),
          column("rootpage", "INT"),
          column("sql", "TEXT"));

  private SchemaTable() {}

  /** The name under which a database's schema table is registered. */
  public static String name(int databaseIndex) {
    return databaseIndex == 1 ? "sqlite_temp_master" : "sqlite_master";
  }

  static Table create(Schema schema, int databaseIndex) {
    return new Table(
        name(databaseIndex),
        schema,
        Table.Kind.ORDINARY,
        COLUMNS,
        -1,
        false,
        false,
        false,
        false,
        ConflictResolution.ABORT,
        List.of(),
        List.of(),
        null,
        null,
        ROOT);
  }

  /** Makes a database's schema table known. */
  public static void register(Schema schema, int databaseIndex) {
    schema.add(create(schema, databaseIndex));
  }

  /** Whether a table is one of the schema tables. */
  public static boolean is(Table table) {
    return table.rootPage == ROOT && table.sql == null;
  }

  /** Whether a schema table is known by a name: it has an old and a new one. */
  public static boolean isName(Table table, String name) {
    String prefix = table.name.equals(name(1)) ? "sqlite_temp_" : "sqlite_";
    return name.equalsIgnoreCase(prefix + "master") || name.equalsIgnoreCase(prefix + "schema");
  }

  private static Column column(String name, String type) {
    return Column.of(name, type, Affinity.ofDeclaredType(type), null);
  }
}
