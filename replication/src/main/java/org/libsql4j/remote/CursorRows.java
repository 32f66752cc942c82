package org.libsql4j.remote;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteRows;

/** The rows of a query, read as they are asked for. */
final class CursorRows implements RemoteRows {
  private static final Mem[] NO_ROW = {};

  private final HranaSession session;
  private final HranaStream stream;
  private final HranaCursor cursor;
  private Mem[] row = NO_ROW;
  private boolean ended;

  /** Rows that had to be read ahead; null if none had. */
  private @Nullable Queue<Mem[]> collected;

  /** What reading ahead failed with. */
  private @Nullable LibsqlException failure;

  CursorRows(HranaSession session, HranaStream stream, HranaCursor cursor) {
    this.session = session;
    this.stream = stream;
    this.cursor = cursor;
  }

  HranaStream stream() {
    return stream;
  }

  @Override
  public boolean next() {
    Queue<Mem[]> rows = collected;
    if (rows != null) {
      return nextCollected(rows);
    }
    if (ended) {
      return false;
    }
    Mem[] next;
    session.setActive(stream);
    try {
      next = cursor.nextOrNull();
    } catch (LibsqlException e) {
      ended = true;
      session.failed(this, e);
      throw e;
    }
    if (next == null) {
      ended = true;
      session.ended(this);
      return false;
    }
    row = next;
    return true;
  }

  private boolean nextCollected(Queue<Mem[]> rows) {
    Mem[] next = rows.poll();
    if (next != null) {
      row = next;
      return true;
    }
    LibsqlException known = failure;
    if (known != null) {
      failure = null;
      throw known;
    }
    return false;
  }

  /** Takes all rows that are left: the stream is needed for something else. */
  void collect() {
    if (ended) {
      return;
    }
    ended = true;
    Mem[] current = copy(row);
    Queue<Mem[]> rows = new ArrayDeque<>();
    try {
      for (Mem[] next = cursor.nextOrNull(); next != null; next = cursor.nextOrNull()) {
        rows.add(copy(next));
      }
    } catch (LibsqlException e) {
      failure = e;
    }
    row = current;
    collected = rows;
  }

  private static Mem[] copy(Mem[] cells) {
    Mem[] copy = new Mem[cells.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = new Mem();
      copy[i].copyFrom(cells[i]);
    }
    return copy;
  }

  @Override
  public void column(int index, Mem target) {
    target.copyFrom(row[index]);
  }

  @Override
  public long changes() {
    return 0;
  }

  @Override
  public boolean hasInserted() {
    return false;
  }

  @Override
  public long lastInsertRowid() {
    return 0;
  }

  @Override
  public void close() {
    collected = null;
    failure = null;
    if (!ended) {
      ended = true;
      cursor.close(session.needsStreamOf(this));
      session.ended(this);
    }
  }
}
