package org.libsql4j.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.TextEncoding;

/**
 * The objects of one attached database.
 *
 * <p>It may stand on a pattern: the schema of another connection to the same file, as it is shared
 * by {@link SharedSchemas}. Then a table is copied from there when somebody asks for it by name,
 * and everything as soon as somebody asks for more, or changes something.
 */
public final class Schema {
  private static final int MIN_FORMAT_WITH_DESCENDING = 4;

  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final Map<String, Index> indexes = new LinkedHashMap<>();
  private final Map<String, Trigger> triggers = new LinkedHashMap<>();

  /** Everything that has a text, as the rows of the schema table follow each other. */
  private final List<Object> rows = new ArrayList<>();

  /**
   * Tables by the parents of their foreign keys, as of some generation; null if never asked for.
   */
  private @Nullable Map<String, List<Table>> children;

  private int childrenOfGeneration;

  /** What this schema consists of besides, which nobody changes; null if all is here. */
  private @Nullable Schema pattern;

  /** What this schema was equal to when its generation was {@link #modelGeneration}. */
  private @Nullable Schema model;

  private int modelGeneration;

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
    pattern = null;
    model = null;
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

  // ---- standing on a pattern --------------------------------------------------------------------

  /** A copy of all that is here, for others to stand on. */
  Schema toPattern() {
    Schema copy = new Schema();
    copy.fileFormat = fileFormat;
    copy.encoding = encoding;
    copy.cookie = cookie;
    copy.pattern = this;
    copy.takeAll();
    copy.childrenOf(""); // Found now: a pattern is not changed any more.
    follow(copy);
    return copy;
  }

  private void follow(Schema shared) {
    model = shared;
    modelGeneration = generation;
  }

  /**
   * What this schema is equal to, statistics included: the same object for all connections that
   * have the same. Never changed; null if this schema is like no other.
   */
  public @Nullable Schema model() {
    return modelGeneration == generation && !edited ? model : null;
  }

  /** Says that the statistics are going to be other than those of {@link #model()}. */
  public void changeStatistics() {
    model = null;
  }

  /** Makes this schema, which is empty, consist of what is in a pattern. */
  void standOn(Schema shared) {
    pattern = shared;
    generation++;
    follow(shared);
  }

  private Table take(Table original) {
    Table copy = original.copyTo(this);
    tables.put(key(copy.name), copy);
    for (Index index : copy.indexes) {
      indexes.put(key(index.name), index);
    }
    return copy;
  }

  /** Copies what is not here yet. The order is the pattern's. */
  private void takeAll() {
    Schema shared = pattern;
    if (shared == null) {
      return;
    }
    pattern = null;
    Map<String, Table> taken = new HashMap<>(tables);
    tables.clear();
    indexes.clear();
    for (Map.Entry<String, Table> entry : shared.tables.entrySet()) {
      Table here = taken.get(entry.getKey());
      tables.put(entry.getKey(), here != null ? here : entry.getValue().copyTo(this));
    }
    for (Map.Entry<String, Index> entry : shared.indexes.entrySet()) {
      indexes.put(entry.getKey(), counterpart(entry.getValue()));
    }
    for (Trigger original : shared.triggers.values()) {
      triggers.put(key(original.name()), original.copyTo(this));
    }
    for (Object row : shared.rows) {
      rows.add(counterpartOf(row));
    }
  }

  private Object counterpartOf(Object row) {
    if (row instanceof Table table) {
      return Objects.requireNonNull(tables.get(key(table.name)));
    }
    return row instanceof Index index
        ? counterpart(index)
        : Objects.requireNonNull(triggers.get(key(((Trigger) row).name())));
  }

  /** The copy of an index: at the same place among those of the table's copy. */
  private Index counterpart(Index original) {
    Table table = Objects.requireNonNull(tables.get(key(original.table.name)));
    return table.indexes.get(original.table.indexes.indexOf(original));
  }

  // ---- objects ----------------------------------------------------------------------------------

