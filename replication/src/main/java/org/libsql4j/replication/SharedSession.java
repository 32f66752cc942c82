package org.libsql4j.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.ReplicaControl;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteStatement;
import org.libsql4j.spi.RemoteText;
import org.libsql4j.spi.StatementKind;

/** A session of a replica that others use too: closing it gives the replica back. */
final class SharedSession implements RemoteSession {
  private final RemoteSession session;
  private final Runnable giveBack;
  private boolean closed;

  SharedSession(RemoteSession session, Runnable giveBack) {
    this.session = session;
    this.giveBack = giveBack;
  }

  @Override
  public boolean runsHere(StatementKind kind, boolean localTransaction) {
    return session.runsHere(kind, localTransaction);
  }

  @Override
  public RemoteStatement prepare(String sql, List<@Nullable String> parameterNames) {
    return session.prepare(sql, parameterNames);
  }

  @Override
  public RemoteStatement prepare(RemoteText text) {
    return session.prepare(text);
  }

  @Override
  public boolean isRemoteOnly() {
    return session.isRemoteOnly();
  }

  @Override
  public void cancel() {
    session.cancel();
  }

  @Override
  public boolean isAutoCommit() {
    return session.isAutoCommit();
  }

  @Override
  public void setUp(Connection connection) {
    session.setUp(connection);
  }

  @Override
  public @Nullable ReplicaControl replica() {
    return session.replica();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      session.close();
    } finally {
      giveBack.run();
    }
  }
}
