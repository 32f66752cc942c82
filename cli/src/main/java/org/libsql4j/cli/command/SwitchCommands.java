package org.libsql4j.cli.command;

import java.util.List;
import org.libsql4j.cli.Shell;

/** Settings that are turned on and off. */
final class SwitchCommands {
  private SwitchCommands() {}

  private interface Setter {
    void set(Shell shell, boolean on);
  }

  static List<DotCommand> all() {
    return List.of(
        onOff("bail", "Stop after hitting an error.  Default OFF", (s, on) -> s.flags().bail = on),
        onOff("changes", "Show number of rows changed by SQL", (s, on) -> s.flags().changes = on),
        onOff("echo", "Turn command echo on or off", (s, on) -> s.flags().echo = on),
        onOff(
            "headers", "Turn display of headers on or off", (s, on) -> s.display().setHeaders(on)),
        onOff("timer", "Turn SQL timer on or off", (s, on) -> s.flags().timer = on),
        DotCommand.of(
            "eqp",
            "on|off",
            "Enable or disable automatic EXPLAIN QUERY PLAN",
            (shell, arguments) ->
                shell.flags().queryPlan =
                    Arguments.isOn(shell, Arguments.only(arguments, ".eqp off|on"))),
        DotCommand.of(
            "explain",
            "?off|auto?",
            "Change the EXPLAIN formatting mode.  Default: auto",
            (shell, arguments) ->
                shell.flags().explainRaw =
                    !arguments.isEmpty()
                        && !arguments.get(0).equals("auto")
                        && !Arguments.isOn(shell, arguments.get(0))),
        DotCommand.of(
            "stats",
            "off",
            "Statistics are not kept",
            (shell, arguments) -> {
              if (!arguments.equals(List.of("off"))) {
                throw new CommandException("Error: statistics are not supported");
              }
            }),
        DotCommand.of(
            "timeout",
            "MS",
            "Try opening locked tables for MS milliseconds",
            (shell, arguments) ->
                shell.database().execute("PRAGMA busy_timeout=" + millis(arguments))));
  }

  private static DotCommand onOff(String name, String summary, Setter setter) {
    return DotCommand.of(
        name,
        "on|off",
        summary,
        (shell, arguments) ->
            setter.set(
                shell, Arguments.isOn(shell, Arguments.only(arguments, "." + name + " on|off"))));
  }

  private static int millis(List<String> arguments) throws CommandException {
    if (arguments.isEmpty()) {
      return 0;
    }
    try {
      return Integer.parseInt(arguments.get(0));
    } catch (NumberFormatException e) {
      throw new CommandException("Usage: .timeout MS");
    }
  }
}
