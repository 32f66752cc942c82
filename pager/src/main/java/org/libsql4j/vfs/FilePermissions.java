package org.libsql4j.vfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives the files beside a database its permissions: who may use it must be able to use them. */
final class FilePermissions {
  private FilePermissions() {}

  /** Does nothing where it is not possible, which is no reason to fail. */
  static void copy(Path from, Path to) {
    try {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return;
    }
  }
}
