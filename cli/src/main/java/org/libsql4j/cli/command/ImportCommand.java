package org.libsql4j.cli.command;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.libsql4j.cli.EngineError;
import org.libsql4j.cli.Shell;
import org.libsql4j.cli.format.Identifier;
import org.libsql4j.cli.format.Literal;
import org.libsql4j.cli.format.OutputMode;

/** Rows of a text file into a table. */
final class ImportCommand {
  private static final String HELP =
      """
         Options:
           --ascii               Use \\037 and \\036 as column and row separators
           --csv                 Use , and \\n as column and row separators
           --skip N              Skip the first N rows of input
           --schema S            Target table to be S.TABLE
           -v                    "Verbose" - increase auxiliary output
         Notes:
           *  If TABLE does not exist, it is created.  The first row of input
              determines the column names.
           *  If neither --csv or --ascii are used, the input mode is derived
              from the ".mode" output mode
           *  If FILE begins with "|" then it is a command that generates the
              input text.
      """;

  /** Columns on a line of the CREATE TABLE that an import writes. */
  private static final int NAMES_PER_LINE = 4;

  private final Shell shell;
  private @Nullable String file;
  private @Nullable String table;
  private @Nullable String schema;
  private boolean ascii;
  private boolean csv;
  private boolean verbose;
  private int skip;

  private ImportCommand(Shell shell) {
    this.shell = shell;
  }

  static DotCommand command() {
    return DotCommand.of(
        "import",
        "FILE TABLE",
        "Import data from FILE into TABLE",
        HELP,
        (shell, arguments) -> new ImportCommand(shell).run(arguments));
  }

  private void run(List<String> arguments) throws CommandException, SQLException, IOException {
    parse(arguments);
    if (file == null || table == null) {
      throw usage("missing " + (file == null ? "FILE" : "TABLE") + " argument.");
    }
    try (TextSource source = TextSource.open(file)) {
      CsvReader reader = reader(source, file);
      for (int i = 0; i < skip; i++) {
        reader.skipRow();
      }
      String target =
          (schema == null ? "" : Identifier.quote(schema) + ".") + Identifier.quote(table);
      load(reader, file, table, target);
    }
  }

