package org.libsql4j.btree;

/** What a cell's header says. Reused from cell to cell by its owner. */
final class CellInfo {
  /** The rowid in a table, the payload size in an index. */
  long key;

  /** Whole payload in bytes; 0 in an inner page of a table. */
  int payloadSize;

  /** Where in the page the payload starts. */
  int payloadOffset;

  /** How many bytes of the payload are in the page. */
  int localSize;

  /** The whole cell in the page in bytes, at least 4. */
  int cellSize;

  /** Whether a part of the payload is on overflow pages. */
  boolean overflows() {
    return localSize < payloadSize;
  }

  /** Where in the page the number of the first overflow page is. */
  int overflowPointerOffset() {
    return payloadOffset + localSize;
  }
}
