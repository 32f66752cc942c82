package org.libsql4j.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.UUID;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.replication.ReplicationException.Reason;

/** Brings a local file from the frame that it has to the last one that a primary has. */
final class CatchUp {
  /**
   * Where to.
   *
   * @param logId the log of the primary
   * @param lastFrame the last frame that it is known to have
   */
  record Goal(UUID logId, long lastFrame) {}

  private static final String NO_HELLO = "NO_HELLO";
  private static final String NEED_SNAPSHOT = "NEED_SNAPSHOT";

  /** A server that answers so often without bringing us further never will. */
  private static final int MAX_FRUITLESS_ANSWERS = 4;

  /** From so many missing frames on they are fetched ahead: servers send about 1,000 at once. */
  private static final int PREFETCH_FRAMES = 1500;

  /** After so many frames what has come is made durable: 32 MiB. */
  private static final int FRAMES_AT_RISK = 8192;

  private final ReplicaOptions options;
  private final LogClient server;
  private final FrameReceiver receiver;
  private final FrameInjector injector;
  private final Goal goal;
  private final FileChannel stateFile;

  /** The last frame that the state file knows. */
  private long saved;

  CatchUp(
      ReplicaOptions options,
      LogClient server,
      FrameReceiver receiver,
      FrameInjector injector,
      Goal goal,
      FileChannel stateFile) {
    this.options = options;
    this.server = server;
    this.receiver = receiver;
    this.injector = injector;
    this.goal = goal;
    this.stateFile = stateFile;
    this.saved = receiver.committed();
  }

  void run() throws IOException, GrpcException {
    try {
      fetchAll();
    } finally {
      // What came before a failure stays, and need not come again.
      save();
    }
  }

  private void fetchAll() throws GrpcException {
    int fruitless = 0;
    while (receiver.committed() < goal.lastFrame()) {
      long before = receiver.next();
      boolean again = fetch();
      fruitless = again || receiver.next() == before ? fruitless + 1 : 0;
      if (fruitless > MAX_FRUITLESS_ANSWERS) {
        throw new ReplicationException(
            Reason.PROTOCOL, "the server does not send frame " + receiver.next());
      }
    }
  }

  /** Waits until all that was committed is on the disk, and writes down how far that is. */
  private void save() throws IOException {
    if (receiver.committed() != saved) {
      injector.endDurably();
      new ReplicaState(goal.logId(), receiver.committed()).write(stateFile);
      saved = receiver.committed();
    }
  }

  /** One answer of the server, or many; whether it was none because of the session. */
  private boolean fetch() throws GrpcException {
    try {
      if (goal.lastFrame() - receiver.next() >= PREFETCH_FRAMES) {
        fetchAhead();
      } else {
        server.batch(receiver.next(), receiver::logged);
      }
      return false;
    } catch (GrpcException e) {
      if (e.status().isCondition(NO_HELLO)) {
        receiver.rollBack();
        requireSameLog(server.hello().logId());
        return true;
      }
      if (e.status().isCondition(NEED_SNAPSHOT)) {
        fetchSnapshot();
        return false;
      }
      throw e;
    }
  }

  private void fetchAhead() throws GrpcException {
    try (FramePrefetch frames = FramePrefetch.ofLog(server, receiver.next(), goal.lastFrame())) {
      frames.handTo(
          new FramePrefetch.Receiver() {
            @Override
            public void frame(LogFrame frame) {
              receiver.logged(frame);
            }

            @Override
            public void endOfAnswer() {
              saveIfMuch();
            }
          });
    }
  }

  /** Keeps the log of a long sync from growing without end. */
  private void saveIfMuch() {
    boolean isBetweenTransactions = receiver.next() == receiver.committed() + 1;
    if (!isBetweenTransactions || receiver.committed() - saved < FRAMES_AT_RISK) {
      return;
    }
    try {
      save();
    } catch (IOException e) {
      throw new ReplicationException(Reason.LOCAL_STATE, "state file: " + e, e);
    }
    injector.checkpoint();
  }

  /**
   * Fetches a snapshot. While the server is still writing it, right after it has compacted its log,
   * it says that there is none: then it is asked again for a while.
   */
  private void fetchSnapshot() throws GrpcException {
    long start = options.environment().clock().nanoTime();
    Backoff backoff = new Backoff(options);
    while (true) {
      try {
        injectSnapshot();
        return;
      } catch (GrpcException e) {
        long waited = options.environment().clock().nanoTime() - start;
        boolean later = isStillToCome(e.status()) && waited < options.readTimeout().toNanos();
        if (!later || !backoff.pause()) {
          throw e;
        }
        receiver.rollBack();
      }
    }
  }

  private void injectSnapshot() throws GrpcException {
    try (FramePrefetch frames = FramePrefetch.ofSnapshot(server, receiver.next())) {
      frames.handTo(
          new FramePrefetch.Receiver() {
            @Override
            public void frame(LogFrame frame) {
              receiver.ofSnapshot(frame);
            }

            @Override
            public void endOfAnswer() {}
          });
    }
    receiver.endOfSnapshot();
  }

  /** The second is what a server says that has never made a snapshot before. */
  private static boolean isStillToCome(GrpcStatus status) {
    return status.code() == GrpcStatus.UNAVAILABLE
        || (status.code() == GrpcStatus.INTERNAL
            && status.message().contains("No such file or directory"));
  }

  private void requireSameLog(UUID renewed) {
    if (!goal.logId().equals(renewed)) {
      throw new ReplicationException(
          Reason.TRANSPORT, "the primary has begun another log in the meantime");
    }
  }
}
