package org.libsql4j.cli;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.libsql4j.cli.format.LooseUtf8;
import org.libsql4j.cli.format.TextSink;

/**
 * Where results go, in UTF-8: standard output, or for a while a file or another program.
 *
 * <p>Standard output is flushed after every line of input, so that it interleaves with messages. A
 * write that fails ends the shell: nobody reads on, or there is no room.
 */
public final class Output implements TextSink {
  private final OutputStream standard;
  private OutputStream current;
  private String name = "stdout";
  private boolean once;
  private @Nullable Process process;

  Output(OutputStream standard) {
    this.standard = stream(standard);
    this.current = this.standard;
  }

  private static OutputStream stream(OutputStream out) {
    return new BufferedOutputStream(out, 1 << 16);
  }

  @Override
  public void print(String text) {
    try {
      current.write(LooseUtf8.encode(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code .show} calls it. */
  public String name() {
    return name;
  }

  /**
   * Sends results elsewhere.
   *
   * @param target a file, {@code |command}, {@code stdout} or {@code off}
   * @param onlyNext whether for the next line of input only
   */
  public void redirect(String target, boolean onlyNext) throws IOException {
    reset();
    if (target.startsWith("|")) {
      process =
          new ProcessBuilder("sh", "-c", target.substring(1))
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      current = stream(process.getOutputStream());
    } else if (target.equals("off")) {
      current = stream(OutputStream.nullOutputStream());
    } else if (!target.equals("stdout")) {
      current = stream(new FileOutputStream(target));
    }
    name = target;
    once = onlyNext;
  }

  /** Back to standard output. */
  public void reset() {
    if (current != standard) {
      try {
        current.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        current = standard;
      }
    }
    if (process != null) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process = null;
    }
    name = "stdout";
    once = false;
  }

  /** Called when a line of input has been dealt with. */
  void endOfInputLine() {
    if (once) {
      reset();
    }
    flush();
  }

  /** Hands on what has been printed so far. */
  public void flush() {
    try {
      current.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
