package org.libsql4j.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text of a file, or of a program when the name starts with a bar. */
final class TextSource implements AutoCloseable {
  private final BufferedReader reader;

  private TextSource(InputStream in) {
    reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  static TextSource open(String name) throws CommandException, IOException {
    if (name.startsWith("|")) {
      Process process =
          new ProcessBuilder("sh", "-c", name.substring(1))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      return new TextSource(process.getInputStream());
    }
    if (!Files.isReadable(Path.of(name)) || Files.isDirectory(Path.of(name))) {
      throw new CommandException("Error: cannot open \"" + name + "\"");
    }
    return new TextSource(Files.newInputStream(Path.of(name)));
  }

  BufferedReader reader() {
    return reader;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
