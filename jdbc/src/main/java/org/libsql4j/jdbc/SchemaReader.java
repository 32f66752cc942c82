package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.Rows;
import org.libsql4j.error.LibsqlException;

/** Reads what there is in the databases of a connection, through pragmas and the schema tables. */
final class SchemaReader {
  /** table_xinfo's kinds of columns that are computed. */
  private static final int VIRTUAL_GENERATED = 2;

  private static final int STORED_GENERATED = 3;
  private static final int NOT_A_KEY = -1;

  /**
   * A table, view, or index that stands for itself.
   *
   * @param database main, temp, or the name of an attached one
   * @param type what the schema table says: table or view
   * @param sql how it was created, or null
   */
  record Table(String database, String name, String type, @Nullable String sql) {}

  /**
   * An index.
   *
   * @param origin c: CREATE INDEX, u: UNIQUE, pk: PRIMARY KEY
   */
  record Index(String name, boolean isUnique, String origin, boolean isPartial) {}

  /**
   * A column of an index.
   *
   * @param name null for an expression
   */
  record IndexColumn(int position, @Nullable String name, boolean isDescending) {}

  /**
   * One column of a foreign key.
   *
   * @param id of the key; keys declared later have lower ids
   * @param sequence place in the key from 0
   * @param parentColumn null if the parent's primary key is meant
   */
  record ForeignKeyColumn(
      int id,
      int sequence,
      String parentTable,
      String childColumn,
      @Nullable String parentColumn,
      String onUpdate,
      String onDelete) {}

  /**
   * A SQL function.
   *
   * @param argumentCount -1 for any number
   */
  record Function(String name, int argumentCount) {}

  private final Connection engine;
  private final DriverProfile profile;

  SchemaReader(Connection engine, DriverProfile profile) {
    this.engine = engine;
    this.profile = profile;
  }

  /** Makes something of one row. */
  @FunctionalInterface
  private interface RowReader<T> {
    T read(Rows rows);
  }

  private <T> List<T> query(String sql, RowReader<T> reader) throws SQLException {
    List<T> result = new ArrayList<>();
    try (Rows rows = engine.query(sql)) {
      while (rows.next()) {
        result.add(reader.read(rows));
      }
    } catch (LibsqlException e) {
      throw profile.exception(SqlErrors.of(e));
    }
    return result;
  }

  private static String text(Rows rows, int column) {
    String value = rows.getString(column);
    return value == null ? "" : value;
  }

  private static String pragma(String database, String name, String argument) {
    return "PRAGMA "
        + Identifiers.quote(database)
        + "."
        + name
        + "("
        + Identifiers.quote(argument)
        + ")";
  }

  /** Names of the databases: main, temp if there is one, and the attached ones. */
  List<String> databases() throws SQLException {
    return query("PRAGMA database_list", rows -> text(rows, 1));
  }

  String version() throws SQLException {
    return query("SELECT sqlite_version()", rows -> text(rows, 0)).get(0);
  }

  /** The functions that can be called. */
  List<Function> functions() throws SQLException {
    return query(
        "SELECT DISTINCT name, narg FROM pragma_function_list",
        rows -> new Function(text(rows, 0), (int) rows.getLong(1)));
  }

  /** Names of the tables of a database that have a rowid. */
  List<String> rowidTables(String database) throws SQLException {
    return query(
        "SELECT name FROM pragma_table_list WHERE schema = "
            + Identifiers.literal(database)
            + " AND NOT wr AND type IN ('table', 'shadow') ORDER BY name",
        rows -> text(rows, 0));
  }

  /** Tables and views of a database. */
  List<Table> tables(String database) throws SQLException {
    String sql =
        "SELECT name, type, sql FROM "
            + Identifiers.quote(database)
            + (database.equals("temp") ? ".sqlite_temp_master" : ".sqlite_master")
            + " WHERE type IN ('table', 'view') ORDER BY name";
    return query(sql, rows -> new Table(database, text(rows, 0), text(rows, 1), rows.getString(2)));
  }

  /** The table or view of a name, ignoring case, or null. */
  @Nullable Table table(String database, String name) throws SQLException {
    for (Table table : tables(database)) {
      if (table.name().equalsIgnoreCase(name)) {
        return table;
      }
    }
    return null;
  }

