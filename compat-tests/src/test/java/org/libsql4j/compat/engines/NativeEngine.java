package org.libsql4j.compat.engines;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.libsql4j.compat.sqld.NodePackages;

/** libSQL's own engine, which runs under node in a process of its own. */
public final class NativeEngine implements SqlEngine {
  private final Process process;
  private final Path script;
  private final Writer requests;
  private final BufferedReader answers;

  /**
   * @param key of the file; empty if it is not encrypted
   */
  private NativeEngine(Path file, String key) throws IOException {
    script = Files.createTempFile("native", ".js");
    try (InputStream source = NativeEngine.class.getResourceAsStream("native.js")) {
      Files.write(script, source.readAllBytes());
    }
    String libsql = NodePackages.folder().resolve("libsql").toString();
    process =
        new ProcessBuilder("node", script.toString(), libsql, file.toString(), base64(key))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    requests = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Opens a file, or creates it.
   *
   * @param key of the file; empty if it is not encrypted
   */
  public static NativeEngine open(Path file, String key) {
    try {
      NativeEngine engine = new NativeEngine(file, key);
      Outcome opened = engine.answer();
      if (opened.error() != null) {
        throw new AssertionError("cannot open " + file + ": " + opened.error());
      }
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Outcome run(String sql) {
    try {
      requests.write(base64(sql) + "\n");
      requests.flush();
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome answer() throws IOException {
    List<String> rows = new ArrayList<>();
    while (true) {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("the native engine has gone");
      }
      if (line.equals("ok")) {
        return new Outcome(rows, null, 0, 0);
      }
      if (line.startsWith("row ")) {
        rows.add(CellText.row(cells(line.substring(4))));
      } else {
        String[] error = line.split(" ", -1);
        String message = new String(Base64.getDecoder().decode(error[2]), StandardCharsets.UTF_8);
        Outcome.Failure failure = new Outcome.Failure(Integer.parseInt(error[1]), message);
        return new Outcome(rows, failure, 0, 0);
      }
    }
  }

  private static List<@Nullable Object> cells(String line) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (String cell : line.split(" ", -1)) {
      String value = cell.substring(1);
      cells.add(
          switch (cell.charAt(0)) {
            case 'i' -> Long.valueOf(value);
            case 'd' -> Double.valueOf(value);
            case 't' -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
            case 'b' -> Base64.getDecoder().decode(value);
            default -> null;
          });
    }
    return cells;
  }

  @Override
  public long totalChanges() {
    return 0;
  }

  /** Ends the process in the middle of whatever it does. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
      Files.deleteIfExists(script);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      requests.close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the native engine does not end");
      }
      Files.deleteIfExists(script);
    } catch (IOException | InterruptedException e) {
      kill();
    }
  }

  @Override
  public String toString() {
    return "native";
  }
}
