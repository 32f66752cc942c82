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

  /** Without effect. */
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

  /** For shared caches. */
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

  public boolean isEnabledSharedCache() {
    return isSet(Pragma.SHARED_CACHE);
  }

  public boolean isEnabledLoadExtension() {
    return isSet(Pragma.LOAD_EXTENSION);
  }

  public boolean isExplicitReadOnly() {
    return isSet(Pragma.JDBC_EXPLICIT_READONLY);
  }

  public boolean isGetGeneratedKeys() {
    return isSet(Pragma.JDBC_GET_GENERATED_KEYS);
  }

  /** How long to wait for locks, in milliseconds. */
  public int getBusyTimeout() {
    return integer(Pragma.BUSY_TIMEOUT, DEFAULT_BUSY_TIMEOUT_MILLIS);
  }

  public TransactionMode getTransactionMode() {
    return TransactionMode.getMode(
        String.valueOf(values.getProperty(Pragma.TRANSACTION_MODE.pragmaName)));
  }

  // ---- names and values
  // ---------------------------------------------------------------------------

  /** What an option may be set to. */
  interface PragmaValue {
    String getValue();
  }

  /** The options; not all of them are pragmas. */
  public enum Pragma {
    OPEN_MODE("open_mode", "SQLite's flags for opening"),
    SHARED_CACHE("shared_cache", "databases in memory are shared by name", "true", "false"),
    LOAD_EXTENSION("enable_load_extension", "without effect", "true", "false"),
    AUTOMATIC_INDEX("automatic_index", "indexes may be made for a single query", "true", "false"),
    CACHE_SIZE("cache_size", "pages to keep in memory; KiB if negative"),
    CACHE_SPILL("cache_spill", "changed pages may be written before commit"),
    MMAP_SIZE("mmap_size", "bytes of the file to map"),
    CASE_SENSITIVE_LIKE("case_sensitive_like", "LIKE heeds letter case", "true", "false"),
    COUNT_CHANGES("count_changes", "changes give a row with their count", "true", "false"),
    DEFAULT_CACHE_SIZE("default_cache_size", "without effect"),
    DEFER_FOREIGN_KEYS("defer_foreign_keys", "foreign keys are checked at commit", "true", "false"),
    EMPTY_RESULT_CALLBACKS("empty_result_callback", "an old option of the shell", "true", "false"),
    ENCODING(
        "encoding", "text encoding of a new database", "UTF-8", "UTF-16", "UTF-16le", "UTF-16be"),
    FOREIGN_KEYS("foreign_keys", "foreign keys are enforced", "true", "false"),
    FULL_COLUMN_NAMES("full_column_names", "column names hold the table's", "true", "false"),
    FULL_SYNC("fullsync", "only on macOS", "true", "false"),
    INCREMENTAL_VACUUM("incremental_vacuum", "pages to free"),
    JOURNAL_MODE(
        "journal_mode",
        "how commits are made safe",
        "DELETE",
        "TRUNCATE",
        "PERSIST",
        "MEMORY",
        "WAL",
        "OFF"),
    JOURNAL_SIZE_LIMIT("journal_size_limit", "bytes of the journal to keep"),
    LEGACY_ALTER_TABLE("legacy_alter_table", "ALTER TABLE as before 3.25", "true", "false"),
    LEGACY_FILE_FORMAT("legacy_file_format", "without effect", "true", "false"),
    LOCKING_MODE("locking_mode", "whether locks are kept", "NORMAL", "EXCLUSIVE"),
    PAGE_SIZE("page_size", "bytes of a page of a new database"),
    MAX_PAGE_COUNT("max_page_count", "how large the file may grow, in pages"),
    READ_UNCOMMITTED("read_uncommitted", "for shared caches", "true", "false"),
    RECURSIVE_TRIGGERS("recursive_triggers", "triggers fire triggers again", "true", "false"),
    REVERSE_UNORDERED_SELECTS(
        "reverse_unordered_selects", "rows without an order come in reverse", "true", "false"),
    SECURE_DELETE("secure_delete", "deleted content is overwritten", "true", "false"),
    SHORT_COLUMN_NAMES(
        "short_column_names", "column names are the column's alone", "true", "false"),
    SYNCHRONOUS("synchronous", "how much to wait for the disk", "OFF", "NORMAL", "FULL"),
    TEMP_STORE("temp_store", "where temporary tables are", "DEFAULT", "FILE", "MEMORY"),
    TEMP_STORE_DIRECTORY("temp_store_directory", "without effect"),
    USER_VERSION("user_version", "number in the file's header"),
    APPLICATION_ID("application_id", "number in the file's header"),
    WAL_AUTOCHECKPOINT("wal_autocheckpoint", "pages in the log that start a checkpoint"),
    LIMIT_LENGTH("limit_length", "a limit at run time"),
    LIMIT_SQL_LENGTH("limit_sql_length", "a limit at run time"),
    LIMIT_COLUMN("limit_column", "a limit at run time"),
    LIMIT_EXPR_DEPTH("limit_expr_depth", "a limit at run time"),
    LIMIT_COMPOUND_SELECT("limit_compound_select", "a limit at run time"),
    LIMIT_VDBE_OP("limit_vdbe_op", "a limit at run time"),
    LIMIT_FUNCTION_ARG("limit_function_arg", "a limit at run time"),
    LIMIT_ATTACHED("limit_attached", "a limit at run time"),
    LIMIT_LIKE_PATTERN_LENGTH("limit_like_pattern_length", "a limit at run time"),
    LIMIT_VARIABLE_NUMBER("limit_variable_number", "a limit at run time"),
    LIMIT_TRIGGER_DEPTH("limit_trigger_depth", "a limit at run time"),
    LIMIT_WORKER_THREADS("limit_worker_threads", "a limit at run time"),
    LIMIT_PAGE_COUNT("limit_page_count", "without effect"),
    TRANSACTION_MODE(
        "transaction_mode", "how transactions begin", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"),
    DATE_PRECISION("date_precision", "what INTEGER dates count", "SECONDS", "MILLISECONDS"),
    DATE_CLASS("date_class", "how dates are stored", "INTEGER", "TEXT", "REAL"),
    DATE_STRING_FORMAT("date_string_format", "what TEXT dates look like"),
    BUSY_TIMEOUT("busy_timeout", "milliseconds to wait for locks"),
    HEXKEY_MODE("hexkey_mode", "without effect", "NONE", "SSE", "SQLCIPHER"),
    PASSWORD("password", "without effect"),
    JDBC_EXPLICIT_READONLY("jdbc.explicit_readonly", "without effect", "true", "false"),
    JDBC_GET_GENERATED_KEYS("jdbc.get_generated_keys", "without effect", "true", "false");

    /** The name in URLs and properties. */
    public final String pragmaName;

    /** What it may be, or null if there is no list. */
    public final String @Nullable [] choices;

    public final String description;

    Pragma(String pragmaName, String description, String... choices) {
      this.pragmaName = pragmaName;
      this.description = description;
      this.choices = choices.length == 0 ? null : choices;
    }

    public final String getPragmaName() {
      return pragmaName;
    }
  }

  /** Text encodings. */
  public enum Encoding implements PragmaValue {
    UTF8("UTF-8"),
    UTF16("UTF-16"),
    UTF16_LITTLE_ENDIAN("UTF-16le"),
    UTF16_BIG_ENDIAN("UTF-16be"),
    UTF_8("UTF-8"),
    UTF_16("UTF-16"),
    UTF_16LE("UTF-16le"),
    UTF_16BE("UTF-16be");

    public final String typeName;

    Encoding(String typeName) {
      this.typeName = typeName;
    }

    @Override
    public String getValue() {
      return typeName;
    }

    public static Encoding getEncoding(String name) {
      return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }
  }

  /** How commits are made safe. */
  public enum JournalMode implements PragmaValue {
    DELETE,
    TRUNCATE,
    PERSIST,
    MEMORY,
    WAL,
    OFF;

    @Override
    public String getValue() {
      return name();
    }
  }

  /** How much to wait for the disk. */
  public enum SynchronousMode implements PragmaValue {
    OFF,
    NORMAL,
    FULL;

    @Override
    public String getValue() {
      return name();
    }
  }

  /** Whether locks are kept. */
  public enum LockingMode implements PragmaValue {
    NORMAL,
    EXCLUSIVE;

    @Override
    public String getValue() {
      return name();
    }
  }

  /** Where temporary tables are. */
  public enum TempStore implements PragmaValue {
    DEFAULT,
    FILE,
    MEMORY;

    @Override
    public String getValue() {
      return name();
    }
  }

  /** How keys of encrypted databases would be written. */
  public enum HexKeyMode implements PragmaValue {
    NONE,
    SSE,
    SQLCIPHER;

    @Override
    public String getValue() {
      return name();
    }
  }

  /** How transactions begin. */
  public enum TransactionMode implements PragmaValue {
    DEFERRED,
    IMMEDIATE,
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
    SECONDS,
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
    INTEGER,
    TEXT,
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
