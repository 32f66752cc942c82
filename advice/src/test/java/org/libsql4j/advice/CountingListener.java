package org.libsql4j.advice;

import org.libsql4j.observe.ConnectionInfo;
import org.libsql4j.observe.EngineListener;

/** A listener that is a service of these tests. */
public final class CountingListener implements EngineListener {
  static int opened;

  @Override
  public void connectionOpened(ConnectionInfo connection) {
    opened++;
  }
}
