package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
    PreparedText removed = kept ? put(statement) : null;
    if (removed != null) {
      removed.close();
    }
  }

  /** Keeps a statement; answers the one that has to go for it, or null. */
  private @Nullable PreparedText put(PreparedText statement) {
    mutex.lock();
    try {
      PreparedText removed = idle.put(statement.text(), statement);
      if (removed == null && idle.size() > capacity) {
        Iterator<PreparedText> oldest = idle.values().iterator();
        removed = oldest.next();
        oldest.remove();
      }
      return removed;
    } finally {
      mutex.unlock();
    }
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
