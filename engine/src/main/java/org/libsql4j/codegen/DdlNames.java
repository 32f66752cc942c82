package org.libsql4j.codegen;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.QualifiedName;

/** What statements that change the schema check of names. */
final class DdlNames {
  private DdlNames() {}

  static LibsqlException error(String message) {
    return new LibsqlException(ResultCode.ERROR, message);
  }

  /** Number of the database that a new object belongs to. */
  static int database(CodeContext context, QualifiedName name) {
    Identifier schema = name.schema();
    if (schema == null) {
      return AttachedDatabase.MAIN;
    }
    int index = context.connection().databaseIndex(schema.name());
    if (index < 0) {
      throw error("unknown database " + context.written(schema));
    }
    return index;
  }

  /** Number of the database of a new table, view or trigger that may be TEMP. */
  static int database(CodeContext context, QualifiedName name, boolean temporary, String kind) {
    int database = database(context, name);
    if (temporary && name.schema() != null && database != AttachedDatabase.TEMP) {
      throw error("temporary " + kind + " name must be unqualified");
    }
    return temporary ? AttachedDatabase.TEMP : database;
  }

  /** Names that begin with "sqlite_" are the engine's. */
  static void checkNotReserved(CodeContext context, String name) {
    if (context.connection().isSet(ConnectionFlag.WRITABLE_SCHEMA)
        || context.connection().nestedStatementDepth > 0) {
      return;
    }
    if (name.toLowerCase(Locale.ROOT).startsWith("sqlite_")) {
      throw error("object name reserved for internal use: " + name);
    }
  }

  /**
   * Checks that a table or view can have this name.
   *
   * @return false if there is one and IF NOT EXISTS was written, so that nothing is to be done
   */
  static boolean isFree(CodeContext context, int database, Identifier name, boolean ifNotExists) {
    Table existing = context.catalog().tableIn(database, name.name());
    if (existing != null) {
      if (ifNotExists) {
        context.useDatabase(database);
        return false;
      }
      throw error(
          (existing.isView() ? "view " : "table ") + context.written(name) + " already exists");
    }
    if (schema(context, database).index(name.name()) != null) {
      throw error("there is already an index named " + name.name());
    }
    return true;
  }

  // ---- the authorizer

  /** Asks whether an object may be put into a schema. */
  static boolean mayCreate(
      CodeContext context, int action, String name, @Nullable String second, int database) {
    return context.allows(Authorizer.INSERT, schemaTable(database), null, database)
        && context.allows(action, name, second, database);
  }

  /** Asks whether an object may be taken out of a schema. */
  static boolean mayDrop(
      CodeContext context, int action, String name, @Nullable String second, int database) {
    return context.allows(Authorizer.DELETE, schemaTable(database), null, database)
        && context.allows(action, name, second, database);
  }

  /** Asks whether the row of a new table or view may be filled in. */
  static void checkFill(CodeContext context, int database) {
    if (!context.environment().authorization().isActive()) {
      return;
    }
    String table = schemaTable(database);
    for (String column : List.of("type", "name", "tbl_name", "rootpage", "sql")) {
      context.allows(Authorizer.UPDATE, table, column, database);
    }
    context
        .environment()
        .authorization()
        .allowsRead(table, "ROWID", context.connection().database(database).name());
  }

  private static String schemaTable(int database) {
    return SchemaTable.name(database);
  }

  static Schema schema(CodeContext context, int database) {
    return context.connection().database(database).schema();
  }

  /** Name of a database and object as messages show it. */
  static String full(@Nullable Identifier database, String name) {
    return database == null ? name : database.name() + "." + name;
  }
}
