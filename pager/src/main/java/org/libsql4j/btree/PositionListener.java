package org.libsql4j.btree;

/** Told before a cursor gives up its entry because the tree is about to change under it. */
public interface PositionListener {
  /** The cursor is still at its entry, which can be read for the last time. Must not throw. */
  void positionWillBeLost(BtreeCursor cursor);
}
