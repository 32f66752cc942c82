package org.libsql4j.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Style rules that a machine can check, over the whole source tree. */
class TidyTest {
  private static final int MAX_LINES = 900;

  /** Files that may be longer than {@link #MAX_LINES}, and why. */
  private static final Map<String, String> LONG_FILES = Map.of();

  /** Storage and SQL files that may use monitors, and why. */
  private static final Map<String, String> MONITORS = Map.of();

  private static final Set<String> LIBRARIES =
      Set.of(
          "pager",
          "faults",
          "wal",
          "engine",
          "advice",
          "csv",
          "replication",
          "jdbc",
          "sqlite-compat",
          "jfr",
          "metrics",
          "opentelemetry");

  private static final Set<String> TEXT_FILES =
      Set.of(
          "java", "md", "xml", "yml", "yaml", "json", "sql", "txt", "properties", "config", "sh");

  private static final SourceTree TREE = SourceTree.find();
  private static final List<JavaFile> JAVA = TREE.javaFiles();
  private static final List<JavaFile> MAIN = JAVA.stream().filter(JavaFile::isMain).toList();

  @Test
  void theTreeIsSeen() {
    assertThat(MAIN).hasSizeGreaterThan(15);
    assertThat(JAVA).extracting(JavaFile::name).anyMatch(n -> n.endsWith("/tidy/TidyTest.java"));
  }

  @Test
  void everyMainPackageIsDescribedAndNullMarked() {
    List<String> bad = new ArrayList<>();
    for (JavaFile file : MAIN) {
      if (file.name().endsWith("/module-info.java")) {
        continue;
      }
      JavaFile info = find(file.folder() + "/package-info.java");
      if (info == null || !info.text().contains("/**") || !isNullMarked(info)) {
        bad.add(file.folder());
      }
    }
    assertThat(bad.stream().distinct()).as("packages without a package-info").isEmpty();
  }

  /**
   * By itself or by its module. A package that users see is by itself: who compiles on the class
   * path sees no modules.
   */
  private static boolean isNullMarked(JavaFile packageInfo) {
    if (packageInfo.code().contains("@NullMarked")) {
      return true;
    }
    String folder = packageInfo.folder();
    String root =
        folder.substring(0, folder.indexOf("/src/main/java/") + "/src/main/java".length());
    JavaFile module = find(root + "/module-info.java");
    String name = folder.substring(root.length() + 1).replace('/', '.');
    return module != null
        && module.code().contains("@NullMarked")
        && !module.code().contains("exports " + name + ";");
  }

  private static JavaFile find(String name) {
    return MAIN.stream().filter(f -> f.name().equals(name)).findAny().orElse(null);
  }

  @Test
  void noWorkIsLeftInComments() {
    Pattern marks = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");
    assertNone(textLines(marks, path -> true));
  }

  @Test
  void noCodeIsCommentedOut() {
    Pattern code =
        Pattern.compile(
            "^\\s*//\\s*((if|for|while|switch)\\s*\\(.*|return\\b.*;|import .*;"
                + "|[A-Za-z][\\w.<>\\[\\]]* [a-z]\\w* = .*;|[a-z]\\w*(\\.\\w+)*\\(.*\\);|[{}])\\s*$");
    assertNone(matches(JAVA, JavaFile::text, code));
  }

  @Test
  void librariesPrintNothing() {
    assertNone(matches(libraries(), JavaFile::code, Pattern.compile("\\bSystem\\.(out|err)\\b")));
    assertNone(matches(libraries(), JavaFile::code, Pattern.compile("\\bprintStackTrace\\(")));
  }

  @Test
  void noMonitorsInStorageAndSql() {
    List<JavaFile> files =
        libraries().stream()
            .filter(f -> !f.module().equals("jdbc") && !MONITORS.containsKey(f.name()))
            .toList();
    assertNone(matches(files, JavaFile::code, Pattern.compile("\\bsynchronized\\b")));
  }

  @Test
  void noReflectionUnsafeOrNativeCode() {
    Pattern doors =
        Pattern.compile(
            "\\bsun\\.misc\\b|\\bjdk\\.internal\\b|\\bjava\\.lang\\.reflect\\b|\\bsetAccessible\\b"
                + "|\\bClass\\.forName\\b|\\bSystem\\.load|\\bnative\\b");
    assertNone(matches(libraries(), JavaFile::code, doors));
  }

