package org.libsql4j.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One program with either driver sees the same. sqlite-jdbc has a class loader of its own. */
class DropInTest {
  @TempDir Path folder;

  /** Its jar: named by the build, or on the class path behind ours. */
  private static Path sqliteJdbc() throws Exception {
    String property = System.getProperty("compat.sqlite.jdbc");
    if (property != null) {
      return Path.of(property);
    }
    URL inside = DropInTest.class.getResource("/sqlite-jdbc.properties");
    assertThat(inside).as("sqlite-jdbc").isNotNull();
    return Path.of(((JarURLConnection) inside.openConnection()).getJarFileURL().toURI());
  }

  @Test
  void aProgramRunsTheSame() throws Exception {
    Path ours = Files.createDirectory(folder.resolve("ours"));
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    List<?> expected;
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    URL[] path = {
      sqliteJdbc().toUri().toURL(),
      Program.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      expected =
          (List<?>)
              loader
                  .loadClass(Program.class.getName())
                  .getMethod("run", File.class)
                  .invoke(null, theirs.toFile());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    List<String> actual = Program.run(ours.toFile());
    assertThat(expected).hasSizeGreaterThan(200);
    assertThat(withoutFolder(actual, ours)).isEqualTo(withoutFolder(expected, theirs));
  }

  private static String withoutFolder(List<?> told, Path folder) {
    return told.stream()
        .map(String::valueOf)
        .collect(Collectors.joining("\n"))
        .replace(folder.toString(), "FOLDER");
  }
}
