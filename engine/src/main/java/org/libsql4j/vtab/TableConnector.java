package org.libsql4j.vtab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.TableBuilder;
import org.libsql4j.schema.VirtualDefinition;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.Statement;

/** Calls the constructors of modules and turns what they declare into tables. */
public final class TableConnector {
  private static final String HIDDEN = "hidden";

  private final ConnectionState connection;

  /** Connects tables for a connection. */
  public TableConnector(ConnectionState connection) {
    this.connection = connection;
  }

  /**
   * The table with its columns; connects it if that has not been done yet.
   *
   * @param table a virtual table of a loaded schema
   * @throws LibsqlException "no such module: m", "vtable constructor failed: t" and so on
   */
  public Table connect(Table table) {
    VirtualDefinition definition = definition(table);
    if (definition.instance != null) {
      return table;
    }
    Module module = connection.modules().find(definition.moduleName);
    if (module == null) {
      throw noSuchModule(definition.moduleName);
    }
    return construct(table, definition, module, false);
  }

  /** CREATE VIRTUAL TABLE: the table is in the schema already, but has no storage yet. */
  public Table create(Table table) {
    VirtualDefinition definition = definition(table);
    Module module = connection.modules().find(definition.moduleName);
    if (module == null || module.kind() == Module.Kind.EPONYMOUS_ONLY) {
      throw noSuchModule(definition.moduleName);
    }
    return construct(table, definition, module, true);
  }

  /** The table that a module has under its own name; null if there is none. */
  public @Nullable Table eponymous(String name) {
    Table known = connection.modules().eponymousTable(name);
    if (known != null) {
      return known;
    }
    Module module = connection.modules().find(name);
    if (module == null || module.kind() == Module.Kind.ORDINARY) {
      return null;
    }
    String moduleName = module.kind() == Module.Kind.EPONYMOUS_ONLY ? lower(name) : name;
    VirtualDefinition definition = new VirtualDefinition(moduleName, List.of(), true);
    Schema main = connection.database(AttachedDatabase.MAIN).schema();
    Table stub = table(moduleName, main, List.of(), false, null, definition);
    Table table = construct(stub, definition, module, false);
    connection.modules().setEponymousTable(name, table);
    return table;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static VirtualDefinition definition(Table table) {
    VirtualDefinition definition = table.virtual;
    if (definition == null) {
      throw new IllegalStateException(table.name + " is not virtual");
    }
    return definition;
  }

  private static LibsqlException noSuchModule(String name) {
    return new LibsqlException(ResultCode.ERROR, "no such module: " + name);
  }

  // ---- the constructor
  // ----------------------------------------------------------------------------

  private Table construct(Table stub, VirtualDefinition definition, Module module, boolean create) {
    if (definition.connecting) {
      throw new LibsqlException(
          ResultCode.LOCKED, "vtable constructor called recursively: " + stub.name);
    }
    int database = connection.catalog().databaseIndex(stub.schema);
    TableDefinition told =
        new TableDefinition(
            connection,
            definition.moduleName,
            connection.database(database).name(),
            stub.name,
            definition.arguments);
    definition.connecting = true;
    VirtualTable table;
    try {
      table = create ? module.create(told) : module.connect(told);
    } catch (LibsqlException e) {
      throw constructorError(stub, e);
    } finally {
      definition.connecting = false;
    }
    String sql = told.schema();
    if (sql == null) {
      table.disconnect();
      throw new LibsqlException(
          ResultCode.ERROR, "vtable constructor did not declare schema: " + stub.name);
    }
    Table complete;
    try {
      complete = declared(stub, definition, sql, table instanceof WritableTable);
    } catch (LibsqlException e) {
      table.disconnect();
      throw new LibsqlException(ResultCode.ERROR, "vtable constructor failed: " + stub.name, e);
    }
    definition.instance = new TableInstance(stub.name, table, told);
    if (!definition.eponymous && stub.schema != null) {
      stub.schema.replaceVirtual(complete);
    }
    return complete;
  }

  private static LibsqlException constructorError(Table table, LibsqlException e) {
    String message = e.getMessage();
    if (message == null || message.equals(e.resultCode().defaultMessage())) {
      message = "vtable constructor failed: " + table.name;
    }
    return new LibsqlException(e.resultCode(), message, e);
  }

  // ---- the declaration
  // ----------------------------------------------------------------------------

  private Table declared(Table stub, VirtualDefinition definition, String sql, boolean writable) {
    Statement parsed = Parser.parseNext(sql, 0).statement();
    if (!(parsed instanceof CreateTable create)
        || !(create.body() instanceof CreateTable.Body.Definition body)) {
      throw new LibsqlException(ResultCode.ERROR);
    }
    Table shape =
        TableBuilder.build(create, body, new Schema(), false, connection.limit(Limit.COLUMN), 0);
    List<Column> columns = new ArrayList<>();
    for (Column column : shape.columns) {
      columns.add(withoutHidden(column));
    }
    Index key = shape.withoutRowid ? shape.primaryKeyIndex() : null;
    if (key != null && writable && key.keyColumnCount != 1) {
      throw new LibsqlException(ResultCode.ERROR);
    }
    definition.keyColumn = key == null ? -1 : key.columns[0];
    return table(stub.name, stub.schema, columns, shape.withoutRowid, stub.sql, definition);
  }

  private static Table table(
      String name,
      @Nullable Schema schema,
      List<Column> columns,
      boolean withoutRowid,
      @Nullable String sql,
      VirtualDefinition definition) {
    Table table =
        new Table(
            name,
            schema,
            Table.Kind.VIRTUAL,
            columns,
            -1,
            withoutRowid,
            false,
            false,
            false,
            ConflictResolution.ABORT,
            List.of(),
            List.of(),
            null,
            sql,
            0);
    table.virtual = definition;
    return table;
  }

  /** Takes the word HIDDEN out of the type; the affinity is that of the type with it. */
  private static Column withoutHidden(Column column) {
    String type = column.declaredType();
    int at = hiddenAt(type);
    if (at < 0) {
      return copy(column, type, false);
    }
    int end = at + HIDDEN.length();
    String rest = type.substring(0, at) + (end < type.length() ? type.substring(end + 1) : "");
    if (at > 0 && end >= type.length()) {
      rest = rest.substring(0, at - 1);
    }
    return copy(column, rest, true);
  }

  private static int hiddenAt(String type) {
    String text = lower(type);
    int from = 0;
    while (true) {
      int at = text.indexOf(HIDDEN, from);
      if (at < 0) {
        return -1;
      }
      int end = at + HIDDEN.length();
      if ((at == 0 || text.charAt(at - 1) == ' ')
          && (end == text.length() || text.charAt(end) == ' ')) {
        return at;
      }
      from = at + 1;
    }
  }

  private static Column copy(Column column, String type, boolean hidden) {
    return new Column(
        column.name(),
        type,
        column.affinity(),
        column.collation(),
        column.notNull(),
        column.defaultValue(),
        column.defaultText(),
        Column.Generated.NO,
        null,
        column.inPrimaryKey(),
        hidden);
  }
}
