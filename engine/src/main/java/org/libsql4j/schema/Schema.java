package org.libsql4j.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.TextEncoding;

/** The objects of one attached database. */
public final class Schema {
  private static final int MIN_FORMAT_WITH_DESCENDING = 4;

  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final Map<String, Index> indexes = new LinkedHashMap<>();
  private final Map<String, Trigger> triggers = new LinkedHashMap<>();

  /** Everything that has a text, as the rows of the schema table follow each other. */
  private final List<Object> rows = new ArrayList<>();

  /** The schema cookie of the file when this was loaded. */
  public int cookie;

  /** Changes whenever objects are added or removed. */
  public int generation;

  /** Schema format number of the file, 1..4; 0 for an empty file. */
  public int fileFormat;

  public TextEncoding encoding = TextEncoding.UTF8;

  /** Default cache size of the file, in pages, or in KiB when negative; 0 if none. */
  public int cacheSize;

  /** Whether the schema table has been read. */
  public boolean loaded;

  /** Whether a statement has changed the schema table directly since it was read. */
  public boolean edited;

  public void clear() {
    edited = false;
    for (Table table : tables.values()) {
      disconnect(table);
    }
    tables.clear();
    indexes.clear();
    triggers.clear();
    rows.clear();
    loaded = false;
    generation++;
  }

  /** Whether columns of indexes can descend: not in files of schema formats before 4. */
  boolean knowsDescendingIndexes() {
    return fileFormat == 0 || fileFormat >= MIN_FORMAT_WITH_DESCENDING;
  }

  public @Nullable Table table(String name) {
    Table found = tables.get(name); // Most names are written in lower case.
    return found != null || tables.isEmpty() ? found : tables.get(key(name));
  }

  public @Nullable Index index(String name) {
    return indexes.get(key(name));
  }

  public @Nullable Trigger trigger(String name) {
    return triggers.get(key(name));
  }

  /** Adds a table with its indexes. */
  public void add(Table table) {
    addRow(tables.put(key(table.name), table), table);
    for (Index index : table.indexes) {
      indexes.put(key(index.name), index);
    }
    generation++;
  }

  /** Adds an index to the schema, and to its table if it is not there yet. */
  public void add(Index index) {
    addRow(indexes.put(key(index.name), index), index);
    if (!index.table.indexes.contains(index)) {
      IndexOrder.add(index.table, index);
    }
    generation++;
  }

  public void add(Trigger trigger) {
    addRow(triggers.put(key(trigger.name()), trigger), trigger);
    generation++;
  }

  /** Puts a virtual table, now that its columns are known, in the place of what stood for it. */
  public void replaceVirtual(Table table) {
    addRow(tables.put(key(table.name), table), table);
  }

  /** Adds an object to the rows, or puts it in the place of another one. */
  private void addRow(@Nullable Object replaced, Object object) {
    int place = replaced == null ? -1 : placeOf(replaced);
    if (place < 0) {
      rows.add(object);
    } else {
      rows.set(place, object);
    }
  }

  private int placeOf(Object object) {
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (rows.get(i) == object) {
        return i;
      }
    }
    return -1;
  }

  private void removeRow(@Nullable Object object) {
    int place = object == null ? -1 : placeOf(object);
    if (place >= 0) {
      rows.remove(place);
    }
  }

  private static void disconnect(Table table) {
    if (table.virtual != null) {
      table.virtual.disconnect();
    }
  }

  public void removeTable(String name) {
    Table table = tables.remove(key(name));
    removeRow(table);
    if (table != null) {
      disconnect(table);
      for (Index index : table.indexes) {
        indexes.remove(key(index.name));
        removeRow(index);
      }
    }
    generation++;
  }

  public void removeIndex(String name) {
    Index index = indexes.remove(key(name));
    removeRow(index);
    if (index != null) {
      index.table.indexes.remove(index);
    }
    generation++;
  }

  public void removeTrigger(String name) {
    removeRow(triggers.remove(key(name)));
    generation++;
  }

  public List<Table> tables() {
    return new ArrayList<>(tables.values());
  }

  public List<Index> indexes() {
    return new ArrayList<>(indexes.values());
  }

  public List<Trigger> triggers() {
    return new ArrayList<>(triggers.values());
  }

  /** Tables, views, indexes that were created by themselves, and triggers, by age. */
  public List<Object> byAge() {
    return new ArrayList<>(rows);
  }

  /** The triggers on a table that are kept in this schema. */
  public List<Trigger> triggersOn(Table table) {
    List<Trigger> found = new ArrayList<>();
    for (Trigger trigger : triggers.values()) {
      if (trigger.tableSchema() == table.schema
          && trigger.tableName().equalsIgnoreCase(table.name)) {
        found.add(trigger);
      }
    }
    return found;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
