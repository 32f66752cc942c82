package org.libsql4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What options and arguments do, and the status that the shell exits with. */
class CommandLineTest {
  private static ShellRun run(String input, String... arguments) {
    return ShellRun.inProcess(ShellRun.REFERENCE_URL, input, arguments);
  }

  @Test
  void sqlArgumentsRunInTurnAndInputIsNotRead() {
    ShellRun run = run("select 'input';", ":memory:", "select 1; select 2", ".print three");

    assertThat(run).isEqualTo(new ShellRun("1\n2\nthree\n", "", 0));
  }

  @Test
  void failedArgumentEndsTheRunWithItsResultCode() {
    String sql = "create table t(a unique); insert into t values(1),(1); select 5";

    assertThat(run("", ":memory:", sql, "select 6"))
        .isEqualTo(new ShellRun("", "Error: stepping, UNIQUE constraint failed: t.a (19)\n", 19));
    assertThat(run("", ":memory:", "select * FORM t", "select 6"))
        .isEqualTo(new ShellRun("", "Error: in prepare, near \"FORM\": syntax error\n", 1));
    assertThat(run("", ":memory:", ".headers", "select 6"))
        .isEqualTo(new ShellRun("", "Usage: .headers on|off\n", 1));
    assertThat(run("", ":memory:", ".quit", "select 6")).isEqualTo(new ShellRun("", "", 0));
    assertThat(run("", ":memory:", ".exit 4", "select 6")).isEqualTo(new ShellRun("", "", 4));
  }

  @Test
  void inputGoesOnAfterAnErrorUnlessToldToBail() {
    String input = "select 1;\nselect x;\nselect 2;\n";

    assertThat(run(input))
        .isEqualTo(new ShellRun("1\n2\n", "Parse error near line 2: no such column: x\n", 1));
    assertThat(run(input, "-bail"))
        .isEqualTo(new ShellRun("1\n", "Parse error near line 2: no such column: x\n", 1));
  }

  @Test
  void modesAndSeparatorsAreOptions() {
    String sql = "select 1 as a, 'x y' as b, null as c";

    assertThat(run("", "-csv", ":memory:", sql).out()).isEqualTo("1,\"x y\",\n");
    assertThat(run("", "--csv", "--header", ":memory:", sql).out())
        .isEqualTo("a,b,c\n1,\"x y\",\n");
    assertThat(run("", "-json", ":memory:", sql).out())
        .isEqualTo("[{\"a\":1,\"b\":\"x y\",\"c\":null}]\n");
    assertThat(run("", "-line", ":memory:", sql).out())
        .isEqualTo("    a = 1\n    b = x y\n    c = \n");
    assertThat(run("", "-separator", ";", "-nullvalue", "NULL", ":memory:", sql).out())
        .isEqualTo("1;x y;NULL\n");
    assertThat(run("", "-column", "-noheader", ":memory:", sql).out()).isEqualTo("1  x y   \n");
    assertThat(run("", "-newline", "!", ":memory:", sql).out()).isEqualTo("1|x y|!");
    assertThat(run("", "-box", ":memory:", "select 1 as a").out())
        .isEqualTo("┌───┐\n│ a │\n├───┤\n│ 1 │\n└───┘\n");
  }

  @Test
  void commandsRunBeforeTheInput() {
    ShellRun run = run("select 1 as a;\n", "-cmd", ".mode quote", "-cmd", ".headers on");

    assertThat(run.out()).isEqualTo("'a'\n1\n");
  }

  @Test
  void echoShowsTheInput() {
    assertThat(run("select 1;\n", "-echo").out()).isEqualTo("select 1;\n1\n");
  }

  @Test
  void initFileIsRunFirst(@TempDir Path folder) throws Exception {
    Path init = Files.writeString(folder.resolve("init"), ".nullvalue none\n");

    assertThat(run("select null;", "-init", init.toString()).out()).isEqualTo("none\n");
  }

  @Test
  void readOnlyDatabaseIsNotWritten(@TempDir Path folder) {
    String file = folder.resolve("a b%?#.db").toString().replace("?", "");
    assertThat(run("create table t(a);", file).status()).isZero();

    ShellRun run = run("insert into t values(1);\nselect count(*) from t;\n", "-readonly", file);

    assertThat(run.out()).isEqualTo("0\n");
    assertThat(run.errors())
        .isEqualTo("Runtime error near line 1: attempt to write a readonly database (8)\n");
  }

  @Test
  void databaseThatCannotBeOpenedIsNamed(@TempDir Path folder) {
    String file = folder.resolve("none/x.db").toString();

    assertThat(run("", file, "select 1").status()).isEqualTo(1);
    assertThat(run("", file, "select 1").errors())
        .startsWith("Error: unable to open database \"" + file + "\": ");
  }

  @Test
  void unknownOptionIsAnError() {
    ShellRun run = run("", "-zzz");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).endsWith("Use -help for a list of options.\n");
  }

  @Test
  void versionAndHelp() {
    assertThat(run("", "-version").out()).startsWith("libsql4j ").contains("(SQLite 3.");
    assertThat(run("", "-help").errors()).contains("FILENAME [SQL]").contains("-separator");
    assertThat(run("", ":memory:", ".help").out())
        .contains(".bail on|off             Stop after hitting an error.  Default OFF\n");
    assertThat(run("", ":memory:", ".help mode").out()).contains("ASCII-art table");
  }

  @Test
  void inputNestsOnlySoDeep(@TempDir Path folder) throws Exception {
    Path script = folder.resolve("loop.sql");
    Files.writeString(script, ".read " + script + "\n");

    assertThat(run(".read " + script + "\n").errors())
        .isEqualTo("Input nesting limit (25) reached. Check recursion.\n");
  }

  @Test
  void timerReportsEachLine() {
    assertThat(run(".timer on\nselect 1;\n").out())
        .matches("1\nRun Time: real \\d+\\.\\d{3} user \\d+\\.\\d{6} sys \\d+\\.\\d{6}\n");
  }
}
