package org.libsql4j.remote;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The long texts of SQL that a server keeps for a stream, so that they need not be sent again. A
 * text is stored when it is used for the second time; the one unused for longest goes first.
 *
 * <p>Servers keep 50 texts of 5 KB at least; less is used here.
 */
final class StoredTexts {
  private static final int MIN_LENGTH = 250;

  /** In UTF-16 code units, each at most three bytes. */
  private static final int MAX_LENGTH = 1_600;

  private static final int MAX_COUNT = 40;
  private static final int UNSTORED = -1;

  private final Map<String, Integer> ids = new LinkedHashMap<>(16, 0.75f, true);
  private int nextId;

  /**
   * How a text is to be sent.
   *
   * @param requests what has to go ahead of the statement is added to it
   * @return its number; negative to send the text itself
   */
  int use(String sql, List<HranaRequest> requests) {
    if (sql.length() < MIN_LENGTH || sql.length() > MAX_LENGTH) {
      return UNSTORED;
    }
    Integer known = ids.get(sql);
    if (known == null) {
      makeRoom(requests);
      ids.put(sql, UNSTORED);
      return UNSTORED;
    }
    if (known != UNSTORED) {
      return known;
    }
    int id = nextId++;
    ids.put(sql, id);
    requests.add(new HranaRequest.StoreSql(id, sql));
    return id;
  }

  /** The number of a text that is stored already; negative if it is not. */
  int find(String sql) {
    return ids.getOrDefault(sql, UNSTORED);
  }

  private void makeRoom(List<HranaRequest> requests) {
    if (ids.size() < MAX_COUNT) {
      return;
    }
    Iterator<Integer> oldest = ids.values().iterator();
    int id = oldest.next();
    oldest.remove();
    if (id != UNSTORED) {
      requests.add(new HranaRequest.CloseSql(id));
    }
  }
}
