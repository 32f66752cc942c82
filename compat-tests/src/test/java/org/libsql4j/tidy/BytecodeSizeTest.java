package org.libsql4j.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No method is so long that HotSpot leaves it to the interpreter.
 *
 * <p>The limit is {@code HugeMethodLimit}, 8,000 bytes of bytecode.
 */
class BytecodeSizeTest {
  private static final int HUGE_METHOD_LIMIT = 8000;

  /** Methods off every execution path that may be longer, and why. */
  private static final Map<String, String> COLD_METHODS = Map.of();

  /** {@code FreqInlineSize}. */
  private static final int INLINING_LIMIT = 325;

  private static final List<String> INLINING_BORDERS =
      List.of(
          "org/libsql4j/pager/PageReader.fetch",
          "org/libsql4j/btree/CursorSeek.table",
          "org/libsql4j/vdbe/ValueRun.execute");

  private static final SourceTree TREE = SourceTree.find();

  private record Sized(String method, int codeBytes) {}

  @Test
  void noMethodIsTooLongToCompile() throws IOException {
    List<Sized> methods = new ArrayList<>();
    int classes = 0;
    for (Path folder : TREE.classFolders()) {
      for (Path file : classFiles(folder)) {
        ClassFile classFile = ClassFile.read(file);
        classes++;
        for (ClassFile.Method method : classFile.methods()) {
          methods.add(new Sized(classFile.name() + "." + method.name(), method.codeBytes()));
        }
      }
    }
    assertThat(classes).as("compiled classes found").isGreaterThan(20);
    assertThat(methods.size()).as("methods found").isGreaterThan(100);

    methods.sort(Comparator.comparingInt(Sized::codeBytes).reversed());
    System.out.println("Longest methods: " + methods.subList(0, 5));
    assertThat(
            methods.stream()
                .filter(m -> m.codeBytes() > HUGE_METHOD_LIMIT)
                .filter(m -> !COLD_METHODS.containsKey(m.method())))
        .isEmpty();
  }

  /** Methods at which inlining ends: they must be longer than what is inlined. */
  @Test
  void bordersOfInliningHold() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path folder : TREE.classFolders()) {
      for (Path file : classFiles(folder)) {
        ClassFile classFile = ClassFile.read(file);
        for (ClassFile.Method method : classFile.methods()) {
          String name = classFile.name() + "." + method.name();
          if (INLINING_BORDERS.contains(name) && method.codeBytes() > INLINING_LIMIT) {
            found.add(name);
          }
        }
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(INLINING_BORDERS);
  }

  private static List<Path> classFiles(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(f -> f.toString().endsWith(".class"))
          .filter(f -> !f.endsWith("module-info.class"))
          .toList();
    }
  }
}
