package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates changes of the schema of one database: rows, trees, the cookie. */
final class SchemaWriter {
  private static final int MAX_FILE_FORMAT = 4;
  private static final String ROW_AFFINITIES = "BBBDB";

  /** A record of five NULLs: the size of the header, then five types. */
  private static final byte[] EMPTY_ROW = {6, 0, 0, 0, 0, 0};

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final int database;
  private final Schema schema;

  SchemaWriter(CodeContext context, int database) {
    this.context = context;
    this.builder = context.builder();
    this.database = database;
    this.schema = context.connection().database(database).schema();
    context.writeDatabase(database, true);
  }

  Schema schema() {
    return schema;
  }

  /** Sets format and encoding in the header of a file that has nothing in it yet. */
  void prepareFile() {
    int format = builder.newRegister();
    builder.add(Opcode.READ_COOKIE, database, format, Btree.FILE_FORMAT);
    int known = builder.add(Opcode.IF, format);
    boolean legacy = context.connection().isSet(ConnectionFlag.LEGACY_FILE_FORMAT);
    builder.add(Opcode.SET_COOKIE, database, Btree.FILE_FORMAT, legacy ? 1 : MAX_FILE_FORMAT);
    builder.add(
        Opcode.SET_COOKIE,
        database,
        Btree.TEXT_ENCODING,
        context.connection().encoding.headerValue());
    builder.jumpHere(known);
  }

  /** Creates a tree and returns the register of its root page. */
  int createTree(int flags) {
    int root = builder.newRegister();
    builder.add(Opcode.CREATE_BTREE, database, root, flags);
    return root;
  }

  // ---- rows of the schema table
  // -------------------------------------------------------------------

  /**
   * Appends an empty row, so that the rows of a table's indexes come after that of the table, and
   * trees and pages of the schema are allocated in SQLite's order.
   *
   * @return register of its rowid
   */
  int reserveRow() {
    int cursor = openRows();
    int rowid = builder.newRegister();
    int record = builder.newRegister();
    builder.add(Opcode.NEW_ROWID, cursor, rowid);
    builder.add(Opcode.BLOB, EMPTY_ROW.length, record, 0, EMPTY_ROW);
    builder.add(Opcode.INSERT, cursor, record, rowid);
    builder.setP5(OpFlags.APPEND);
    builder.add(Opcode.CLOSE, cursor);
    return rowid;
  }

  /**
   * Writes a row that was reserved.
   *
   * @param rootRegister 0 for objects without a tree
   */
  void fillRow(
      int rowidRegister,
      String type,
      String name,
      String tableName,
      int rootRegister,
      @Nullable String sql) {
    int cursor = openRows();
    int record = record(type, name, tableName, rootRegister, sql);
    builder.add(Opcode.INSERT, cursor, record, rowidRegister);
    builder.add(Opcode.CLOSE, cursor);
  }

  /**
   * Appends a row.
   *
   * @param rootRegister 0 for objects without a tree
   */
  void insertRow(
      String type, String name, String tableName, int rootRegister, @Nullable String sql) {
    int cursor = openRows();
    int rowid = builder.newRegister();
    builder.add(Opcode.NEW_ROWID, cursor, rowid);
    int record = record(type, name, tableName, rootRegister, sql);
    builder.add(Opcode.INSERT, cursor, record, rowid);
    builder.setP5(OpFlags.APPEND);
    builder.add(Opcode.CLOSE, cursor);
  }

  private int openRows() {
    int cursor = builder.newCursor();
    builder.add(Opcode.OPEN_WRITE, cursor, SchemaTable.ROOT, database, SchemaTable.COLUMN_COUNT);
    return cursor;
  }

  private int record(
      String type, String name, String tableName, int rootRegister, @Nullable String sql) {
    int first = builder.newRegisters(SchemaTable.COLUMN_COUNT);
    int record = builder.newRegister();
    text(type, first + SchemaTable.TYPE);
    text(name, first + SchemaTable.NAME);
    text(tableName, first + SchemaTable.TABLE_NAME);
    if (rootRegister == 0) {
      builder.add(Opcode.INTEGER, 0, first + SchemaTable.ROOT_PAGE);
    } else {
      builder.add(Opcode.COPY, rootRegister, first + SchemaTable.ROOT_PAGE);
    }
    text(sql, first + SchemaTable.SQL);
    builder.add(Opcode.MAKE_RECORD, first, SchemaTable.COLUMN_COUNT, record, ROW_AFFINITIES);
    return record;
  }

  private void text(@Nullable String value, int target) {
    if (value == null) {
      builder.add(Opcode.NULL, 0, target);
    } else {
      builder.add(Opcode.STRING8, 0, target, 0, value);
    }
  }

  /** Starts a change of rows of the schema table. */
  TableEdit rows() {
    return new TableEdit(context, database, schemaTable());
  }

  private Table schemaTable() {
    Table table = schema.table(SchemaTable.name(database));
    if (table == null) {
      throw new LibsqlException(ResultCode.INTERNAL, "schema is not loaded");
    }
    return table;
  }

  // ---- trees
  // --------------------------------------------------------------------------------------

  /**
   * Removes a tree. With auto-vacuum another tree may take its root page; its row is changed then.
   */
  void destroyTree(int rootPage) {
    if (rootPage < 2) {
      throw new LibsqlException(ResultCode.ERROR, "corrupt schema");
    }
    int moved = builder.newRegister();
    builder.add(Opcode.DESTROY, rootPage, moved, database);
    context.top().mayAbort = true;
    int nothingMoved = builder.add(Opcode.IF_NOT, moved, 0, 1);
    rows()
        .whereRegister(SchemaTable.ROOT_PAGE, moved)
        .update(first -> builder.add(Opcode.INTEGER, rootPage, first + SchemaTable.ROOT_PAGE));
    builder.jumpHere(nothingMoved);
  }

  /** Removes the trees of a table and its indexes, the greatest root page first. */
  void destroyTable(Table table) {
    int destroyed = Integer.MAX_VALUE;
    while (true) {
      int largest = 0;
      if (table.rootPage < destroyed) {
        largest = table.rootPage;
      }
      for (Index index : table.indexes) {
        if (index.rootPage < destroyed && index.rootPage > largest) {
          largest = index.rootPage;
        }
      }
      if (largest == 0) {
        return;
      }
      destroyTree(largest);
      destroyed = largest;
    }
  }

  // ---- telling others
  // -----------------------------------------------------------------------------

  /** Changes the cookie, so that everybody reads the schema again. */
  void changeCookie() {
    builder.add(Opcode.SET_COOKIE, database, Btree.SCHEMA_VERSION, schema.cookie + 1);
  }

  /** Takes new rows over into the loaded schema. */
  void parse(String condition) {
    builder.add(Opcode.PARSE_SCHEMA, database, 0, 0, condition);
    context.top().mayAbort = true;
  }

  /**
   * Forgets the loaded schema and reads it again.
   *
   * @param phase which change must have left a schema that makes sense
   */
  void parseAll(SchemaVerifier.Phase phase) {
    builder.add(Opcode.PARSE_SCHEMA, database);
    builder.setP5(phase.flag());
    context.top().mayAbort = true;
  }

  /** A text as an SQL string. */
  static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
