package org.libsql4j.replication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.replication.ReplicationException.Reason;
import org.libsql4j.replication.SyncedServer.EndOfGeneration;
import org.libsql4j.replication.SyncedServer.Frames;
import org.libsql4j.replication.SyncedServer.Pulled;
import org.libsql4j.replication.SyncedServer.Pushed;

/**
 * Exchanges frames of the local write-ahead log with a server, so that both have the same.
 *
 * <p>Up to {@link SyncedState#durableFrame} they have. What the local log has beyond that is sent;
 * if it has nothing, what the server has beyond it is fetched. Where both went on, the server says
 * that there is a conflict, and nothing is changed: to give up one side is not for us to decide.
 */
final class SyncedReplicator implements AutoCloseable {
  /** The server has fewer frames than we have sent. */
  private static final class ServerIsBehind extends Exception {
    private static final long serialVersionUID = 1L;

    private final int sent;
    private final int got;

    ServerIsBehind(int sent, int got) {
      super(null, null, false, false);
      this.sent = sent;
      this.got = got;
    }

    ReplicationException toReplicationException() {
      return new ReplicationException(
          Reason.PROTOCOL, "server returned a lower frame_no: sent=" + sent + ", got=" + got);
    }
  }

  private final ReplicaOptions options;
  private final SyncedServer server;
  private final Path stateFile;
  private final SyncedLog log;
  private SyncedState state;

  private SyncedReplicator(Path database, ReplicaOptions options, SyncedServer server) {
    this.options = options;
    this.server = server;
    this.stateFile = SyncedState.file(database);
    this.state = bootstrap(database, server);
    this.log =
        new SyncedLog(database, (int) options.lockTimeout().toMillis(), options.encryption());
  }

  /**
   * Opens a synced database; where there is none, the server's is fetched.
   *
   * @throws ReplicationException LOCAL_STATE if only one of the two local files is there
   */
  static SyncedReplicator open(Path database, ReplicaOptions options, SyncedServer server) {
    return new SyncedReplicator(database, options, server);
  }

