package org.libsql4j.btree;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.libsql4j.pager.Page;
import org.libsql4j.pager.PageReinitializer;
import org.libsql4j.pager.Pager;
import org.libsql4j.pager.PagerOptions;
import org.libsql4j.record.BigEndian;

/**
 * What the parts of the B-tree layer share about one database: the pager, the sizes that follow
 * from the header, the number of pages and the open cursors.
 */
final class BtreeShared implements PageReinitializer {
  private static final byte[] NOTHING = new byte[0];

  /** How much longer than a page the space for a new cell is. */
  private static final int CELL_BUFFER_EXTRA = 32;

  // Offsets in the file header on page 1.
  static final int HEADER_FILE_CHANGE_COUNTER = 24;
  static final int HEADER_PAGE_COUNT = 28;
  static final int HEADER_FIRST_TRUNK = 32;
  static final int HEADER_FREE_PAGE_COUNT = 36;
  static final int HEADER_VERSION_VALID_FOR = 92;

  final Pager pager;

  /** Pinned while a transaction is open. */
  @Nullable BtreePage page1;

  int pageSize;
  int usableSize;

  /** Limits of the local payload in indexes. */
  int maxLocal;

  int minLocal;

  /** Limits of the local payload in leaves of tables. */
  int maxLeaf;

  int minLeaf;

  /** Pages of the database as the transaction sees it. */
  int pageCount;

  int transactionState = Btree.TRANSACTION_NONE;
  boolean autoVacuum;
  boolean incrementalVacuum;
  boolean pageSizeFixed;

  /** The header asks for a newer writer. */
  boolean readOnly;

  /** The database had no pages when the transaction began. */
  boolean initiallyEmpty;

  /** The version is being set to 1: a log is not to be opened. */
  boolean withoutWal;

  /** The file is to be cut to the page count at commit. */
  boolean truncateAtCommit;

  /** 0 no, 1 yes, 2 only where it costs no I/O. */
  int secureDelete;

  /** Counts own commits down, so that the data version tells only those of others. */
  int ownCommits;

  /** Cursors of other statements that keep the snapshot when a transaction ends. */
  int activeReaders;

  /** First of the open cursors, linked through them. */
  @Nullable BtreeCursor firstCursor;

  boolean hasIncrementalBlobs;

  /** For the cells that the pointer map looks at. */
  final CellInfo pointerMapInfo = new CellInfo();

  /** Bytes of the cell that {@link BtreeCursor#transferRow} prepared. */
  int preformattedSize;

  /**
   * Pages that became free leaves in this transaction: their old content is needed for a rollback
   * if they are used again.
   */
  private final BitSet freedWithContent = new BitSet();

  final FreeList freeList = new FreeList(this);
  final OverflowChain overflow = new OverflowChain(this);
  final CellWriter cells = new CellWriter(this);
  final Balancer balancer = new Balancer(this);
  final TreeEraser eraser = new TreeEraser(this);

  private byte[] scratchPage = NOTHING;
  private byte[] cellBuffer = NOTHING;

  BtreeShared(PagerOptions options) {
    pager = Pager.open(options.reinitializer(this));
    setSizes(pager.pageSize(), pager.reservedBytes());
  }

  // ---- sizes ---------------------------------------------------------------------------------

  void setSizes(int pageSizeBytes, int reservedBytes) {
    pageSize = pageSizeBytes;
    usableSize = pageSizeBytes - reservedBytes;
    maxLocal = (usableSize - 12) * 64 / 255 - 23;
    minLocal = (usableSize - 12) * 32 / 255 - 23;
    maxLeaf = usableSize - 35;
    minLeaf = minLocal;
  }

  boolean overwritesDeleted() {
    return secureDelete != 0;
  }

  /** A page of scratch space; nobody keeps it over a call. */
  byte[] scratchPage() {
    if (scratchPage.length != pageSize) {
      scratchPage = new byte[pageSize];
    }
    return scratchPage;
  }

  /** Where new cells are put together. */
  byte[] cellBuffer() {
    if (cellBuffer.length != pageSize + CELL_BUFFER_EXTRA) {
      cellBuffer = new byte[pageSize + CELL_BUFFER_EXTRA];
    }
    return cellBuffer;
  }

