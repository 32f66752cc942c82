package org.libsql4j.jdbc;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Limit;

/**
 * The options of a URL or of properties. Those that are pragmas are run in the order of this list
 * when a connection is opened: what a new file is like first, then how it is journaled, then the
 * rest.
 */
enum DriverSetting {
  MODE("ro: read-only; rw: must exist; rwc: create it; memory", "ro", "rw", "rwc", "memory"),
  OPEN_MODE("SQLite's open flags as a number; 1 is read-only, 2 is without creating"),
  CACHE("shared: connections to a memory database of one name share it", "private", "shared"),
  IMMUTABLE("nobody changes the file: read it without locks", "0", "1"),
  NOLOCK("nobody else uses the file: take no locks", "0", "1"),
  PSOW("whether a power failure leaves bytes beside those written alone", "0", "1"),
  MODEOF("a file whose permissions a new database gets"),
  VFS("the file system: nio, memdb, or one that was registered"),
  READONLY_SHM("do not write to the shared memory of the log: read-only", "0", "1"),
  BUSY_TIMEOUT("milliseconds to wait for locks"),
  STATEMENT_CACHE_SIZE("prepared statements that are kept for being prepared again; 0 for none"),
  STAT4("whether ANALYZE samples indexes and queries are planned by the samples", "true", "false"),
  TRANSACTION_MODE(
      "how transactions begin", "DEFERRED", "IMMEDIATE", "EXCLUSIVE", "CONCURRENT", "READ"),
  DATE_CLASS("how dates are stored", "INTEGER", "TEXT", "REAL"),
  DATE_PRECISION("what INTEGER dates count", "SECONDS", "MILLISECONDS"),
  DATE_STRING_FORMAT("what TEXT dates look like"),
  SYNCURL("makes the file a replica of the database at this URL"),
  AUTHTOKEN("what proves the right to the database on a server"),
  NAMESPACE("which database of the server; otherwise what its URL names"),
  SYNCINTERVAL("seconds between two syncs; 0 for none but those after writes"),
  READYOURWRITES("whether a write is visible as soon as it returns", "true", "false"),
  OFFLINE("whether changes are made here and sent by syncs, not made there", "true", "false"),
  SYNCPROTOCOL("how the server is talked to; otherwise it is asked", "auto", "v1", "v2"),
  SYNCTIMEOUT("seconds to wait for the server to reach a frame"),
  RETRYATTEMPTS("how often a request is tried that did not reach the server"),
  RETRYDELAY("milliseconds before the second attempt; twice as many before each one more"),
  RETRYMAXDELAY("milliseconds between two attempts at most"),
  CIRCUITFAILURES("failures after which a server is left alone; 0 for never"),
  CIRCUITPAUSE("seconds that it is left alone"),
  FAILOVERURLS("other servers that have the same log, with commas between them"),
  DEGRADETOLOCALREADS(
      "whether to go on with what is here while the server is away", "true", "false"),
  ENCRYPTIONKEY("encrypts the file, or that of the replica"),
  ENCRYPTIONCIPHER("how, if there is a key", "aes256cbc"),
  REMOTEENCRYPTIONKEY("with which the server opens its own file, in base64"),
  TLS("whether to talk to the server of a libsql URL over TLS", "0", "1"),
  TLSCERTIFICATES("PEM file with the certificates of servers to trust"),
  TLSKEYSTORE("PKCS12 file with the key and certificate to show to the server"),
  TLSKEYSTOREPASSWORD("of that file"),
  CONNECTTIMEOUT("seconds that connecting to a server may take"),
  REQUESTTIMEOUT("seconds that a server may take to answer"),
  IDLETIMEOUT("seconds that a server keeps what nobody uses"),
  USER("ignored"),
  PASSWORD("the token for a database on a server; must be empty for a file"),

