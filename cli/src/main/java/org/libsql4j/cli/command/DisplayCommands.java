package org.libsql4j.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.libsql4j.cli.Shell;
import org.libsql4j.cli.format.DisplaySettings;
import org.libsql4j.cli.format.DisplaySettings.ColumnOptions;
import org.libsql4j.cli.format.OutputMode;

/** How results look. */
final class DisplayCommands {
  private static final String MODE_HELP =
      """
         MODE is one of:
           ascii       Columns/rows delimited by 0x1F and 0x1E
           box         Tables using unicode box-drawing characters
           csv         Comma-separated values
           column      Output in columns.  (See .width)
           html        HTML <table> code
           insert      SQL insert statements for TABLE
           json        Results in a JSON array
           line        One value per line
           list        Values delimited by "|"
           markdown    Markdown table format
           qbox        Shorthand for "box --wrap 60 --quote"
           quote       Escape answers as for SQL
           table       ASCII-art table
           tabs        Tab-separated values
           tcl         TCL list elements
         OPTIONS: (for columnar modes or insert mode):
           --wrap N       Wrap output lines to no longer than N characters
           --wordwrap B   Wrap or not at word boundaries per B (on/off)
           --ww           Shorthand for "--wordwrap 1"
           --quote        Quote output text as SQL literals
           --noquote      Do not quote output text
           TABLE          The name of SQL table used for "insert" mode
      """;

  private DisplayCommands() {}

  static List<DotCommand> all() {
    return List.of(
        DotCommand.of(
            "mode", "MODE ?OPTIONS?", "Set output mode", MODE_HELP, DisplayCommands::mode),
        DotCommand.of(
            "nullvalue",
            "STRING",
            "Use STRING in place of NULL values",
            (shell, arguments) ->
                shell.display().setNullValue(Arguments.only(arguments, ".nullvalue STRING"))),
        DotCommand.of(
            "print",
            "STRING...",
            "Print literal STRING",
            (shell, arguments) -> shell.output().println(String.join(" ", arguments))),
        DotCommand.of(
            "prompt",
            "MAIN CONTINUE",
            "Replace the standard prompts",
            (shell, arguments) -> {
              for (int i = 0; i < Math.min(arguments.size(), shell.prompts().length); i++) {
                shell.prompts()[i] = arguments.get(i);
              }
            }),
        DotCommand.of(
            "separator",
            "COL ?ROW?",
            "Change the column and row separators",
            DisplayCommands::separator),
        DotCommand.of(
            "show",
            "",
            "Show the current values for various settings",
            (shell, arguments) -> show(shell)),
        DotCommand.of(
            "width",
            "NUM1 NUM2 ...",
            "Set minimum column widths for columnar output",
            "     Negative values right-justify",
            DisplayCommands::width));
  }

  private static void mode(Shell shell, List<String> arguments) throws CommandException {
    DisplaySettings display = shell.display();
    if (arguments.isEmpty()) {
      shell.output().println("current output mode: " + describeMode(display));
      return;
    }
    OutputMode mode = OutputMode.of(arguments.get(0));
    if (mode == null) {
      throw new CommandException(
          "Error: mode should be one of: "
              + "ascii box column csv html insert json line list markdown qbox quote table tabs tcl");
    }
    display.setMode(mode);
    if (mode == OutputMode.INSERT) {
      display.setInsertTable(arguments.size() > 1 ? arguments.get(1) : "table");
    } else if (mode.isColumnar()) {
      display.setColumnOptions(options(shell, display.columnOptions(), arguments));
    }
  }

  private static ColumnOptions options(
      Shell shell, ColumnOptions defaults, List<String> arguments) {
    int wrap = defaults.wrap();
    boolean wordWrap = defaults.wordWrap();
    boolean quote = defaults.quote();
    for (int i = 1; i < arguments.size(); i++) {
      String word = arguments.get(i);
      boolean hasValue = i + 1 < arguments.size();
      if (Arguments.isOption(word, "wrap") && hasValue) {
        wrap = number(arguments.get(++i));
      } else if (Arguments.isOption(word, "wordwrap") && hasValue) {
        wordWrap = Arguments.isOn(shell, arguments.get(++i));
      } else if (Arguments.isOption(word, "ww")) {
        wordWrap = true;
      } else if (Arguments.isOption(word, "quote")) {
        quote = true;
      } else if (Arguments.isOption(word, "noquote")) {
        quote = false;
      }
    }
    return new ColumnOptions(Math.max(0, wrap), wordWrap, quote);
  }

  private static String describeMode(DisplaySettings display) {
    OutputMode mode = display.mode();
    if (!mode.isColumnar()) {
      return mode.label();
    }
    ColumnOptions options = display.columnOptions();
    return String.format(
        "%s --wrap %d --wordwrap %s --%squote",
        mode.label(),
        options.wrap(),
        options.wordWrap() ? "on" : "off",
        options.quote() ? "" : "no");
  }

  private static void separator(Shell shell, List<String> arguments) throws CommandException {
    if (arguments.isEmpty() || arguments.size() > 2) {
      throw new CommandException("Usage: .separator COL ?ROW?");
    }
    shell.display().setColumnSeparator(arguments.get(0));
    if (arguments.size() > 1) {
      shell.display().setRowSeparator(arguments.get(1));
    }
  }

  private static void width(Shell shell, List<String> arguments) {
    List<Integer> widths = new ArrayList<>();
    for (String word : arguments) {
      widths.add(number(word));
    }
    shell.display().setWidths(widths);
  }

  private static int number(String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static void show(Shell shell) {
    DisplaySettings display = shell.display();
    Shell.Flags flags = shell.flags();
    String widths = display.widths().stream().map(w -> w + " ").collect(Collectors.joining());
    String[][] lines = {
      {"echo", onOff(flags.echo)},
      {"eqp", onOff(flags.queryPlan)},
      {"explain", flags.explainRaw ? "off" : "auto"},
      {"headers", onOff(display.headers())},
      {"mode", describeMode(display)},
      {"nullvalue", Arguments.quoted(display.nullValue())},
      {"output", shell.output().name()},
      {"colseparator", Arguments.quoted(display.columnSeparator())},
      {"rowseparator", Arguments.quoted(display.rowSeparator())},
      {"stats", "off"},
      {"width", widths},
      {"filename", shell.database().file()}
    };
    Arrays.stream(lines)
        .forEach(l -> shell.output().println(String.format("%12s: %s", l[0], l[1])));
  }

  private static String onOff(boolean on) {
    return on ? "on" : "off";
  }
}
