package org.libsql4j.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The checkout that the tests run in: its root folder and the files in it, without build output.
 */
final class SourceTree {
  private static final Set<String> NOT_OURS =
      Set.of(".git", "target", "node_modules", ".libsql4j", ".idea", ".vscode");

  private final Path root;

  private SourceTree(Path root) {
    this.root = root;
  }

  /** The tree around the working directory, which is the root or a module in it. */
  static SourceTree find() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no .mvn folder above " + Path.of("").toAbsolutePath());
    }
    return new SourceTree(folder);
  }

  Path root() {
    return root;
  }

  /** A path as the rules and messages name it: relative to the root, with forward slashes. */
  String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** All files that are ours. */
  List<Path> files() {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).filter(this::isOurs).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isOurs(Path file) {
    for (Path part : root.relativize(file)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  /** All Java files, of main code and of tests. */
  List<JavaFile> javaFiles() {
    return files().stream()
        .filter(f -> f.toString().endsWith(".java"))
        .map(f -> new JavaFile(name(f), read(f)))
        .toList();
  }

  /** The folder of compiled main classes of each module that has been built. */
  List<Path> classFolders() {
    try (Stream<Path> modules = Files.list(root)) {
      return modules.map(m -> m.resolve("target/classes")).filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
