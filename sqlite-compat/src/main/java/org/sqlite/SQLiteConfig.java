package org.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options of a connection, with setters. To be set up before it is used. */
public class SQLiteConfig {
  /** What dates look like that are stored as text, unless it is set. */
  public static final String DEFAULT_DATE_STRING_FORMAT = "yyyy-MM-dd HH:mm:ss.SSS";

  static final int DEFAULT_BUSY_TIMEOUT_MILLIS = 3_000;

  /** Read, write, create, and take URIs. */
  private static final int DEFAULT_OPEN_MODE = 0x46;

  /** What a pragma of an open connection cannot set. */
  private static final Set<Pragma> NO_PRAGMAS =
      EnumSet.range(Pragma.LIMIT_LENGTH, Pragma.JDBC_GET_GENERATED_KEYS);

  private static final Pattern BARE = Pattern.compile("[-+]?\\w+");

  static {
    NO_PRAGMAS.remove(Pragma.BUSY_TIMEOUT);
    NO_PRAGMAS.add(Pragma.OPEN_MODE);
    NO_PRAGMAS.add(Pragma.SHARED_CACHE);
    NO_PRAGMAS.add(Pragma.LOAD_EXTENSION);
  }

  private final Properties values = new Properties();
  private int openMode;

  /** With every option as the driver has it unless it is set. */
  public SQLiteConfig() {
    this(new Properties());
  }

  /** With the options that are set in properties. */
  public SQLiteConfig(Properties properties) {
    values.setProperty(Pragma.SHARED_CACHE.pragmaName, "false");
    values.setProperty(Pragma.TRANSACTION_MODE.pragmaName, TransactionMode.DEFERRED.getValue());
    values.setProperty(Pragma.DATE_CLASS.pragmaName, DateClass.INTEGER.getValue());
    values.setProperty(Pragma.DATE_PRECISION.pragmaName, DatePrecision.MILLISECONDS.getValue());
    values.setProperty(Pragma.DATE_STRING_FORMAT.pragmaName, DEFAULT_DATE_STRING_FORMAT);
    values.setProperty(Pragma.BUSY_TIMEOUT.pragmaName, String.valueOf(DEFAULT_BUSY_TIMEOUT_MILLIS));
    values.setProperty(Pragma.JDBC_EXPLICIT_READONLY.pragmaName, "false");
    values.setProperty(Pragma.JDBC_GET_GENERATED_KEYS.pragmaName, "true");
    for (String name : properties.stringPropertyNames()) {
      values.setProperty(name, String.valueOf(properties.getProperty(name)));
    }
    openMode = integer(Pragma.OPEN_MODE, DEFAULT_OPEN_MODE);
  }

  // ---- use
  // ----------------------------------------------------------------------------------------

  /** Opens a connection with these options. */
  public Connection createConnection(String url) throws SQLException {
    Connection connection = JDBC.createConnection(url, toProperties());
    if (connection == null) {
      throw new SQLException("invalid database address: " + url);
    }
    return connection;
  }

