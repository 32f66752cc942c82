package org.sqlite;

/**
 * SQLite's flags for opening. Of these READONLY, READWRITE, CREATE, OPEN_MEMORY and SHAREDCACHE
 * have an effect.
 */
public enum SQLiteOpenMode {
  /** For reading only. */
  READONLY(0x1),
  /** For reading and writing. */
  READWRITE(0x2),
  /** The file is made if it is not there. */
  CREATE(0x4),
  /** For the files of the engine itself: deleted when closed. */
  DELETEONCLOSE(0x8),
  /** For the files of the engine itself: an error if the file is there. */
  EXCLUSIVE(0x10),
  /** Without effect: the name may always be a URI. */
  OPEN_URI(0x40),
  /** The database is in memory. */
  OPEN_MEMORY(0x80),
  /** For the files of the engine itself: the main database. */
  MAIN_DB(0x100),
  /** For the files of the engine itself: temporary tables. */
  TEMP_DB(0x200),
  /** For the files of the engine itself: a table of a single statement. */
  TRANSIENT_DB(0x400),
  /** For the files of the engine itself: the journal of a database. */
  MAIN_JOURNAL(0x800),
  /** For the files of the engine itself: the journal of temporary tables. */
  TEMP_JOURNAL(0x1000),
  /** For the files of the engine itself: the journal of a statement. */
  SUBJOURNAL(0x2000),
  /** For the files of the engine itself: the journal of a commit over several files. */
  MASTER_JOURNAL(0x4000),
  /** Without effect: every connection guards itself. */
  NOMUTEX(0x8000),
  /** Without effect: every connection guards itself. */
  FULLMUTEX(0x10000),
  /** Databases in memory are shared by all connections that name them. */
  SHAREDCACHE(0x20000),
  /** Without effect: nothing is shared unless it is asked for. */
  PRIVATECACHE(0x40000);

  /** SQLite's number. */
  public final int flag;

  SQLiteOpenMode(int flag) {
    this.flag = flag;
  }
}
