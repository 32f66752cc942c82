package org.libsql4j.vfs;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.ResultCode;

/** Makes directory entries durable, on systems where a directory can be opened and synced. */
final class DirectorySync {
  private DirectorySync() {}

  static void syncParentOf(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      return;
    }
    boolean interrupted = false;
    try {
      while (!trySync(parent)) {
        interrupted = true;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns false if an interrupt came in between; the flag is cleared then. */
  private static boolean trySync(Path directory) {
    boolean interruptedBefore = Thread.interrupted();
    FileChannel channel = open(directory);
    if (channel == null) {
      restore(interruptedBefore);
      return true;
    }
    try (channel) {
      channel.force(true);
      restore(interruptedBefore);
      return true;
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      return false;
    } catch (IOException e) {
      restore(interruptedBefore);
      throw IoFailure.of(ResultCode.IOERR_DIR_FSYNC, e);
    }
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Null where directories cannot be opened, as on Windows; they need no sync there. */
  private static @Nullable FileChannel open(Path directory) {
    try {
      return FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException e) {
      return null;
    }
  }
}
