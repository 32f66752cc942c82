package org.libsql4j.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * COMPAT.md cannot promise what no test shows: every feature that is there, wholly or in part,
 * names tests, and those exist and run.
 */
class CompatibilityTableTest {
  private static final SourceTree TREE = SourceTree.find();
  private static final Pattern LINK = Pattern.compile("\\[`(\\w+)`]\\(([^)]+)\\)");
  private static final Pattern CLASS = Pattern.compile("`(\\w+Test)`");
  private static final Pattern SCRIPT = Pattern.compile("`([a-z0-9-]+)`");
  private static final Pattern RUNS =
      Pattern.compile("@(Test|Property|ParameterizedTest|TestFactory)\\b");

  /** One line of a table. */
  private record Row(int line, String feature, String status, String tests) {
    boolean isPromised() {
      return status.startsWith("yes") || status.startsWith("partly");
    }
  }

  @Test
  void everyFeatureHasAStatus() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(50);
    assertThat(rows())
        .allSatisfy(
            row -> assertThat(row.status()).as(row.toString()).matches("(yes|partly|no)(\\W.*)?"));
  }

  @Test
  void whatIsMissingInPartIsNamed() throws IOException {
    assertThat(rows())
        .filteredOn(row -> row.status().startsWith("partly"))
        .allSatisfy(row -> assertThat(row.status()).as(row.toString()).matches("partly: .{5,}"));
  }

  @Test
  void whatIsPromisedIsTested() throws IOException {
    List<String> bad = new ArrayList<>();
    for (Row row : rows()) {
      if (row.isPromised()) {
        List<Path> tests = testsOf(row, bad);
        if (tests.isEmpty()) {
          bad.add(row + ": names no test");
        }
        for (Path test : tests) {
          if (test.toString().endsWith(".java") && !RUNS.matcher(Files.readString(test)).find()) {
            bad.add(row + ": " + test + " tests nothing");
          }
        }
      }
    }
    assertThat(bad).isEmpty();
  }

  private static List<Path> testsOf(Row row, List<String> bad) throws IOException {
    List<Path> found = new ArrayList<>();
    Matcher links = LINK.matcher(row.tests());
    while (links.find()) {
      Path file = TREE.root().resolve(links.group(2));
      if (!Files.exists(file) || !file.endsWith(links.group(1) + ".java")) {
        bad.add(row + ": no such file " + links.group(2));
      } else {
        found.add(file);
      }
    }
    String rest = links.replaceAll("");
    Matcher classes = CLASS.matcher(rest);
    while (classes.find()) {
      String name = "/" + classes.group(1) + ".java";
      List<JavaFile> files =
          TREE.javaFiles().stream()
              .filter(f -> f.name().endsWith(name))
              .collect(Collectors.toList());
      if (files.isEmpty()) {
        bad.add(row + ": no class " + classes.group(1));
      } else {
        found.add(TREE.root().resolve(files.get(0).name()));
      }
    }
    Matcher scripts = SCRIPT.matcher(classes.replaceAll(""));
    while (scripts.find()) {
      Path script = script(scripts.group(1));
      if (script == null) {
        bad.add(row + ": no script " + scripts.group(1));
      } else {
        found.add(script);
      }
    }
    return found;
  }

  /** A script that a test runs on ours and on the real engine. */
  private static @Nullable Path script(String name) {
    return TREE.files().stream()
        .filter(f -> f.endsWith(name + ".sql") && TREE.name(f).contains("/src/test/resources/"))
        .findAny()
        .orElse(null);
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(TREE.root().resolve("COMPAT.md"));
    for (int i = 0; i < lines.size(); i++) {
      String[] cells = lines.get(i).split("\\|", -1);
      boolean isRow = lines.get(i).startsWith("|") && cells.length == 5;
      if (isRow && !cells[1].trim().equals("Feature") && !cells[1].startsWith("---")) {
        rows.add(new Row(i + 1, cells[1].trim(), cells[2].trim(), cells[3].trim()));
      }
    }
    return rows;
  }
}
