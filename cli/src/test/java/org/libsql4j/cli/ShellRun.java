package org.libsql4j.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.reader.LineReader;
import org.libsql4j.cli.format.LooseUtf8;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.sql.SqlCompleteness;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * What a run of a shell printed.
 *
 * @param out standard output
 * @param errors error output
 * @param status exit status
 */
record ShellRun(String out, String errors, int status) {
  /** The real SQLite, through its JDBC driver. */
  static final String REFERENCE_URL = "jdbc:sqlite:";

  /** Runs our shell in this JVM. */
  static ShellRun inProcess(String url, String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        Main.run(
            arguments(url, arguments).toArray(String[]::new),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            out,
            errors,
            false);
    return new ShellRun(
        out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8), status);
  }

  /** Runs our shell in a JVM and a folder of its own. */
  static ShellRun inFolder(Path folder, String url, String input)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                Main.class.getName()));
    command.addAll(arguments(url));
    return program(folder, input, command);
  }

  private static List<String> arguments(String url, String... more) {
    List<String> all = new ArrayList<>(List.of("-batch", "-init", "/dev/null", "-url", url));
    all.addAll(List.of(more));
    return all;
  }

  /** Runs any program in a folder. */
  static ShellRun program(Path folder, String input, List<String> command)
      throws IOException, InterruptedException {
    Path in = Files.writeString(folder.resolve("stdin"), input);
    Path out = folder.resolve("stdout");
    Path errors = folder.resolve("stderr");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    int status = process.waitFor();
    return new ShellRun(read(out), withoutLogger(read(errors)), status);
  }

  private static String read(Path file) throws IOException {
    return LooseUtf8.decode(Files.readAllBytes(file));
  }

  /** What the shell and the reference driver need. */
  private static String classPath() {
    return Stream.of(
            Main.class,
            LibsqlException.class,
            SqlCompleteness.class,
            CommandLine.class,
            LineReader.class,
            LoggerFactory.class,
            org.sqlite.JDBC.class)
        .map(type -> new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()))
        .map(File::getAbsolutePath)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What the reference driver's logger and the JVM say of that driver is not the shell's. */
  private static String withoutLogger(String errors) {
    return errors
        .lines()
        .filter(line -> !line.startsWith("SLF4J") && !line.startsWith("WARNING: "))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /**
   * Without the parts of a statement that messages show: only our own driver knows where in a
   * statement the error is.
   */
  ShellRun withoutContext() {
    return new ShellRun(
        out, errors.replaceAll("  [^\n]*\n *(\\^--- error here|error here ---\\^)\n", ""), status);
  }
}
