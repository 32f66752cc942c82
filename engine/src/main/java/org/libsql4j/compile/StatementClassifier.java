package org.libsql4j.compile;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.spi.StatementKind;
import org.libsql4j.sql.ast.Analyze;
import org.libsql4j.sql.ast.Attach;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.CreateView;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Detach;
import org.libsql4j.sql.ast.Explain;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.Pragma;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.TransactionStatement;
import org.libsql4j.sql.ast.TransactionStatement.Begin;
import org.libsql4j.sql.ast.Update;
import org.libsql4j.sql.ast.Vacuum;

/** Tells from its tree where a statement may run. */
final class StatementClassifier {
  private StatementClassifier() {}

  /** Pragmas whose answer is in the replica's file or in this library, whatever they are given. */
  private static final Set<String> READ_PRAGMAS =
      Set.of(
          "table_list",
          "index_list",
          "table_info",
          "table_xinfo",
          "index_info",
          "index_xinfo",
          "pragma_list",
          "compile_options",
          "database_list",
          "function_list",
          "module_list",
          "collation_list",
          "foreign_key_list",
          "encoding");

  /** Pragmas that tell something of the file, and with a value change it for all. */
  private static final Set<String> FILE_PRAGMAS =
      Set.of("page_size", "auto_vacuum", "application_id", "schema_version");

  /** Pragmas about this connection: they concern no file. */
  private static final Set<String> LOCAL_PRAGMAS =
      Set.of(
          "analysis_limit",
          "automatic_index",
          "busy_timeout",
          "cache_size",
          "cache_spill",
          "case_sensitive_like",
          "cell_size_check",
          "checkpoint_fullfsync",
          "cipher",
          "count_changes",
          "empty_result_callbacks",
          "full_column_names",
          "fullfsync",
          "hard_heap_limit",
          "legacy_alter_table",
          "mmap_size",
          "query_only",
          "read_uncommitted",
          "recursive_triggers",
          "reverse_unordered_selects",
          "secure_delete",
          "short_column_names",
          "shrink_memory",
          "soft_heap_limit",
          "synchronous",
          "temp_store",
          "threads",
          "trusted_schema");

  /**
   * Pragmas about the log of the local file, which is the replica's own affair if given a value.
   */
  private static final Set<String> LOG_PRAGMAS =
      Set.of(
          "journal_mode",
          "journal_size_limit",
          "locking_mode",
          "max_page_count",
          "wal_autocheckpoint");

  /**
   * Pragmas that a server does not do for its clients; keys of local files are none of its
   * business.
   */
  private static final Set<String> UNSUPPORTED_PRAGMAS =
      Set.of(
          "hexkey",
          "hexrekey",
          "ignore_check_constraints",
          "incremental_vacuum",
          "key",
          "optimize",
          "rekey");

  private static final Set<String> CLIENT_PRAGMAS = Set.of("busy_timeout", "query_only");

  static StatementKind classify(Statement statement) {
    if (statement instanceof Select) {
      return StatementKind.READ;
    }
    if (statement instanceof Pragma pragma) {
      return ofPragma(pragma.name().name().toLowerCase(Locale.ROOT), pragma.value());
    }
    if (statement instanceof TransactionStatement transaction) {
      return ofTransaction(transaction);
    }
    if (statement instanceof Attach
        || statement instanceof Detach
        || statement instanceof Explain
        || isTemporary(statement)) {
      return StatementKind.LOCAL;
    }
    if (statement instanceof Vacuum || statement instanceof Analyze) {
      return StatementKind.UNSUPPORTED;
    }
    return StatementKind.WRITE;
  }

  /** Whether a statement may have a result. */
  static boolean mayReturnRows(Statement statement) {
    if (statement instanceof Insert insert) {
      return !insert.returning().isEmpty();
    }
    if (statement instanceof Update update) {
      return !update.returning().isEmpty();
    }
    if (statement instanceof Delete delete) {
      return !delete.returning().isEmpty();
    }
    return statement instanceof Select
        || statement instanceof Pragma
        || statement instanceof Explain;
  }

  /** Whether a statement changes nothing, for all that the tree tells. */
  static boolean isReadOnly(Statement statement) {
    if (statement instanceof Pragma pragma) {
      return ofPragma(pragma.name().name().toLowerCase(Locale.ROOT), pragma.value())
          == StatementKind.READ;
    }
    return statement instanceof Select
        || statement instanceof Explain
        || statement instanceof TransactionStatement;
  }

  /** Whether {@code changes()} tells what it did. */
  static boolean changesRows(Statement statement) {
    return statement instanceof Insert
        || statement instanceof Update
        || statement instanceof Delete;
  }

  /** Pragmas of a remote database that concern this library only. */
  static boolean isPragmaOfClient(Statement statement) {
    return statement instanceof Pragma pragma
        && CLIENT_PRAGMAS.contains(pragma.name().name().toLowerCase(Locale.ROOT));
  }

  private static StatementKind ofPragma(String name, @Nullable String value) {
    if (READ_PRAGMAS.contains(name)) {
      return StatementKind.READ;
    }
    if (FILE_PRAGMAS.contains(name)) {
      return value == null ? StatementKind.READ : StatementKind.UNSUPPORTED;
    }
    if (LOCAL_PRAGMAS.contains(name)) {
      return StatementKind.LOCAL;
    }
    if (LOG_PRAGMAS.contains(name)) {
      boolean staysAsItIs =
          value == null || (name.equals("journal_mode") && value.equalsIgnoreCase("wal"));
      return staysAsItIs ? StatementKind.LOCAL : StatementKind.LOG_KEEPING;
    }
    if (name.equals("wal_checkpoint")) {
      return StatementKind.LOG_KEEPING;
    }
    return UNSUPPORTED_PRAGMAS.contains(name) ? StatementKind.UNSUPPORTED : StatementKind.WRITE;
  }

  private static StatementKind ofTransaction(TransactionStatement statement) {
    if (statement instanceof Begin begin) {
      return begin.mode() == Begin.Mode.READONLY
          ? StatementKind.BEGIN_READ_ONLY
          : StatementKind.BEGIN;
    }
    if (statement instanceof TransactionStatement.Savepoint) {
      return StatementKind.SAVEPOINT;
    }
    boolean ends =
        statement instanceof TransactionStatement.Commit
            || statement instanceof TransactionStatement.Rollback;
    return ends ? StatementKind.END : StatementKind.RELEASE;
  }

  private static boolean isTemporary(Statement statement) {
    return statement instanceof CreateTable table && table.temporary()
        || statement instanceof CreateView view && view.temporary()
        || statement instanceof CreateTrigger trigger && trigger.temporary();
  }
}
