package org.libsql4j.error;

/**
 * A primary or extended result code, with SQLite's numbers and default messages.
 *
 * <p>The low 8 bits of an extended code are its primary code. Names are SQLite's without the {@code
 * SQLITE_} prefix. Source: <a href="https://www.sqlite.org/rescode.html">Result and Error
 * Codes</a>.
 */
public enum ResultCode {
  OK(0, "not an error"),
  ERROR(1, "SQL logic error"),
  INTERNAL(2, "unknown error"),
  PERM(3, "access permission denied"),
  ABORT(4, "query aborted"),
  BUSY(5, "database is locked"),
  LOCKED(6, "database table is locked"),
  NOMEM(7, "out of memory"),
  READONLY(8, "attempt to write a readonly database"),
  INTERRUPT(9, "interrupted"),
  IOERR(10, "disk I/O error"),
  CORRUPT(11, "database disk image is malformed"),
  NOTFOUND(12, "unknown operation"),
  FULL(13, "database or disk is full"),
  CANTOPEN(14, "unable to open database file"),
  PROTOCOL(15, "locking protocol"),
  EMPTY(16, "unknown error"),
  SCHEMA(17, "database schema has changed"),
  TOOBIG(18, "string or blob too big"),
  CONSTRAINT(19, "constraint failed"),
  MISMATCH(20, "datatype mismatch"),
  MISUSE(21, "bad parameter or other API misuse"),
  NOLFS(22, "large file support is disabled"),
  AUTH(23, "authorization denied"),
  FORMAT(24, "unknown error"),
  RANGE(25, "column index out of range"),
  NOTADB(26, "file is not a database"),
  NOTICE(27, "notification message"),
  WARNING(28, "warning message"),
  ROW(100, "another row available"),
  DONE(101, "no more rows available"),
  ERROR_MISSING_COLLSEQ(257, "SQL logic error"),
  ERROR_RETRY(513, "SQL logic error"),
  ERROR_SNAPSHOT(769, "SQL logic error"),
  IOERR_READ(266, "disk I/O error"),
  IOERR_SHORT_READ(522, "disk I/O error"),
  IOERR_WRITE(778, "disk I/O error"),
  IOERR_FSYNC(1034, "disk I/O error"),
  IOERR_DIR_FSYNC(1290, "disk I/O error"),
  IOERR_TRUNCATE(1546, "disk I/O error"),
  IOERR_FSTAT(1802, "disk I/O error"),
  IOERR_UNLOCK(2058, "disk I/O error"),
  IOERR_RDLOCK(2314, "disk I/O error"),
  IOERR_DELETE(2570, "disk I/O error"),
  IOERR_BLOCKED(2826, "disk I/O error"),
  IOERR_NOMEM(3082, "disk I/O error"),
  IOERR_ACCESS(3338, "disk I/O error"),
  IOERR_CHECKRESERVEDLOCK(3594, "disk I/O error"),
  IOERR_LOCK(3850, "disk I/O error"),
  IOERR_CLOSE(4106, "disk I/O error"),
  IOERR_DIR_CLOSE(4362, "disk I/O error"),
  IOERR_SHMOPEN(4618, "disk I/O error"),
  IOERR_SHMSIZE(4874, "disk I/O error"),
  IOERR_SHMLOCK(5130, "disk I/O error"),
  IOERR_SHMMAP(5386, "disk I/O error"),
  IOERR_SEEK(5642, "disk I/O error"),
  IOERR_DELETE_NOENT(5898, "disk I/O error"),
  IOERR_MMAP(6154, "disk I/O error"),
  IOERR_GETTEMPPATH(6410, "disk I/O error"),
  IOERR_CONVPATH(6666, "disk I/O error"),
  IOERR_VNODE(6922, "disk I/O error"),
  IOERR_AUTH(7178, "disk I/O error"),
  IOERR_BEGIN_ATOMIC(7434, "disk I/O error"),
  IOERR_COMMIT_ATOMIC(7690, "disk I/O error"),
  IOERR_ROLLBACK_ATOMIC(7946, "disk I/O error"),
  IOERR_DATA(8202, "disk I/O error"),
  IOERR_CORRUPTFS(8458, "disk I/O error"),
  IOERR_IN_PAGE(8714, "disk I/O error"),
  LOCKED_SHAREDCACHE(262, "database table is locked"),
  LOCKED_VTAB(518, "database table is locked"),
  BUSY_RECOVERY(261, "database is locked"),
  BUSY_SNAPSHOT(517, "database is locked"),
  BUSY_TIMEOUT(773, "database is locked"),
  CANTOPEN_NOTEMPDIR(270, "unable to open database file"),
  CANTOPEN_ISDIR(526, "unable to open database file"),
  CANTOPEN_FULLPATH(782, "unable to open database file"),
  CANTOPEN_CONVPATH(1038, "unable to open database file"),
  CANTOPEN_DIRTYWAL(1294, "unable to open database file"),
  CANTOPEN_SYMLINK(1550, "unable to open database file"),
  CORRUPT_VTAB(267, "database disk image is malformed"),
  CORRUPT_SEQUENCE(523, "database disk image is malformed"),
  CORRUPT_INDEX(779, "database disk image is malformed"),
  READONLY_RECOVERY(264, "attempt to write a readonly database"),
  READONLY_CANTLOCK(520, "attempt to write a readonly database"),
  READONLY_ROLLBACK(776, "attempt to write a readonly database"),
  READONLY_DBMOVED(1032, "attempt to write a readonly database"),
  READONLY_CANTINIT(1288, "attempt to write a readonly database"),
  READONLY_DIRECTORY(1544, "attempt to write a readonly database"),
  ABORT_ROLLBACK(516, "abort due to ROLLBACK"),
  CONSTRAINT_CHECK(275, "constraint failed"),
  CONSTRAINT_COMMITHOOK(531, "constraint failed"),
  CONSTRAINT_FOREIGNKEY(787, "constraint failed"),
  CONSTRAINT_FUNCTION(1043, "constraint failed"),
  CONSTRAINT_NOTNULL(1299, "constraint failed"),
  CONSTRAINT_PRIMARYKEY(1555, "constraint failed"),
  CONSTRAINT_TRIGGER(1811, "constraint failed"),
  CONSTRAINT_UNIQUE(2067, "constraint failed"),
  CONSTRAINT_VTAB(2323, "constraint failed"),
  CONSTRAINT_ROWID(2579, "constraint failed"),
  CONSTRAINT_PINNED(2835, "constraint failed"),
  CONSTRAINT_DATATYPE(3091, "constraint failed"),
  NOTICE_RECOVER_WAL(283, "notification message"),
  NOTICE_RECOVER_ROLLBACK(539, "notification message"),
  WARNING_AUTOINDEX(284, "warning message"),
  AUTH_USER(279, "authorization denied"),
  OK_LOAD_PERMANENTLY(256, "not an error"),
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
