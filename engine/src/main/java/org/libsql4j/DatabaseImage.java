package org.libsql4j;

import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.Page;
import org.libsql4j.pager.Pager;

/** Databases as the bytes that their files consist of. */
final class DatabaseImage {
  private DatabaseImage() {}

  /** The bytes of a database as the connection sees it. */
  static byte[] serialize(Btree btree) {
    boolean reads = !btree.isInReadTransaction();
    try {
      btree.beginTransaction(false, false);
      if (btree.pageCount() == 0 && reads && !btree.isReadonly()) {
        btree.beginTransaction(true, false); // Writes the header.
      }
      return read(btree);
    } finally {
      if (reads) {
        btree.setActiveReaderCount(0);
        btree.commit();
      }
    }
  }

  private static byte[] read(Btree btree) {
    Pager pager = btree.pager();
    int pageSize = btree.pageSize();
    long size = (long) btree.pageCount() * pageSize;
    if (size > Integer.MAX_VALUE - 8) {
      throw new LibsqlException(ResultCode.TOOBIG);
    }
    byte[] bytes = new byte[(int) size];
    for (int number = 1; number <= btree.pageCount(); number++) {
      if (number != pager.lockBytePage()) {
        Page page = pager.get(number);
        System.arraycopy(page.data, 0, bytes, (number - 1) * pageSize, pageSize);
        pager.release(page);
      }
    }
    return bytes;
  }

  /** Replaces a database by one in memory. */
  static void deserialize(
      ConnectionState state, int index, byte[] bytes, boolean readOnly, long maxBytes) {
    AttachedDatabase database = state.database(index);
    Btree old = database.btree();
    if (index == AttachedDatabase.TEMP) {
      throw new LibsqlException(ResultCode.ERROR, "cannot replace database temp");
    }
    if (old.isInReadTransaction() || !state.autoCommit) {
      throw new LibsqlException(ResultCode.ERROR, "database " + database.name() + " is locked");
    }
    Btree fresh = state.opener().openBytes(bytes, readOnly, maxBytes);
    fresh.pager().setLockingMode(state.settings().lockingMode);
    old.close();
    database.setBtree(fresh);
    database.schema().clear();
    state.database(AttachedDatabase.TEMP).schema().clear();
    state.expireStatements();
  }
}
