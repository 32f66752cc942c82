package org.libsql4j.vdbe;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.WorkingMemory;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Mem;

/**
 * Records that wait: those that came first leave first.
 *
 * <p>They stand in chunks of memory, each behind its length. When these are too many, what comes
 * goes to an ephemeral table until that is empty again: it holds the younger records.
 */
final class RowQueue {
  static final int DEFAULT_BUDGET_BYTES = WorkingMemory.budget(16 << 20);

  private static final int FIRST_CHUNK_BYTES = 2 << 10;
  private static final int CHUNK_BYTES = 32 << 10;
  private static final int LENGTH_BYTES = 4;

  /** Kept free at both ends of a chunk, so that fields are read in the quickest way. */
  private static final int PADDING = 16;

  private static final class Chunk {
    final byte[] bytes;
    int at = PADDING;
    int end = PADDING;

    Chunk(int size) {
      bytes = new byte[size];
    }
  }

  private final ConnectionState connection;
  private final int budgetBytes;
  private final ArrayDeque<Chunk> later = new ArrayDeque<>();
  private Chunk head = new Chunk(FIRST_CHUNK_BYTES);
  private Chunk tail = head;
  private @Nullable Chunk spare;
  private long laterBytes;

  private @Nullable Btree btree;
  private @Nullable BtreeCursor tree;
  private long lastRowid;
  private long treeCount;
  private byte[] fromTree = {};

  RowQueue(ConnectionState connection) {
    this(connection, DEFAULT_BUDGET_BYTES);
  }

  RowQueue(ConnectionState connection, int budgetBytes) {
    this.connection = connection;
    this.budgetBytes = budgetBytes;
  }

  void add(byte[] record, int offset, int length) {
    if (treeCount > 0) {
      addToTree(record, offset, length);
      return;
    }
    Chunk chunk = tail;
    if (chunk.bytes.length - chunk.end < (long) length + LENGTH_BYTES + PADDING) {
      if (laterBytes + length > budgetBytes) {
        addToTree(record, offset, length);
        return;
      }
      chunk = newTail(length);
    }
    byte[] bytes = chunk.bytes;
    int at = chunk.end;
    BigEndian.putInt(bytes, at, length);
    System.arraycopy(record, offset, bytes, at + LENGTH_BYTES, length);
    chunk.end = at + LENGTH_BYTES + length;
  }

  private Chunk newTail(int length) {
    Chunk chunk = spare;
    spare = null;
    int size = Math.max(CHUNK_BYTES, length + LENGTH_BYTES + 2 * PADDING);
    if (chunk == null || size > CHUNK_BYTES) {
      chunk = new Chunk(size);
    }
    chunk.at = PADDING;
    chunk.end = PADDING;
    later.addLast(chunk);
    laterBytes += chunk.bytes.length;
    tail = chunk;
    return chunk;
  }

  /**
   * Takes the oldest record out.
   *
   * @param target refers to the record until the next call
   * @return false if there is none
   */
  boolean take(Mem target) {
    Chunk chunk = head;
    while (chunk.at >= chunk.end) {
      Chunk next = later.pollFirst();
      if (next == null) {
        return takeFromTree(target);
      }
      laterBytes -= next.bytes.length;
      if (chunk.bytes.length == CHUNK_BYTES) {
        spare = chunk;
      }
      head = next;
      chunk = next;
    }
    int length = BigEndian.getInt(chunk.bytes, chunk.at);
    target.setBlobShared(chunk.bytes, chunk.at + LENGTH_BYTES, length);
    chunk.at += LENGTH_BYTES + length;
    return true;
  }

  private void addToTree(byte[] record, int offset, int length) {
    BtreeCursor cursor = tree;
    if (cursor == null) {
      cursor = open();
    }
    cursor.moveToLast();
    cursor.insertTable(++lastRowid, record, offset, length, 0, OpFlags.APPEND, 0);
    treeCount++;
  }

  private BtreeCursor open() {
    Btree opened = connection.opener().openEphemeral();
    btree = opened;
    opened.beginTransaction(true, false);
    BtreeCursor cursor = opened.cursor(1, true, null);
    tree = cursor;
    return cursor;
  }

  private boolean takeFromTree(Mem target) {
    BtreeCursor cursor = tree;
    if (treeCount == 0 || cursor == null || cursor.moveToFirst()) {
      return false;
    }
    int size = cursor.payloadSize();
    if (fromTree.length < size) {
      fromTree = new byte[Math.max(size, 2 * Math.min(fromTree.length, 1 << 20))];
    }
    cursor.payload(0, size, fromTree, 0);
    cursor.delete(0);
    treeCount--;
    target.setBlobShared(fromTree, 0, size);
    return true;
  }

  /** Empties it. */
  void clear() {
    later.clear();
    laterBytes = 0;
    spare = null;
    head = new Chunk(FIRST_CHUNK_BYTES);
    tail = head;
    treeCount = 0;
    BtreeCursor cursor = tree;
    if (cursor != null) {
      cursor.clearTable();
    }
  }

  void close() {
    BtreeCursor cursor = tree;
    Btree opened = btree;
    tree = null;
    btree = null;
    if (cursor != null) {
      cursor.close();
    }
    if (opened != null) {
      opened.close();
    }
  }
}