  private static SyncedState bootstrap(Path database, SyncedServer server) {
    Path stateFile = SyncedState.file(database);
    SyncedState state = SyncedState.read(stateFile);
    boolean exists = Files.exists(database);
    if (exists && state != null) {
      return state;
    }
    if (exists) {
      throw new ReplicationException(
          Reason.LOCAL_STATE, "invalid local state: db file exists but metadata file does not");
    }
    if (state != null && state.durableFrame() != 0) {
      throw new ReplicationException(
          Reason.LOCAL_STATE, "invalid local state: metadata file exists but db file does not");
    }
    int generation = server.generation();
    if (state != null && state.generation() > generation) {
      throw new ReplicationException(
          Reason.LOCAL_STATE,
          "server returned a lower generation than local: local="
              + state.generation()
              + ", remote="
              + generation);
    }
    // The state comes first: without a database it means that the server's is to be fetched.
    SyncedState fresh = new SyncedState(0, generation);
    Path temporary = database.resolveSibling(database.getFileName() + "-export");
    server.export(generation, temporary);
    fresh.write(stateFile);
    try {
      Files.move(temporary, database, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ReplicationException(Reason.LOCAL_STATE, database + ": " + e, e);
    }
    return fresh;
  }

  /** How many frames the server is known to have, of this generation. */
  int durableFrame() {
    return state.durableFrame();
  }

  /** Another process may have synced the file. */
  void refresh() {
    SyncedState written = SyncedState.read(stateFile);
    if (written != null) {
      state = written;
    }
  }

  /**
   * Sends what is new here, or fetches what is new there.
   *
   * @return how many frames were sent or fetched
   */
  long sync(boolean pullOnly) {
    int count = log.frameCount();
    if (count < state.durableFrame()) {
      return pullAfterCheckpoint(count);
    }
    if (count > state.durableFrame() && !pullOnly) {
      return pushWithRetry(count);
    }
    return pull();
  }

  // ---- sending

  private long pushWithRetry(int count) {
    try {
      try {
        return push(count);
      } catch (ServerIsBehind e) {
        // It lost some, perhaps by a power failure: once more, from what it has.
        state = new SyncedState(Math.min(e.got, state.durableFrame()), state.generation());
        return push(count);
      }
    } catch (ServerIsBehind e) {
      throw e.toReplicationException();
    }
  }

  private long push(int count) throws ServerIsBehind {
    int from = state.durableFrame() + 1;
    int generation = state.generation();
    String baton = null;
    long sent = 0;
    while (from <= count) {
      int to = Math.min(from + options.pushBatchSize(), count + 1);
      Pushed answer = server.push(state.generation(), from, to, baton, log.read(from, to));
      sent += to - from;
      from = acknowledged(answer, from, to) + 1;
      baton = answer.baton();
      generation = answer.generation();
    }
    save(new SyncedState(count, generation));
    return sent;
  }

  /** The last frame that the server has of those that were sent. */
  private int acknowledged(Pushed answer, int from, int to) throws ServerIsBehind {
    int last = to - 1;
    if (answer.conflict()) {
      throw conflict("server returned a conflict", from, answer.maxFrame());
    }
    if (answer.maxFrame() < last) {
      throw new ServerIsBehind(last, answer.maxFrame());
    }
    if (answer.maxFrame() > last && !hasOurs(to, answer.maxFrame())) {
      throw conflict("server returned a higher frame_no", last, answer.maxFrame());
    }
    return answer.maxFrame();
  }

  private static ReplicationException conflict(String what, int sent, int got) {
    return new ReplicationException(Reason.CONFLICT, what + ": sent=" + sent + ", got=" + got);
  }

  /** Whether frames that the server has beyond those sent are ours, sent before we were killed. */
  private boolean hasOurs(int from, int last) {
    if (last > log.frameCount()) {
      return false;
    }
    int next = from;
    while (next <= last) {
      Pulled answer = server.pull(state.generation(), next, next + options.pushBatchSize());
      if (!(answer instanceof Frames frames)) {
        return false;
      }
      for (int at = 0; at < frames.bytes().length && next <= last; at += SyncedLog.FRAME_BYTES) {
        if (!log.hasSame(next, frames.bytes(), at)) {
          return false;
        }
        next++;
      }
    }
    return true;
  }

  // ---- fetching

  private long pull() {
    try {
      return pull(state.durableFrame() + 1);
    } finally {
      log.endInsert();
    }
  }

  private long pull(int first) {
    int next = first;
    long fetched = 0;
    while (true) {
      Pulled answer = server.pull(state.generation(), next, next + options.pushBatchSize());
      if (answer instanceof EndOfGeneration end) {
        if (end.generation() <= state.generation()) {
          return fetched;
        }
        nextGeneration(state.durableFrame());
        next = 1;
      } else if (answer instanceof Frames frames) {
        next = insert(frames.bytes(), next);
        fetched += frames.bytes().length / SyncedLog.FRAME_BYTES;
      }
    }
  }

  private int insert(byte[] frames, int first) {
    int number = first;
    int committed = 0;
    boolean isOpen = false;
    for (int at = 0; at < frames.length; at += SyncedLog.FRAME_BYTES) {
      log.insert(number, frames, at);
      isOpen = !SyncedLog.isCommit(frames, at);
      if (!isOpen) {
        committed = number;
      }
      number++;
    }
    if (committed != 0) {
      log.sync();
      save(new SyncedState(committed, state.generation()));
    }
    if (!isOpen) {
      log.endInsert();
    }
    return number;
  }

  private void nextGeneration(int framesHere) {
    log.endInsert();
    log.empty(framesHere);
    save(new SyncedState(0, state.generation() + 1));
  }

  /**
   * The log has fewer frames than were exchanged. That is so after a checkpoint, which is right
   * only if we were about to go over to the next generation and did not come to write it down.
   */
  private long pullAfterCheckpoint(int count) {
    int next = state.durableFrame() + 1;
    Pulled answer = server.pull(state.generation(), next, next + options.pushBatchSize());
    boolean isOver = answer instanceof EndOfGeneration end && end.generation() > state.generation();
    if (count != 0 || !isOver) {
      throw new ReplicationException(
          Reason.LOCAL_STATE,
          "the write-ahead log has "
              + count
              + " frames where "
              + state.durableFrame()
              + " were exchanged: another program has checkpointed it; delete the database and its"
              + " metadata file and sync again");
    }
    nextGeneration(0);
    return pull();
  }

  private void save(SyncedState next) {
    next.write(stateFile);
    state = next;
  }

  @Override
  public void close() {
    log.close();
  }
}
