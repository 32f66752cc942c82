package org.libsql4j.pragma;

import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;

/** Tells the pagers what the connection's switches say. */
final class PagerFlags {
  private PagerFlags() {}

  static void apply(ConnectionState connection) {
    for (AttachedDatabase database : connection.databases()) {
      Btree btree = database.btreeOrNull();
      if (btree != null) {
        btree
            .pager()
            .setSynchronous(
                database.synchronous,
                connection.isSet(ConnectionFlag.FULLFSYNC),
                connection.isSet(ConnectionFlag.CHECKPOINT_FULLFSYNC));
        btree.pager().setSpill(connection.isSet(ConnectionFlag.CACHE_SPILL));
      }
    }
  }
}
