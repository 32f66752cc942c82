package org.sqlite;

import org.libsql4j.error.ResultCode;
import org.libsql4j.jdbc.ResultCodeText;

/** SQLite's result codes, primary and extended. */
public enum SQLiteErrorCode {
  /** A number that is none of these. */
  UNKNOWN_ERROR(-1, "unknown error"),
  /** No failure. */
  SQLITE_OK(ResultCode.OK),
  /** Something in the SQL text is wrong, or what it asks for cannot be done. */
  SQLITE_ERROR(ResultCode.ERROR),
  /** The engine has a defect. */
  SQLITE_INTERNAL(ResultCode.INTERNAL),
  /** The mode in which the file is to be opened is not allowed. */
  SQLITE_PERM(ResultCode.PERM),
  /** The statement was stopped by a callback. */
  SQLITE_ABORT(ResultCode.ABORT),
  /** Another connection holds the lock, for longer than this one waits. */
  SQLITE_BUSY(ResultCode.BUSY),
  /** A statement of this connection is in the way. */
  SQLITE_LOCKED(ResultCode.LOCKED),
  /** No memory. */
  SQLITE_NOMEM(ResultCode.NOMEM),
  /** The database cannot be written. */
  SQLITE_READONLY(ResultCode.READONLY),
  /** Stopped by an interrupt or a timeout. */
  SQLITE_INTERRUPT(ResultCode.INTERRUPT),
  /** The operating system reports a failure. */
  SQLITE_IOERR(ResultCode.IOERR),
  /** The file is damaged. */
  SQLITE_CORRUPT(ResultCode.CORRUPT),
  /** Something unknown was asked for. */
  SQLITE_NOTFOUND(ResultCode.NOTFOUND),
  /** The disk is full, or the database as large as it may be. */
  SQLITE_FULL(ResultCode.FULL),
  /** A file cannot be opened. */
  SQLITE_CANTOPEN(ResultCode.CANTOPEN),
  /** Others were in the way again and again while a log was opened. */
  SQLITE_PROTOCOL(ResultCode.PROTOCOL),
  /** Not used. */
  SQLITE_EMPTY(ResultCode.EMPTY),
  /** The schema has changed; statements are compiled again by themselves. */
  SQLITE_SCHEMA(ResultCode.SCHEMA),
  /** A text, blob, row or statement is longer than its limit. */
  SQLITE_TOOBIG(ResultCode.TOOBIG),
  /** A constraint is violated. */
  SQLITE_CONSTRAINT(ResultCode.CONSTRAINT),
  /** A value has the wrong type where only one type is possible. */
  SQLITE_MISMATCH(ResultCode.MISMATCH),
  /** Something was used that is closed or over, or in a wrong way. */
  SQLITE_MISUSE(ResultCode.MISUSE),
  /** Not used. */
  SQLITE_NOLFS(ResultCode.NOLFS),
  /** The authorizer says no. */
  SQLITE_AUTH(ResultCode.AUTH),
  /** Not used. */
  SQLITE_FORMAT(ResultCode.FORMAT),
  /** There is no parameter or column with this number. */
  SQLITE_RANGE(ResultCode.RANGE),
  /** The file is not a database. */
  SQLITE_NOTADB(ResultCode.NOTADB),
  /** For logs only. */
  SQLITE_NOTICE(ResultCode.NOTICE),
  /** For logs only. */
  SQLITE_WARNING(ResultCode.WARNING),
  /** There is a row: no failure. */
  SQLITE_ROW(ResultCode.ROW),
  /** The statement has ended: no failure. */
  SQLITE_DONE(ResultCode.DONE),
  /** A collation is missing. */
  SQLITE_ERROR_MISSING_COLLSEQ(ResultCode.ERROR_MISSING_COLLSEQ),
  /** The statement is to be compiled again; not seen outside. */
  SQLITE_ERROR_RETRY(ResultCode.ERROR_RETRY),
  /** The snapshot is gone. */
  SQLITE_ERROR_SNAPSHOT(ResultCode.ERROR_SNAPSHOT),
  /** Reading fails. */
  SQLITE_IOERR_READ(ResultCode.IOERR_READ),
  /** The file ends too early. */
  SQLITE_IOERR_SHORT_READ(ResultCode.IOERR_SHORT_READ),
  /** Writing fails. */
  SQLITE_IOERR_WRITE(ResultCode.IOERR_WRITE),
  /** Syncing fails. */
  SQLITE_IOERR_FSYNC(ResultCode.IOERR_FSYNC),
  /** Syncing a folder fails. */
  SQLITE_IOERR_DIR_FSYNC(ResultCode.IOERR_DIR_FSYNC),
  /** Truncating fails. */
  SQLITE_IOERR_TRUNCATE(ResultCode.IOERR_TRUNCATE),
  /** The size cannot be read. */
  SQLITE_IOERR_FSTAT(ResultCode.IOERR_FSTAT),
  /** A lock cannot be given back. */
  SQLITE_IOERR_UNLOCK(ResultCode.IOERR_UNLOCK),
  /** A lock for reading cannot be taken. */
  SQLITE_IOERR_RDLOCK(ResultCode.IOERR_RDLOCK),
  /** A file cannot be deleted. */
  SQLITE_IOERR_DELETE(ResultCode.IOERR_DELETE),
  /** Not used. */
  SQLITE_IOERR_BLOCKED(ResultCode.IOERR_BLOCKED),
  /** No memory within an operation on files. */
  SQLITE_IOERR_NOMEM(ResultCode.IOERR_NOMEM),
  /** Whether a file exists cannot be told. */
  SQLITE_IOERR_ACCESS(ResultCode.IOERR_ACCESS),
  /** Whether a lock is held cannot be told. */
  SQLITE_IOERR_CHECKRESERVEDLOCK(ResultCode.IOERR_CHECKRESERVEDLOCK),
  /** Locking fails, other than because somebody has the lock. */
  SQLITE_IOERR_LOCK(ResultCode.IOERR_LOCK),
  /** Closing fails. */
  SQLITE_IOERR_CLOSE(ResultCode.IOERR_CLOSE),
  /** Not used. */
  SQLITE_IOERR_DIR_CLOSE(ResultCode.IOERR_DIR_CLOSE),
  /** The shared memory cannot be opened. */
  SQLITE_IOERR_SHMOPEN(ResultCode.IOERR_SHMOPEN),
  /** The shared memory cannot grow. */
  SQLITE_IOERR_SHMSIZE(ResultCode.IOERR_SHMSIZE),
  /** Not used. */
  SQLITE_IOERR_SHMLOCK(ResultCode.IOERR_SHMLOCK),
  /** The shared memory cannot be mapped. */
  SQLITE_IOERR_SHMMAP(ResultCode.IOERR_SHMMAP),
  /** Going to a place in a file fails. */
  SQLITE_IOERR_SEEK(ResultCode.IOERR_SEEK),
  /** The file to delete is not there. */
  SQLITE_IOERR_DELETE_NOENT(ResultCode.IOERR_DELETE_NOENT),
  /** A file cannot be mapped. */
  SQLITE_IOERR_MMAP(ResultCode.IOERR_MMAP),
  /** There is no folder for temporary files. */
  SQLITE_IOERR_GETTEMPPATH(ResultCode.IOERR_GETTEMPPATH),
  /** A path cannot be converted. */
  SQLITE_IOERR_CONVPATH(ResultCode.IOERR_CONVPATH),
  /** Reserved for file systems. */
  SQLITE_IOERR_VNODE(ResultCode.IOERR_VNODE),
  /** Reserved for file systems. */
  SQLITE_IOERR_AUTH(ResultCode.IOERR_AUTH),
  /** Reserved for file systems with atomic writes. */
  SQLITE_IOERR_BEGIN_ATOMIC(ResultCode.IOERR_BEGIN_ATOMIC),
  /** Reserved for file systems with atomic writes. */
  SQLITE_IOERR_COMMIT_ATOMIC(ResultCode.IOERR_COMMIT_ATOMIC),
  /** Reserved for file systems with atomic writes. */
  SQLITE_IOERR_ROLLBACK_ATOMIC(ResultCode.IOERR_ROLLBACK_ATOMIC),
  /** A checksum of the file system is wrong. */
  SQLITE_IOERR_DATA(ResultCode.IOERR_DATA),
  /** The file system is damaged. */
  SQLITE_IOERR_CORRUPTFS(ResultCode.IOERR_CORRUPTFS),
  /** The mapped file cannot be read. */
  SQLITE_IOERR_IN_PAGE(ResultCode.IOERR_IN_PAGE),
  /** Another connection to the same cache has the table. */
  SQLITE_LOCKED_SHAREDCACHE(ResultCode.LOCKED_SHAREDCACHE),
  /** A virtual table is in use. */
  SQLITE_LOCKED_VTAB(ResultCode.LOCKED_VTAB),
  /** Another process is recovering the log. */
  SQLITE_BUSY_RECOVERY(ResultCode.BUSY_RECOVERY),
  /** Others have committed since this transaction began to read: it must begin anew. */
  SQLITE_BUSY_SNAPSHOT(ResultCode.BUSY_SNAPSHOT),
  /** A lock was waited for in vain. */
  SQLITE_BUSY_TIMEOUT(ResultCode.BUSY_TIMEOUT),
  /** Not used. */
  SQLITE_CANTOPEN_NOTEMPDIR(ResultCode.CANTOPEN_NOTEMPDIR),
  /** It is a folder. */
  SQLITE_CANTOPEN_ISDIR(ResultCode.CANTOPEN_ISDIR),
  /** The full path cannot be found out. */
  SQLITE_CANTOPEN_FULLPATH(ResultCode.CANTOPEN_FULLPATH),
  /** A path cannot be converted. */
  SQLITE_CANTOPEN_CONVPATH(ResultCode.CANTOPEN_CONVPATH),
  /** Not used. */
  SQLITE_CANTOPEN_DIRTYWAL(ResultCode.CANTOPEN_DIRTYWAL),
  /** It is a symbolic link, which is not allowed. */
  SQLITE_CANTOPEN_SYMLINK(ResultCode.CANTOPEN_SYMLINK),
  /** The content of a virtual table is damaged. */
  SQLITE_CORRUPT_VTAB(ResultCode.CORRUPT_VTAB),
  /** sqlite_sequence is damaged. */
  SQLITE_CORRUPT_SEQUENCE(ResultCode.CORRUPT_SEQUENCE),
  /** An entry of an index is missing. */
  SQLITE_CORRUPT_INDEX(ResultCode.CORRUPT_INDEX),
  /** The log needs recovery, and cannot be written. */
  SQLITE_READONLY_RECOVERY(ResultCode.READONLY_RECOVERY),
  /** The shared memory of the log cannot be locked. */
  SQLITE_READONLY_CANTLOCK(ResultCode.READONLY_CANTLOCK),
  /** A hot journal is there that cannot be rolled back. */
  SQLITE_READONLY_ROLLBACK(ResultCode.READONLY_ROLLBACK),
  /** The file was moved or deleted since it was opened. */
  SQLITE_READONLY_DBMOVED(ResultCode.READONLY_DBMOVED),
  /** The shared memory of the log is not there and cannot be made. */
  SQLITE_READONLY_CANTINIT(ResultCode.READONLY_CANTINIT),
  /** No journal can be made in the folder. */
  SQLITE_READONLY_DIRECTORY(ResultCode.READONLY_DIRECTORY),
  /** The transaction that the statement read in was rolled back. */
  SQLITE_ABORT_ROLLBACK(ResultCode.ABORT_ROLLBACK),
  /** A CHECK constraint is violated. */
  SQLITE_CONSTRAINT_CHECK(ResultCode.CONSTRAINT_CHECK),
  /** The commit hook turned the commit into a rollback. */
  SQLITE_CONSTRAINT_COMMITHOOK(ResultCode.CONSTRAINT_COMMITHOOK),
  /** A foreign key is violated. */
  SQLITE_CONSTRAINT_FOREIGNKEY(ResultCode.CONSTRAINT_FOREIGNKEY),
  /** Reserved for functions. */
  SQLITE_CONSTRAINT_FUNCTION(ResultCode.CONSTRAINT_FUNCTION),
  /** A NOT NULL constraint is violated. */
  SQLITE_CONSTRAINT_NOTNULL(ResultCode.CONSTRAINT_NOTNULL),
  /** The primary key is there already. */
  SQLITE_CONSTRAINT_PRIMARYKEY(ResultCode.CONSTRAINT_PRIMARYKEY),
  /** A trigger called RAISE. */
  SQLITE_CONSTRAINT_TRIGGER(ResultCode.CONSTRAINT_TRIGGER),
  /** The values of a unique index are there already. */
  SQLITE_CONSTRAINT_UNIQUE(ResultCode.CONSTRAINT_UNIQUE),
  /** Reserved for virtual tables. */
  SQLITE_CONSTRAINT_VTAB(ResultCode.CONSTRAINT_VTAB),
  /** The rowid is there already. */
  SQLITE_CONSTRAINT_ROWID(ResultCode.CONSTRAINT_ROWID),
  /** A row that is in use was to be changed. */
  SQLITE_CONSTRAINT_PINNED(ResultCode.CONSTRAINT_PINNED),
  /** A value is not of the type of its column in a STRICT table. */
  SQLITE_CONSTRAINT_DATATYPE(ResultCode.CONSTRAINT_DATATYPE),
  /** For logs only: a log was recovered. */
  SQLITE_NOTICE_RECOVER_WAL(ResultCode.NOTICE_RECOVER_WAL),
  /** For logs only: a journal was rolled back. */
  SQLITE_NOTICE_RECOVER_ROLLBACK(ResultCode.NOTICE_RECOVER_ROLLBACK),
  /** For logs only: an index was made for a statement. */
  SQLITE_WARNING_AUTOINDEX(ResultCode.WARNING_AUTOINDEX),
  /** Not used. */
  SQLITE_AUTH_USER(ResultCode.AUTH_USER),
  /** An extension stays loaded: no failure. */
  SQLITE_OK_LOAD_PERMANENTLY(ResultCode.OK_LOAD_PERMANENTLY),
  /** Internal to file systems: no failure. */
  SQLITE_OK_SYMLINK(ResultCode.OK_SYMLINK);

  /** SQLite's number. */
  public final int code;

  /** What kind of failure it is. */
  public final String message;

  SQLiteErrorCode(ResultCode code) {
    this(code.code(), ResultCodeText.of(code));
  }

  SQLiteErrorCode(int code, String message) {
    this.code = code;
    this.message = message;
  }

  /** The code of a number; {@link #UNKNOWN_ERROR} if there is none. */
  public static SQLiteErrorCode getErrorCode(int number) {
    for (SQLiteErrorCode candidate : values()) {
      if (candidate.code == number) {
        return candidate;
      }
    }
    return UNKNOWN_ERROR;
  }

  @Override
  public String toString() {
    return "[" + name() + "] " + message;
  }
}
