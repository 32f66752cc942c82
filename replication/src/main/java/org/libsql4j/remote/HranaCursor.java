package org.libsql4j.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteStatement.Column;

/** Rows of one statement that come bit by bit. The stream is busy until its end. */
interface HranaCursor {
  /** The columns, of which the server tells at the start. */
  List<Column> columns();

  /**
   * Goes to the next row.
   *
   * @return null at the end; otherwise cells that are good until the next call
   */
  Mem @Nullable [] nextOrNull();

  /**
   * Gives up what is left. Fails never.
   *
   * @param keepStream whether the stream is still needed, for the transaction in it
   */
  void close(boolean keepStream);
}
