package org.libsql4j.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The command line. Options are written with one hyphen or two, as in {@code sqlite3}. */
final class Options {
  static final String DEFAULT_URL = "jdbc:libsql:";

  private static final String[][] MODES = {
    {"ascii", "set output mode to 'ascii'"},
    {"box", "set output mode to 'box'"},
    {"column", "set output mode to 'column'"},
    {"csv", "set output mode to 'csv'"},
    {"html", "set output mode to HTML"},
    {"json", "set output mode to 'json'"},
    {"line", "set output mode to 'line'"},
    {"list", "set output mode to 'list'"},
    {"markdown", "set output mode to 'markdown'"},
    {"quote", "set output mode to 'quote'"},
    {"table", "set output mode to 'table'"},
    {"tabs", "set output mode to 'tabs'"}
  };

  private static final String[][] SWITCHES = {
    {"bail", "stop after hitting an error"},
    {"batch", "force batch I/O"},
    {"echo", "print inputs before execution"},
    {"header", "turn headers on"},
    {"noheader", "turn headers off"},
    {"help", "show this message"},
    {"interactive", "force interactive I/O"},
    {"readonly", "open the database read-only"},
    {"version", "show the version"}
  };

  private final ParseResult parsed;

  private Options(ParseResult parsed) {
    this.parsed = parsed;
  }

  /**
   * Reads the command line.
   *
   * @throws CommandLine.ParameterException with the user's mistake
   */
  static Options parse(String... arguments) {
    return new Options(commandLine().parseArgs(arguments));
  }

  static String usage() {
    return commandLine().getUsageMessage();
  }

  private static CommandLine commandLine() {
    CommandSpec spec = CommandSpec.create().name("libsql4j");
    for (String[] mode : MODES) {
      spec.addOption(option(mode[0], mode[1]).build());
    }
    for (String[] name : SWITCHES) {
      spec.addOption(option(name[0], name[1]).build());
    }
    spec.addOption(text("cmd", "COMMAND", "run \"COMMAND\" before reading stdin"));
    spec.addOption(text("init", "FILENAME", "read/process named file"));
    spec.addOption(text("newline", "SEP", "set output row separator. Default: '\\n'"));
    spec.addOption(text("nullvalue", "TEXT", "set text string for NULL values. Default ''"));
    spec.addOption(text("separator", "SEP", "set output column separator. Default: '|'"));
    spec.addOption(
        option("url", "").type(String.class).arity("1").paramLabel("PREFIX").hidden(true).build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .paramLabel("FILENAME [SQL]")
            .hideParamSyntax(true)
            .description(
                "name of a database, made if it does not exist; then SQL or dot commands to run")
            .build());
    spec.usageMessage().sortOptions(true).width(100);
    return new CommandLine(spec)
        .setPosixClusteredShortOptionsAllowed(false)
        .setOverwrittenOptionsAllowed(true)
        .setExpandAtFiles(false)
        .setUnmatchedOptionsAllowedAsOptionParameters(true);
  }

  private static OptionSpec.Builder option(String name, String description) {
    return OptionSpec.builder("-" + name, "--" + name).description(description);
  }

  private static OptionSpec text(String name, String label, String description) {
    return option(name, description)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(label)
        .build();
  }

  boolean has(String name) {
    return parsed.hasMatchedOption("-" + name);
  }

  /** The modes that were chosen, in the order of the command line. */
  List<String> modes() {
    List<String> result = new ArrayList<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      String name = option.shortestName().substring(1);
      for (String[] mode : MODES) {
        if (mode[0].equals(name)) {
          result.add(name);
        }
      }
    }
    return result;
  }

  /** The last value of an option; null if it was not given. */
  @Nullable String value(String name) {
    List<String> values = values(name);
    return values.isEmpty() ? null : values.get(values.size() - 1);
  }

  /** All values of an option. */
  List<String> values(String name) {
    OptionSpec option = parsed.matchedOption("-" + name);
    return option == null ? List.of() : option.stringValues();
  }

  /** The database's file and what is to be run on it. */
  List<String> positionals() {
    List<String> result = new ArrayList<>();
    parsed.matchedPositionals().forEach(p -> result.addAll(p.stringValues()));
    return result;
  }
}