  // ---- pages ---------------------------------------------------------------------------------

  /** Pins a page, without looking at what it holds. */
  BtreePage get(int pageNumber) {
    return wrap(pager.get(pageNumber));
  }

  /** Pins a page whose content will be overwritten. */
  BtreePage getForOverwrite(int pageNumber) {
    return wrap(pager.get(pageNumber, true));
  }

  /** The B-tree's view of a page. */
  BtreePage viewOf(Page page) {
    return wrap(page);
  }

  private BtreePage wrap(Page page) {
    if (page.extra instanceof BtreePage existing) {
      return existing;
    }
    BtreePage fresh = new BtreePage(this, page);
    page.extra = fresh;
    return fresh;
  }

  /** Pins a page that should be one of a tree, parsed. */
  BtreePage getParsed(int pageNumber) {
    if (pageNumber <= 0 || pageNumber > pageCount) {
      throw Corruption.found();
    }
    Page page = pager.get(pageNumber);
    if (page.extra instanceof BtreePage existing && existing.parsed) {
      return existing;
    }
    BtreePage fresh = wrap(page);
    try {
      fresh.parse();
    } catch (RuntimeException e) {
      pager.release(page);
      throw e;
    }
    return fresh;
  }

  void release(@Nullable BtreePage page) {
    if (page != null) {
      pager.release(page.page);
    }
  }

  /** Page 1, which is pinned in a transaction. */
  BtreePage header() {
    BtreePage page = page1;
    if (page == null) {
      throw new IllegalStateException("no transaction");
    }
    return page;
  }

  int headerInt(int offset) {
    return BigEndian.getRareInt(header().data, offset);
  }

  /** Page 1 must be writable. */
  void putHeaderInt(int offset, int value) {
    BigEndian.putInt(header().data, offset, value);
  }

  void writeHeader() {
    pager.write(header().page);
  }

  boolean isLockBytePage(int pageNumber) {
    return pageNumber == pager.lockBytePage();
  }

  /** Whether a page is never part of a tree or the freelist. */
  boolean isReserved(int pageNumber) {
    return isLockBytePage(pageNumber) || autoVacuum && PointerMap.isMapPage(this, pageNumber);
  }

  @Override
  public void contentReplaced(Page page) {
    if (page.extra instanceof BtreePage parsed) {
      parsed.parsed = false;
      parsed.overflowCount = 0;
    }
  }

  // ---- freed pages ---------------------------------------------------------------------------

  void noteFreed(int pageNumber) {
    freedWithContent.set(pageNumber);
  }

  boolean wasFreedWithContent(int pageNumber) {
    return freedWithContent.get(pageNumber);
  }

  void forgetFreed() {
    freedWithContent.clear();
  }

  // ---- cursors -------------------------------------------------------------------------------

  /**
   * Makes cursors remember their key and let go of their pages.
   *
   * @param root only those on this tree; 0 for all
   * @param except not this one
   */
  void saveCursors(int root, @Nullable BtreeCursor except) {
    for (BtreeCursor c = firstCursor; c != null; c = c.nextCursor) {
      if (c != except && (root == 0 || c.root == root)) {
        c.savePosition();
      }
    }
  }

  /** Forgets which overflow pages cursors have seen, because pages are about to move. */
  void forgetOverflowPages() {
    for (BtreeCursor c = firstCursor; c != null; c = c.nextCursor) {
      c.forgetOverflowPages();
    }
  }

  /** Makes incremental blobs on a changed row fail. */
  void invalidateIncrementalBlobs(int root, long rowid, boolean wholeTable) {
    if (!hasIncrementalBlobs) {
      return;
    }
    hasIncrementalBlobs = false;
    for (BtreeCursor c = firstCursor; c != null; c = c.nextCursor) {
      if (c.incrementalBlob) {
        hasIncrementalBlobs = true;
        if (c.root == root && (wholeTable || c.info.key == rowid)) {
          c.invalidate();
        }
      }
    }
  }
}
