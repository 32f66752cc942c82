package org.libsql4j.error;

/**
 * A primary or extended result code, with SQLite's numbers and default messages.
 *
 * <p>The low 8 bits of an extended code are its primary code. Names are SQLite's without the {@code
 * SQLITE_} prefix. Source: <a href="https://www.sqlite.org/rescode.html">Result and Error
 * Codes</a>.
 */
public enum ResultCode {
  /** No failure. */
  OK(0, "not an error"),
  /** Something in the SQL text is wrong, or what it asks for cannot be done. */
  ERROR(1, "SQL logic error"),
  /** The engine has a defect. */
  INTERNAL(2, "unknown error"),
  /** The mode in which the file is to be opened is not allowed. */
  PERM(3, "access permission denied"),
  /** The statement was stopped by a callback. */
  ABORT(4, "query aborted"),
  /** Another connection holds the lock, for longer than this one waits. */
  BUSY(5, "database is locked"),
  /** A statement of this connection is in the way. */
  LOCKED(6, "database table is locked"),
  /** No memory. */
  NOMEM(7, "out of memory"),
  /** The database cannot be written. */
  READONLY(8, "attempt to write a readonly database"),
  /** Stopped by an interrupt or a timeout. */
  INTERRUPT(9, "interrupted"),
  /** The operating system reports a failure. */
  IOERR(10, "disk I/O error"),
  /** The file is damaged. */
  CORRUPT(11, "database disk image is malformed"),
  /** Something unknown was asked for. */
  NOTFOUND(12, "unknown operation"),
  /** The disk is full, or the database as large as it may be. */
  FULL(13, "database or disk is full"),
  /** A file cannot be opened. */
  CANTOPEN(14, "unable to open database file"),
  /** Others were in the way again and again while a log was opened. */
  PROTOCOL(15, "locking protocol"),
  /** Not used. */
  EMPTY(16, "unknown error"),
  /** The schema has changed; statements are compiled again by themselves. */
  SCHEMA(17, "database schema has changed"),
  /** A text, blob, row or statement is longer than its limit. */
  TOOBIG(18, "string or blob too big"),
  /** A constraint is violated. */
  CONSTRAINT(19, "constraint failed"),
  /** A value has the wrong type where only one type is possible. */
  MISMATCH(20, "datatype mismatch"),
  /** Something was used that is closed or over, or in a wrong way. */
  MISUSE(21, "bad parameter or other API misuse"),
  /** Not used. */
  NOLFS(22, "large file support is disabled"),
  /** The authorizer says no. */
  AUTH(23, "authorization denied"),
  /** Not used. */
  FORMAT(24, "unknown error"),
  /** There is no parameter or column with this number. */
  RANGE(25, "column index out of range"),
  /** The file is not a database. */
  NOTADB(26, "file is not a database"),
  /** For logs only. */
  NOTICE(27, "notification message"),
  /** For logs only. */
  WARNING(28, "warning message"),
  /** There is a row: no failure. */
  ROW(100, "another row available"),
  /** The statement has ended: no failure. */
  DONE(101, "no more rows available"),
  /** A collation is missing. */
  ERROR_MISSING_COLLSEQ(257, "SQL logic error"),
  /** The statement is to be compiled again; not seen outside. */
  ERROR_RETRY(513, "SQL logic error"),
  /** The snapshot is gone. */
  ERROR_SNAPSHOT(769, "SQL logic error"),
  /** Reading fails. */
  IOERR_READ(266, "disk I/O error"),
  /** The file ends too early. */
  IOERR_SHORT_READ(522, "disk I/O error"),
  /** Writing fails. */
  IOERR_WRITE(778, "disk I/O error"),
  /** Syncing fails. */
  IOERR_FSYNC(1034, "disk I/O error"),
  /** Syncing a folder fails. */
  IOERR_DIR_FSYNC(1290, "disk I/O error"),
  /** Truncating fails. */
  IOERR_TRUNCATE(1546, "disk I/O error"),
  /** The size cannot be read. */
  IOERR_FSTAT(1802, "disk I/O error"),
  /** A lock cannot be given back. */
  IOERR_UNLOCK(2058, "disk I/O error"),
  /** A lock for reading cannot be taken. */
  IOERR_RDLOCK(2314, "disk I/O error"),
  /** A file cannot be deleted. */
  IOERR_DELETE(2570, "disk I/O error"),
  /** Not used. */
  IOERR_BLOCKED(2826, "disk I/O error"),
  /** No memory within an operation on files. */
  IOERR_NOMEM(3082, "disk I/O error"),
  /** Whether a file exists cannot be told. */
  IOERR_ACCESS(3338, "disk I/O error"),
  /** Whether a lock is held cannot be told. */
  IOERR_CHECKRESERVEDLOCK(3594, "disk I/O error"),
  /** Locking fails, other than because somebody has the lock. */
  IOERR_LOCK(3850, "disk I/O error"),
  /** Closing fails. */
  IOERR_CLOSE(4106, "disk I/O error"),
  /** Not used. */
  IOERR_DIR_CLOSE(4362, "disk I/O error"),
  /** The shared memory cannot be opened. */
  IOERR_SHMOPEN(4618, "disk I/O error"),
  /** The shared memory cannot grow. */
  IOERR_SHMSIZE(4874, "disk I/O error"),
  /** Not used. */
  IOERR_SHMLOCK(5130, "disk I/O error"),
  /** The shared memory cannot be mapped. */
  IOERR_SHMMAP(5386, "disk I/O error"),
  /** Going to a place in a file fails. */
  IOERR_SEEK(5642, "disk I/O error"),
  /** The file to delete is not there. */
  IOERR_DELETE_NOENT(5898, "disk I/O error"),
  /** A file cannot be mapped. */
  IOERR_MMAP(6154, "disk I/O error"),
  /** There is no folder for temporary files. */
  IOERR_GETTEMPPATH(6410, "disk I/O error"),
  /** A path cannot be converted. */
  IOERR_CONVPATH(6666, "disk I/O error"),
  /** Reserved for file systems. */
  IOERR_VNODE(6922, "disk I/O error"),
  /** Reserved for file systems. */
  IOERR_AUTH(7178, "disk I/O error"),
  /** Reserved for file systems with atomic writes. */
  IOERR_BEGIN_ATOMIC(7434, "disk I/O error"),
  /** Reserved for file systems with atomic writes. */
  IOERR_COMMIT_ATOMIC(7690, "disk I/O error"),
  /** Reserved for file systems with atomic writes. */
  IOERR_ROLLBACK_ATOMIC(7946, "disk I/O error"),
  /** A checksum of the file system is wrong. */
  IOERR_DATA(8202, "disk I/O error"),
  /** The file system is damaged. */
  IOERR_CORRUPTFS(8458, "disk I/O error"),
  /** The mapped file cannot be read. */
  IOERR_IN_PAGE(8714, "disk I/O error"),
  /** Another connection to the same cache has the table. */
  LOCKED_SHAREDCACHE(262, "database table is locked"),
  /** A virtual table is in use. */
  LOCKED_VTAB(518, "database table is locked"),
  /** Another process is recovering the log. */
  BUSY_RECOVERY(261, "database is locked"),
  /** Others have committed since this transaction began to read: it must begin anew. */
  BUSY_SNAPSHOT(517, "database is locked"),
  /** A lock was waited for in vain. */
  BUSY_TIMEOUT(773, "database is locked"),
  /** Not used. */
  CANTOPEN_NOTEMPDIR(270, "unable to open database file"),
  /** It is a folder. */
  CANTOPEN_ISDIR(526, "unable to open database file"),
  /** The full path cannot be found out. */
  CANTOPEN_FULLPATH(782, "unable to open database file"),
  /** A path cannot be converted. */
  CANTOPEN_CONVPATH(1038, "unable to open database file"),
  /** Not used. */
  CANTOPEN_DIRTYWAL(1294, "unable to open database file"),
  /** It is a symbolic link, which is not allowed. */
  CANTOPEN_SYMLINK(1550, "unable to open database file"),
  /** The content of a virtual table is damaged. */
  CORRUPT_VTAB(267, "database disk image is malformed"),
  /** sqlite_sequence is damaged. */
  CORRUPT_SEQUENCE(523, "database disk image is malformed"),
  /** An entry of an index is missing. */
  CORRUPT_INDEX(779, "database disk image is malformed"),
  /** The log needs recovery, and cannot be written. */
  READONLY_RECOVERY(264, "attempt to write a readonly database"),
  /** The shared memory of the log cannot be locked. */
  READONLY_CANTLOCK(520, "attempt to write a readonly database"),
  /** A hot journal is there that cannot be rolled back. */
  READONLY_ROLLBACK(776, "attempt to write a readonly database"),
  /** The file was moved or deleted since it was opened. */
  READONLY_DBMOVED(1032, "attempt to write a readonly database"),
  /** The shared memory of the log is not there and cannot be made. */
  READONLY_CANTINIT(1288, "attempt to write a readonly database"),
  /** No journal can be made in the folder. */
  READONLY_DIRECTORY(1544, "attempt to write a readonly database"),
  /** The transaction that the statement read in was rolled back. */
  ABORT_ROLLBACK(516, "abort due to ROLLBACK"),
  /** A CHECK constraint is violated. */
  CONSTRAINT_CHECK(275, "constraint failed"),
  /** The commit hook turned the commit into a rollback. */
  CONSTRAINT_COMMITHOOK(531, "constraint failed"),
  /** A foreign key is violated. */
  CONSTRAINT_FOREIGNKEY(787, "constraint failed"),
  /** Reserved for functions. */
  CONSTRAINT_FUNCTION(1043, "constraint failed"),
  /** A NOT NULL constraint is violated. */
  CONSTRAINT_NOTNULL(1299, "constraint failed"),
  /** The primary key is there already. */
  CONSTRAINT_PRIMARYKEY(1555, "constraint failed"),
  /** A trigger called RAISE. */
  CONSTRAINT_TRIGGER(1811, "constraint failed"),
  /** The values of a unique index are there already. */
  CONSTRAINT_UNIQUE(2067, "constraint failed"),
  /** Reserved for virtual tables. */
  CONSTRAINT_VTAB(2323, "constraint failed"),
  /** The rowid is there already. */
  CONSTRAINT_ROWID(2579, "constraint failed"),
  /** A row that is in use was to be changed. */
  CONSTRAINT_PINNED(2835, "constraint failed"),
  /** A value is not of the type of its column in a STRICT table. */
  CONSTRAINT_DATATYPE(3091, "constraint failed"),
  /** For logs only: a log was recovered. */
  NOTICE_RECOVER_WAL(283, "notification message"),
  /** For logs only: a journal was rolled back. */
  NOTICE_RECOVER_ROLLBACK(539, "notification message"),
  /** For logs only: an index was made for a statement. */
  WARNING_AUTOINDEX(284, "warning message"),
  /** Not used. */
  AUTH_USER(279, "authorization denied"),
  /** An extension stays loaded: no failure. */
  OK_LOAD_PERMANENTLY(256, "not an error"),
  /** Internal to file systems: no failure. */
  OK_SYMLINK(512, "not an error");

  private final int code;
  private final String defaultMessage;

  ResultCode(int code, String defaultMessage) {
    this.code = code;
    this.defaultMessage = defaultMessage;
  }

  /** The numeric code, extended if this is an extended code (for example 2067). */
  public int code() {
    return code;
  }

  /** The numeric primary code: the low 8 bits of {@link #code()}. */
  public int primaryCode() {
    return code & 0xff;
  }

  /** The primary code that this code refines; itself when it is primary. */
  public ResultCode primary() {
    return code <= 0xff ? this : of(code & 0xff);
  }

  /** SQLite's name, for example {@code SQLITE_CONSTRAINT_UNIQUE}. */
  public String sqliteName() {
    return "SQLITE_" + name();
  }

  /** What {@code sqlite3_errstr()} says of this code. */
  public String defaultMessage() {
    return defaultMessage;
  }

  /**
   * The constant for a number.
   *
   * @param code a primary or extended code
   * @return the constant; its primary code if the extended one is unknown, {@link #ERROR} if that
   *     is unknown too
   */
  public static ResultCode of(int code) {
    ResultCode primary = ERROR;
    for (ResultCode candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
      if (candidate.code == (code & 0xff)) {
        primary = candidate;
      }
    }
    return primary;
  }
}
