package org.libsql4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.cli.format.LooseUtf8;

/**
 * Scripts print what they print in the {@code sqlite3} shell.
 *
 * <p>Beside each script in {@code resources/scripts} lies what {@code sqlite3} 3.40 printed, of
 * which the second test makes sure where that version is installed. To renew an expectation: {@code
 * cd $(mktemp -d); sqlite3 < NAME.sql > NAME.out 2> NAME.err}.
 */
class ScriptTest {
  private static final String SHELL_VERSION = "3.40";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"columns", "csv", "errors", "files", "import", "modes", "schema", "scripts"})
  void printsWhatIsExpected(String name) throws Exception {
    ShellRun run = ShellRun.inFolder(folder, ShellRun.REFERENCE_URL, read(name + ".sql"));
    ShellRun expected = new ShellRun(read(name + ".out"), read(name + ".err"), run.status());

    assertThat(run.out()).isEqualTo(expected.out());
    assertThat(run.errors()).isEqualTo(expected.withoutContext().errors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"columns", "csv", "errors", "files", "import", "modes", "schema", "scripts"})
  void expectationsAreThoseOfTheRealShell(String name) throws Exception {
    assumeTrue(installedVersion().startsWith(SHELL_VERSION), "sqlite3 3.40 is not installed");
    ShellRun run = ShellRun.program(folder, read(name + ".sql"), List.of("sqlite3", "-batch"));

    assertThat(run.out()).isEqualTo(read(name + ".out"));
    assertThat(run.errors()).isEqualTo(read(name + ".err"));
  }

  private String installedVersion() throws InterruptedException {
    try {
      return ShellRun.program(folder, "", List.of("sqlite3", "-version")).out();
    } catch (IOException e) {
      return "none";
    }
  }

  private static String read(String name) throws IOException {
    try (InputStream in = ScriptTest.class.getResourceAsStream("/scripts/" + name)) {
      return LooseUtf8.decode(in.readAllBytes());
    }
  }
}
