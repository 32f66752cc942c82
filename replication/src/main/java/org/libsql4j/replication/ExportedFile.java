package org.libsql4j.replication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.libsql4j.pager.PageCodec;

/** A database file that a server sends as a whole. */
final class ExportedFile {
  private static final int PAGE_BYTES = SyncedLog.PAGE_BYTES;

  private ExportedFile() {}

  /**
   * Puts it on the disk.
   *
   * @param codec encrypts its pages on the way; null to leave them as they are
   */
  static void save(InputStream in, Path target, @Nullable PageCodec codec) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      byte[] page = new byte[PAGE_BYTES];
      byte[] stored = new byte[PAGE_BYTES];
      int number = 1;
      for (int count = fill(page, in); count > 0; count = fill(page, in)) {
        ByteBuffer buffer = ByteBuffer.wrap(page, 0, count);
        if (codec != null) {
          // What is not a whole page is not a database that could be read anyway.
          codec.encode(number++, page, 0, stored, 0, PAGE_BYTES);
          buffer = ByteBuffer.wrap(stored, 0, count);
        }
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
      out.force(true);
    }
  }

  private static int fill(byte[] page, InputStream in) throws IOException {
    int count = 0;
    while (count < page.length) {
      int more = in.read(page, count, page.length - count);
      if (more < 0) {
        break;
      }
      count += more;
    }
    return count;
  }
}
