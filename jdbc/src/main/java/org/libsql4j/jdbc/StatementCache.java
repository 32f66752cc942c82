package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;

/**
 * Statements of one connection that were prepared and are not in use, by their text; the one unused
 * for longest goes first.
 *
 * <p>A statement is taken out while it is used, so two users of one text have one each. Before it
 * is used again it is looked at whether the schema and the settings are those that it was compiled
 * for; if not it is thrown away.
 */
final class StatementCache {
  /** Longer texts are hardly used twice, and would take much room. */
  private static final int LONGEST_TEXT = 10_000;

  private final ReentrantLock mutex = new ReentrantLock();
  private final Map<String, PreparedText> idle = new LinkedHashMap<>();
  private final int capacity;

  /**
   * @param capacity how many statements are kept; 0 for none
   */
  StatementCache(int capacity) {
    this.capacity = capacity;
  }

  /** Takes the statement of a text out, or answers null. */
  @Nullable PreparedText take(String text) throws SQLException {
    if (capacity <= 0) {
      return null;
    }
    PreparedText found;
    mutex.lock();
    try {
      found = idle.remove(text);
    } finally {
      mutex.unlock();
    }
    if (found != null && !found.statement().isCurrent()) {
      found.close();
      return null;
    }
    return found;
  }

  /** Keeps a statement for later, or closes it. */
  void give(PreparedText statement) throws SQLException {
    boolean kept = false;
    try {
      kept =
          capacity > 0
              && statement.text().length() <= LONGEST_TEXT
              && !statement.statement().connection().isClosed()
              && statement.recycle();
    } catch (LibsqlException e) {
      throw SqlErrors.of(e);
    } finally {
      if (!kept) {
        statement.close();
      }
    }
    if (kept) {
      for (PreparedText removed : put(statement)) {
        removed.close();
      }
    }
  }

  private List<PreparedText> put(PreparedText statement) {
    List<PreparedText> removed = new ArrayList<>(1);
    mutex.lock();
    try {
      PreparedText other = idle.put(statement.text(), statement);
      if (other != null) {
        removed.add(other);
      }
      Iterator<PreparedText> oldest = idle.values().iterator();
      while (idle.size() > capacity) {
        removed.add(oldest.next());
        oldest.remove();
      }
    } finally {
      mutex.unlock();
    }
    return removed;
  }

  /** How many statements wait. */
  int size() {
    mutex.lock();
    try {
      return idle.size();
    } finally {
      mutex.unlock();
    }
  }
}
