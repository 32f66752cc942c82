package org.libsql4j.compat.engines;

import java.io.IOException;

/** Programs of this machine that tests compare ours with. */
public final class Programs {
  private Programs() {}

  /** Whether there is a program: whether this command, which only asks it something, succeeds. */
  public static boolean isInstalled(String... command) {
    try {
      Process probe = new ProcessBuilder(command).redirectErrorStream(true).start();
      probe.getInputStream().readAllBytes();
      return probe.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
