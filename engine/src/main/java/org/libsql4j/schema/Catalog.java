package org.libsql4j.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of a connection under their names: main, temp, and attached ones. Unqualified names
 * are looked up in temp first, then in the order given.
 */
public final class Catalog {
  /** A schema and the name under which it is attached. */
  public record Entry(String name, Schema schema) {}

  private static final int SCHEMA_TABLE_LENGTH = 13;

  private final List<Entry> entries;

  /**
   * @param entries main at 0, temp at 1, then attached ones
   */
  public Catalog(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  public List<Entry> entries() {
    return entries;
  }

  /** Number of the database of this name, or -1; "main" always names number 0. */
  public int databaseIndex(String name) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return name.equalsIgnoreCase("main") ? 0 : -1;
  }

  /** Number of the database that a schema belongs to. */
  public int databaseIndex(@Nullable Schema schema) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).schema() == schema) {
        return i;
      }
    }
    throw new IllegalStateException("schema is not attached");
  }

  private static int searched(int i) {
    return i < 2 ? i ^ 1 : i;
  }

  /** Finds a table or view; all databases are searched if {@code database} is null. */
  public @Nullable Table table(@Nullable String database, String name) {
    for (int i = 0; i < entries.size(); i++) {
      int index = entries.size() < 2 ? i : searched(i);
      if (database != null && index != databaseIndex(database)) {
        continue;
      }
      if (database == null && index == 1 && isMainSchemaTable(name)) {
        continue;
      }
      Table table = tableIn(index, name);
      if (table != null) {
        return table;
      }
    }
    return null;
  }

  private static boolean isMainSchemaTable(String name) {
    return name.length() == SCHEMA_TABLE_LENGTH
        && (name.equalsIgnoreCase("sqlite_schema") || name.equalsIgnoreCase("sqlite_master"));
  }

  /** Finds a table in one database; the schema table has several names. */
  public @Nullable Table tableIn(int index, String name) {
    Schema schema = entries.get(index).schema();
    Table table = schema.table(name);
    if (table == null && name.regionMatches(true, 0, "sqlite_", 0, 7)) {
      boolean plain = isMainSchemaTable(name);
      boolean temporary =
          name.equalsIgnoreCase("sqlite_temp_schema")
              || name.equalsIgnoreCase("sqlite_temp_master");
      if (index == 1 ? plain || temporary : plain) {
        table = schema.table(index == 1 ? "sqlite_temp_master" : "sqlite_master");
      }
    }
    return table;
  }

  /** Finds an index; all databases are searched if {@code database} is null. */
  public @Nullable Index index(@Nullable String database, String name) {
    for (int i = 0; i < entries.size(); i++) {
      int index = entries.size() < 2 ? i : searched(i);
      if (database == null || index == databaseIndex(database)) {
        Index found = entries.get(index).schema().index(name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Finds a trigger; all databases are searched if {@code database} is null. */
  public @Nullable Trigger trigger(@Nullable String database, String name) {
    for (int i = 0; i < entries.size(); i++) {
      int index = entries.size() < 2 ? i : searched(i);
      if (database == null || index == databaseIndex(database)) {
        Trigger found = entries.get(index).schema().trigger(name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