  private void parse(List<String> arguments) throws CommandException {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      boolean hasValue = i + 1 < arguments.size();
      if (!word.startsWith("-")) {
        takeName(word);
      } else if (word.equals("-v") || word.equals("--v")) {
        verbose = true;
      } else if (Arguments.isOption(word, "schema") && hasValue) {
        schema = arguments.get(++i);
      } else if (Arguments.isOption(word, "skip") && hasValue) {
        skip = number(arguments.get(++i));
      } else if (Arguments.isOption(word, "ascii")) {
        ascii = true;
      } else if (Arguments.isOption(word, "csv")) {
        csv = true;
      } else {
        throw usage("unknown option: \"" + word.replaceFirst("^--", "-") + "\". ");
      }
    }
  }

  private void takeName(String word) throws CommandException {
    if (file == null) {
      file = word;
    } else if (table == null) {
      table = word;
    } else {
      throw usage("extra argument: \"" + word + "\". ");
    }
  }

  private static CommandException usage(String problem) {
    return CommandException.onOutput("ERROR: " + problem + " Usage:\n" + command().help());
  }

  private static int number(String word) throws CommandException {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw usage("not a number: \"" + word + "\". ");
    }
  }

  private CsvReader reader(TextSource source, String name) throws CommandException {
    boolean asAscii = ascii || !csv && shell.display().mode() == OutputMode.ASCII;
    if (asAscii) {
      return new CsvReader(source.reader(), shell, name, '\u001f', '\u001e', false);
    }
    if (csv) {
      return new CsvReader(source.reader(), shell, name, ',', '\n', true);
    }
    if (shell.display().rowSeparator().equals("\r\n")) {
      shell.display().setRowSeparator("\n"); // and so it stays, as in sqlite3
    }
    return new CsvReader(
        source.reader(),
        shell,
        name,
        single(shell.display().columnSeparator(), "column"),
        single(shell.display().rowSeparator(), "row"),
        true);
  }

  private static char single(String separator, String kind) throws CommandException {
    if (separator.isEmpty()) {
      throw new CommandException("Error: non-null " + kind + " separator required for import");
    }
    if (separator.length() > 1) {
      throw new CommandException(
          "Error: multi-character " + kind + " separators not allowed for import");
    }
    return separator.charAt(0);
  }

  private void load(CsvReader reader, String fileName, String tableName, String target)
      throws CommandException, SQLException, IOException {
    int columns = columnCount(tableName);
    if (columns == 0) {
      List<String> names = new ArrayList<>();
      do {
        String name = reader.next();
        if (name == null) {
          break;
        }
        names.add(name);
      } while (reader.end() == CsvReader.End.FIELD);
      if (names.isEmpty()) {
        throw new CommandException(fileName + ": empty file");
      }
      create(target, distinct(names, fileName));
      columns = names.size();
    }
    boolean own = begin();
    try {
      insertRows(reader, fileName, target, columns);
    } finally {
      if (own) {
        shell.database().execute("COMMIT");
      }
    }
  }

  private int columnCount(String tableName) throws SQLException {
    String prefix = schema == null ? "" : Identifier.quote(schema) + ".";
    return shell
        .database()
        .query("PRAGMA " + prefix + "table_info(" + Literal.text(tableName) + ")")
        .size();
  }

  /** Starts a transaction unless there is one. */
  private boolean begin() {
    try {
      shell.database().execute("BEGIN");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private void create(String target, List<String> names) throws SQLException {
    StringBuilder sql = new StringBuilder("CREATE TABLE ");
    String quotedTarget = target.startsWith("\"") ? target : '"' + target + '"';
    sql.append(schema == null ? quotedTarget : target).append("(\n");
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        sql.append(i % NAMES_PER_LINE == 0 ? ",\n " : ", ");
      }
      sql.append('"').append(names.get(i).replace("\"", "\"\"")).append("\" TEXT");
    }
    shell.database().execute(sql.append(")").toString());
  }

  /** The names, those that occur more than once with their position, those missing as a mark. */
  private List<String> distinct(List<String> names, String fileName) {
    Map<String, Integer> counts = new HashMap<>();
    names.forEach(name -> counts.merge(name, 1, Integer::sum));
    List<String> renamed = new ArrayList<>();
    List<String> result = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String unique = name.isEmpty() ? "?" : name;
      if (counts.getOrDefault(name, 0) > 1) {
        unique = unique + "_" + (i + 1);
        renamed.add(Arguments.quoted(name) + " to " + Arguments.quoted(unique));
      }
      result.add(unique);
    }
    if (!renamed.isEmpty()) {
      shell.error(
          "Columns renamed during .import "
              + fileName
              + " due to duplicates:\n"
              + String.join(",\n", renamed));
    }
    return result;
  }

  private void insertRows(CsvReader reader, String fileName, String target, int columns)
      throws SQLException, IOException {
    String marks = IntStream.range(0, columns).mapToObj(i -> "?").collect(Collectors.joining(","));
    int rows = 0;
    int errors = 0;
    try (PreparedStatement insert =
        shell
            .database()
            .connection()
            .prepareStatement("INSERT INTO " + target + " VALUES(" + marks + ")")) {
      while (true) {
        int startLine = reader.lineNumber();
        if (!bindRow(reader, insert, columns, fileName + ":" + startLine)) {
          break;
        }
        try {
          insert.executeUpdate();
          rows++;
        } catch (SQLException e) {
          errors++;
          shell.error(
              fileName + ":" + startLine + ": INSERT failed: " + EngineError.of(e).message());
        }
        if (reader.end() == CsvReader.End.TEXT) {
          break;
        }
      }
    }
    if (verbose) {
      shell
          .output()
          .println(
              String.format(
                  "Added %d rows with %d errors using %d lines of input",
                  rows, errors, reader.lineNumber() - 1));
    }
  }

  /** Binds the fields of the next row; false at the end of the text. */
  private boolean bindRow(CsvReader reader, PreparedStatement insert, int columns, String place)
      throws SQLException, IOException {
    int found = 0;
    do {
      String field = reader.next();
      if (field == null) {
        if (found == 0) {
          return false;
        }
        break;
      }
      found++;
      if (found <= columns) {
        insert.setString(found, field);
      }
    } while (reader.end() == CsvReader.End.FIELD);
    if (found != columns) {
      shell.error(
          String.format(
              "%s: expected %d columns but found %d - %s",
              place,
              columns,
              found,
              found < columns ? "filling the rest with NULL" : "extras ignored"));
    }
    for (int i = found + 1; i <= columns; i++) {
      insert.setNull(i, Types.VARCHAR);
    }
    return true;
  }
}
