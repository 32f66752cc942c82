package org.libsql4j.vtab.builtin;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.vtab.InnerStatement;
import org.libsql4j.vtab.VirtualCursor;

/**
 * Walks over the trees of a database: each page is followed by its children, and by the overflow
 * chains of its own cells, in the order of the cells.
 */
final class DbstatCursor implements VirtualCursor {
  /** No tree of a sound file is deeper. */
  private static final int MAX_DEPTH = 32;

  private final ConnectionState connection;
  private final String defaultDatabase;
  private String database;
  private @Nullable Btree btree;
  private @Nullable InnerStatement trees;
  private final Deque<StatPage> path = new ArrayDeque<>();
  private boolean aggregate;
  private boolean atEnd = true;

  // ---- the current row

  private String name = "";
  private @Nullable String rowPath;
  private @Nullable String pageType;
  private long pageNumber;
  private long cellCount;
  private long payload;
  private long unused;
  private long largestPayload;
  private long offset;
  private long size;

  DbstatCursor(ConnectionState connection, String database) {
    this.connection = connection;
    this.defaultDatabase = database;
    this.database = database;
  }

  // ---- moving
  // -------------------------------------------------------------------------------------

  @Override
  public void filter(int indexNumber, @Nullable String indexText, Mem[] arguments) {
    close();
    int position = 0;
    database = defaultDatabase;
    String wantedName = null;
    aggregate = false;
    if ((indexNumber & DbstatModule.HAS_SCHEMA) != 0) {
      database = String.valueOf(arguments[position++].text());
    }
    if ((indexNumber & DbstatModule.HAS_NAME) != 0) {
      wantedName = arguments[position++].text();
    }
    if ((indexNumber & DbstatModule.HAS_AGGREGATE) != 0) {
      aggregate = arguments[position].asDouble() != 0;
    }
    int number = connection.databaseIndex(database);
    btree = number < 0 ? null : connection.database(number).btreeOrNull();
    atEnd = btree == null;
    if (atEnd) {
      return;
    }
    boolean ordered = (indexNumber & DbstatModule.ORDERED) != 0;
    trees = InnerStatement.prepare(connection, sql(wantedName, ordered));
    next();
  }

  private String sql(@Nullable String wantedName, boolean ordered) {
    return "SELECT * FROM (SELECT 'sqlite_schema' AS name,1 AS rootpage UNION ALL SELECT name,rootpage"
        + " FROM \""
        + database.replace("\"", "\"\"")
        + "\".sqlite_schema WHERE rootpage!=0)"
        + (wantedName == null ? "" : " WHERE name='" + wantedName.replace("'", "''") + "'")
        + (ordered ? " ORDER BY name" : "");
  }

  @Override
  public void next() {
    if (aggregate) {
      atEnd = !nextTotal();
    } else {
      atEnd = !nextPage();
    }
    if (atEnd) {
      close();
    }
  }

  /** Sums up the next tree. */
  private boolean nextTotal() {
    if (!nextTree()) {
      return false;
    }
    String treeName = name;
    long pages = 0;
    long cells = 0;
    long bytes = 0;
    long free = 0;
    long largest = 0;
    while (!path.isEmpty() && step()) {
      pages++;
      cells += cellCount;
      bytes += payload;
      free += unused;
      largest = Math.max(largest, largestPayload);
      checkInterrupt();
    }
    name = treeName;
    rowPath = null;
    pageType = null;
    pageNumber = pages;
    cellCount = cells;
    payload = bytes;
    unused = free;
    largestPayload = largest;
    size = pages * open().pageSize();
    return true;
  }

  private boolean nextPage() {
    while (path.isEmpty() || !step()) {
      if (!nextTree()) {
        return false;
      }
    }
    return true;
  }

  private void checkInterrupt() {
    if (connection.isInterrupted()) {
      throw new LibsqlException(ResultCode.INTERRUPT);
    }
  }

  /** Puts the root of the next tree on the path. */
  private boolean nextTree() {
    path.clear();
    InnerStatement running = trees;
    if (running == null || !running.step() || open().pageCount() == 0) {
      return false;
    }
    name = String.valueOf(running.text(0));
    int root = (int) running.column(1).asLong();
    path.push(StatPage.read(open(), root, "/"));
    return true;
  }

  private Btree open() {
    Btree tree = btree;
    if (tree == null) {
      throw new LibsqlException(ResultCode.INTERNAL);
    }
    return tree;
  }

  /** Goes to the next page of the tree; false at its end. */
  private boolean step() {
    while (!path.isEmpty()) {
      StatPage page = path.element();
      if (!page.shown) {
        page.shown = true;
        showPage(page);
        return true;
      }
      if (page.hasOverflow()) {
        showOverflow(page);
        return true;
      }
      int child = page.nextChild();
      if (child == 0) {
        path.pop();
        continue;
      }
      if (path.size() >= MAX_DEPTH) {
        throw new LibsqlException(ResultCode.CORRUPT);
      }
      path.push(
          StatPage.read(open(), child, page.path + String.format("%03x/", page.childIndex())));
    }
    return false;
  }

  private void showPage(StatPage page) {
    rowPath = page.path;
    pageType = page.type;
    pageNumber = page.number;
    cellCount = page.cellCount;
    payload = page.payload;
    unused = page.unused;
    largestPayload = page.largestPayload;
    place();
  }

  private void showOverflow(StatPage page) {
    rowPath = page.path + String.format("%03x+%06x", page.overflowCell(), page.overflowIndex());
    pageType = "overflow";
    pageNumber = page.overflowPage();
    cellCount = 0;
    payload = page.overflowPayload();
    unused = open().usableSize() - 4 - payload;
    largestPayload = 0;
    page.nextOverflow();
    place();
  }

  private void place() {
    size = open().pageSize();
    offset = (pageNumber - 1) * size;
  }

  @Override
  public boolean isAtEnd() {
    return atEnd;
  }

  // ---- columns
  // ------------------------------------------------------------------------------------

  @Override
  public void column(int column, Mem result) {
    switch (column) {
      case DbstatModule.NAME -> result.setText(name);
      case DbstatModule.PATH -> text(rowPath, result);
      case DbstatModule.PAGE_NUMBER -> result.setInteger(pageNumber);
      case DbstatModule.PAGE_TYPE -> text(pageType, result);
      case DbstatModule.CELL_COUNT -> result.setInteger(cellCount);
      case DbstatModule.PAYLOAD -> result.setInteger(payload);
      case DbstatModule.UNUSED -> result.setInteger(unused);
      case DbstatModule.LARGEST_PAYLOAD -> result.setInteger(largestPayload);
      case DbstatModule.PAGE_OFFSET -> {
        if (!aggregate) {
          result.setInteger(offset);
        }
      }
      case DbstatModule.PAGE_SIZE -> result.setInteger(size);
      case DbstatModule.SCHEMA -> result.setText(database);
      default -> result.setBoolean(aggregate);
    }
  }

  private static void text(@Nullable String value, Mem result) {
    if (value != null) {
      result.setText(value);
    }
  }

  @Override
  public long rowid() {
    return pageNumber;
  }

  @Override
  public void close() {
    path.clear();
    InnerStatement running = trees;
    trees = null;
    if (running != null) {
      running.close();
    }
  }
}
