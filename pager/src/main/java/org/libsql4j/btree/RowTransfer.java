package org.libsql4j.btree;

import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Varint;

/**
 * Copies an entry from one tree to another as it is, without a detour over a record: {@code INSERT
 * INTO a SELECT * FROM b} between like tables, and VACUUM.
 */
final class RowTransfer {
  private RowTransfer() {}

  /** Builds the cell for the target in its cell buffer; the target's next insert adds it. */
  static void prepare(BtreeCursor target, BtreeCursor source, long rowid) {
    BtreeShared shared = target.shared;
    CellInfo info = source.cell();
    byte[] cell = shared.cellBuffer();
    int at = Varint.put(cell, 0, info.payloadSize);
    if (target.intKey) {
      at += Varint.put(cell, at, rowid);
    }
    boolean sameSplit =
        source.shared.usableSize == shared.usableSize && source.intKey == target.intKey;
    if (sameSplit && !info.overflows()) {
      System.arraycopy(source.page.data, info.payloadOffset, cell, at, info.localSize);
      shared.preformattedSize = at + info.localSize;
      return;
    }
    byte[] payload = new byte[info.payloadSize];
    source.shared.overflow.gather(source.page, info, payload);
    int local = localSize(target, info.payloadSize);
    System.arraycopy(payload, 0, cell, at, local);
    at += local;
    if (local < payload.length) {
      BigEndian.putInt(cell, at, writeChain(shared, payload, local));
      at += 4;
    }
    shared.preformattedSize = at;
  }

  private static int localSize(BtreeCursor target, int payloadSize) {
    BtreeShared shared = target.shared;
    int maxLocal = target.intKey ? shared.maxLeaf : shared.maxLocal;
    if (payloadSize <= maxLocal) {
      return payloadSize;
    }
    int surplus = shared.minLocal + (payloadSize - shared.minLocal) % (shared.usableSize - 4);
    return surplus <= maxLocal ? surplus : shared.minLocal;
  }

  private static int writeChain(BtreeShared shared, byte[] payload, int from) {
    return shared.cells.writeChain(payload, 0, payload.length, from, payload.length);
  }
}