  public @Nullable Table table(String name) {
    Table found = tables.get(name); // Most names are written in lower case.
    if (found != null) {
      return found;
    }
    Schema shared = pattern;
    if (shared == null) {
      return tables.isEmpty() ? null : tables.get(key(name));
    }
    String key = key(name);
    found = tables.get(key);
    Table original = found != null ? null : shared.tables.get(key);
    return original == null ? found : take(original);
  }

  public @Nullable Index index(String name) {
    String key = key(name);
    Schema shared = pattern;
    Index original = shared == null ? null : shared.indexes.get(key);
    if (original != null && !tables.containsKey(key(original.table.name))) {
      take(original.table);
    }
    return indexes.get(key);
  }

  public @Nullable Trigger trigger(String name) {
    takeAll();
    return triggers.get(key(name));
  }

  /** Adds a table with its indexes. */
  public void add(Table table) {
    takeAll();
    addRow(tables.put(key(table.name), table), table);
    for (Index index : table.indexes) {
      indexes.put(key(index.name), index);
    }
    generation++;
  }

  /** Adds an index to the schema, and to its table if it is not there yet. */
  public void add(Index index) {
    takeAll();
    addRow(indexes.put(key(index.name), index), index);
    if (!index.table.indexes.contains(index)) {
      IndexOrder.add(index.table, index);
    }
    generation++;
  }

  public void add(Trigger trigger) {
    takeAll();
    addRow(triggers.put(key(trigger.name()), trigger), trigger);
    generation++;
  }

  /** Puts a virtual table, now that its columns are known, in the place of what stood for it. */
  public void replaceVirtual(Table table) {
    takeAll();
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
    takeAll();
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
    takeAll();
    Index index = indexes.remove(key(name));
    removeRow(index);
    if (index != null) {
      index.table.indexes.remove(index);
    }
    generation++;
  }

  public void removeTrigger(String name) {
    takeAll();
    removeRow(triggers.remove(key(name)));
    generation++;
  }

  public List<Table> tables() {
    takeAll();
    return new ArrayList<>(tables.values());
  }

  public List<Index> indexes() {
    takeAll();
    return new ArrayList<>(indexes.values());
  }

  /** The tables that somebody has asked for; all others are as they were defined. */
  public Collection<Table> usedTables() {
    return Collections.unmodifiableCollection(tables.values());
  }

  /** The indexes of {@link #usedTables()}. */
  public Collection<Index> usedIndexes() {
    return Collections.unmodifiableCollection(indexes.values());
  }

  public List<Trigger> triggers() {
    takeAll();
    return new ArrayList<>(triggers.values());
  }

  /** Tables, views, indexes that were created by themselves, and triggers, by age. */
  public List<Object> byAge() {
    takeAll();
    return new ArrayList<>(rows);
  }

  /**
   * The tables with foreign keys that name a table as their parent, in the order of {@link
   * #tables()}.
   */
  public List<Table> childrenOf(String parent) {
    Schema shared = pattern;
    if (shared != null && shared.childrenOf(parent).isEmpty()) {
      return List.of();
    }
    takeAll();
    Map<String, List<Table>> known = children;
    if (known == null || childrenOfGeneration != generation) {
      known = new HashMap<>();
      for (Table table : tables.values()) {
        for (ForeignKeyConstraint key : table.foreignKeys) {
          List<Table> list = known.computeIfAbsent(key(key.parentTable()), k -> new ArrayList<>(2));
          if (list.isEmpty() || list.get(list.size() - 1) != table) {
            list.add(table);
          }
        }
      }
      children = known;
      childrenOfGeneration = generation;
    }
    return known.isEmpty() ? List.of() : known.getOrDefault(key(parent), List.of());
  }

  /** The triggers on a table that are kept in this schema. */
  public List<Trigger> triggersOn(Table table) {
    Schema shared = pattern;
    if (shared == null ? triggers.isEmpty() : shared.triggers.isEmpty()) {
      return List.of();
    }
    takeAll();
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
