package org.libsql4j.codegen;

/** Cursors behind row locations, for outer joins. */
final class NullRows {
  private NullRows() {}

  /** The cursor that NullRow acts on, or -1 if the row is not in a cursor. */
  static int cursorOf(RowLocation location) {
    if (location instanceof RowLocation.TableCursor table) {
      return table.cursor;
    }
    if (location instanceof RowLocation.CoveringIndex index) {
      return index.cursor;
    }
    if (location instanceof RowLocation.EphemeralCursor ephemeral) {
      return ephemeral.cursor;
    }
    return -1;
  }
}
