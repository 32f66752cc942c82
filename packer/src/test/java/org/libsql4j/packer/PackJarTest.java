package org.libsql4j.packer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs a jar that is compiled for the test. */
class PackJarTest {
  private static final Map<String, String> SOURCES =
      Map.of(
          "module-info.java",
          "module zoo { exports zoo; }",
          "zoo/Mark.java",
          """
          package zoo;
          import java.lang.annotation.*;
          @Retention(RetentionPolicy.RUNTIME) @Target(ElementType.TYPE_USE)
          public @interface Mark {}
          """,
          "zoo/package-info.java",
          "package zoo;",
          "zoo/inside/package-info.java",
          "@Deprecated package zoo.inside;",
          "zoo/inside/Cage.java",
          """
          package zoo.inside;
          public class Cage { public zoo.@zoo.Mark Animal animal; }
          """,
          "zoo/Being.java",
          """
          package zoo;
          class Being { public @Mark Being parent() { return this; } }
          """,
          "zoo/Animal.java",
          """
          package zoo;
          import java.util.*;
          public class Animal extends Being {
            public static final int LEGS = 4; private static final int LIVES = 7;
            private static final long serialVersionUID = 1L; private final @Mark String name;
            private final List<String> cries = new ArrayList<>();
            public Animal(@Mark String name) { this.name = name; }
            public @Mark String name() { return name; }
            @Mark String secret() { @Mark String s = name; return s; }
            public record Weight(int grams, long other, double third, String unit) {}
            public Weight weight() { return new Weight(7, 1L << 40, 2.5, "g\\u00e9\\u2020\\0"); }
            public String cry() {
              cries.add("moo");
              Comparator<String> order = (a, b) -> b.compareTo(a);
              cries.sort(order);
              return switch (cries.get(0)) { case "moo" -> "MOO" + LIVES; default -> "?"; };
            }
            public void fail() {

              throw new IllegalStateException(name);
            }
          }
          """);

  @TempDir Path folder;
  private Path jar;
  private Path packed;

  @BeforeEach
  void compileAndPack() throws IOException {
    Path sources = folder.resolve("sources");
    Path classes = folder.resolve("classes");
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-g:lines,source"));
    arguments.add("-Xpkginfo:always");
    for (Map.Entry<String, String> each : SOURCES.entrySet()) {
      Path file = sources.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
      arguments.add(file.toString());
    }
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    assertThat(javac.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    jar = folder.resolve("zoo.jar");
    zip(classes, jar);
    packed = folder.resolve("packed.jar");
    Files.copy(jar, packed);
    pack();
  }

  private static void zip(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      put(zip, "META-INF/", new byte[0]);
      byte[] manifest = "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8);
      put(zip, "META-INF/MANIFEST.MF", manifest);
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        put(zip, name, Files.readAllBytes(file));
      }
      put(zip, "zoo/\u00e9.txt", "text".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 2, 3, 4, 6));
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private void pack() throws IOException {
    PackJar task = new PackJar();
    task.setJar(packed.toFile());
    task.execute();
  }

  private static Map<String, ZipEntry> entries(Path jar) throws IOException {
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Collections.list(zip.entries()).forEach(entry -> entries.put(entry.getName(), entry));
    }
    return entries;
  }

  @Test
  void filesStayInOrderWithTheirTimes() throws IOException {
    List<String> names = new ArrayList<>(entries(jar).keySet());
    names.remove("META-INF/");
    // Says nothing: it has no annotation.
    names.remove("zoo/package-info.class");
    assertThat(entries(packed).keySet()).containsExactlyElementsOf(names);
    assertThat(entries(packed).values())
        .allMatch(entry -> entry.getTimeLocal().equals(LocalDateTime.of(2026, 1, 2, 3, 4, 6)));
    assertThat(Files.size(packed)).isLessThan(Files.size(jar) * 9 / 10);
  }

  @Test
  void toPackAgainChangesNothing() throws IOException {
    byte[] once = Files.readAllBytes(packed);
    pack();
    assertThat(Files.readAllBytes(packed)).isEqualTo(once);
  }

  private interface Use {
    void of(Class<?> animal, Object cow) throws Exception;
  }

  private void withCow(Use use) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {packed.toUri().toURL()}, null)) {
      Class<?> animal = loader.loadClass("zoo.Animal");
      use.of(animal, animal.getConstructor(String.class).newInstance("cow"));
    }
  }

  @Test
  void classesDoTheSame() throws Exception {
    withCow(
        (animal, cow) -> {
          assertThat(animal.getMethod("cry").invoke(cow)).isEqualTo("MOO7");
          assertThat(animal.getMethod("weight").invoke(cow))
              .hasToString("Weight[grams=7, other=1099511627776, third=2.5, unit=g\u00e9\u2020\0]");
        });
  }

  @Test
  void stackTracesHaveFilesAndLines() throws Exception {
    withCow(
        (animal, cow) ->
            assertThatThrownBy(() -> animal.getMethod("fail").invoke(cow))
                .cause()
                .satisfies(
                    e ->
                        assertThat(e.getStackTrace()[0])
                            .hasToString("zoo.Animal.fail(Animal.java:20)")));
  }

  @Test
  void privateConstantsAreOnlyWhereTheyAreUsed() throws Exception {
    withCow(
        (animal, cow) ->
            assertThat(animal.getDeclaredFields())
                .extracting(Field::getName)
                .contains("LEGS", "serialVersionUID", "name")
                .doesNotContain("LIVES"));
  }

  /** A compiler of code outside of the module sees what it saw; what it cannot name is bare. */
  @Test
  void annotationsStayWhereOthersSeeThem() throws Exception {
    withCow(
        (animal, cow) -> {
          Method name = animal.getMethod("name");
          assertThat(name.getAnnotatedReturnType().getAnnotations()).hasSize(1);
          assertThat(animal.getConstructors()[0].getAnnotatedParameterTypes()[0].getAnnotations())
              .hasSize(1);
          Method inherited = animal.getSuperclass().getDeclaredMethod("parent");
          assertThat(inherited.getAnnotatedReturnType().getAnnotations()).hasSize(1);
          Method secret = animal.getDeclaredMethod("secret");
          assertThat(secret.getAnnotatedReturnType().getAnnotations()).isEmpty();
          Class<?> cage = animal.getClassLoader().loadClass("zoo.inside.Cage");
          assertThat(cage.getField("animal").getAnnotatedType().getAnnotations()).isEmpty();
        });
  }
}
