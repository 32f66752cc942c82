package org.libsql4j.jdbc;

import java.util.EnumMap;
import java.util.Map;
import org.libsql4j.error.ResultCode;

/**
 * What the kind of an error means, for the first half of messages. Applications and frameworks look
 * for some of these words, so the frequent ones are those that users of SQLite through JDBC know.
 */
public final class ResultCodeText {
  private static final Map<ResultCode, String> TEXTS = new EnumMap<>(ResultCode.class);

  static {
    TEXTS.put(ResultCode.ERROR, "SQL error or missing database");
    TEXTS.put(ResultCode.INTERNAL, "Internal logic error in SQLite");
    TEXTS.put(ResultCode.PERM, "Access permission denied");
    TEXTS.put(ResultCode.ABORT, "Callback routine requested an abort");
    TEXTS.put(ResultCode.BUSY, "The database file is locked");
    TEXTS.put(ResultCode.LOCKED, "A table in the database is locked");
    TEXTS.put(ResultCode.READONLY, "Attempt to write a readonly database");
    TEXTS.put(ResultCode.INTERRUPT, "Operation terminated by sqlite3_interrupt()");
    TEXTS.put(ResultCode.IOERR, "Some kind of disk I/O error occurred");
    TEXTS.put(ResultCode.CORRUPT, "The database disk image is malformed");
    TEXTS.put(ResultCode.FULL, "Insertion failed because database is full");
    TEXTS.put(ResultCode.CANTOPEN, "Unable to open the database file");
    TEXTS.put(ResultCode.SCHEMA, "The database schema changed");
    TEXTS.put(ResultCode.TOOBIG, "String or BLOB exceeds size limit");
    TEXTS.put(ResultCode.MISMATCH, "Data type mismatch");
    TEXTS.put(ResultCode.MISUSE, "Library used incorrectly");
    TEXTS.put(ResultCode.AUTH, "Authorization denied");
    TEXTS.put(ResultCode.NOTADB, "File opened that is not a database file");
    TEXTS.put(
        ResultCode.BUSY_SNAPSHOT,
        "Another database connection has already written to the database");
    TEXTS.put(ResultCode.CONSTRAINT, "Abort due to constraint violation");
    TEXTS.put(ResultCode.CONSTRAINT_CHECK, "A CHECK constraint failed");
    TEXTS.put(ResultCode.CONSTRAINT_FOREIGNKEY, "A foreign key constraint failed");
    TEXTS.put(ResultCode.CONSTRAINT_NOTNULL, "A NOT NULL constraint failed");
    TEXTS.put(ResultCode.CONSTRAINT_PRIMARYKEY, "A PRIMARY KEY constraint failed");
    TEXTS.put(ResultCode.CONSTRAINT_UNIQUE, "A UNIQUE constraint failed");
    TEXTS.put(ResultCode.CONSTRAINT_ROWID, "rowid is not unique");
    TEXTS.put(
        ResultCode.CONSTRAINT_TRIGGER,
        "A RAISE function within a trigger fired, causing the SQL statement to abort");
    TEXTS.put(ResultCode.CONSTRAINT_COMMITHOOK, "A commit hook callback returned non-zero");
    TEXTS.put(
        ResultCode.CONSTRAINT_DATATYPE,
        "An insert or update attempted to store a value inconsistent with the column's declared"
            + " type in a table defined as STRICT");
  }

  private ResultCodeText() {}

  /** What the kind of an error means, in half a sentence. */
  public static String of(ResultCode code) {
    return TEXTS.getOrDefault(code, code.defaultMessage());
  }
}
