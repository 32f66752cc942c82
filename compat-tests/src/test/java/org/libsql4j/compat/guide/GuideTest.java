package org.libsql4j.compat.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libsql4j.Connection;
import org.libsql4j.advice.Advisor;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.jdbc.LibsqlDriver;

/** Every example of the user guide compiles, runs, and prints what the guide says. */
class GuideTest {
  @TempDir static Path classes;

  @TempDir Path directory;

  private static Path guide() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("docs/guide"))) {
      folder = folder.getParent();
    }
    return folder.resolve("docs/guide");
  }

  private static List<Path> chapters() throws IOException {
    try (Stream<Path> files = Files.list(guide())) {
      return files.filter(f -> f.toString().endsWith(".md")).sorted().toList();
    }
  }

  static List<Example> examples() throws IOException {
    List<Example> all = new ArrayList<>();
    for (Path chapter : chapters()) {
      all.addAll(Example.of(chapter));
    }
    return all;
  }

  /** All of them at once, which is much faster than one by one. */
  @BeforeAll
  static void compile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<JavaFileObject> sources = new ArrayList<>();
    for (Example example : examples()) {
      sources.add(new Source(example));
    }
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of(
                    "-d", classes.toString(), "-cp", classPath(), "-proc:none", "--release", "17"),
                null,
                sources)
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }

  /** Where the modules that examples use were loaded from, however the tests were started. */
  private static String classPath() {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> type :
        List.of(Connection.class, LibsqlException.class, LibsqlDriver.class, Advisor.class)) {
      places.add(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
    places.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, places);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void printsWhatTheGuideSays(Example example) throws Exception {
    assertThat(run(example)).as(example.name()).isEqualTo(example.output());
  }

  private String run(Example example) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader());
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      loader.loadClass(example.className()).getMethod("run", Path.class).invoke(null, directory);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n").stripTrailing();
  }

  @Test
  void everyChapterIsInTheIndexAndEveryExampleHasItsOwnName() throws IOException {
    String index = Files.readString(guide().resolve("README.md"));
    for (Path chapter : chapters()) {
      String name = chapter.getFileName().toString();
      assertThat(name.equals("README.md") || index.contains("(" + name + ")")).as(name).isTrue();
    }
    Set<String> names = new HashSet<>();
    for (Example example : examples()) {
      assertThat(example.name()).as(example.chapter() + "").matches("[A-Z]\\w+");
      assertThat(names.add(example.name())).as(example.name()).isTrue();
    }
    assertThat(names).hasSizeGreaterThan(20);
  }

  /** The text of an example as a file for the compiler. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(Example example) {
      super(URI.create("string:///" + example.className() + ".java"), Kind.SOURCE);
      text = example.source();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
