package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The guide lists every option, its values and the default that it has. */
class OptionsGuideTest {
  /** Pragmas that tell nothing, or nothing of a database in memory. */
  private static final Set<DriverSetting> UNREADABLE =
      EnumSet.of(DriverSetting.CASE_SENSITIVE_LIKE, DriverSetting.MMAP_SIZE);

  private static String guide() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/guide/options.md"))) {
      folder = folder.getParent();
    }
    return Files.readString(folder.resolve("docs/guide/options.md"));
  }

  @Test
  void everyOptionIsThere() throws IOException {
    String guide = guide();
    for (DriverSetting setting : DriverSetting.values()) {
      assertThat(guide.toLowerCase(Locale.ROOT)).contains("`" + setting.key() + "`");
      String line =
          guide
              .lines()
              .filter(text -> text.toLowerCase(Locale.ROOT).startsWith("| `" + setting.key() + "`"))
              .findFirst()
              .orElse("");
      if (setting.choices() != null && !line.isEmpty()) {
        for (String choice : setting.choices()) {
          assertThat(line).as(setting.key()).contains("`" + choice + "`");
        }
      }
    }
  }

  @Test
  void theDefaultsOfPragmasAreWhatItSays() throws IOException, SQLException {
    try (Connection connection = TestDatabases.ours()) {
      for (String line : guide().lines().toList()) {
        String[] cells = line.split("\\|");
        if (cells.length < 5 || !cells[3].matches(" `[^`]*` ") || !cells[1].matches(" `\\w+` ")) {
          continue;
        }
        DriverSetting setting = DriverSetting.find(cells[1].trim().replace("`", ""));
        boolean readable = setting != null && setting.kind() == DriverSetting.Kind.PRAGMA;
        if (readable && !UNREADABLE.contains(setting)) {
          String found = TestDatabases.value(connection, "PRAGMA " + setting.pragma());
          String expected = cells[3].trim().replace("`", "");
          assertThat(normalized(setting, found)).as(line).isEqualTo(expected);
        }
      }
    }
  }

  private static String normalized(DriverSetting setting, String value) {
    String[] choices = setting.choices();
    return switch (setting) {
      case SYNCHRONOUS, TEMP_STORE, AUTO_VACUUM -> choices[Integer.parseInt(value)];
      case LOCKING_MODE -> value.toUpperCase(Locale.ROOT);
      case CACHE_SPILL -> value.equals("0") ? "false" : "true";
      case ENCODING,
          PAGE_SIZE,
          CACHE_SIZE,
          MMAP_SIZE,
          JOURNAL_SIZE_LIMIT,
          WAL_AUTOCHECKPOINT,
          MAX_PAGE_COUNT ->
          value;
      default -> value.equals("1") ? "true" : "false";
    };
  }
}
