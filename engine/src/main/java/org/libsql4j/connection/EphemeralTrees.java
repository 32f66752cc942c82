package org.libsql4j.connection;

import java.util.ArrayDeque;
import java.util.Deque;
import org.libsql4j.btree.Btree;
import org.libsql4j.pager.PageCodec;

/**
 * The trees for intermediate results of one connection. To make one costs more than many a query,
 * so a few small ones are kept for the next statement; those never had a file.
 */
public final class EphemeralTrees {
  private static final int MOST_KEPT = 4;
  private static final int MOST_PAGES_OF_KEPT = 4;

  private final Deque<EphemeralTree> ofRecords = new ArrayDeque<>(MOST_KEPT);
  private final Deque<EphemeralTree> ofRows = new ArrayDeque<>(MOST_KEPT);

  EphemeralTrees() {}

  /**
   * An empty tree.
   *
   * @param forRecords whether its keys are records, not rowids
   */
  public EphemeralTree open(DatabaseOpener opener, boolean forRecords) {
    EphemeralTree kept = (forRecords ? ofRecords : ofRows).pollFirst();
    if (kept != null) {
      protect(kept.btree(), opener);
      return kept;
    }
    Btree btree = opener.openEphemeral();
    try {
      btree.beginTransaction(true, false);
      int root = forRecords ? btree.createTable(Btree.BLOBKEY) : 1;
      return new EphemeralTree(btree, root, forRecords, this);
    } catch (RuntimeException e) {
      btree.close();
      throw e;
    }
  }

  /** A key may have been set since it was opened. */
  private static void protect(Btree btree, DatabaseOpener opener) {
    if (btree.pager().codec() == null) {
      PageCodec codec = opener.temporaryCodec();
      if (codec != null) {
        btree.setCodec(codec);
      }
    }
  }

  void takeBack(EphemeralTree tree) {
    Deque<EphemeralTree> kept = tree.ofRecords() ? ofRecords : ofRows;
    if (kept.size() < MOST_KEPT
        && tree.btree().pageCount() <= MOST_PAGES_OF_KEPT
        && tree.isEmptied()) {
      kept.addFirst(tree);
    } else {
      tree.btree().close();
    }
  }

  /** Gives up what is kept. */
  public void clear() {
    ofRecords.forEach(tree -> tree.btree().close());
    ofRecords.clear();
    ofRows.forEach(tree -> tree.btree().close());
    ofRows.clear();
  }
}
