package org.libsql4j.pager;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Writes every page anew, because it is to be stored with another {@link PageCodec}. */
final class Recoding {
  private Recoding() {}

  static void run(PagerCore core, @Nullable PageCodec codec) {
    if (core.wal.isInUse()) {
      throw new LibsqlException(ResultCode.ERROR, "Rekeying is not supported in WAL journal mode.");
    }
    if (codec != null && codec.reservedBytes() > core.reservedBytes) {
      throw new LibsqlException(
          ResultCode.ERROR,
          "the codec needs " + codec.reservedBytes() + " reserved bytes at the end of pages");
    }
    core.coding.beginChange(codec);
    for (int number = 1; number <= core.databaseSize; number++) {
      if (number != core.lockBytePage()) {
        write(core, number);
      }
    }
    core.writer.flush();
    core.fileWriter.sync();
  }

  /** Free pages too: what they held must not stay readable. */
  private static void write(PagerCore core, int number) {
    Page page = core.reader.fetch(number, false);
    try {
      core.writer.write(page);
    } finally {
      core.cache.unpin(page);
    }
  }
}