  /** Runs those options that are pragmas on an open connection. */
  public void apply(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Pragma pragma : Pragma.values()) {
        String value = values.getProperty(pragma.pragmaName);
        if (value != null && !NO_PRAGMAS.contains(pragma)) {
          String text =
              BARE.matcher(value).matches() ? value : "'" + value.replace("'", "''") + "'";
          statement.execute("PRAGMA " + pragma.pragmaName + " = " + text);
        }
      }
    }
  }

  /** The options as properties for {@code DriverManager}. */
  public Properties toProperties() {
    Properties copy = new Properties();
    copy.putAll(values);
    copy.setProperty(Pragma.OPEN_MODE.pragmaName, String.valueOf(openMode));
    return copy;
  }

  private void set(Pragma pragma, String value) {
    values.setProperty(pragma.pragmaName, value);
  }

  private int integer(Pragma pragma, int otherwise) {
    String value = values.getProperty(pragma.pragmaName);
    return value == null ? otherwise : Integer.parseInt(value.trim());
  }

  /** Sets any option. */
  public void setPragma(Pragma pragma, String value) {
    if (pragma == Pragma.OPEN_MODE) {
      openMode = Integer.parseInt(value);
    }
    set(pragma, value);
  }

  // ---- opening
  // ------------------------------------------------------------------------------------

  /** SQLite's flags for opening. */
  public int getOpenModeFlags() {
    return openMode;
  }

  /** Adds a flag. */
  public void setOpenMode(SQLiteOpenMode mode) {
    openMode |= mode.flag;
  }

  /** Removes a flag. */
  public void resetOpenMode(SQLiteOpenMode mode) {
    openMode &= ~mode.flag;
  }

  /** Whether the database is opened for reading only. */
  public void setReadOnly(boolean value) {
    if (value) {
      setOpenMode(SQLiteOpenMode.READONLY);
      resetOpenMode(SQLiteOpenMode.CREATE);
      resetOpenMode(SQLiteOpenMode.READWRITE);
    } else {
      setOpenMode(SQLiteOpenMode.READWRITE);
      setOpenMode(SQLiteOpenMode.CREATE);
      resetOpenMode(SQLiteOpenMode.READONLY);
    }
  }

  // ---- options
  // ------------------------------------------------------------------------------------

  /** Whether databases in memory are shared by all connections that name them. */
  public void setSharedCache(boolean value) {
    set(Pragma.SHARED_CACHE, String.valueOf(value));
  }

  /** Without effect: there are no native extensions. */
  public void enableLoadExtension(boolean value) {
    set(Pragma.LOAD_EXTENSION, String.valueOf(value));
  }

  /** Pages to keep in memory; KiB if negative. */
  public void setCacheSize(int value) {
    set(Pragma.CACHE_SIZE, String.valueOf(value));
  }

  /** Whether indexes may be made for a single query. */
  public void enableAutomaticIndex(boolean value) {
    set(Pragma.AUTOMATIC_INDEX, String.valueOf(value));
  }

  /** Whether changed pages may be written before commit. */
  public void setCacheSpill(boolean value) {
    set(Pragma.CACHE_SPILL, String.valueOf(value));
  }

  /** How many changed pages are kept before they may be written. */
  public void setCacheSpill(int value) {
    set(Pragma.CACHE_SPILL, String.valueOf(value));
  }

  /** Whether LIKE heeds letter case. */
  public void enableCaseSensitiveLike(boolean value) {
    set(Pragma.CASE_SENSITIVE_LIKE, String.valueOf(value));
  }

  /** Whether changes give a row with their count. */
  public void enableCountChanges(boolean value) {
    set(Pragma.COUNT_CHANGES, String.valueOf(value));
  }

  /** Pages to keep in memory in every connection to the file, kept in its header. */
  public void setDefaultCacheSize(int value) {
    set(Pragma.DEFAULT_CACHE_SIZE, String.valueOf(value));
  }

  /** Whether foreign keys are checked at commit. */
  public void deferForeignKeys(boolean value) {
    set(Pragma.DEFER_FOREIGN_KEYS, String.valueOf(value));
  }

  /** Without effect. */
  public void enableEmptyResultCallBacks(boolean value) {
    set(Pragma.EMPTY_RESULT_CALLBACKS, String.valueOf(value));
  }

  /** Whether foreign keys are enforced; false unless set. */
  public void enforceForeignKeys(boolean value) {
    set(Pragma.FOREIGN_KEYS, String.valueOf(value));
  }

  /** Whether column names hold the table's. */
  public void enableFullColumnNames(boolean value) {
    set(Pragma.FULL_COLUMN_NAMES, String.valueOf(value));
  }

  /** Without effect outside of macOS. */
  public void enableFullSync(boolean value) {
    set(Pragma.FULL_SYNC, String.valueOf(value));
  }

  /** How many pages to free. */
  public void incrementalVacuum(int value) {
    set(Pragma.INCREMENTAL_VACUUM, String.valueOf(value));
  }

  /** Bytes of the journal to keep. */
  public void setJournalSizeLimit(int value) {
    set(Pragma.JOURNAL_SIZE_LIMIT, String.valueOf(value));
  }

  /** Without effect. */
  public void useLegacyFileFormat(boolean value) {
    set(Pragma.LEGACY_FILE_FORMAT, String.valueOf(value));
  }

  /** Whether ALTER TABLE works as before 3.25. */
  public void setLegacyAlterTable(boolean value) {
    set(Pragma.LEGACY_ALTER_TABLE, String.valueOf(value));
  }

  /** Bytes of a page of a new database. */
  public void setPageSize(int value) {
    set(Pragma.PAGE_SIZE, String.valueOf(value));
  }

  /** How large the file may grow, in pages. */
  public void setMaxPageCount(int value) {
    set(Pragma.MAX_PAGE_COUNT, String.valueOf(value));
  }

  /** Kept, without effect. */
  public void setReadUncommitted(boolean value) {
    set(Pragma.READ_UNCOMMITTED, String.valueOf(value));
  }

  /** Whether triggers fire triggers again. */
  public void enableRecursiveTriggers(boolean value) {
    set(Pragma.RECURSIVE_TRIGGERS, String.valueOf(value));
  }

  /** Whether rows without an order come in reverse. */
  public void enableReverseUnorderedSelects(boolean value) {
    set(Pragma.REVERSE_UNORDERED_SELECTS, String.valueOf(value));
  }

  /** Whether column names are the column's alone. */
  public void enableShortColumnNames(boolean value) {
    set(Pragma.SHORT_COLUMN_NAMES, String.valueOf(value));
  }

  /** Sets the number in the file's header. */
  public void setUserVersion(int value) {
    set(Pragma.USER_VERSION, String.valueOf(value));
  }

  /** Sets the number in the file's header. */
  public void setApplicationId(int value) {
    set(Pragma.APPLICATION_ID, String.valueOf(value));
  }

  /** Pages in the log that start a checkpoint. */
  public void setWalAutocheckpoint(int value) {
    set(Pragma.WAL_AUTOCHECKPOINT, String.valueOf(value));
  }

  /** Without effect: connections can be made read-only at any time. */
  public void setExplicitReadOnly(boolean value) {
    set(Pragma.JDBC_EXPLICIT_READONLY, String.valueOf(value));
  }

  /** Without effect: generated keys cost nothing. */
  public void setGetGeneratedKeys(boolean value) {
    set(Pragma.JDBC_GET_GENERATED_KEYS, String.valueOf(value));
  }

  /** How long to wait for locks, in milliseconds. */
  public void setBusyTimeout(int value) {
    set(Pragma.BUSY_TIMEOUT, String.valueOf(value));
  }

  /** Text encoding of a new database. */
  public void setEncoding(Encoding value) {
    set(Pragma.ENCODING, value.getValue());
  }

  /** How commits are made safe. */
  public void setJournalMode(JournalMode value) {
    set(Pragma.JOURNAL_MODE, value.getValue());
  }

  /** Whether locks are kept. */
  public void setLockingMode(LockingMode value) {
    set(Pragma.LOCKING_MODE, value.getValue());
  }

  /** How much to wait for the disk. */
  public void setSynchronous(SynchronousMode value) {
    set(Pragma.SYNCHRONOUS, value.getValue());
  }

  /** Without effect: encryption is not supported. */
  public void setHexKeyMode(HexKeyMode value) {
    set(Pragma.HEXKEY_MODE, value.getValue());
  }

  /** Where temporary tables are. */
  public void setTempStore(TempStore value) {
    set(Pragma.TEMP_STORE, value.getValue());
  }

  /** How transactions begin when auto-commit is off. */
  public void setTransactionMode(TransactionMode value) {
    set(Pragma.TRANSACTION_MODE, value.getValue());
  }

  /** Without effect. */
  public void setTempStoreDirectory(String value) {
    set(Pragma.TEMP_STORE_DIRECTORY, value);
  }

  /** What dates look like that are stored as text. */
  public void setDateStringFormat(String value) {
    set(Pragma.DATE_STRING_FORMAT, value);
  }

  /** How transactions begin, by the name of the mode. */
  public void setTransactionMode(String mode) {
    setTransactionMode(TransactionMode.getMode(mode));
  }

  /** What INTEGER dates count: SECONDS or MILLISECONDS. */
  public void setDatePrecision(String precision) {
    set(Pragma.DATE_PRECISION, DatePrecision.getPrecision(precision).getValue());
  }

  /** How dates are stored: INTEGER, TEXT or REAL. */
  public void setDateClass(String dateClass) {
    set(Pragma.DATE_CLASS, DateClass.getDateClass(dateClass).getValue());
  }

  // ---- what is set
  // --------------------------------------------------------------------------------

  private boolean isSet(Pragma pragma) {
    return Boolean.parseBoolean(values.getProperty(pragma.pragmaName));
  }

  /** Whether databases in memory are shared by all connections that name them. */
  public boolean isEnabledSharedCache() {
    return isSet(Pragma.SHARED_CACHE);
  }

  /** What {@link #enableLoadExtension} has set; it has no effect. */
  public boolean isEnabledLoadExtension() {
    return isSet(Pragma.LOAD_EXTENSION);
  }

  /** What {@link #setExplicitReadOnly} has set; it has no effect. */
  public boolean isExplicitReadOnly() {
    return isSet(Pragma.JDBC_EXPLICIT_READONLY);
  }

  /** What {@link #setGetGeneratedKeys} has set; it has no effect. */
  public boolean isGetGeneratedKeys() {
    return isSet(Pragma.JDBC_GET_GENERATED_KEYS);
  }

  /** How long to wait for locks, in milliseconds. */
  public int getBusyTimeout() {
    return integer(Pragma.BUSY_TIMEOUT, DEFAULT_BUSY_TIMEOUT_MILLIS);
  }

  /** What of this belongs to the driver. */
  public SQLiteConnectionConfig newConnectionConfig() {
    return SQLiteConnectionConfig.fromPragmaTable(toProperties());
  }

  /** How transactions begin when auto-commit is off. */
  public TransactionMode getTransactionMode() {
    return TransactionMode.getMode(
        String.valueOf(values.getProperty(Pragma.TRANSACTION_MODE.pragmaName)));
  }

  // ---- names and values
  // ---------------------------------------------------------------------------

  /** What an option may be set to. */
  interface PragmaValue {
    /** The value as the pragma or the URL takes it. */
    String getValue();
  }

  /** The options; not all of them are pragmas. */
  public enum Pragma {
    /** SQLite's flags for opening, those of {@link SQLiteOpenMode} added up. */
    OPEN_MODE("open_mode", "SQLite's flags for opening"),
    /** Whether databases in memory are shared by all connections that name them. */
    SHARED_CACHE("shared_cache", "databases in memory are shared by name", "true", "false"),
    /** Without effect: there are no native extensions. */
    LOAD_EXTENSION("enable_load_extension", "without effect", "true", "false"),
    /** Whether indexes may be made for a single query. */
    AUTOMATIC_INDEX("automatic_index", "indexes may be made for a single query", "true", "false"),
    /** Pages to keep in memory; KiB if negative. */
    CACHE_SIZE("cache_size", "pages to keep in memory; KiB if negative"),
    /** Whether changed pages may be written before commit, or from how many on. */
    CACHE_SPILL("cache_spill", "changed pages may be written before commit"),
    /** How many bytes of the file may be mapped. */
    MMAP_SIZE("mmap_size", "bytes of the file to map"),
    /** Whether LIKE heeds letter case. */
    CASE_SENSITIVE_LIKE("case_sensitive_like", "LIKE heeds letter case", "true", "false"),
    /** Whether changes give a row with their count. */
    COUNT_CHANGES("count_changes", "changes give a row with their count", "true", "false"),
    /** Pages to keep in memory in every connection to the file, kept in its header. */
    DEFAULT_CACHE_SIZE("default_cache_size", "without effect"),
    /** Whether foreign keys are checked at commit. */
    DEFER_FOREIGN_KEYS("defer_foreign_keys", "foreign keys are checked at commit", "true", "false"),
    /** Without effect: there are no such callbacks in JDBC. */
    EMPTY_RESULT_CALLBACKS("empty_result_callback", "an old option of the shell", "true", "false"),
    /** Text encoding of a new database. */
    ENCODING(
        "encoding", "text encoding of a new database", "UTF-8", "UTF-16", "UTF-16le", "UTF-16be"),
    /** Whether foreign keys are enforced. */
    FOREIGN_KEYS("foreign_keys", "foreign keys are enforced", "true", "false"),
    /** Whether column names hold the table's. */
    FULL_COLUMN_NAMES("full_column_names", "column names hold the table's", "true", "false"),
    /** Without effect outside of macOS. */
    FULL_SYNC("fullsync", "only on macOS", "true", "false"),
    /** How many pages to free. */
    INCREMENTAL_VACUUM("incremental_vacuum", "pages to free"),
    /** How commits are made safe, as {@link JournalMode} says. */
    JOURNAL_MODE(
        "journal_mode",
        "how commits are made safe",
        "DELETE",
        "TRUNCATE",
        "PERSIST",
        "MEMORY",
        "WAL",
        "OFF"),
    /** How many bytes of the journal are kept after a transaction. */
    JOURNAL_SIZE_LIMIT("journal_size_limit", "bytes of the journal to keep"),
    /** Whether ALTER TABLE works as before 3.25. */
    LEGACY_ALTER_TABLE("legacy_alter_table", "ALTER TABLE as before 3.25", "true", "false"),
    /** Without effect. */
    LEGACY_FILE_FORMAT("legacy_file_format", "without effect", "true", "false"),
    /** Whether locks are kept after a transaction, as {@link LockingMode} says. */
    LOCKING_MODE("locking_mode", "whether locks are kept", "NORMAL", "EXCLUSIVE"),
    /** Bytes of a page of a new database. */
    PAGE_SIZE("page_size", "bytes of a page of a new database"),
    /** How large the file may grow, in pages. */
    MAX_PAGE_COUNT("max_page_count", "how large the file may grow, in pages"),
    /** Kept, without effect. */
    READ_UNCOMMITTED("read_uncommitted", "for shared caches", "true", "false"),
    /** Whether triggers fire triggers again. */
    RECURSIVE_TRIGGERS("recursive_triggers", "triggers fire triggers again", "true", "false"),
    /** Whether rows without an order come in reverse. */
    REVERSE_UNORDERED_SELECTS(
        "reverse_unordered_selects", "rows without an order come in reverse", "true", "false"),
    /** Whether deleted content is overwritten with zeros. */
    SECURE_DELETE("secure_delete", "deleted content is overwritten", "true", "false"),
    /** Whether column names are the column's alone. */
    SHORT_COLUMN_NAMES(
        "short_column_names", "column names are the column's alone", "true", "false"),
    /** How much to wait for the disk, as {@link SynchronousMode} says. */
    SYNCHRONOUS("synchronous", "how much to wait for the disk", "OFF", "NORMAL", "FULL"),
    /** Where temporary tables are, as {@link TempStore} says. */
    TEMP_STORE("temp_store", "where temporary tables are", "DEFAULT", "FILE", "MEMORY"),
    /** Without effect. */
    TEMP_STORE_DIRECTORY("temp_store_directory", "without effect"),
    /** The application's version of its schema, a number in the file's header. */
    USER_VERSION("user_version", "number in the file's header"),
    /** The application that the file belongs to, a number in the file's header. */
    APPLICATION_ID("application_id", "number in the file's header"),
    /** How many pages in the log start a checkpoint. */
    WAL_AUTOCHECKPOINT("wal_autocheckpoint", "pages in the log that start a checkpoint"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_LENGTH} of the connection. */
    LIMIT_LENGTH("limit_length", "a limit at run time"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_SQL_LENGTH} of the connection. */
    LIMIT_SQL_LENGTH("limit_sql_length", "a limit at run time"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_COLUMN} of the connection. */
    LIMIT_COLUMN("limit_column", "a limit at run time"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_EXPR_DEPTH} of the connection. */
    LIMIT_EXPR_DEPTH("limit_expr_depth", "a limit at run time"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_COMPOUND_SELECT} of the connection. */
    LIMIT_COMPOUND_SELECT("limit_compound_select", "a limit at run time"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_VDBE_OP} of the connection. */
    LIMIT_VDBE_OP("limit_vdbe_op", "a limit at run time"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_FUNCTION_ARG} of the connection. */
    LIMIT_FUNCTION_ARG("limit_function_arg", "a limit at run time"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_ATTACHED} of the connection. */
    LIMIT_ATTACHED("limit_attached", "a limit at run time"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_LIKE_PATTERN_LENGTH} of the connection. */
    LIMIT_LIKE_PATTERN_LENGTH("limit_like_pattern_length", "a limit at run time"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_VARIABLE_NUMBER} of the connection. */
    LIMIT_VARIABLE_NUMBER("limit_variable_number", "a limit at run time"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_TRIGGER_DEPTH} of the connection. */
    LIMIT_TRIGGER_DEPTH("limit_trigger_depth", "a limit at run time"),
    /** {@link SQLiteLimits#SQLITE_LIMIT_WORKER_THREADS} of the connection. */
    LIMIT_WORKER_THREADS("limit_worker_threads", "a limit at run time"),
    /** Without effect; {@link #MAX_PAGE_COUNT} has. */
    LIMIT_PAGE_COUNT("limit_page_count", "without effect"),
    /** How transactions begin when auto-commit is off, as {@link TransactionMode} says. */
    TRANSACTION_MODE(
        "transaction_mode", "how transactions begin", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"),
    /** What INTEGER dates count, as {@link DatePrecision} says. */
    DATE_PRECISION("date_precision", "what INTEGER dates count", "SECONDS", "MILLISECONDS"),
    /** How dates are stored, as {@link DateClass} says. */
    DATE_CLASS("date_class", "how dates are stored", "INTEGER", "TEXT", "REAL"),
    /** What TEXT dates look like, as a pattern of {@link java.time.format.DateTimeFormatter}. */
    DATE_STRING_FORMAT("date_string_format", "what TEXT dates look like"),
    /** How long to wait for locks, in milliseconds. */
    BUSY_TIMEOUT("busy_timeout", "milliseconds to wait for locks"),
    /** Without effect: encryption is not supported. */
    HEXKEY_MODE("hexkey_mode", "without effect", "NONE", "SSE", "SQLCIPHER"),
    /** Without effect: encryption is not supported. */
    PASSWORD("password", "without effect"),
    /** Without effect: connections can be made read-only at any time. */
    JDBC_EXPLICIT_READONLY("jdbc.explicit_readonly", "without effect", "true", "false"),
    /** Without effect: generated keys cost nothing. */
    JDBC_GET_GENERATED_KEYS("jdbc.get_generated_keys", "without effect", "true", "false");

    /** The name in URLs and properties. */
    public final String pragmaName;

    /** What it may be, or null if there is no list. */
    public final String @Nullable [] choices;

    /** What the option does, in a few words. */
    public final String description;

    Pragma(String pragmaName, String description, String... choices) {
      this.pragmaName = pragmaName;
      this.description = description;
      this.choices = choices.length == 0 ? null : choices;
    }

    /** The name in URLs and properties. */
    public final String getPragmaName() {
      return pragmaName;
    }
  }

  /** Text encodings. */
  public enum Encoding implements PragmaValue {
    /** One byte for ASCII, up to four for the rest. */
    UTF8("UTF-8"),
    /** As {@link #UTF16_LITTLE_ENDIAN}, on every machine. */
    UTF16("UTF-16"),
    /** Two or four bytes, the lower first. */
    UTF16_LITTLE_ENDIAN("UTF-16le"),
    /** Two or four bytes, the higher first. */
    UTF16_BIG_ENDIAN("UTF-16be"),
    /** The same as {@link #UTF8}. */
    UTF_8("UTF-8"),
    /** The same as {@link #UTF16}. */
    UTF_16("UTF-16"),
    /** The same as {@link #UTF16_LITTLE_ENDIAN}. */
    UTF_16LE("UTF-16le"),
    /** The same as {@link #UTF16_BIG_ENDIAN}. */
    UTF_16BE("UTF-16be");

    /** The name as {@code PRAGMA encoding} knows it. */
    public final String typeName;

    Encoding(String typeName) {
      this.typeName = typeName;
    }

    @Override
    public String getValue() {
      return typeName;
    }

    /** By name, with hyphens or underscores, in any letter case. */
    public static Encoding getEncoding(String name) {
      return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }
  }

  /** How commits are made safe. */
  public enum JournalMode implements PragmaValue {
    /** The rollback journal is deleted at the end of a transaction. */
    DELETE,
    /** The rollback journal is cut to no bytes at the end of a transaction. */
    TRUNCATE,
    /** The header of the rollback journal is overwritten with zeros at the end of a transaction. */
    PERSIST,
    /** The rollback journal is in memory: a crash may damage the file. */
    MEMORY,
    /** Changes go to a write-ahead log; readers and the writer do not block each other. */
    WAL,
    /** There is no journal: nothing can be rolled back, and a crash may damage the file. */
    OFF;

    @Override
    public String getValue() {
      return name();
    }
  }

  /** How much to wait for the disk. */
  public enum SynchronousMode implements PragmaValue {
    /** Not at all: a power failure may damage the file. */
    OFF,
    /**
     * Where the file could be damaged otherwise; with a log, a power failure may lose the last
     * commits.
     */
    NORMAL,
    /** At every commit. */
    FULL;

    @Override
    public String getValue() {
      return name();
    }
  }

  /** Whether locks are kept. */
  public enum LockingMode implements PragmaValue {
    /** Locks are given back at the end of a transaction. */
    NORMAL,
    /** Locks are kept until the connection is closed. */
    EXCLUSIVE;

    @Override
    public String getValue() {
      return name();
    }
  }

  /** Where temporary tables are. */
  public enum TempStore implements PragmaValue {
    /** Where the engine puts them by itself. */
    DEFAULT,
    /** In a file. */
    FILE,
    /** In memory. */
    MEMORY;

    @Override
    public String getValue() {
      return name();
    }
  }

  /** How keys of encrypted databases would be written. */
  public enum HexKeyMode implements PragmaValue {
    /** As text. */
    NONE,
    /** As the SQLite Encryption Extension takes them. */
    SSE,
    /** As SQLCipher takes them. */
    SQLCIPHER;

    @Override
    public String getValue() {
      return name();
    }
  }

  /** How transactions begin. */
  public enum TransactionMode implements PragmaValue {
    /** Locks are taken when a statement needs them. */
    DEFERRED,
    /** The lock for writing is taken at once. */
    IMMEDIATE,
    /** As IMMEDIATE; without a log, nobody else may read either. */
    EXCLUSIVE;

    @Override
    public String getValue() {
      return name();
    }

    /** By name, in any letter case. */
    public static TransactionMode getMode(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** What INTEGER dates count. */
  public enum DatePrecision implements PragmaValue {
    /** Seconds since 1970. */
    SECONDS,
    /** Milliseconds since 1970. */
    MILLISECONDS;

    @Override
    public String getValue() {
      return name();
    }

    /** By name, in any letter case. */
    public static DatePrecision getPrecision(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** How dates are stored. */
  public enum DateClass implements PragmaValue {
    /** As the number of seconds or milliseconds since 1970. */
    INTEGER,
    /** As text in the format that is set. */
    TEXT,
    /** As a Julian day. */
    REAL;

    @Override
    public String getValue() {
      return name();
    }

    /** By name, in any letter case. */
    public static DateClass getDateClass(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }
}
