package org.libsql4j.compile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Bytes;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.Record;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.Parser;

/**
 * Copies a database into an empty one: tables in the order of the schema, each followed by its
 * automatic indexes, then the other indexes, then views, triggers and virtual tables. Entries are
 * copied as raw bytes in key order, and sorted anew where the order is a matter of collations.
 *
 * <p>sqlite_sequence does not outlive the last table with AUTOINCREMENT.
 */
final class VacuumCopy {
  private static final byte[] EMPTY_ROW = {6, 0, 0, 0, 0, 0};
  private static final String SEQUENCE_TABLE = "sqlite_sequence";
  private static final int[] COPIED_HEADER_VALUES = {
    Btree.DEFAULT_CACHE_SIZE, Btree.TEXT_ENCODING, Btree.USER_VERSION, Btree.APPLICATION_ID
  };

  private final ConnectionState connection;
  private final Schema schema;
  private final Btree source;
  private final Btree target;
  private final List<Mem[]> rows = new ArrayList<>();
  private final List<Tree> trees = new ArrayList<>();
  private long nextRowid = 1;

  /**
   * A tree to be copied.
   *
   * @param isTable whether its keys are rowids
   * @param order how the keys compare if they have to be sorted anew, or null
   */
  private record Tree(int from, int to, boolean isTable, @Nullable KeyInfo order) {}

  VacuumCopy(ConnectionState connection, AttachedDatabase database, Btree source, Btree target) {
    this.connection = connection;
    this.schema = database.schema();
    this.source = source;
    this.target = target;
  }

  /** Needs a transaction on both; does not commit. */
  void run() {
    target.updateMeta(Btree.FILE_FORMAT, Math.max(1, source.getMeta(Btree.FILE_FORMAT)));
    TreeReader.forEach(
        source,
        SchemaTable.ROOT,
        SchemaTable.COLUMN_COUNT,
        connection.encoding,
        fields -> rows.add(copyOf(fields)));
    for (Mem[] row : rows) {
      checkText(row);
    }
    createTrees();
    for (Tree tree : trees) {
      copyTree(tree);
    }
    target.updateMeta(Btree.SCHEMA_VERSION, source.getMeta(Btree.SCHEMA_VERSION) + 1);
    for (int value : COPIED_HEADER_VALUES) {
      target.updateMeta(value, source.getMeta(value));
    }
  }

  /** A table whose text somebody has damaged cannot be made again from it. */
  private static void checkText(Mem[] row) {
    String sql = row[SchemaTable.SQL].text();
    if (isType(row, "table") && sql != null) {
      Parser.parseStored(sql);
    }
  }

  private static Mem[] copyOf(Mem[] fields) {
    Mem[] copy = new Mem[fields.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = new Mem();
      copy[i].copyFrom(fields[i]);
    }
    return copy;
  }

  // ---- schema rows
  // --------------------------------------------------------------------------------

  private void createTrees() {
    Mem[] sequence = null;
    for (Mem[] row : rows) {
      if (isType(row, "table") && SEQUENCE_TABLE.equals(row[SchemaTable.NAME].text())) {
        sequence = row;
      }
    }
    boolean sequenceMissing = sequence != null;
    for (Mem[] row : rows) {
      if (isType(row, "table") && row != sequence && root(row) > 0) {
        Table table = schema.table(String.valueOf(row[SchemaTable.NAME].text()));
        if (table == null) {
          throw new LibsqlException(ResultCode.CORRUPT);
        }
        addTable(row, table);
        if (table.autoincrement && sequence != null && sequenceMissing) {
          addTree(sequence, true, null, reserve());
          sequenceMissing = false;
        }
      }
    }
    for (Mem[] row : rows) {
      if (isType(row, "index") && !row[SchemaTable.SQL].isNull()) {
        Index index = schema.index(String.valueOf(row[SchemaTable.NAME].text()));
        addTree(row, false, index == null ? null : order(index), nextRowid++);
      }
    }
    for (Mem[] row : rows) {
      if (isType(row, "view")
          || isType(row, "trigger")
          || (isType(row, "table") && root(row) == 0)) {
        store(row, nextRowid++);
      }
    }
  }

  /**
   * The row comes before those of the indexes, but is complete only after them: as CREATE does it.
   */
  private void addTable(Mem[] row, Table table) {
    int from = (int) root(row);
    Index key = table.withoutRowid ? table.primaryKeyIndex() : null;
    int to = createTree(from, !table.withoutRowid, key == null ? null : order(key));
    long rowid = reserve();
    automaticIndexes(table);
    storeWithRoot(row, to, rowid);
  }