  /** How an index was created, or null for those that came with the table. */
  @Nullable String indexSql(String database, String index) throws SQLException {
    List<String> found =
        query(
            "SELECT sql FROM "
                + Identifiers.quote(database)
                + (database.equals("temp") ? ".sqlite_temp_master" : ".sqlite_master")
                + " WHERE type = 'index' AND name = "
                + Identifiers.literal(index),
            rows -> text(rows, 0));
    return found.isEmpty() || found.get(0).isEmpty() ? null : found.get(0);
  }

  /** The columns of a table or view, in order; empty if there is none of that name. */
  List<SchemaColumn> columns(String database, String table) throws SQLException {
    record Raw(
        String name, String type, boolean notNull, @Nullable String value, int key, int hidden) {}
    List<Raw> all =
        query(
            pragma(database, "table_xinfo", table),
            rows ->
                new Raw(
                    text(rows, 1),
                    text(rows, 2),
                    rows.getLong(3) != 0,
                    rows.getString(4),
                    (int) rows.getLong(5),
                    (int) rows.getLong(6)));
    int keys = 0;
    for (Raw raw : all) {
      keys += raw.key() > 0 ? 1 : 0;
    }
    boolean mayBeRowid = keys == 1 && !hasKeyIndex(database, table);
    List<SchemaColumn> columns = new ArrayList<>();
    for (Raw raw : all) {
      boolean rowid = mayBeRowid && raw.key() > 0 && raw.type().equalsIgnoreCase("INTEGER");
      boolean generated = raw.hidden() == VIRTUAL_GENERATED || raw.hidden() == STORED_GENERATED;
      columns.add(
          new SchemaColumn(
              columns.size() + 1,
              raw.name(),
              ColumnType.of(raw.type()),
              raw.notNull() || rowid,
              raw.value(),
              raw.key(),
              rowid,
              generated));
    }
    return columns;
  }

  /** A primary key with an index of its own is not the rowid. */
  private boolean hasKeyIndex(String database, String table) throws SQLException {
    for (Index index : indexes(database, table)) {
      if (index.origin().equals("pk")) {
        return true;
      }
    }
    return false;
  }

  List<Index> indexes(String database, String table) throws SQLException {
    return query(
        pragma(database, "index_list", table),
        rows ->
            new Index(text(rows, 1), rows.getLong(2) != 0, text(rows, 3), rows.getLong(4) != 0));
  }

  /** The key columns of an index, in order. */
  List<IndexColumn> indexColumns(String database, String index) throws SQLException {
    List<IndexColumn> columns =
        query(
            pragma(database, "index_xinfo", index),
            rows ->
                new IndexColumn(
                    rows.getLong(5) == 0 ? NOT_A_KEY : (int) rows.getLong(0) + 1,
                    rows.getString(2),
                    rows.getLong(3) != 0));
    columns.removeIf(column -> column.position() == NOT_A_KEY);
    return columns;
  }

  /** The foreign keys of a child table: lists of columns, by id. */
  Map<Integer, List<ForeignKeyColumn>> foreignKeys(String database, String table)
      throws SQLException {
    List<ForeignKeyColumn> all =
        query(
            pragma(database, "foreign_key_list", table),
            rows ->
                new ForeignKeyColumn(
                    (int) rows.getLong(0),
                    (int) rows.getLong(1),
                    text(rows, 2),
                    text(rows, 3),
                    rows.getString(4),
                    text(rows, 5),
                    text(rows, 6)));
    Map<Integer, List<ForeignKeyColumn>> keys = new LinkedHashMap<>();
    for (ForeignKeyColumn column : all) {
      keys.computeIfAbsent(column.id(), id -> new ArrayList<>()).add(column);
    }
    return keys;
  }

  /** The columns of a table's primary key in the key's order. */
  List<SchemaColumn> primaryKey(String database, String table) throws SQLException {
    List<SchemaColumn> key = new ArrayList<>();
    for (SchemaColumn column : columns(database, table)) {
      if (column.keyPosition() > 0) {
        key.add(column);
      }
    }
    key.sort((a, b) -> Integer.compare(a.keyPosition(), b.keyPosition()));
    return key;
  }
}
