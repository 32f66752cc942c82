package org.libsql4j.btree;

import java.util.List;
import org.libsql4j.pager.PagerOptions;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.Record;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.record.UnpackedRecord;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.NioVfs;
import org.libsql4j.vfs.VfsEnvironment;

/** What tests of B-trees share. */
final class BtreeFixture {
  private BtreeFixture() {}

  static Btree inMemory(int pageSize, int autoVacuum) {
    return inMemory(pageSize, autoVacuum, 0, 0);
  }

  /**
   * @param lockByte offset of the lock bytes, 0 for the usual one
   */
  static Btree inMemory(int pageSize, int autoVacuum, int reservedBytes, int lockByte) {
    MemoryVfs vfs =
        lockByte == 0 ? new MemoryVfs() : new MemoryVfs(VfsEnvironment.system(), lockByte, 512, 0);
    Btree btree = Btree.open(PagerOptions.file(vfs, "/test.db"));
    btree.setPageSize(pageSize, reservedBytes, false);
    btree.setAutoVacuum(autoVacuum);
    return btree;
  }

  static Btree onDisk(String path) {
    return Btree.open(PagerOptions.file(NioVfs.instance(), path));
  }

  static KeyInfo keyInfo(int fields) {
    return new KeyInfo(TextEncoding.UTF8, fields, new Collation[fields], null);
  }

  static UnpackedRecord unpacked(KeyInfo keyInfo, byte[] record) {
    Mem[] fields = new Mem[keyInfo.allFieldCount()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = new Mem();
    }
    UnpackedRecord key = new UnpackedRecord(keyInfo, fields, 0);
    Record.unpack(record, 0, record.length, key);
    return key;
  }

  static Mem integer(long value) {
    Mem mem = new Mem();
    mem.setInteger(value);
    return mem;
  }

  static Mem text(String value) {
    Mem mem = new Mem();
    mem.setText(value);
    return mem;
  }

  static byte[] record(Mem... fields) {
    return Record.encode(fields, 0, fields.length, 4);
  }

  static byte[] payload(BtreeCursor cursor) {
    byte[] bytes = new byte[cursor.payloadSize()];
    cursor.payload(0, bytes.length, bytes, 0);
    return bytes;
  }

  static List<String> check(Btree btree, int... roots) {
    return btree.integrityCheck(roots, 100, new long[roots.length]);
  }
}
