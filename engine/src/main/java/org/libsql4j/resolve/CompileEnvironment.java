package org.libsql4j.resolve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Authorization;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Catalog;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.vtab.TableConnector;

/** What the resolver needs of the connection for one statement. */
public final class CompileEnvironment {
  private final ConnectionState connection;
  private final Catalog catalog;

  private final Authorization authorization;

  /** Views being expanded, to find circles. */
  final Deque<Table> expandingViews = new ArrayDeque<>();

  /**
   * Name of the only schema that unqualified names in a trigger or view body may belong to; null to
   * search all of them, also for bodies kept in the temporary database.
   */
  public @Nullable String defaultSchema;

  /**
   * Whether functions and collations that are not there are let pass: names of tables and columns
   * are looked up, for ALTER TABLE, and nothing runs.
   */
  public boolean onlyNames;

  /** Told of names in double quotes that turn out to be strings, outside of views; or null. */
  public @Nullable Consumer<Identifier> stringListener;

  /**
   * Whether the view or trigger that is being resolved belongs to the temporary database, which no
   * stranger can have written.
   */
  public boolean temporary;

  /** Whether DQS_DDL (instead of DQS_DML) rules for double-quoted strings. */
  public boolean schemaStatement;

  private int selectCount;

  /** A number for a query that is not written in the statement. */
  public int newSelectNumber() {
    return ++selectCount;
  }

  /** A number from the statement's text is in use. */
  int useSelectNumber(int number) {
    selectCount = Math.max(selectCount, number);
    return number;
  }

  public CompileEnvironment(ConnectionState connection, Catalog catalog) {
    this.connection = connection;
    this.catalog = catalog;
    this.authorization = new Authorization(connection);
  }

  /** Whom to ask what the statement may do. */
  public Authorization authorization() {
    return authorization;
  }

  public ConnectionState connection() {
    return connection;
  }

  public Catalog catalog() {
    return catalog;
  }

  /**
   * Finds a table or view.
   *
   * @throws LibsqlException "no such table: X"
   */
  public Table table(QualifiedName name) {
    Table table = findTable(name);
    if (table == null) {
      String prefix = name.schema() == null ? defaultSchema : name.schema().name();
      String text = prefix == null ? name.name().name() : prefix + "." + name.name().name();
      throw new LibsqlException(ResultCode.ERROR, "no such table: " + text);
    }
    return table;
  }

  /** Finds a table or view; null if there is none. */
  public @Nullable Table findTable(QualifiedName name) {
    connection.loadSchemas();
    String schema = name.schema() == null ? null : name.schema().name();
    Table table = catalog.table(schema == null ? defaultSchema : schema, name.name().name());
    TableConnector virtualTables = new TableConnector(connection);
    if (table == null) {
      return virtualTables.eponymous(name.name().name());
    }
    return table.isVirtual() ? virtualTables.connect(table) : table;
  }

  /** The table that a module has under its own name; null if there is none. */
  public @Nullable Table eponymous(String name) {
    return new TableConnector(connection).eponymous(name);
  }

  /** Name under which the schema of a table is attached; null for subqueries. */
  public @Nullable String schemaName(Table table) {
    return table.schema == null
        ? null
        : catalog.entries().get(catalog.databaseIndex(table.schema)).name();
  }

  static LibsqlException error(String message) {
    return new LibsqlException(ResultCode.ERROR, message);
  }

  static LibsqlException error(String message, int offset) {
    return new LibsqlException(ResultCode.ERROR, message, offset, null);
  }
}
