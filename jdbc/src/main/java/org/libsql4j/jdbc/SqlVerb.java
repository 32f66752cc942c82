package org.libsql4j.jdbc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the first words of a statement say about it: all that the driver has to know of SQL. */
enum SqlVerb {
  SELECT(true),
  INSERT(true),
  /** UPDATE or DELETE. */
  CHANGE(true),
  /** A SELECT, INSERT, UPDATE or DELETE with common table expressions. */
  WITH(true),
  /** A statement that begins a transaction itself. */
  BEGIN(false),
  /** COMMIT, END, ROLLBACK, SAVEPOINT or RELEASE. */
  TRANSACTION(true),
  /** A statement that cannot run inside a transaction or has nothing to do with it. */
  OUTSIDE(false),
  PRAGMA(false),
  EXPLAIN(false),
  /** VALUES, CREATE and so on. */
  OTHER(true);

  /** So long are the words that statements begin with most often. */
  private static final int FREQUENT_LENGTH = 6;

  private final boolean needsTransaction;

  SqlVerb(boolean needsTransaction) {
    this.needsTransaction = needsTransaction;
  }

  /** Whether a transaction must be open before the statement runs when auto-commit is off. */
  boolean needsTransaction() {
    return needsTransaction;
  }

  /** Whether the statement can be one of many of a batch that share one transaction. */
  boolean changesRows() {
    return this == INSERT || this == CHANGE;
  }

  /** Whether the statement can have a RETURNING clause. */
  boolean mayReturn() {
    return this == INSERT || this == CHANGE || this == WITH;
  }

  /** Of the statement that begins at an offset of a text. */
  static SqlVerb of(String sql, int offset) {
    int start = skipBlank(sql, offset);
    int end = wordEnd(sql, start);
    if (end - start == FREQUENT_LENGTH) {
      SqlVerb frequent = frequent(sql, start);
      if (frequent != null) {
        return frequent;
      }
    }
    return switch (sql.substring(start, end).toUpperCase(Locale.ROOT)) {
      case "SELECT" -> SELECT;
      case "INSERT", "REPLACE" -> INSERT;
      case "UPDATE", "DELETE" -> CHANGE;
      case "WITH" -> WITH;
      case "BEGIN" -> BEGIN;
      case "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE" -> TRANSACTION;
      case "VACUUM", "ATTACH", "DETACH" -> OUTSIDE;
      case "PRAGMA" -> ofPragma(sql, end);
      case "EXPLAIN" -> EXPLAIN;
      default -> OTHER;
    };
  }

  /** The same for the words that statements begin with most often, without making strings. */
  private static @Nullable SqlVerb frequent(String sql, int start) {
    return switch (sql.charAt(start)) {
      case 's', 'S' -> isWord(sql, start, "SELECT") ? SELECT : null;
      case 'i', 'I' -> isWord(sql, start, "INSERT") ? INSERT : null;
      case 'u', 'U' -> isWord(sql, start, "UPDATE") ? CHANGE : null;
      case 'd', 'D' -> isWord(sql, start, "DELETE") ? CHANGE : null;
      default -> null;
    };
  }

  private static boolean isWord(String sql, int start, String word) {
    return sql.regionMatches(true, start, word, 0, word.length());
  }

  /** Pragmas that write to the file take part in transactions; the others set the connection up. */
  private static SqlVerb ofPragma(String sql, int offset) {
    int start = skipBlank(sql, offset);
    int end = wordEnd(sql, start);
    int next = skipBlank(sql, end);
    if (next < sql.length() && sql.charAt(next) == '.') {
      start = skipBlank(sql, next + 1);
      end = wordEnd(sql, start);
    }
    return switch (sql.substring(start, end).toLowerCase(Locale.ROOT)) {
      case "user_version", "application_id", "schema_version", "incremental_vacuum" -> OTHER;
      default -> PRAGMA;
    };
  }

  private static int wordEnd(String sql, int start) {
    int end = start;
    int length = sql.length();
    while (end < length) {
      char c = sql.charAt(end);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!letter && !Character.isLetterOrDigit(c) && c != '_') {
        break;
      }
      end++;
    }
    return end;
  }

  /** Whether nothing but space, comments and semicolons follows. */
  static boolean isBlank(String sql, int offset) {
    int at = skipBlank(sql, offset);
    while (at < sql.length() && sql.charAt(at) == ';') {
      at = skipBlank(sql, at + 1);
    }
    return at >= sql.length();
  }

  /** Offset of the first character after space and comments. */
  static int skipBlank(String sql, int offset) {
    int at = offset;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == '\uFEFF') {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end + 1;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
      } else {
        break;
      }
    }
    return at;
  }
}
