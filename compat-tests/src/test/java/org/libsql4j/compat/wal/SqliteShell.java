package org.libsql4j.compat.wal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.libsql4j.compat.engines.Programs;

/** The {@code sqlite3} shell: the C library in a process of its own. */
final class SqliteShell implements AutoCloseable {
  private final Process process;
  private final PrintStream in;
  private final BufferedReader out;

  SqliteShell(Path database) throws IOException {
    process =
        new ProcessBuilder("sqlite3", "-batch", database.toString())
            .redirectErrorStream(true)
            .start();
    in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    in.println(".timeout 20000");
  }

  /** Whether there is a shell on this machine. */
  static boolean isInstalled() {
    return Programs.isInstalled("sqlite3", "-version");
  }

  /** Runs statements that print one line and returns it; null if the shell is no more. */
  String line(String sql) {
    in.println(sql);
    try {
      return out.readLine();
    } catch (IOException e) {
      return null;
    }
  }

  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    in.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
