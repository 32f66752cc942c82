package org.libsql4j.compile;

import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.codegen.SchemaVerifier;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.SharedSchemas;

/** Reads the schema of a database. */
final class SchemaLoader {
  private static final int MAX_FILE_FORMAT = 4;
  private static final int ENCODING_MASK = 3;
  private static final int DEFAULT_CACHE_SIZE = -2000;

  private final ConnectionState connection;
  private SchemaVerifier.@Nullable Phase phase;

  SchemaLoader(ConnectionState connection) {
    this.connection = connection;
  }

  /** Says that an ALTER TABLE is the reason to load: errors tell so. */
  void setPhase(SchemaVerifier.@Nullable Phase phase) {
    this.phase = phase;
  }

  /** Loads what is not loaded: the main database first, because its encoding rules the others. */
  void loadMissing() {
    if (!connection.database(AttachedDatabase.MAIN).schema().loaded) {
      load(AttachedDatabase.MAIN);
    }
    for (int i = connection.databases().size() - 1; i > 0; i--) {
      if (!connection.database(i).schema().loaded) {
        load(i);
      }
    }
  }

  /**
   * Loads one database.
   *
   * @throws LibsqlException CORRUPT "malformed database schema (x) - ...", ERROR "unsupported file
   *     format" and so on; the schema is empty then
   */
  void load(int databaseIndex) {
    AttachedDatabase database = connection.database(databaseIndex);
    Schema schema = database.schema();
    schema.clear();
    Btree btree = database.btreeOrNull();
    if (btree == null) {
      SchemaTable.register(schema, databaseIndex);
      schema.encoding = connection.encoding;
      schema.loaded = true;
      return;
    }
    boolean opened = !btree.isInReadTransaction();
    try {
      if (opened) {
        btree.beginTransaction(false, false);
      }
      readHeader(databaseIndex, btree, schema);
      SharedSchemas.Reader reader = reader(databaseIndex, btree);
      if (reader == null || !SharedSchemas.fill(schema, btree, reader)) {
        SchemaTable.register(schema, databaseIndex);
        readRows(databaseIndex, btree, null);
        schema.loaded = true;
        StatisticsLoader statistics = new StatisticsLoader(connection, databaseIndex);
        statistics.forget();
        statistics.read();
        if (reader != null) {
          SharedSchemas.keep(schema, btree, reader);
        }
      }
      schema.loaded = true;
    } catch (LibsqlException e) {
      schema.clear();
      throw e;
    } finally {
      if (opened && btree.isInReadTransaction()) {
        btree.setActiveReaderCount(0);
        btree.commit();
      }
    }
  }

  /** Who reads; null if other connections would not read the same from the same file. */
  private SharedSchemas.@Nullable Reader reader(int databaseIndex, Btree btree) {
    boolean sharable =
        databaseIndex == AttachedDatabase.MAIN
            && phase == null
            && !btree.fileName().isEmpty()
            && !connection.isSet(ConnectionFlag.WRITABLE_SCHEMA)
            && !connection.isSet(ConnectionFlag.RESET_DATABASE);
    return sharable
        ? new SharedSchemas.Reader(
            connection.limit(Limit.COLUMN), connection.isSet(ConnectionFlag.STAT4))
        : null;
  }

  private void readHeader(int databaseIndex, Btree btree, Schema schema) {
    boolean reset = connection.isSet(ConnectionFlag.RESET_DATABASE);
    schema.cookie = reset ? 0 : btree.getMeta(Btree.SCHEMA_VERSION);
    int encoding = reset ? 0 : btree.getMeta(Btree.TEXT_ENCODING);
    if (encoding != 0) {
      takeEncoding(databaseIndex, TextEncoding.ofHeaderValue(encoding & ENCODING_MASK));
    }
    schema.encoding = connection.encoding;
    takeCacheSize(btree, schema, reset);
    int format = reset ? 0 : btree.getMeta(Btree.FILE_FORMAT);
    schema.fileFormat = (format & 0xff) == 0 ? 1 : format & 0xff;
    if (schema.fileFormat > MAX_FILE_FORMAT) {
      throw new LibsqlException(ResultCode.ERROR, "unsupported file format");
    }
    if (databaseIndex == AttachedDatabase.MAIN && format >= MAX_FILE_FORMAT) {
      connection.set(ConnectionFlag.LEGACY_FILE_FORMAT, false);
    }
  }

  private void takeEncoding(int databaseIndex, TextEncoding encoding) {
    if (databaseIndex == AttachedDatabase.MAIN) {
      connection.encoding = encoding;
    } else if (encoding != connection.encoding) {
      throw new LibsqlException(
          ResultCode.ERROR, "attached databases must use the same text encoding as main database");
    }
  }

  private static void takeCacheSize(Btree btree, Schema schema, boolean reset) {
    if (schema.cacheSize == 0) {
      int size = reset ? 0 : Math.abs(btree.getMeta(Btree.DEFAULT_CACHE_SIZE));
      schema.cacheSize = size == 0 ? DEFAULT_CACHE_SIZE : size;
      btree.pager().setCacheSize(schema.cacheSize);
    }
  }

  /** Adds what the rows that fulfil a condition define; needs an open transaction. */
  void readRows(int databaseIndex, Btree btree, @Nullable String condition) {
    SchemaRowFilter filter = new SchemaRowFilter(condition);
    SchemaRowReader reader =
        new SchemaRowReader(connection, databaseIndex, btree.pageCount(), phase);
    TreeReader.forEach(
        btree,
        SchemaTable.ROOT,
        SchemaTable.COLUMN_COUNT,
        connection.encoding,
        fields -> {
          SchemaRow row = SchemaRow.of(fields);
          if (filter.accepts(row)) {
            reader.read(row);
          }
        });
  }
}
