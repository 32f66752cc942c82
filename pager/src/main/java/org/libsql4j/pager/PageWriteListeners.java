package org.libsql4j.pager;

import java.util.ArrayList;
import java.util.List;

/**
 * Those who are told about changes of one database; part of the pager, and used under the same lock
 * as it.
 */
final class PageWriteListeners {
  private final List<PageWriteListener> list = new ArrayList<>();

  void add(PageWriteListener listener) {
    list.add(listener);
  }

  void remove(PageWriteListener listener) {
    list.remove(listener);
  }

  void pageWritten(int pageNumber, byte[] data) {
    for (int i = 0; i < list.size(); i++) {
      list.get(i).pageWritten(pageNumber, data);
    }
  }

  void restart() {
    for (int i = 0; i < list.size(); i++) {
      list.get(i).restart();
    }
  }
}
