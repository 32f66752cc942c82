package org.libsql4j.compat.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts another JVM with the class path of this one. */
public final class ChildJvm {
  private ChildJvm() {}

  /** Runs the main method of a class; error output goes where ours goes. */
  public static Process start(Class<?> main, String... arguments) throws IOException {
    return startWithHeap(128, main, arguments);
  }

  /** The same with a heap of so many megabytes. */
  public static Process startWithHeap(int megabytes, Class<?> main, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx" + megabytes + "m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
