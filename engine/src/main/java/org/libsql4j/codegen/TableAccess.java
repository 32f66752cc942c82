package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;
import org.libsql4j.vtab.ShadowTables;

/** A table opened for writing: its cursor and those of its indexes. */
final class TableAccess {
  final Table table;
  final int database;

  /** Cursor on the rows: the table's B-tree, or the primary key of a WITHOUT ROWID table. */
  final int dataCursor;

  /** The indexes besides the one that holds the rows, in the order of {@link #indexCursors}. */
  final List<Index> indexes = new ArrayList<>();

  final int[] indexCursors;

  /** The B-tree that holds the rows of a WITHOUT ROWID table; null for others. */
  final @Nullable Index primaryKey;

  private final CodeContext context;

  TableAccess(CodeContext context, Table table) {
    this(context, table, null);
  }

  /**
   * @param loop a loop over the rows that has cursors for writing already, or null
   */
  TableAccess(CodeContext context, Table table, @Nullable WhereLoop loop) {
    this.context = context;
    this.table = table;
    this.database = context.databaseIndex(table);
    this.primaryKey = table.withoutRowid ? table.primaryKeyIndex() : null;
    ProgramBuilder builder = context.builder();
    this.dataCursor = loop == null ? builder.newCursor() : loop.onePassCursor();
    for (Index index : table.indexes) {
      if (index != primaryKey) {
        indexes.add(index);
      }
    }
    this.indexCursors = new int[indexes.size()];
    for (int i = 0; i < indexCursors.length; i++) {
      boolean open = loop != null && indexes.get(i) == loop.onePassIndex();
      indexCursors[i] = open && loop != null ? loop.onePassIndexCursor() : builder.newCursor();
    }
  }

  /** Opens the cursor on the rows and, where {@code wanted} says so, those of the indexes. */
  void open(boolean @Nullable [] wanted) {
    if (table.virtual != null) {
      VirtualChangeCodegen.begin(context, table.virtual);
      return;
    }
    openData();
    for (int i = 0; i < indexCursors.length; i++) {
      if (wanted == null || wanted[i]) {
        openIndex(i);
      }
    }
  }

  /** Inside of a loop that has cursors of its own, opens those that are still missing. */
  void openInside(WhereLoop loop, boolean @Nullable [] wanted) {
    int once = -1;
    for (int i = 0; i < indexCursors.length; i++) {
      if ((wanted == null || wanted[i]) && indexCursors[i] != loop.onePassIndexCursor()) {
        if (once < 0 && !loop.isSingleRow()) {
          once = context.builder().add(Opcode.ONCE);
        }
        openIndex(i);
      }
    }
    if (once >= 0) {
      context.builder().jumpHere(once);
    }
    if (loop.onePassIndex() != null && primaryKey == null) {
      // What was put off is done before an index changes.
      context.builder().add(Opcode.FINISH_SEEK, dataCursor);
    }
  }

  private void openIndex(int number) {
    Index index = indexes.get(number);
    context
        .builder()
        .add(
            Opcode.OPEN_WRITE,
            indexCursors[number],
            index.rootPage,
            database,
            KeyInfos.of(context, index));
  }

  void openData() {
    Object shape =
        primaryKey == null ? (Object) table.storedColumnCount() : KeyInfos.of(context, primaryKey);
    context.builder().add(Opcode.OPEN_WRITE, dataCursor, table.rootPage, database, shape);
  }

  /** How many registers the key of a row takes: the rowid, or the primary key. */
  int keyCount() {
    return primaryKey == null ? 1 : primaryKey.keyColumnCount;
  }

  /** Loads the key of the current row of a source into new registers; answers the first. */
  int loadKey(Source source) {
    int first = context.builder().newRegisters(keyCount());
    loadKey(source, first);
    return first;
  }

  void loadKey(Source source, int first) {
    for (int i = 0; i < keyCount(); i++) {
      int column = primaryKey == null ? -1 : primaryKey.columns[i];
      context.exprs().codeCopy(new BoundExpr.ColumnRef(source, column), first + i);
    }
  }

  /** Moves the data cursor to the row of a key; jumps if there is none. */
  void seek(int keyRegister, int missingLabel) {
    ProgramBuilder builder = context.builder();
    if (primaryKey == null) {
      builder.add(Opcode.NOT_EXISTS, dataCursor, missingLabel, keyRegister);
    } else {
      builder.add(
          Opcode.NOT_FOUND, dataCursor, missingLabel, keyRegister, primaryKey.keyColumnCount);
    }
  }

  /** The affinities of the stored columns in the order of the record. */
  String recordAffinities() {
    StringBuilder letters = new StringBuilder();
    if (primaryKey != null) {
      for (int column : primaryKey.columns) {
        letters.append(letter(table.column(column).affinity()));
      }
      return letters.toString();
    }
    for (Column column : table.columns) {
      if (!column.isVirtual()) {
        letters.append(letter(column.affinity()));
      }
    }
    return letters.toString();
  }

  /** The affinities of all columns in the order of the table. */
  static String affinities(Table table) {
    StringBuilder letters = new StringBuilder();
    for (Column column : table.columns) {
      letters.append(letter(column.affinity()));
    }
    return letters.toString();
  }

  static char letter(Affinity affinity) {
    return affinity == Affinity.NONE ? Affinity.BLOB.letter() : affinity.letter();
  }

  /**
   * Checks that a statement may change the table.
   *
   * @param triggers those that the change fires
   * @throws LibsqlException for views without triggers and schema tables
   */
  static void checkWritable(CodeContext context, Table table, RowTriggers triggers) {
    if (table.virtual != null) {
      VirtualChangeCodegen.checkWritable(context, table, table.virtual);
    }
    boolean schemaTable = table.rootPage == 1 && table.name.regionMatches(true, 0, "sqlite_", 0, 7);
    boolean writable =
        context.connection().isSet(ConnectionFlag.WRITABLE_SCHEMA)
            && !context.connection().isSet(ConnectionFlag.DEFENSIVE);
    if ((schemaTable && !writable) || ShadowTables.isProtected(context.connection(), table)) {
      throw new LibsqlException(ResultCode.ERROR, "table " + table.name + " may not be modified");
    }
    if (schemaTable && table.schema != null) {
      table.schema.edited = true;
    }
    if (table.isView() && !triggers.hasTriggers()) {
      throw new LibsqlException(
          ResultCode.ERROR, "cannot modify " + table.name + " because it is a view");
    }
  }
}
