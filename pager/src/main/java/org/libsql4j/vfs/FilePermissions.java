package org.libsql4j.vfs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;

/** Gives the files beside a database its permissions: who may use it must be able to use them. */
final class FilePermissions {
  private FilePermissions() {}

  /** Does nothing where it is not possible, which is no reason to fail. */
  static void copy(File from, File to) {
    try {
      Files.setPosixFilePermissions(to.toPath(), Files.getPosixFilePermissions(from.toPath()));
    } catch (IOException
        | InvalidPathException
        | UnsupportedOperationException
        | SecurityException e) {
      return;
    }
  }
}