  @Test
  void filesAreShort() {
    List<String> bad =
        JAVA.stream()
            .filter(f -> f.lineCount() > MAX_LINES && !LONG_FILES.containsKey(f.name()))
            .map(f -> f.name() + " has " + f.lineCount() + " lines")
            .toList();
    assertNone(bad);
    List<Integer> lengths = MAIN.stream().map(JavaFile::lineCount).sorted().toList();
    System.out.printf(
        "%d main files, %d lines; median %d, nine of ten at most %d, longest %d%n",
        lengths.size(),
        lengths.stream().mapToInt(Integer::intValue).sum(),
        lengths.get(lengths.size() / 2),
        lengths.get(lengths.size() * 9 / 10),
        lengths.get(lengths.size() - 1));
  }

  @Test
  void exceptionsAreNeeded() {
    List<String> stale = new ArrayList<>();
    LONG_FILES.keySet().stream()
        .filter(n -> file(n) == null || file(n).lineCount() <= MAX_LINES)
        .forEach(stale::add);
    MONITORS.keySet().stream()
        .filter(n -> file(n) == null || !file(n).code().contains("synchronized"))
        .forEach(stale::add);
    assertThat(stale).as("exceptions that nothing needs any more").isEmpty();
  }

  @Test
  void packagesAreNamedAfterWhatTheyHold() {
    Pattern empty = Pattern.compile("/(utils?|common|misc|impl|helpers?)(/|$)");
    assertThat(JAVA.stream().map(JavaFile::folder).filter(empty.asPredicate()).distinct())
        .as("packages named after nothing; sqlite-jdbc's names are not our choice")
        .allMatch(folder -> folder.contains("/org/sqlite/"));
  }

  @Test
  void nothingNamesAMachine() {
    Pattern machine =
        Pattern.compile("/wor" + "k/|/ro" + "ot/|repo1?\\.mav" + "en|registry\\.np" + "mjs");
    assertNone(textLines(machine, path -> true));
  }

  @Test
  void linksInDocumentsLeadSomewhere() {
    Pattern link = Pattern.compile("\\]\\((?!https?:)([^)#\\s]+)");
    List<String> broken = new ArrayList<>();
    for (Path path : TREE.files()) {
      if (path.toString().endsWith(".md")) {
        Matcher matcher = link.matcher(SourceTree.read(path));
        while (matcher.find()) {
          if (!Files.exists(path.resolveSibling(matcher.group(1)))) {
            broken.add(TREE.name(path) + " -> " + matcher.group(1));
          }
        }
      }
    }
    assertNone(broken);
  }

  private static List<JavaFile> libraries() {
    return MAIN.stream().filter(f -> LIBRARIES.contains(f.module())).toList();
  }

  private static JavaFile file(String name) {
    return JAVA.stream().filter(f -> f.name().equals(name)).findAny().orElse(null);
  }

  private static List<String> textLines(Pattern pattern, Predicate<Path> wanted) {
    List<String> found = new ArrayList<>();
    for (Path path : TREE.files()) {
      String name = path.getFileName().toString();
      String extension = name.substring(name.lastIndexOf('.') + 1);
      boolean script = name.indexOf('.') < 0 && !TREE.name(path).contains("/resources/");
      if ((TEXT_FILES.contains(extension) || script) && wanted.test(path)) {
        found.addAll(lines(TREE.name(path), SourceTree.read(path), pattern));
      }
    }
    return found;
  }

  private static List<String> matches(
      List<JavaFile> files, java.util.function.Function<JavaFile, String> view, Pattern pattern) {
    List<String> found = new ArrayList<>();
    files.forEach(f -> found.addAll(lines(f.name(), view.apply(f), pattern)));
    return found;
  }

  private static List<String> lines(String name, String text, Pattern pattern) {
    List<String> found = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        found.add(name + ":" + number + ": " + line.strip());
      }
    }
    return found;
  }

  private static void assertNone(List<String> violations) {
    assertThat(violations).as(() -> String.join("\n", violations)).isEmpty();
  }
}
