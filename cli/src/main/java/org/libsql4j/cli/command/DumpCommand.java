package org.libsql4j.cli.command;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libsql4j.cli.EngineError;
import org.libsql4j.cli.Shell;
import org.libsql4j.cli.format.Identifier;
import org.libsql4j.cli.format.InsertPrinter;
import org.libsql4j.cli.format.Literal;

/** The database as SQL that makes it again. */
final class DumpCommand {
  private static final String HELP =
      """
         Options:
           --data-only            Output only INSERT statements
           --newlines             Allow unescaped newline characters in output
           --nosys                Omit system tables (ex: "sqlite_stat1")
           --preserve-rowids      Include ROWID values in the output
         OBJECTS is a LIKE pattern for tables, indexes, triggers or views to dump
         Additional LIKE patterns can be given in subsequent arguments
      """;

  private final Shell shell;
  private boolean dataOnly;
  private boolean rawNewlines;
  private boolean withoutSystem;
  private boolean preserveRowids;
  private boolean writableSchema;
  private int errorCount;

  private DumpCommand(Shell shell) {
    this.shell = shell;
  }

  static DotCommand command() {
    return DotCommand.of(
        "dump",
        "?OBJECTS?",
        "Render database content as SQL",
        HELP,
        (shell, arguments) -> new DumpCommand(shell).run(arguments));
  }

  private void run(List<String> arguments) throws CommandException, SQLException {
    List<String> patterns = new ArrayList<>();
    for (String word : arguments) {
      if (!word.startsWith("-")) {
        patterns.add(word);
      } else if (!option(word)) {
        throw new CommandException("Unknown option \"" + word + "\" on \".dump\"");
      }
    }
    String condition = condition(patterns);
    if (!dataOnly) {
      shell.output().println("PRAGMA foreign_keys=OFF;");
      shell.output().println("BEGIN TRANSACTION;");
    }
    shell.database().execute("SAVEPOINT dump");
    try {
      dumpTables(condition);
      if (!dataOnly) {
        dumpRest(condition);
      }
    } finally {
      shell.database().execute("RELEASE dump");
    }
    if (writableSchema) {
      shell.output().println("PRAGMA writable_schema=OFF;");
    }
    if (!dataOnly) {
      shell.output().println(errorCount == 0 ? "COMMIT;" : "ROLLBACK; -- due to errors");
    }
  }

  private boolean option(String word) {
    String name = word.substring(word.startsWith("--") ? 2 : 1);
    switch (name) {
      case "data-only" -> dataOnly = true;
      case "newlines" -> rawNewlines = true;
      case "nosys" -> withoutSystem = true;
      case "preserve-rowids" -> preserveRowids = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What the schema's row {@code o} must fulfil: a name, or a virtual table's that owns it. */
  private String condition(List<String> patterns) {
    String chosen =
        patterns.stream()
            .map(Literal::text)
            .map(
                p ->
                    "o.name LIKE "
                        + p
                        + " ESCAPE '\\' OR EXISTS (SELECT 1 FROM sqlite_schema WHERE name LIKE "
                        + p
                        + " ESCAPE '\\' AND sql LIKE 'CREATE VIRTUAL TABLE%'"
                        + " AND substr(o.name, 1, length(name)+1) = (name||'_'))")
            .collect(Collectors.joining(" OR "));
    String result = chosen.isEmpty() ? "true" : "(" + chosen + ")";
    return withoutSystem ? result + " AND o.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'" : result;
  }

  private void dumpTables(String condition) throws SQLException {
    List<List<@Nullable String>> tables =
        shell
            .database()
            .query(
                "SELECT name, sql FROM sqlite_schema AS o WHERE "
                    + condition
                    + " AND type='table' AND sql NOT NULL"
                    + " ORDER BY tbl_name='sqlite_sequence', rowid");
    for (List<@Nullable String> table : tables) {
      dumpTable(String.valueOf(table.get(0)), String.valueOf(table.get(1)));
    }
  }

  private void dumpTable(String name, String sql) {
    boolean virtual = sql.startsWith("CREATE VIRTUAL TABLE");
    if (!dataOnly) {
      shell.output().println(tableStatement(name, sql, virtual));
    }
    if (virtual || name.startsWith("sqlite_") && !isKeptBySystem(name)) {
      return;
    }
    try {
      List<String> columns = new ArrayList<>();
      for (List<@Nullable String> column :
          shell.database().query("PRAGMA table_info(" + Literal.text(name) + ")")) {
        columns.add(Identifier.quote(String.valueOf(column.get(1))));
      }
      dumpRows(name, columns);
    } catch (SQLException e) {
      errorCount++;
      shell.output().println("/****** ERROR: " + EngineError.of(e).message() + " ******/");
    }
  }

  private String tableStatement(String name, String sql, boolean virtual) {
    if (name.equals("sqlite_sequence")) {
      return "DELETE FROM sqlite_sequence;";
    }
    if (isStatistics(name)) {
      return "ANALYZE sqlite_schema;";
    }
    if (!virtual) {
      return SchemaText.printable(sql, false) + ";";
    }
    String quoted = Literal.text(name);
    String intro = writableSchema ? "" : "PRAGMA writable_schema=ON;\n";
    writableSchema = true;
    return intro
        + "INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table',"
        + quoted
        + ","
        + quoted
        + ",0,"
        + Literal.text(sql)
        + ");";
  }

  private static boolean isKeptBySystem(String name) {
    return name.equals("sqlite_sequence") || isStatistics(name);
  }

  private static boolean isStatistics(String name) {
    return name.startsWith("sqlite_stat");
  }

  private void dumpRows(String name, List<String> columns) throws SQLException {
    String rowid = preserveRowids ? freeRowidName(name, columns) : null;
    List<String> selected = new ArrayList<>(columns);
    String target = Identifier.quote(name);
    if (rowid != null) {
      selected.add(0, rowid);
      target += "(" + String.join(",", selected) + ")";
    }
    String select = "SELECT " + String.join(",", selected) + " FROM " + Identifier.quote(name);
    shell.statements().print(select, new InsertPrinter(target, false, rawNewlines, shell.output()));
  }

  /** A name for the rowid that no column has; null if the rowid need not or cannot be kept. */
  private @Nullable String freeRowidName(String name, List<String> columns) throws SQLException {
    List<List<@Nullable String>> info =
        shell.database().query("PRAGMA table_info(" + Literal.text(name) + ")");
    List<List<@Nullable String>> keys = info.stream().filter(c -> !"0".equals(c.get(5))).toList();
    boolean isAlias =
        keys.size() == 1 && "INTEGER".equalsIgnoreCase(String.valueOf(keys.get(0).get(2)));
    if (isAlias) {
      return null;
    }
    for (String candidate : List.of("rowid", "_rowid_", "oid")) {
      if (columns.stream().noneMatch(candidate::equalsIgnoreCase)) {
        return hasRowid(name, candidate) ? candidate : null;
      }
    }
    return null;
  }

  private boolean hasRowid(String name, String rowid) {
    try {
      shell.database().query("SELECT " + rowid + " FROM " + Identifier.quote(name) + " LIMIT 0");
      return true;
    } catch (SQLException e) {
      return false; // WITHOUT ROWID
    }
  }

  private void dumpRest(String condition) throws SQLException {
    List<String> statements =
        shell
            .database()
            .column(
                "SELECT sql FROM sqlite_schema AS o WHERE "
                    + condition
                    + " AND sql NOT NULL AND type IN ('index','trigger','view')");
    statements.forEach(sql -> shell.output().println(sql + ";"));
  }
}
