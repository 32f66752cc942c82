package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.scalar;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Mem;

/** Functions that tell about the connection and the library. */
public final class ConnectionFunctions {
  private ConnectionFunctions() {}

  /** The release of SQLite whose SQL and file format are implemented. */
  static final String VERSION = "3.47.0";

  private static final String SOURCE_ID =
      "2024-10-21 16:30:22 03a9703e27c44437c39363d0baf82db4ebc94538a0f28411c85dda156f82636e";

  private static final List<String> COMPILE_OPTIONS =
      listOf(
          "DEFAULT_AUTOVACUUM",
          "DEFAULT_CACHE_SIZE=-2000",
          "DEFAULT_FILE_FORMAT=4",
          "DEFAULT_JOURNAL_SIZE_LIMIT=-1",
          "DEFAULT_MMAP_SIZE=0",
          "DEFAULT_PAGE_SIZE=4096",
          "DEFAULT_SYNCHRONOUS=2",
          "DEFAULT_WAL_AUTOCHECKPOINT=1000",
          "DEFAULT_WAL_SYNCHRONOUS=2",
          "ENABLE_BYTECODE_VTAB",
          "ENABLE_COLUMN_METADATA",
          "ENABLE_DBPAGE_VTAB",
          "ENABLE_DBSTAT_VTAB",
          "ENABLE_MATH_FUNCTIONS",
          "ENABLE_OFFSET_SQL_FUNC",
          "ENABLE_PERCENTILE",
          "ENABLE_STAT4",
          "ENABLE_STMTVTAB",
          "ENABLE_UPDATE_DELETE_LIMIT",
          "MAX_ATTACHED=10",
          "MAX_COLUMN=2000",
          "MAX_COMPOUND_SELECT=500",
          "MAX_EXPR_DEPTH=1000",
          "MAX_FUNCTION_ARG=127",
          "MAX_LENGTH=1000000000",
          "MAX_LIKE_PATTERN_LENGTH=50000",
          "MAX_PAGE_COUNT=4294967294",
          "MAX_PAGE_SIZE=65536",
          "MAX_SQL_LENGTH=1000000000",
          "MAX_TRIGGER_DEPTH=1000",
          "MAX_VARIABLE_NUMBER=32766",
          "MAX_VDBE_OP=250000000",
          "SOUNDEX",
          "TEMP_STORE=1",
          "THREADSAFE=1");

  private static List<String> listOf(String... options) {
    return Collections.unmodifiableList(Arrays.asList(options));
  }

  /** What {@code PRAGMA compile_options} lists, in its order. */
  public static List<String> compileOptions() {
    return COMPILE_OPTIONS;
  }

  static void register(FunctionRegistry registry) {
    EnumSet<Flag> state = EnumSet.of(Flag.INNOCUOUS, Flag.INTERNAL_STATE);
    registry.register(
        scalar(
            "last_insert_rowid",
            0,
            state,
            (context, a) -> context.result().setInteger(context.connection().lastInsertRowid)));
    registry.register(
        scalar(
            "changes",
            0,
            state,
            (context, a) -> context.result().setInteger(context.connection().changes)));
    registry.register(
        scalar(
            "total_changes",
            0,
            state,
            (context, a) -> context.result().setInteger(context.connection().totalChanges)));
    EnumSet<Flag> constant = EnumSet.of(Flag.SLOW_CHANGE, Flag.INNOCUOUS);
    registry.register(
        scalar("sqlite_version", 0, constant, (context, a) -> context.result().setText(VERSION)));
    registry.register(
        scalar(
            "sqlite_source_id", 0, constant, (context, a) -> context.result().setText(SOURCE_ID)));
    registry.register(
        scalar("sqlite_compileoption_used", 1, constant, ConnectionFunctions::optionUsed));
    registry.register(
        scalar("sqlite_compileoption_get", 1, constant, ConnectionFunctions::optionGet));
    EnumSet<Flag> direct = EnumSet.of(Flag.DIRECT_ONLY);
    // There is no error log that it could write to.
    registry.register(scalar("sqlite_log", 2, direct, (context, a) -> {}));
    registry.register(scalar("load_extension", 1, direct, ConnectionFunctions::loadExtension));
    registry.register(scalar("load_extension", 2, direct, ConnectionFunctions::loadExtension));
    registry.register(scalar("match", 2, EnumSet.noneOf(Flag.class), ConnectionFunctions::match));
    registry.register(
        scalar(
            "subtype",
            1,
            EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.SUBTYPE),
            (context, a) -> context.result().setInteger(a[0].subtype)));
  }

  /** Whether an option, with or without the prefix SQLITE_ and a value, is in the list. */
  private static void optionUsed(FunctionContext context, Mem[] arguments) {
    String name = context.utf8(arguments[0], 0).text();
    if (name == null) {
      return;
    }
    String wanted = name.toUpperCase(Locale.ROOT);
    if (wanted.startsWith("SQLITE_")) {
      wanted = wanted.substring("SQLITE_".length());
    }
    boolean used = false;
    for (String option : COMPILE_OPTIONS) {
      used |= option.equals(wanted) || option.startsWith(wanted + "=");
    }
    context.result().setBoolean(used);
  }

  private static void optionGet(FunctionContext context, Mem[] arguments) {
    long index = arguments[0].asLong();
    if (index >= 0 && index < COMPILE_OPTIONS.size()) {
      context.result().setText(COMPILE_OPTIONS.get((int) index));
    }
  }

  /** The operator MATCH means something only to virtual tables, which take it over. */
  private static void match(FunctionContext context, Mem[] arguments) {
    throw context.error("unable to use function MATCH in the requested context");
  }

  /** The second argument, an entry point, means nothing here. */
  private static void loadExtension(FunctionContext context, Mem[] arguments) {
    String name = context.utf8(arguments[0], 0).text();
    context.connection().loadExtension(name == null ? "" : name);
  }
}