  private void automaticIndexes(Table table) {
    for (Mem[] row : rows) {
      if (isType(row, "index")
          && row[SchemaTable.SQL].isNull()
          && table.name.equalsIgnoreCase(row[SchemaTable.TABLE_NAME].text())) {
        Index index = schema.index(String.valueOf(row[SchemaTable.NAME].text()));
        if (index != null) {
          addTree(row, false, order(index), nextRowid++);
        }
      }
    }
  }

  private static boolean isType(Mem[] row, String type) {
    return type.equals(row[SchemaTable.TYPE].text());
  }

  private static long root(Mem[] row) {
    return row[SchemaTable.ROOT_PAGE].asLong();
  }

  private void addTree(Mem[] row, boolean isTable, @Nullable KeyInfo order, long rowid) {
    storeWithRoot(row, createTree((int) root(row), isTable, order), rowid);
  }

  private int createTree(int from, boolean isTable, @Nullable KeyInfo order) {
    int to = target.createTable(isTable ? Btree.INTKEY : Btree.BLOBKEY);
    trees.add(new Tree(from, to, isTable, order));
    return to;
  }

  /** A collation other than BINARY may mean another order by now; null for BINARY alone. */
  private @Nullable KeyInfo order(Index index) {
    int count = index.columnCount();
    @Nullable Collation[] collations = new Collation[count];
    boolean other = false;
    for (int i = 0; i < count; i++) {
      other |= !index.collations[i].equalsIgnoreCase("BINARY");
      collations[i] = connection.collations().get(index.collations[i]);
    }
    if (!other) {
      return null;
    }
    byte[] flags = new byte[count];
    for (int i = 0; i < count; i++) {
      flags[i] = (byte) (index.descending[i] ? KeyInfo.DESC : 0);
    }
    boolean keyOnly = index.uniqueNotNull || index.isPrimaryKeyOfWithoutRowid();
    int compared = keyOnly ? index.keyColumnCount : count;
    return new KeyInfo(connection.encoding, compared, collations, flags);
  }

  private long reserve() {
    long rowid = nextRowid++;
    insert(rowid, EMPTY_ROW);
    return rowid;
  }

  private void storeWithRoot(Mem[] row, int rootPage, long rowid) {
    long old = root(row);
    row[SchemaTable.ROOT_PAGE].setInteger(rootPage);
    store(row, rowid);
    row[SchemaTable.ROOT_PAGE].setInteger(old);
  }

  private void store(Mem[] row, long rowid) {
    insert(rowid, Record.encode(row, 0, row.length, schema.fileFormat));
  }

  private void insert(long rowid, byte[] record) {
    BtreeCursor cursor = target.cursor(SchemaTable.ROOT, true, null);
    try {
      cursor.insertTable(rowid, record, 0, record.length, 0, 0, 0);
    } finally {
      cursor.close();
    }
  }

  // ---- content
  // ------------------------------------------------------------------------------------

  private void copyTree(Tree tree) {
    KeyInfo readOrder = tree.isTable ? null : anyKey();
    KeyInfo writeOrder = tree.order == null ? readOrder : tree.order;
    BtreeCursor reader = source.cursor(tree.from, false, readOrder);
    BtreeCursor writer = target.cursor(tree.to, true, writeOrder);
    try {
      boolean more = !reader.moveToFirst();
      while (more) {
        if (connection.isInterrupted()) {
          throw new LibsqlException(ResultCode.INTERRUPT);
        }
        copyEntry(reader, writer, tree);
        more = reader.next();
      }
    } finally {
      reader.close();
      writer.close();
    }
  }

  private void copyEntry(BtreeCursor reader, BtreeCursor writer, Tree tree) {
    int size = reader.payloadSize();
    if (size > (long) source.pageCount() * source.pageSize()) {
      throw new LibsqlException(ResultCode.CORRUPT);
    }
    if (tree.order != null) {
      byte[] key = new byte[size];
      reader.payload(0, size, key, 0);
      writer.insertIndex(key, 0, size, null, BtreeCursor.APPEND, 0);
      return;
    }
    long rowid = tree.isTable ? reader.integerKey() : 0;
    writer.moveToLast();
    writer.transferRow(reader, rowid);
    int flags = BtreeCursor.APPEND | BtreeCursor.PREFORMAT;
    if (tree.isTable) {
      writer.insertTable(rowid, Bytes.EMPTY, 0, 0, 0, flags, -1);
    } else {
      writer.insertIndex(Bytes.EMPTY, 0, 0, null, flags, -1);
    }
  }

  /** Entries come in their order, so keys are never compared. */
  private KeyInfo anyKey() {
    @Nullable Collation[] collations = new Collation[1];
    return new KeyInfo(connection.encoding, 1, collations, null);
  }
}
