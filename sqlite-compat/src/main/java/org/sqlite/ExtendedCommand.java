package org.sqlite;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.DB;

/**
 * The commands {@code BACKUP [database] TO file} and {@code RESTORE [database] FROM file}. {@code
 * Statement.execute} takes them apart by itself; this is for programs that do it themselves.
 */
public class ExtendedCommand {
  private static final String NAME = "(\"[^\"]*\"|'[^']*'|\\S+)";

  /** Nobody needs one. */
  public ExtendedCommand() {}

  /** A command. */
  public interface SQLExtension {
    /** Runs it. */
    void execute(DB database) throws SQLException;
  }

  /**
   * Takes a text apart.
   *
   * @return null if it is no such command
   * @throws SQLException if it begins like one
   */
  public static @Nullable SQLExtension parse(@Nullable String sql) throws SQLException {
    if (sql == null) {
      return null;
    }
    String text = sql.trim();
    if (text.regionMatches(true, 0, "backup", 0, "backup".length())) {
      return BackupCommand.parse(text);
    }
    return text.regionMatches(true, 0, "restore", 0, "restore".length())
        ? RestoreCommand.parse(text)
        : null;
  }

  /** A text without the quotes around it. */
  public static @Nullable String removeQuotation(@Nullable String text) {
    if (text == null || text.length() < 2) {
      return text;
    }
    char first = text.charAt(0);
    boolean quoted = (first == '"' || first == '\'') && text.charAt(text.length() - 1) == first;
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** The two parts of a command. */
  private static Matcher match(Pattern pattern, String sql) throws SQLException {
    Matcher matcher = pattern.matcher(sql);
    if (!matcher.matches()) {
      throw new SQLException("syntax error: " + sql);
    }
    return matcher;
  }

  private static String part(Matcher matcher, int group, String otherwise) {
    String text = removeQuotation(matcher.group(group));
    return text == null || text.isEmpty() ? otherwise : text;
  }

  /** A copy of a database to a file. */
  public static class BackupCommand implements SQLExtension {
    private static final Pattern SYNTAX =
        Pattern.compile(
            "backup(?:\\s+" + NAME + ")??\\s+to\\s+" + NAME + "\\s*;?", Pattern.CASE_INSENSITIVE);

    /** The database of the connection. */
    public final String srcDB;

    /** The file. */
    public final String destFile;

    /** A command for a database and a file. */
    public BackupCommand(String srcDB, String destFile) {
      this.srcDB = srcDB;
      this.destFile = destFile;
    }

    /** Takes a command apart. */
    public static BackupCommand parse(String sql) throws SQLException {
      Matcher matcher = match(SYNTAX, sql);
      return new BackupCommand(part(matcher, 1, "main"), part(matcher, 2, ""));
    }

    @Override
    public void execute(DB database) throws SQLException {
      int code = database.backup(srcDB, destFile, null);
      if (code != 0) {
        throw DB.newSQLException(code, "Backup failed");
      }
    }
  }

  /** A database made of the content of a file. */
  public static class RestoreCommand implements SQLExtension {
    private static final Pattern SYNTAX =
        Pattern.compile(
            "restore(?:\\s+" + NAME + ")??\\s+from\\s+" + NAME + "\\s*;?",
            Pattern.CASE_INSENSITIVE);

    /** The database of the connection. */
    public final String targetDB;

    /** The file. */
    public final String srcFile;

    /** A command for a database and a file. */
    public RestoreCommand(String targetDB, String srcFile) {
      this.targetDB = targetDB;
      this.srcFile = srcFile;
    }

    /** Takes a command apart. */
    public static RestoreCommand parse(String sql) throws SQLException {
      Matcher matcher = match(SYNTAX, sql);
      return new RestoreCommand(part(matcher, 1, "main"), part(matcher, 2, ""));
    }

    @Override
    public void execute(DB database) throws SQLException {
      int code = database.restore(targetDB, srcFile, null);
      if (code != 0) {
        throw DB.newSQLException(code, "Restore failed");
      }
    }
  }
}
