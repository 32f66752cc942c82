package org.libsql4j.compat.interop;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** The {@code sqlite3} shell, told what to do; it ends at the first error. */
final class ShellWorker extends Worker {
  private final Random random;
  private volatile boolean stopped;

  ShellWorker(Path file, long seed) throws IOException {
    super(
        "shell",
        seed,
        new ProcessBuilder("sqlite3", "-batch", "-bail", file.toString())
            .redirectErrorStream(true)
            .start());
    random = new Random(seed);
  }

  @Override
  void stop() {
    stopped = true;
  }

  @Override
  void work() throws IOException {
    try (PrintStream in = new PrintStream(input(), true, StandardCharsets.UTF_8)) {
      in.println(".timeout 20000");
      in.println("PRAGMA synchronous = OFF;");
      in.println("PRAGMA cache_size = " + (3 + random.nextInt(40)) + ";");
      String line = "";
      while (!stopped && line != null) {
        boolean moving = random.nextBoolean();
        if (moving) {
          Bank.move(random).forEach(sql -> in.println(sql + ";"));
          in.println("SELECT 'done';");
        } else {
          in.println("BEGIN; " + Bank.CHECK + "; " + Bank.CHECK + "; COMMIT;");
        }
        line = line();
        noteAnswer();
        if (moving && "done".equals(line)) {
          moves++;
        } else if (!moving && line != null && line.startsWith(Bank.SOUND)) {
          check(line, line());
        } else if (line != null) {
          noteError(line);
        }
      }
    }
  }

  private void check(String first, String second) {
    if (first.equals(second)) {
      looks++;
    } else if (second != null) {
      noteError(second);
    }
  }

  private void noteError(String line) {
    if (line.contains("database is locked")) {
      gaveUp = true;
      busy++;
    } else if (!isKilled()) {
      failure += "\n  " + line;
    }
  }
}
