package org.libsql4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.DatabaseKeys;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.CheckpointResult;
import org.libsql4j.pager.JournalMode;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.pager.Synchronous;

/**
 * Pragmas by name and type; see {@link Connection#pragma}. Everything is of one database, at first
 * the main one.
 *
 * <p>Source: <a href="https://www.sqlite.org/pragma.html">PRAGMA Statements</a>.
 */
public final class Pragmas {
  private final Connection connection;
  private final String database;

  Pragmas(Connection connection, String database) {
    this.connection = connection;
    this.database = database;
  }

  /** The pragmas of another database: temp, or as it was attached. */
  public Pragmas of(String name) {
    return new Pragmas(connection, name);
  }

  // ---- encryption

  /**
   * Encrypts the database with another key, encrypts a plain one, or decrypts it: every page is
   * written anew, in a transaction of its own. Like {@code PRAGMA rekey}, but the key is in no SQL.
   *
   * @param encryption null to decrypt
   * @throws LibsqlException ERROR for a database without a file, a replica, or within a
   *     transaction; BUSY if somebody else uses it; NOTADB if the present key is wrong
   */
  public void rekey(@Nullable EncryptionConfig encryption) {
    if (connection.isRemote() || connection.replica() != null) {
      throw new LibsqlException(ResultCode.ERROR, "the key of a replica cannot be changed");
    }
    Supplier<PageCodec> key = encryption == null ? null : encryption.codecs();
    connection.locked(
        () -> {
          connection.state().startPatience();
          DatabaseKeys.change(connection.state(), connection.indexOf(database), key);
          return true;
        });
  }

  // ---- any pragma

  /** The rows that a pragma gives. */
  public List<Row> query(String pragma) {
    return rows("PRAGMA " + Sql.quote(database) + "." + pragma);
  }

  /** The rows that a pragma gives for an argument, which is quoted as needed. */
  public List<Row> query(String pragma, Object argument) {
    String text =
        argument instanceof Number || argument instanceof Boolean
            ? argument.toString()
            : Sql.literal(argument.toString());
    return query(pragma + "(" + text + ")");
  }

  /** The first value that a pragma gives, or null if it gives no row. */
  public @Nullable String get(String pragma) {
    List<Row> rows = query(pragma);
    return rows.isEmpty() ? null : rows.get(0).getString(0);
  }

  /** Sets a pragma; answers the first value that it gives, or null if it gives no row. */
  public @Nullable String set(String pragma, Object value) {
    List<Row> rows = query(pragma, value);
    return rows.isEmpty() ? null : rows.get(0).getString(0);
  }

  private List<Row> rows(String sql, @Nullable Object... parameters) {
    try (Rows rows = connection.query(sql, parameters)) {
      return rows.toList();
    }
  }

  private long number(String pragma) {
    String value = get(pragma);
    return value == null ? 0 : Long.parseLong(value);
  }

  private boolean flag(String pragma) {
    return number(pragma) != 0;
  }

  private void setFlag(String pragma, boolean value) {
    set(pragma, value ? 1 : 0);
  }

  // ---- settings of the connection

  /** Whether foreign keys are enforced. */
  public boolean foreignKeys() {
    return flag("foreign_keys");
  }

  /** Enforces foreign keys or not; without effect within a transaction. */
  public void foreignKeys(boolean value) {
    setFlag("foreign_keys", value);
  }

  /** Whether foreign keys are checked only when the transaction commits. */
  public void deferForeignKeys(boolean value) {
    setFlag("defer_foreign_keys", value);
  }

  /** Whether triggers fire triggers again. */
  public boolean recursiveTriggers() {
    return flag("recursive_triggers");
  }

  /** See {@link #recursiveTriggers()}. */
  public void recursiveTriggers(boolean value) {
    setFlag("recursive_triggers", value);
  }

  /** Whether changes are refused. */
  public boolean queryOnly() {
    return flag("query_only");
  }

  /** See {@link #queryOnly()}. */
  public void queryOnly(boolean value) {
    setFlag("query_only", value);
  }

  /** How long to wait for locks, in milliseconds. */
  public int busyTimeoutMillis() {
    return (int) number("busy_timeout");
  }

  /** See {@link #busyTimeoutMillis()}; 0 gives up at once. */
  public void busyTimeoutMillis(int value) {
    set("busy_timeout", value);
  }

  // ---- settings of the file

  /** How commits are made safe. */
  public JournalMode journalMode() {
    return journalMode(get("journal_mode"));
  }

  /** Asks for a journal mode; answers the one that is in force. */
  public JournalMode journalMode(JournalMode mode) {
    return journalMode(set("journal_mode", mode.name()));
  }

