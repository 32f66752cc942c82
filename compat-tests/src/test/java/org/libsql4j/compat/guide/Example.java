package org.libsql4j.compat.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An example in a chapter: a fenced block of Java with a name, and a block of text behind it with
 * what it prints.
 *
 * @param chapter the file it is in
 * @param name what the chapter calls it
 * @param imports its import lines
 * @param body the rest
 * @param output what it is to print; empty if no text follows
 */
record Example(Path chapter, String name, String imports, String body, String output) {
  private static final String FENCE = "```";

  /** The examples of a chapter, in their order. */
  static List<Example> of(Path chapter) throws IOException {
    List<Example> examples = new ArrayList<>();
    List<String> lines = Files.readAllLines(chapter);
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at++);
      if (line.startsWith(FENCE + "java")) {
        int end = endOfBlock(lines, at);
        List<String> code = lines.subList(at, end);
        at = end + 1;
        String name = line.substring(FENCE.length() + "java".length()).strip();
        examples.add(example(chapter, name, code, output(lines, at)));
      } else if (line.startsWith(FENCE)) {
        at = endOfBlock(lines, at) + 1;
      }
    }
    return examples;
  }

  private static int endOfBlock(List<String> lines, int from) {
    int end = from;
    while (!lines.get(end).equals(FENCE)) {
      end++;
    }
    return end;
  }

  private static String output(List<String> lines, int from) {
    int at = from;
    while (at < lines.size() && lines.get(at).isBlank()) {
      at++;
    }
    if (at == lines.size() || !lines.get(at).equals(FENCE + "text")) {
      return "";
    }
    return String.join("\n", lines.subList(at + 1, endOfBlock(lines, at + 1)));
  }

  private static Example example(Path chapter, String name, List<String> code, String output) {
    StringBuilder imports = new StringBuilder();
    StringBuilder body = new StringBuilder();
    for (String line : code) {
      (line.startsWith("import ") ? imports : body).append(line).append('\n');
    }
    return new Example(chapter, name, imports.toString(), body.toString(), output);
  }

  @Override
  public String toString() {
    return chapter.getFileName() + " " + name;
  }

  /** Different from the names that it may import. */
  String className() {
    return name + "Example";
  }

  /** The text of a class with a method {@code run}, which gets the folder to work in. */
  String source() {
    return imports
        + "public final class "
        + className()
        + " {\n  public static void run(java.nio.file.Path directory) throws Exception {\n"
        + body
        + "  }\n}\n";
  }
}
