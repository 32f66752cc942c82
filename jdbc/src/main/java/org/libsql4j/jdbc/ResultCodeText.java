package org.libsql4j.jdbc;

import org.libsql4j.error.ResultCode;

/**
 * What the kind of an error means, for the first half of messages. Applications and frameworks look
 * for some of these words, so the frequent ones are those that users of SQLite through JDBC know.
 */
public final class ResultCodeText {
  private ResultCodeText() {}

  /** What the kind of an error means, in half a sentence. */
  public static String of(ResultCode code) {
    return switch (code) {
      case ERROR -> "SQL error or missing database";
      case INTERNAL -> "Internal logic error in SQLite";
      case PERM -> "Access permission denied";
      case ABORT -> "Callback routine requested an abort";
      case BUSY -> "The database file is locked";
      case LOCKED -> "A table in the database is locked";
      case READONLY -> "Attempt to write a readonly database";
      case INTERRUPT -> "Operation terminated by sqlite3_interrupt()";
      case IOERR -> "Some kind of disk I/O error occurred";
      case CORRUPT -> "The database disk image is malformed";
      case FULL -> "Insertion failed because database is full";
      case CANTOPEN -> "Unable to open the database file";
      case SCHEMA -> "The database schema changed";
      case TOOBIG -> "String or BLOB exceeds size limit";
      case MISMATCH -> "Data type mismatch";
      case MISUSE -> "Library used incorrectly";
      case AUTH -> "Authorization denied";
      case NOTADB -> "File opened that is not a database file";
      case BUSY_SNAPSHOT -> "Another database connection has already written to the database";
      default -> ofConstraint(code);
    };
  }

  private static String ofConstraint(ResultCode code) {
    return switch (code) {
      case CONSTRAINT -> "Abort due to constraint violation";
      case CONSTRAINT_CHECK -> "A CHECK constraint failed";
      case CONSTRAINT_FOREIGNKEY -> "A foreign key constraint failed";
      case CONSTRAINT_NOTNULL -> "A NOT NULL constraint failed";
      case CONSTRAINT_PRIMARYKEY -> "A PRIMARY KEY constraint failed";
      case CONSTRAINT_UNIQUE -> "A UNIQUE constraint failed";
      case CONSTRAINT_ROWID -> "rowid is not unique";
      case CONSTRAINT_TRIGGER ->
          "A RAISE function within a trigger fired, causing the SQL statement to abort";
      case CONSTRAINT_COMMITHOOK -> "A commit hook callback returned non-zero";
      case CONSTRAINT_DATATYPE ->
          "An insert or update attempted to store a value inconsistent with the column's declared"
              + " type in a table defined as STRICT";
      default -> code.defaultMessage();
    };
  }
}
