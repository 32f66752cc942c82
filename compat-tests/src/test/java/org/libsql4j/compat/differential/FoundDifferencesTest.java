package org.libsql4j.compat.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.RealEngine;

/**
 * Differences that random tests found once: small scripts that must do the same on both engines.
 *
 * <p>They stand in {@code resources/compat/found-differences.sql}, one after each line that begins
 * with {@code -- #}.
 */
class FoundDifferencesTest {
  static Stream<String> scripts() throws IOException {
    try (InputStream in =
        FoundDifferencesTest.class.getResourceAsStream("/compat/found-differences.sql")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("(?m)^-- # ")).filter(script -> !script.isBlank());
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void bothDoTheSame(String script) {
    int end = script.indexOf('\n');
    try (OurEngine ours = OurEngine.inMemory();
        RealEngine real = RealEngine.inMemory()) {
      for (String sql : script.substring(end).split(";\n")) {
        if (!sql.isBlank()) {
          assertThat(ours.run(sql))
              .as(script.substring(0, end) + ": " + sql)
              .isEqualTo(real.run(sql));
        }
      }
    }
  }
}
