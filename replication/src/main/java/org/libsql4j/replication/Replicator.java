package org.libsql4j.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.SyncResult;
import org.libsql4j.replication.LogClient.Hello;
import org.libsql4j.replication.ReplicationException.Reason;

/**
 * Keeps a local file in step with a primary.
 *
 * <p>The file is an ordinary database, which other connections of this and other processes may read
 * meanwhile; they must not write to it. Safe for use by many threads: syncs wait for each other.
 */
public final class Replicator extends FileFollower {
  private Replicator(Path database, ReplicaOptions options) {
    super(database, options);
  }

  /**
   * Opens a replica. A file that does not exist becomes an empty database; nothing is fetched yet.
   *
   * @param database the local file
   * @throws ReplicationException LOCAL_STATE if the file exists and is no replica
   */
  public static Replicator open(Path database, ReplicaOptions options) {
    return new Replicator(database, options);
  }

  /**
   * Fetches what the primary has committed since the last sync.
   *
   * @throws ReplicationException why it was given up; transactions that were complete stay
   */
  @Override
  public SyncResult sync() {
    return alone(this::syncWithRetries);
  }

  private SyncResult syncWithRetries() {
    try (ReplicaLock lock = files.lock()) {
      SyncProgress progress = new SyncProgress();
      return servers.ask(server -> sync(server.log(), lock.file(), progress), progress);
    }
  }

  /** What the attempts of one sync have achieved together. */
  private static final class SyncProgress implements Servers.Progress {
    long frames;
    private long framesSeen;

    @Override
    public boolean made() {
      boolean more = frames > framesSeen;
      framesSeen = frames;
      return more;
    }
  }

  /**
   * Syncs until the local file has a frame of the primary's log; at once if it has. Between two
   * syncs it waits, longer each time.
   *
   * @throws ReplicationException TIMEOUT if the primary does not reach it in time
   */
  @Override
  public SyncResult syncUntil(long frameNumber) {
    return new SyncWait(options).until(frameNumber, replicationIndex(), this::sync);
  }

  /** Fails: the primary brings the frames. */
  @Override
  public SyncResult syncFrames(List<byte[]> frames) {
    throw new ReplicationException(
        Reason.MISUSE, "the frames of a remote replica come from its primary");
  }

  /** Fails: the primary brings the frames. */
  @Override
  public SyncResult syncSnapshot(Path snapshot) {
    return syncFrames(List.of());
  }

  // ---- one sync

  private SyncResult sync(LogClient server, FileChannel file, SyncProgress progress)
      throws GrpcException {
    try {
      return sync(server, server.hello(), file, progress);
    } catch (IOException e) {
      throw files.fails(e);
    }
  }

  private SyncResult sync(LogClient server, Hello hello, FileChannel file, SyncProgress progress)
      throws IOException, GrpcException {
    ReplicaState state = ReplicaState.read(file);
    boolean isSameLog = state != null && state.logId().equals(hello.logId());
    long committed = isSameLog && state != null ? state.committedFrame() : ReplicaState.NONE;
    if (state == null) {
      new ReplicaState(hello.logId(), committed).write(file);
    }
    if (!hello.lastFrame().isPresent()) {
      return new SyncResult(OptionalLong.empty(), 0);
    }
    long target = hello.lastFrame().getAsLong();
    boolean replacesAnother = state != null && !isSameLog;
    FrameInjector injector = files.injector();
    FrameReceiver receiver =
        new FrameReceiver(
            injector, options.verifyChecksums(), committed, replacesAnother ? target : 0);
    CatchUp work =
        new CatchUp(
            options, server, receiver, injector, new CatchUp.Goal(hello.logId(), target), file);
    long before = progress.frames;
    try {
      work.run();
    } finally {
      receiver.rollBack();
      progress.frames = before + receiver.framesCommitted();
    }
    injector.checkpoint();
    return new SyncResult(ReplicaFile.asOptional(receiver.committed()), progress.frames);
  }
}