  ENCODING(
      Kind.PRAGMA, "text encoding of a new database", "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE"),
  PAGE_SIZE(Kind.PRAGMA, "bytes of a page of a new database"),
  AUTO_VACUUM(Kind.PRAGMA, "of a new database", "NONE", "FULL", "INCREMENTAL"),
  LOCKING_MODE(Kind.PRAGMA, "whether locks are kept", "NORMAL", "EXCLUSIVE"),
  CACHE_SIZE(Kind.PRAGMA, "pages to keep in memory; KiB if negative"),
  CACHE_SPILL(Kind.PRAGMA, "whether changed pages may be written before commit"),
  MMAP_SIZE(Kind.PRAGMA, "bytes of the file to map"),
  JOURNAL_MODE(
      Kind.PRAGMA,
      "how commits are made safe",
      "DELETE",
      "TRUNCATE",
      "PERSIST",
      "MEMORY",
      "WAL",
      "OFF"),
  SYNCHRONOUS(Kind.PRAGMA, "how much to wait for the disk", "OFF", "NORMAL", "FULL", "EXTRA"),
  JOURNAL_SIZE_LIMIT(Kind.PRAGMA, "bytes of the journal to keep"),
  WAL_AUTOCHECKPOINT(Kind.PRAGMA, "pages in the log that start a checkpoint"),
  FULLFSYNC(Kind.PRAGMA, "ignored outside of macOS"),
  FULLSYNC("fullfsync", Kind.PRAGMA, "as fullfsync"),
  MAX_PAGE_COUNT(Kind.PRAGMA, "how large the file may grow, in pages"),
  FOREIGN_KEYS(Kind.PRAGMA, "whether foreign keys are enforced"),
  DEFER_FOREIGN_KEYS(Kind.PRAGMA, "whether they are checked at commit"),
  RECURSIVE_TRIGGERS(Kind.PRAGMA, "whether triggers fire triggers again"),
  CASE_SENSITIVE_LIKE(Kind.PRAGMA, "whether LIKE heeds letter case"),
  AUTOMATIC_INDEX(Kind.PRAGMA, "whether indexes may be made for a single query"),
  SECURE_DELETE(Kind.PRAGMA, "whether deleted content is overwritten"),
  READ_UNCOMMITTED(Kind.PRAGMA, "for shared caches"),
  REVERSE_UNORDERED_SELECTS(Kind.PRAGMA, "whether rows without an order come in reverse"),
  QUERY_ONLY(Kind.PRAGMA, "whether changes are refused"),
  IGNORE_CHECK_CONSTRAINTS(Kind.PRAGMA, "whether CHECK is not enforced"),
  CELL_SIZE_CHECK(Kind.PRAGMA, "whether pages are checked more closely"),
  TRUSTED_SCHEMA(Kind.PRAGMA, "whether functions in the schema are trusted"),
  LEGACY_ALTER_TABLE(Kind.PRAGMA, "whether ALTER TABLE works as before 3.25"),
  TEMP_STORE(Kind.PRAGMA, "where temporary tables are", "DEFAULT", "FILE", "MEMORY"),
  THREADS(Kind.PRAGMA, "ignored"),
  COUNT_CHANGES(Kind.PRAGMA, "whether changes give a row with their count"),
  EMPTY_RESULT_CALLBACKS(Kind.PRAGMA, "ignored"),
  FULL_COLUMN_NAMES(Kind.PRAGMA, "whether column names hold the table's"),
  SHORT_COLUMN_NAMES(Kind.PRAGMA, "whether column names are the column's alone"),
  INCREMENTAL_VACUUM(Kind.PRAGMA, "pages to free"),
  APPLICATION_ID(Kind.PRAGMA, "number in the file's header"),
  USER_VERSION(Kind.PRAGMA, "number in the file's header"),

  LIMIT_LENGTH(Limit.LENGTH),
  LIMIT_SQL_LENGTH(Limit.SQL_LENGTH),
  LIMIT_COLUMN(Limit.COLUMN),
  LIMIT_EXPR_DEPTH(Limit.EXPR_DEPTH),
  LIMIT_COMPOUND_SELECT(Limit.COMPOUND_SELECT),
  LIMIT_VDBE_OP(Limit.VDBE_OP),
  LIMIT_FUNCTION_ARG(Limit.FUNCTION_ARG),
  LIMIT_ATTACHED(Limit.ATTACHED),
  LIMIT_LIKE_PATTERN_LENGTH(Limit.LIKE_PATTERN_LENGTH),
  LIMIT_VARIABLE_NUMBER(Limit.VARIABLE_NUMBER),
  LIMIT_TRIGGER_DEPTH(Limit.TRIGGER_DEPTH),
  LIMIT_WORKER_THREADS(Limit.WORKER_THREADS);

  /** Who carries a setting out. */
  enum Kind {
    DRIVER,
    PRAGMA,
    LIMIT
  }

  private static final Map<String, DriverSetting> BY_KEY = new HashMap<>();

  static {
    for (DriverSetting setting : values()) {
      BY_KEY.put(setting.key(), setting);
    }
  }

  private final String pragma;
  private final Kind kind;
  private final String description;
  private final @Nullable Limit limit;
  private final String[] choices;

  DriverSetting(String description, String... choices) {
    this(null, Kind.DRIVER, description, null, choices);
  }

  DriverSetting(Kind kind, String description, String... choices) {
    this(null, kind, description, null, choices);
  }

  DriverSetting(String pragma, Kind kind, String description) {
    this(pragma, kind, description, null);
  }

  DriverSetting(Limit limit) {
    this(null, Kind.LIMIT, "a limit at run time", limit);
  }

  DriverSetting(
      @Nullable String pragma,
      Kind kind,
      String description,
      @Nullable Limit limit,
      String... choices) {
    this.pragma = pragma == null ? name().toLowerCase(Locale.ROOT) : pragma;
    this.kind = kind;
    this.description = description;
    this.limit = limit;
    this.choices = choices;
  }

  /** The setting of a name, ignoring case, or null. */
  static @Nullable DriverSetting find(String key) {
    return BY_KEY.get(key.toLowerCase(Locale.ROOT));
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  Kind kind() {
    return kind;
  }

  /** Whether nobody is to be told its value. */
  boolean isSecret() {
    return this == AUTHTOKEN
        || this == ENCRYPTIONKEY
        || this == REMOTEENCRYPTIONKEY
        || this == TLSKEYSTOREPASSWORD
        || this == PASSWORD;
  }

  /** Name of the pragma, if it is one. */
  String pragma() {
    return pragma;
  }

  @Nullable Limit limit() {
    return limit;
  }

  String description() {
    return description;
  }

  String @Nullable [] choices() {
    return choices.length == 0 ? null : choices.clone();
  }
}
