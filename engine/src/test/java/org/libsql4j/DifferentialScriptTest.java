package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs scripts on this engine and on the real one, statement by statement: results, column names
 * and errors must be the same. The scripts are in {@code resources/differential}; lines that start
 * with an exclamation mark tell {@link TwoEngines} what to do.
 */
class DifferentialScriptTest {
  @TempDir Path directory;

  static List<String> scripts() throws Exception {
    URL folder = DifferentialScriptTest.class.getResource("/differential");
    assertThat(folder).isNotNull();
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sql"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void behavesLikeTheRealEngine(String script) throws Exception {
    try (TwoEngines engines = new TwoEngines(directory)) {
      List<String> differences = engines.run(read(script));
      assertThat(differences).isEmpty();
    }
  }

  private static List<String> read(String script) throws IOException {
    String resource = "/differential/" + script;
    try (InputStream in = DifferentialScriptTest.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no such script: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
