package org.libsql4j.compile;

import java.util.function.Consumer;
import org.libsql4j.btree.Btree;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.record.Record;
import org.libsql4j.record.TextEncoding;

/** Reads all rows of a table directly, for tables that the compiler itself needs. */
final class TreeReader {
  private TreeReader() {}

  /**
   * Gives each row to a consumer; the cells are reused for the next one. Needs an open transaction.
   * Fields that a record does not have are NULL.
   */
  static void forEach(
      Btree btree, int rootPage, int columnCount, TextEncoding encoding, Consumer<Mem[]> consumer) {
    Mem[] fields = new Mem[columnCount];
    for (int i = 0; i < columnCount; i++) {
      fields[i] = new Mem();
    }
    BtreeCursor cursor = btree.cursor(rootPage, false, null);
    try {
      boolean more = !cursor.moveToFirst();
      while (more) {
        int size = cursor.payloadSize();
        if (size > (long) btree.pageCount() * btree.pageSize()) {
          throw new LibsqlException(ResultCode.CORRUPT);
        }
        byte[] payload = new byte[size];
        cursor.payload(0, size, payload, 0);
        for (Mem field : fields) {
          field.setNull();
        }
        Record.unpack(payload, 0, size, fields, encoding);
        consumer.accept(fields);
        more = cursor.next();
      }
    } finally {
      cursor.close();
    }
  }
}
