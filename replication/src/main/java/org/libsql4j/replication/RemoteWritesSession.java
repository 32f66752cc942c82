package org.libsql4j.replication;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.ReplicaControl;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteRows;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteStatement;
import org.libsql4j.spi.RemoteText;
import org.libsql4j.spi.StatementKind;

/**
 * One connection to a synced database that is read here and written by the server, which is asked
 * for a session with the first statement that is for it.
 */
final class RemoteWritesSession implements RemoteSession {
  private final SyncedReplica replica;
  private final Supplier<RemoteSession> sessions;

  /** Null until there is one; read by other threads that interrupt. */
  private volatile @Nullable RemoteSession opened;

  RemoteWritesSession(SyncedReplica replica, Supplier<RemoteSession> sessions) {
    this.replica = replica;
    this.sessions = sessions;
  }

  private RemoteSession server() {
    RemoteSession session = opened;
    if (session == null) {
      session = sessions.get();
      opened = session;
    }
    return session;
  }

  @Override
  public void setUp(Connection connection) {
    OfflineSession.keepLog(connection);
  }

  @Override
  public boolean runsHere(StatementKind kind, boolean localTransaction) {
    OfflineSession.refuseLogKeeping(kind);
    if (!isAutoCommit()) {
      return kind == StatementKind.LOCAL;
    }
    return switch (kind) {
      case READ, LOCAL, BEGIN_READ_ONLY -> true;
      case END, RELEASE -> localTransaction;
      default -> {
        if (localTransaction) {
          throw new LibsqlException(ResultCode.READONLY, "Invalid write in a readonly transaction");
        }
        yield false;
      }
    };
  }

  @Override
  public RemoteStatement prepare(String sql, List<@Nullable String> parameterNames) {
    return prepare(new RemoteText(sql, parameterNames, StatementKind.WRITE, true, false));
  }

  @Override
  public RemoteStatement prepare(RemoteText text) {
    return new Statement(server().prepare(text));
  }

  @Override
  public boolean isAutoCommit() {
    RemoteSession session = opened;
    return session == null || session.isAutoCommit();
  }

  @Override
  public void cancel() {
    RemoteSession session = opened;
    if (session != null) {
      session.cancel();
    }
  }

  @Override
  public ReplicaControl replica() {
    return replica;
  }

  @Override
  public void close() {
    RemoteSession session = opened;
    opened = null;
    if (session != null) {
      session.close();
    }
  }

  private final class Statement implements RemoteStatement {
    private final RemoteStatement statement;

    Statement(RemoteStatement statement) {
      this.statement = statement;
    }

    @Override
    public List<Column> columns() {
      return statement.columns();
    }

    @Override
    public boolean isReadOnly(boolean byTree) {
      return statement.isReadOnly(byTree);
    }

    @Override
    public RemoteRows execute(Mem[] parameters) {
      return new Rows(statement.execute(parameters));
    }
  }

  /** After the last row the statement is done, and what it did is fetched. */
  private final class Rows implements RemoteRows {
    private final RemoteRows rows;
    private boolean done;

    Rows(RemoteRows rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() {
      boolean more = rows.next();
      if (!more && !done) {
        done = true;
        if (isAutoCommit()) {
          replica.afterWrite();
        }
      }
      return more;
    }

    @Override
    public void column(int index, Mem target) {
      rows.column(index, target);
    }

    @Override
    public long changes() {
      return rows.changes();
    }

    @Override
    public boolean hasInserted() {
      return rows.hasInserted();
    }

    @Override
    public long lastInsertRowid() {
      return rows.lastInsertRowid();
    }

    @Override
    public void close() {
      rows.close();
      if (!done) {
        done = true;
        fetchQuietly();
      }
    }

    /** Closing does not fail; what went wrong is known to the replica's health. */
    private void fetchQuietly() {
      try {
        if (isAutoCommit()) {
          replica.afterWrite();
        }
      } catch (LibsqlException e) {
        done = true;
      }
    }
  }
}
