package org.libsql4j.compile;

import org.jspecify.annotations.Nullable;
import org.libsql4j.codegen.ForeignSchemaCheck;
import org.libsql4j.codegen.SchemaVerifier;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.IndexBuilder;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.SharedDefinitions;
import org.libsql4j.schema.StoredDefinition;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.Trigger;
import org.libsql4j.schema.ViewBuilder;
import org.libsql4j.sql.ast.CreateIndex;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.CreateView;
import org.libsql4j.sql.ast.CreateVirtualTable;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.Statement;

/** Turns rows of a schema table into tables, indexes, views and triggers. */
final class SchemaRowReader {
  private static final String INVALID_ROOT = "invalid rootpage";

  private final ConnectionState connection;
  private final int databaseIndex;
  private final Schema schema;
  private final int pageCount;
  private final SchemaVerifier.@Nullable Phase phase;

  /**
   * @param pageCount pages of the file; a root page beyond is an error
   * @param phase the ALTER TABLE that is the reason to read, or null
   */
  SchemaRowReader(
      ConnectionState connection,
      int databaseIndex,
      int pageCount,
      SchemaVerifier.@Nullable Phase phase) {
    this.connection = connection;
    this.databaseIndex = databaseIndex;
    this.schema = connection.database(databaseIndex).schema();
    this.pageCount = pageCount;
    this.phase = phase;
  }

  /**
   * Adds what the row defines.
   *
   * @throws LibsqlException CORRUPT "malformed database schema ..."; with PRAGMA writable_schema
   *     the row is left out instead
   */
  void read(SchemaRow row) {
    try {
      readStrictly(row);
    } catch (LibsqlException e) {
      if (!connection.isSet(ConnectionFlag.WRITABLE_SCHEMA)) {
        throw e;
      }
    }
  }

  private void readStrictly(SchemaRow row) {
    if (row.rootPage() == null) {
      throw malformed(row, null);
    }
    if (row.hasDefinition()) {
      readDefinition(row);
    } else if (row.name() == null || (row.sql() != null && !row.sql().isEmpty())) {
      throw malformed(row, null);
    } else {
      readAutomaticIndex(row, row.name());
    }
  }

  private void readAutomaticIndex(SchemaRow row, String name) {
    Index index = schema.index(name);
    if (index == null) {
      throw malformed(row, "orphan index");
    }
    long root = row.rootPageNumber();
    if (root < 2 || root > pageCount || sharesRoot(index, (int) root)) {
      throw malformed(row, INVALID_ROOT);
    }
    index.rootPage = (int) root;
  }

  private static boolean sharesRoot(Index index, int root) {
    for (Index other : index.table.indexes) {
      if (other != index && other.rootPage == root) {
        return true;
      }
    }
    return false;
  }

  private void readDefinition(SchemaRow row) {
    long root = row.rootPageNumber();
    if (root < 0 || (root > pageCount && pageCount > 0)) {
      throw malformed(row, INVALID_ROOT);
    }
    try {
      add(row, SharedDefinitions.of(String.valueOf(row.sql())), (int) root);
    } catch (LibsqlException e) {
      ResultCode code = e.resultCode().primary();
      if (code == ResultCode.CORRUPT || code == ResultCode.IOERR || code == ResultCode.NOMEM) {
        throw e;
      }
      throw malformed(row, e.getMessage());
    }
  }

  private void add(SchemaRow row, StoredDefinition stored, int root) {
    Statement statement = stored.statement();
    if (statement instanceof CreateTable create) {
      checkNames(row, "table", create.name(), create.name().name());
      checkNoTable(create.name().name().name());
      if (!(create.body() instanceof CreateTable.Body.Definition)) {
        throw malformed(row, null);
      }
      schema.add(stored.table(schema, connection.limit(Limit.COLUMN), root));
    } else if (statement instanceof CreateView create) {
      checkNames(row, "view", create.name(), create.name().name());
      checkNoTable(create.name().name().name());
      if (databaseIndex != AttachedDatabase.TEMP) {
        new ForeignSchemaCheck(connection, databaseIndex, "view", create.name().name().name())
            .select(create.select());
      }
      schema.add(ViewBuilder.build(create, schema));
    } else if (statement instanceof CreateVirtualTable create) {
      checkNames(row, "table", create.name(), create.name().name());
      checkNoTable(create.name().name().name());
      schema.add(ViewBuilder.virtualTable(create, schema));
    } else if (statement instanceof CreateIndex create) {
      addIndex(row, create, root);
    } else if (statement instanceof CreateTrigger create) {
      checkNames(row, "trigger", create.name(), create.table().name());
      addTrigger(create);
    } else {
      throw malformed(row, null);
    }
  }

