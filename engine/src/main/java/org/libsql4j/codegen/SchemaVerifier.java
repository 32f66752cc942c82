package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.CompileEnvironment;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.Trigger;
import org.libsql4j.sql.ast.Identifier;

/**
 * Checks that all names in a schema mean something, before and after ALTER TABLE: tables, indexes
 * views and triggers.
 */
public final class SchemaVerifier {
  /** When a schema is looked at; the numbers are flags of ParseSchema. */
  public enum Phase {
    BEFORE(0, ""),
    RENAME(1, "rename"),
    DROP_COLUMN(2, "drop column"),
    ADD_COLUMN(3, "add column");

    private final int flag;
    private final String text;

    Phase(int flag, String text) {
      this.flag = flag;
      this.text = text;
    }

    int flag() {
      return flag;
    }

    /** The phase of a flag; null for 0. */
    public static @Nullable Phase ofFlag(int flag) {
      return flag > 0 && flag < values().length ? values()[flag] : null;
    }

    /** What an error says: "error in view v after rename: ...". */
    public String message(String type, String name, @Nullable String detail) {
      String when = this == BEFORE ? "" : " after " + text;
      return "error in " + type + " " + name + when + ": " + (detail == null ? "" : detail);
    }
  }

  private final ConnectionState connection;
  private final Phase phase;
  private final Map<String, List<Identifier>> strings = new HashMap<>();

  public SchemaVerifier(ConnectionState connection, Phase phase) {
    this.connection = connection;
    this.phase = phase;
  }

  /**
   * Generates the check of a database that has just been changed and loaded again.
   *
   * @param stringsInDoubleQuotes whether a name in double quotes that is no column may be a string
   */
  static void code(CodeContext context, int database, Phase phase, boolean stringsInDoubleQuotes) {
    RuntimeAction.run(
        context,
        "sqlite_rename_test",
        connection -> {
          try {
            connection.loadSchemas();
            new SchemaVerifier(connection, phase).verify(database, stringsInDoubleQuotes);
          } catch (LibsqlException e) {
            // The change is undone, so what was loaded of it must go.
            connection.resetAllSchemas();
            throw e;
          }
        });
  }

  /**
   * Checks a loaded database, and the temporary one, whose views may look into it.
   *
   * @throws LibsqlException ERROR "error in view v: no such column: x"
   */
  public void verify(int database) {
    verify(database, true);
  }

  /**
   * @param stringsInDoubleQuotes whether a name in double quotes that is no column may be a string
   *     in tables and indexes; in views and triggers that depends on the connection
   */
  private void verify(int database, boolean stringsInDoubleQuotes) {
    List<Object> objects = connection.database(database).schema().byAge();
    if (phase != Phase.BEFORE) {
      // Loading the changed schema finds these; a name in double quotes is a string then.
      objects.forEach(this::tableOrIndex);
    }
    for (Object object : objects) {
      withStrings(stringsInDoubleQuotes, () -> tableOrIndex(object));
      viewOrTrigger(object);
    }
    if (database != AttachedDatabase.TEMP) {
      connection.database(AttachedDatabase.TEMP).schema().byAge().forEach(this::viewOrTrigger);
    }
  }

  private void tableOrIndex(Object object) {
    if (object instanceof Table table && table.kind == Table.Kind.ORDINARY) {
      check("table", table.name, context -> new SchemaExpressionCheck(context).table(table));
    } else if (object instanceof Index index) {
      check("index", index.name, context -> new SchemaExpressionCheck(context).index(index));
    }
  }

  private void withStrings(boolean stringsInDoubleQuotes, Runnable action) {
    boolean before = connection.isSet(ConnectionFlag.DQS_DDL);
    boolean beforeInQueries = connection.isSet(ConnectionFlag.DQS_DML);
    if (!stringsInDoubleQuotes) {
      connection.set(ConnectionFlag.DQS_DDL, false);
      connection.set(ConnectionFlag.DQS_DML, false);
    }
    try {
      action.run();
    } finally {
      connection.set(ConnectionFlag.DQS_DDL, before);
      connection.set(ConnectionFlag.DQS_DML, beforeInQueries);
    }
  }

  private void viewOrTrigger(Object object) {
    if (connection.isSet(ConnectionFlag.LEGACY_ALTER_TABLE)) {
      return;
    }
    if (object instanceof Table table && table.isView()) {
      check("view", table.name, context -> view(context, table));
    } else if (object instanceof Trigger trigger) {
      Table table = trigger.tableSchema().table(trigger.tableName());
      if (table != null) {
        check("trigger", trigger.name(), context -> TriggerCheck.check(context, trigger, table));
      }
    }
  }

  /** The query as it stands first: only what is in this text counts as a string of it. */
  private static void view(CodeContext context, Table table) {
    if (table.view == null) {
      return;
    }
    if (context.environment().stringListener != null) {
      String schema = context.environment().schemaName(table);
      context.environment().defaultSchema = "temp".equalsIgnoreCase(schema) ? null : schema;
      context.resolver().resolve(table.view.select());
      context.environment().defaultSchema = null;
    }
    context.resolver().viewQuery(table);
  }

  /** Names in double quotes of an object's text that are strings. */
  List<Identifier> stringsOf(String type, String name) {
    return strings.getOrDefault(type + " " + name, List.of());
  }

  private void check(String type, String name, Consumer<CodeContext> check) {
    CompileEnvironment environment = new CompileEnvironment(connection, connection.catalog());
    environment.schemaStatement = true;
    environment.onlyNames = true;
    List<Identifier> found = new ArrayList<>();
    environment.stringListener = phase == Phase.BEFORE ? found::add : null;
    strings.put(type + " " + name, found);
    try {
      check.accept(new CodeContext(connection, environment, null));
    } catch (LibsqlException e) {
      if (connection.isSet(ConnectionFlag.WRITABLE_SCHEMA)) {
        return;
      }
      throw new LibsqlException(ResultCode.ERROR, phase.message(type, name, e.getMessage()), e);
    }
  }
}
