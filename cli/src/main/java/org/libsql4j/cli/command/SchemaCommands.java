package org.libsql4j.cli.command;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libsql4j.cli.Database;
import org.libsql4j.cli.Shell;
import org.libsql4j.cli.format.Identifier;
import org.libsql4j.cli.format.Literal;

/** What there is in the database. */
final class SchemaCommands {
  private static final int SCREEN_WIDTH = 80;

  private SchemaCommands() {}

  static List<DotCommand> all() {
    return List.of(
        DotCommand.of(
            "databases",
            "",
            "List names and files of attached databases",
            (shell, arguments) -> databases(shell)),
        DotCommand.of(
            "indexes",
            "?TABLE?",
            "Show names of indexes",
            """
                                       If TABLE is specified, only show indexes for
                                       tables matching TABLE using the LIKE operator.
            """,
            SchemaCommands::indexes),
        DotCommand.of(
            "schema",
            "?PATTERN?",
            "Show the CREATE statements matching PATTERN",
            """
               Options:
                  --indent             Try to pretty-print the schema
                  --nosys              Omit objects whose names start with "sqlite_"
            """,
            SchemaCommands::schema),
        DotCommand.of(
            "tables",
            "?TABLE?",
            "List names of tables matching LIKE pattern TABLE",
            SchemaCommands::tables));
  }

  /** The names of the attached databases, as SQL has them. */
  private static List<String> schemaNames(Database database) throws SQLException {
    List<String> names = new ArrayList<>();
    for (List<@Nullable String> row : database.query("PRAGMA database_list")) {
      names.add(Objects.requireNonNullElse(row.get(1), ""));
    }
    return names;
  }

  private static void databases(Shell shell) throws SQLException {
    String access = shell.database().isReadOnly() ? "r/o" : "r/w";
    for (List<@Nullable String> row : shell.database().query("PRAGMA database_list")) {
      String file = row.get(2) == null || row.get(2).isEmpty() ? "\"\"" : row.get(2);
      shell.output().println(row.get(1) + ": " + file + " " + access);
    }
  }

  private static void tables(Shell shell, List<String> arguments) throws SQLException {
    String pattern = arguments.isEmpty() ? "%" : arguments.get(0);
    printNames(
        shell,
        "name",
        "type IN ('table','view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name LIKE ",
        pattern);
  }

  private static void indexes(Shell shell, List<String> arguments)
      throws CommandException, SQLException {
    if (arguments.size() > 1) {
      throw new CommandException("Usage: .indexes ?LIKE-PATTERN?");
    }
    String pattern = arguments.isEmpty() ? "%" : arguments.get(0);
    printNames(shell, "name", "type='index' AND tbl_name LIKE ", pattern);
  }

  /**
   * Prints names from all databases, sorted, those of others than main with the database's name.
   */
  private static void printNames(Shell shell, String column, String condition, String pattern)
      throws SQLException {
    StringBuilder sql = new StringBuilder();
    for (String schema : schemaNames(shell.database())) {
      String prefix = schema.equals("main") ? "" : Literal.text(schema + ".") + "||";
      sql.append(sql.length() == 0 ? "SELECT " : " UNION ALL SELECT ");
      sql.append(prefix).append(column).append(" FROM ").append(Identifier.quote(schema));
      sql.append(".sqlite_schema WHERE ").append(condition).append(Literal.text(pattern));
    }
    printInColumns(shell, shell.database().column(sql + " ORDER BY 1"));
  }

  private static void printInColumns(Shell shell, List<String> names) {
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    int columns = Math.max(1, SCREEN_WIDTH / (width + 2));
    int rows = (names.size() + columns - 1) / columns;
    for (int row = 0; row < rows; row++) {
      List<String> line = new ArrayList<>();
      for (int i = row; i < names.size(); i += rows) {
        line.add(names.get(i) + " ".repeat(width - names.get(i).length()));
      }
      shell.output().println(String.join("  ", line));
    }
  }

  private static void schema(Shell shell, List<String> arguments)
      throws CommandException, SQLException {
    boolean indent = false;
    boolean system = true;
    String pattern = null;
    for (String word : arguments) {
      if (Arguments.isOption(word, "indent")) {
        indent = true;
      } else if (Arguments.isOption(word, "nosys")) {
        system = false;
      } else if (word.startsWith("-")) {
        throw new CommandException("Unknown option: \"" + word + "\"");
      } else if (pattern != null) {
        throw new CommandException("Usage: .schema ?--indent? ?--nosys? ?LIKE-PATTERN?");
      } else {
        pattern = word;
      }
    }
    for (String schema : schemaNames(shell.database())) {
      List<List<@Nullable String>> objects =
          shell.database().query(schemaQuery(schema, pattern, system));
      for (List<@Nullable String> object : objects) {
        String sql = SchemaText.inSchema(Objects.requireNonNull(object.get(0)), schema);
        String comment = columnsComment(shell.database(), schema, object);
        shell.output().println(SchemaText.printable(sql, indent) + comment + ";");
      }
    }
  }

  private static String schemaQuery(String schema, @Nullable String pattern, boolean system) {
    String sql =
        "SELECT sql, type, name FROM "
            + Identifier.quote(schema)
            + ".sqlite_schema WHERE type!='meta' AND sql IS NOT NULL";
    if (!system) {
      sql += " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    }
    if (pattern != null) {
      String lower = Literal.text(pattern.toLowerCase(Locale.ROOT));
      String subject =
          pattern.indexOf('.') >= 0
              ? "lower(" + Literal.text(schema + ".") + "||tbl_name)"
              : "lower(tbl_name)";
      boolean glob = pattern.matches(".*[*?\\[].*");
      sql += " AND " + subject + (glob ? " GLOB " + lower : " LIKE " + lower + " ESCAPE '\\'");
    }
    return sql + " ORDER BY rowid";
  }

  /** The columns of a view or virtual table, which its text does not tell. */
  private static String columnsComment(
      Database database, String schema, List<@Nullable String> object) {
    String sql = String.valueOf(object.get(0));
    boolean virtual = sql.regionMatches(true, 0, "CREATE VIRTUAL", 0, "CREATE VIRTUAL".length());
    if (!"view".equals(object.get(1)) && !virtual) {
      return "";
    }
    String name = Identifier.quote(String.valueOf(object.get(2)));
    try {
      List<List<@Nullable String>> columns =
          database.query("PRAGMA " + Identifier.quote(schema) + ".table_info(" + name + ")");
      String prefix = schema.equals("main") ? "" : SchemaText.quoted(schema) + ".";
      return columns.stream()
          .map(column -> Identifier.quote(String.valueOf(column.get(1))))
          .collect(Collectors.joining(",", "\n/* " + prefix + name + "(", ") */"));
    } catch (SQLException e) {
      return ""; // a view of something that is gone has no columns
    }
  }
}
