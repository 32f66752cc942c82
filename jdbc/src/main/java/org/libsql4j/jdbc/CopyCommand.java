package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libsql4j.BackupProgress;
import org.libsql4j.Connection;
import org.libsql4j.error.LibsqlException;

/**
 * The commands {@code BACKUP [database] TO 'file'} and {@code RESTORE [database] FROM 'file'},
 * which are no SQL: sqlite-jdbc has them.
 */
final class CopyCommand {
  /** Or a restore. */
  final boolean isBackup;

  /** Of the connection. */
  final String database;

  final String file;

  CopyCommand(boolean isBackup, String database, String file) {
    this.isBackup = isBackup;
    this.database = database;
    this.file = file;
  }

  /** Compiled when it is needed: every program would pay for it otherwise, and few copy files. */
  private static final String SYNTAX =
      "\\s*(?:(BACKUP)(?:\\s+(\\w+|\"[^\"]+\"))?\\s+TO|RESTORE(?:\\s+(\\w+|\"[^\"]+\"))?\\s+FROM)"
          + "\\s+(?:'((?:[^']|'')*)'|\"([^\"]+)\"|([^'\"\\s;]+))\\s*;?\\s*";

  /** Takes a text apart, or answers null if it is no such command. */
  static @Nullable CopyCommand parse(String sql) {
    int first = 0;
    while (first < sql.length() && sql.charAt(first) <= ' ') {
      first++;
    }
    if (!sql.regionMatches(true, first, "BACKUP", 0, 6)
        && !sql.regionMatches(true, first, "RESTORE", 0, 7)) {
      return null;
    }
    Matcher matcher = Pattern.compile(SYNTAX, Pattern.CASE_INSENSITIVE).matcher(sql);
    if (!matcher.matches()) {
      return null;
    }
    boolean isBackup = matcher.group(1) != null;
    String database = isBackup ? matcher.group(2) : matcher.group(3);
    String quoted = matcher.group(4);
    String file = quoted != null ? quoted.replace("''", "'") : matcher.group(5);
    return new CopyCommand(
        isBackup,
        database == null ? "main" : database.replace("\"", ""),
        file != null ? file : String.valueOf(matcher.group(6)));
  }

  void run(LibsqlConnection owner) throws SQLException {
    Connection connection = owner.engine();
    BackupProgress nobody = (remaining, pageCount) -> {};
    try {
      if (isBackup) {
        connection.backupTo(database, file, nobody);
      } else {
        connection.restoreFrom(database, file, nobody);
      }
    } catch (LibsqlException e) {
      throw owner.failure(SqlErrors.of(e));
    }
  }
}
