package org.libsql4j.remote;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a server has told of statements, for all connections to a database. Where a schema has
 * changed since, that is noticed when the rows come.
 */
final class Descriptions {
  private static final int MAX_COUNT = 500;
  private static final int LONGEST_TEXT = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, HranaResult.Description> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HranaResult.Description> eldest) {
          return size() > MAX_COUNT;
        }
      };

  HranaResult.@Nullable Description get(String sql) {
    lock.lock();
    try {
      return known.get(sql);
    } finally {
      lock.unlock();
    }
  }

  void put(String sql, HranaResult.Description description) {
    if (sql.length() > LONGEST_TEXT) {
      return;
    }
    lock.lock();
    try {
      known.put(sql, description);
    } finally {
      lock.unlock();
    }
  }

  void forget(String sql) {
    lock.lock();
    try {
      known.remove(sql);
    } finally {
      lock.unlock();
    }
  }
}