  /** The columns of the row must say the same as the statement. */
  private void checkNames(SchemaRow row, String type, QualifiedName qualified, Identifier table) {
    if (qualified.schema() != null) {
      throw new LibsqlException(ResultCode.ERROR, "corrupt database");
    }
    Identifier name = qualified.name();
    if (!type.equalsIgnoreCase(row.type())
        || !name.name().equalsIgnoreCase(row.name())
        || !table.name().equalsIgnoreCase(row.tableName())) {
      throw malformed(row, null);
    }
  }

  private void checkNoTable(String name) {
    Table other = schema.table(name);
    if (other != null) {
      throw new LibsqlException(
          ResultCode.ERROR, (other.isView() ? "view " : "table ") + name + " already exists");
    }
    if (schema.index(name) != null) {
      throw new LibsqlException(ResultCode.ERROR, "there is already an index named " + name);
    }
  }

  private void addIndex(SchemaRow row, CreateIndex create, int root) {
    String name = create.name().name().name();
    Table table = schema.table(create.table().name());
    if (table == null) {
      String database = connection.database(databaseIndex).name();
      throw new LibsqlException(
          ResultCode.ERROR, "no such table: " + database + "." + create.table().name());
    }
    checkNames(row, "index", create.name(), create.table());
    if (table.isView()) {
      throw new LibsqlException(ResultCode.ERROR, "views may not be indexed");
    }
    if (table.kind == Table.Kind.VIRTUAL) {
      throw new LibsqlException(ResultCode.ERROR, "virtual tables may not be indexed");
    }
    if (schema.index(name) != null) {
      throw new LibsqlException(ResultCode.ERROR, "index " + name + " already exists");
    }
    Index index = IndexBuilder.build(create, table, root);
    if (sharesRoot(index, root)) {
      throw malformed(row, INVALID_ROOT);
    }
    schema.add(index);
  }

  private void addTrigger(CreateTrigger create) {
    Schema tableSchema = schemaOfTriggerTable(create);
    if (tableSchema == null && databaseIndex == AttachedDatabase.TEMP) {
      // Its table may be in a database that is not attached any more: the trigger sleeps.
      tableSchema = schema;
    }
    if (tableSchema == null) {
      String database = connection.database(databaseIndex).name();
      throw new LibsqlException(
          ResultCode.ERROR, "no such table: " + database + "." + create.table().name().name());
    }
    String name = create.name().name().name();
    if (databaseIndex != AttachedDatabase.TEMP) {
      new ForeignSchemaCheck(connection, databaseIndex, "trigger", name).trigger(create);
    }
    if (schema.trigger(name) != null) {
      throw new LibsqlException(ResultCode.ERROR, "trigger " + name + " already exists");
    }
    schema.add(
        new Trigger(
            name, create.table().name().name(), schema, tableSchema, create, create.schemaSql()));
  }

  private @Nullable Schema schemaOfTriggerTable(CreateTrigger create) {
    String name = create.table().name().name();
    if (databaseIndex != AttachedDatabase.TEMP) {
      return schema.table(name) == null ? null : schema;
    }
    Identifier database = create.table().schema();
    Table table = connection.catalog().table(database == null ? null : database.name(), name);
    return table == null ? null : table.schema;
  }

  private LibsqlException malformed(SchemaRow row, @Nullable String detail) {
    if (phase != null) {
      return new LibsqlException(
          ResultCode.ERROR,
          phase.message(String.valueOf(row.type()), String.valueOf(row.name()), detail));
    }
    if (connection.isSet(ConnectionFlag.WRITABLE_SCHEMA)) {
      return new LibsqlException(ResultCode.CORRUPT);
    }
    String name = row.name() == null ? "?" : row.name();
    String message = "malformed database schema (" + name + ")";
    if (detail != null && !detail.isEmpty()) {
      message += " - " + detail;
    }
    return new LibsqlException(ResultCode.CORRUPT, message);
  }
}
