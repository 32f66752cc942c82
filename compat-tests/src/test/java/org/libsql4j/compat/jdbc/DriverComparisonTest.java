package org.libsql4j.compat.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table in the guide is what the two drivers really do. */
class DriverComparisonTest {
  private static final Path GUIDE = Path.of("..", "docs", "compared-with-sqlite-jdbc.md");

  @TempDir Path folder;

  @Test
  void theTableIsTrue() throws Exception {
    DriverTopics theirs =
        new DriverTopics("jdbc:sqlite:", Files.createDirectory(folder.resolve("a")));
    DriverTopics ours =
        new DriverTopics("jdbc:libsql:", Files.createDirectory(folder.resolve("b")));
    StringBuilder table = new StringBuilder("| Topic | sqlite-jdbc | libsql4j |\n|---|---|---|\n");
    for (String topic : DriverTopics.topics()) {
      table
          .append("| ")
          .append(cell(topic))
          .append(" | ")
          .append(cell(theirs.answer(topic)))
          .append(" | ")
          .append(cell(ours.answer(topic)))
          .append(" |\n");
    }
    assertThat(Files.readString(GUIDE)).contains(table);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