  private static JournalMode journalMode(@Nullable String name) {
    return name == null ? JournalMode.DELETE : JournalMode.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** How much to wait for the disk. */
  public Synchronous synchronous() {
    return Synchronous.values()[(int) (number("synchronous") & 3)];
  }

  /** See {@link #synchronous()}. */
  public void synchronous(Synchronous value) {
    set("synchronous", value.name());
  }

  /** Pages to keep in memory; KiB if negative. */
  public int cacheSize() {
    return (int) number("cache_size");
  }

  /** See {@link #cacheSize()}. */
  public void cacheSize(int value) {
    set("cache_size", value);
  }

  /** Bytes of a page. */
  public int pageSize() {
    return (int) number("page_size");
  }

  /** Bytes of a page of a database that has none, or from the next VACUUM on. */
  public void pageSize(int bytes) {
    set("page_size", bytes);
  }

  /** Pages of the database. */
  public long pageCount() {
    return number("page_count");
  }

  /** Pages that are not used. */
  public long freelistCount() {
    return number("freelist_count");
  }

  /** How large the database may grow, in pages. */
  public long maxPageCount() {
    return number("max_page_count");
  }

  /** See {@link #maxPageCount()}. */
  public void maxPageCount(long pages) {
    set("max_page_count", pages);
  }

  /** A number for the application, kept in the file. */
  public int userVersion() {
    return (int) number("user_version");
  }

  /** See {@link #userVersion()}. */
  public void userVersion(int value) {
    set("user_version", value);
  }

  /** A number that tells what kind of file it is. */
  public int applicationId() {
    return (int) number("application_id");
  }

  /** See {@link #applicationId()}. */
  public void applicationId(int value) {
    set("application_id", value);
  }

  /** Changes when the schema does. */
  public int schemaVersion() {
    return (int) number("schema_version");
  }

  /** Changes when another connection has changed the database. */
  public long dataVersion() {
    return number("data_version");
  }

  /** Text encoding: UTF-8, UTF-16le or UTF-16be. */
  public String encoding() {
    return String.valueOf(get("encoding"));
  }

  /** Pages in the write-ahead log after which a commit starts a checkpoint; 0 for never. */
  public int walAutoCheckpoint() {
    return (int) number("wal_autocheckpoint");
  }

  /** See {@link #walAutoCheckpoint()}. */
  public void walAutoCheckpoint(int pages) {
    set("wal_autocheckpoint", pages);
  }

  /** Moves what is in the write-ahead log to the database. */
  public CheckpointResult walCheckpoint(CheckpointMode mode) {
    Row row = query("wal_checkpoint", mode.name()).get(0);
    return new CheckpointResult(row.getLong(0) != 0, row.getInt(1), row.getInt(2));
  }

  // ---- checks

  /** What is wrong with the database; empty if nothing is. */
  public List<String> integrityCheck() {
    return problems("integrity_check");
  }

  /** As {@link #integrityCheck} without comparing indexes with their tables. */
  public List<String> quickCheck() {
    return problems("quick_check");
  }

  private List<String> problems(String pragma) {
    List<String> problems = new ArrayList<>();
    for (Row row : query(pragma)) {
      problems.add(String.valueOf(row.getString(0)));
    }
    return problems.size() == 1 && problems.get(0).equals("ok") ? List.of() : problems;
  }

  /**
   * A row that violates a foreign key.
   *
   * @param table that the row is in
   * @param rowid null for a table WITHOUT ROWID
   * @param parent the table that lacks the key
   * @param foreignKey its number in {@link #foreignKeyList}
   */
  public record Violation(String table, @Nullable Long rowid, String parent, int foreignKey) {}

  /** The rows that violate foreign keys. */
  public List<Violation> foreignKeyCheck() {
    List<Violation> found = new ArrayList<>();
    for (Row row : query("foreign_key_check")) {
      found.add(
          new Violation(
              text(row, 0), row.isNull(1) ? null : row.getLong(1), text(row, 2), row.getInt(3)));
    }
    return found;
  }

  // ---- what there is

  /**
   * A database of the connection.
   *
   * @param file empty for a database in memory or a temporary one
   */
  public record DatabaseInfo(int number, String name, String file) {}

  /** The databases of the connection. */
  public List<DatabaseInfo> databaseList() {
    List<DatabaseInfo> list = new ArrayList<>();
    for (Row row : query("database_list")) {
      list.add(new DatabaseInfo(row.getInt(0), text(row, 1), text(row, 2)));
    }
    return list;
  }

  /**
   * A table, view or virtual table.
   *
   * @param type table, view, virtual or shadow
   * @param columnCount hidden and generated ones too
   */
  public record TableInfo(
      String database,
      String name,
      String type,
      int columnCount,
      boolean withoutRowid,
      boolean strict) {}

  /** The tables and views of this database. */
  public List<TableInfo> tableList() {
    List<TableInfo> list = new ArrayList<>();
    for (Row row : query("table_list")) {
      if (text(row, 0).equalsIgnoreCase(database)) {
        list.add(
            new TableInfo(
                text(row, 0),
                text(row, 1),
                text(row, 2),
                row.getInt(3),
                row.getBoolean(4),
                row.getBoolean(5)));
      }
    }
    return list;
  }

  /** How a column gets its value and whether it is seen. */
  public enum ColumnKind {
    /** Holds what was put into it. */
    ORDINARY,
    /** Of a virtual table; left out by {@code *}. */
    HIDDEN,
    /** Generated, and computed when it is read. */
    GENERATED_VIRTUAL,
    /** Generated, and stored in the row. */
    GENERATED_STORED
  }

  /**
   * A column of a table.
   *
   * @param number from 0
   * @param type as declared; empty if it is not
   * @param defaultValue text of the expression, or null
   * @param primaryKeyPosition place in the primary key from 1; 0 if it is not in it
   */
  public record ColumnInfo(
      int number,
      String name,
      String type,
      boolean notNull,
      @Nullable String defaultValue,
      int primaryKeyPosition,
      ColumnKind kind) {}

  /** The columns of a table or view, hidden and generated ones too; empty if there is no such. */
  public List<ColumnInfo> tableInfo(String table) {
    List<ColumnInfo> list = new ArrayList<>();
    for (Row row : query("table_xinfo", table)) {
      list.add(
          new ColumnInfo(
              row.getInt(0),
              text(row, 1),
              text(row, 2),
              row.getBoolean(3),
              row.getString(4),
              row.getInt(5),
              ColumnKind.values()[row.getInt(6)]));
    }
    return list;
  }

  /**
   * An index of a table.
   *
   * @param origin c for CREATE INDEX, u for UNIQUE, pk for PRIMARY KEY
   * @param partial it has a WHERE clause
   */
  public record IndexInfo(String name, boolean unique, String origin, boolean partial) {}

  /** The indexes of a table, the newest first. */
  public List<IndexInfo> indexList(String table) {
    List<IndexInfo> list = new ArrayList<>();
    for (Row row : query("index_list", table)) {
      list.add(new IndexInfo(text(row, 1), row.getBoolean(2), text(row, 3), row.getBoolean(4)));
    }
    return list;
  }

  /**
   * A column of an index.
   *
   * @param position from 0
   * @param columnNumber in the table; -1 for the rowid, -2 for an expression
   * @param name null for the rowid and expressions
   * @param key part of the key; false for what follows it to find the row
   */
  public record IndexColumn(
      int position,
      int columnNumber,
      @Nullable String name,
      boolean descending,
      String collation,
      boolean key) {}

  /** The columns of an index; empty if there is no such index. */
  public List<IndexColumn> indexInfo(String index) {
    List<IndexColumn> list = new ArrayList<>();
    for (Row row : query("index_xinfo", index)) {
      list.add(
          new IndexColumn(
              row.getInt(0),
              row.getInt(1),
              row.getString(2),
              row.getBoolean(3),
              text(row, 4),
              row.getBoolean(5)));
    }
    return list;
  }

  /**
   * One column of a foreign key of a table.
   *
   * @param id the same for all columns of one key
   * @param position of the column in the key, from 0
   * @param to column of the parent table; null for its primary key
   */
  public record ForeignKeyInfo(
      int id,
      int position,
      String parentTable,
      String from,
      @Nullable String to,
      String onUpdate,
      String onDelete) {}

  /** The foreign keys of a table. */
  public List<ForeignKeyInfo> foreignKeyList(String table) {
    List<ForeignKeyInfo> list = new ArrayList<>();
    for (Row row : query("foreign_key_list", table)) {
      list.add(
          new ForeignKeyInfo(
              row.getInt(0),
              row.getInt(1),
              text(row, 2),
              text(row, 3),
              row.getString(4),
              text(row, 5),
              text(row, 6)));
    }
    return list;
  }

  /** Text of the CREATE statement of a table, index, view or trigger. */
  public Optional<String> sqlOf(String name) {
    List<Row> found =
        rows(
            "SELECT sql FROM "
                + Sql.quote(database)
                + ".sqlite_schema WHERE name = ? COLLATE NOCASE AND sql NOT NULL",
            name);
    return found.isEmpty() ? Optional.empty() : Optional.ofNullable(found.get(0).getString(0));
  }

  /** Names of the collations of the connection. */
  public List<String> collationList() {
    List<String> names = new ArrayList<>();
    for (Row row : query("collation_list")) {
      names.add(text(row, 1));
    }
    return Collections.unmodifiableList(names);
  }

  /** The options that the engine was built with. */
  public List<String> compileOptions() {
    List<String> options = new ArrayList<>();
    for (Row row : query("compile_options")) {
      options.add(text(row, 0));
    }
    return Collections.unmodifiableList(options);
  }

  private static String text(Row row, int column) {
    String text = row.getString(column);
    return text == null ? "" : text;
  }
}
