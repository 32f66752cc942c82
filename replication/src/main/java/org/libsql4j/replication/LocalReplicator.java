package org.libsql4j.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.SyncResult;
import org.libsql4j.replication.ReplicationException.Reason;

/** Puts frames that the application brings into a local file. */
final class LocalReplicator extends FileFollower {
  /** Frames do not say of which log they are. */
  private static final UUID UNKNOWN_LOG = new UUID(0, 0);

  /** The beginning of a transaction whose end has not come yet. */
  private List<LogFrame> pending = new ArrayList<>();

  LocalReplicator(Path database, ReplicaOptions options) {
    super(database, options);
  }

  @Override
  public SyncResult sync() {
    throw new ReplicationException(
        Reason.MISUSE, "the frames of a local replica come from the application: use syncFrames");
  }

  @Override
  public SyncResult syncUntil(long frameNumber) {
    return sync();
  }

  @Override
  public SyncResult syncFrames(List<byte[]> frames) {
    return changing((file, state) -> inject(frames, file, state));
  }

  /** What is done to the files. */
  private interface Change {
    SyncResult make(FileChannel file, @Nullable ReplicaState state) throws IOException;
  }

  private SyncResult changing(Change change) {
    return alone(() -> change(change));
  }

  private SyncResult change(Change change) {
    try (ReplicaLock lock = files.lock()) {
      return change.make(lock.file(), ReplicaState.read(lock.file()));
    } catch (IOException e) {
      throw files.fails(e);
    }
  }

  private SyncResult inject(List<byte[]> frames, FileChannel file, @Nullable ReplicaState state)
      throws IOException {
    long committed = state == null ? ReplicaState.NONE : state.committedFrame();
    List<LogFrame> all = new ArrayList<>(pending);
    long had = pending.isEmpty() ? committed : pending.get(pending.size() - 1).number();
    for (byte[] frame : frames) {
      LogFrame next = new LogFrame(frame.clone());
      if (next.number() > had) {
        all.add(next);
      }
    }
    FrameReceiver receiver =
        new FrameReceiver(files.injector(), options.verifyChecksums(), committed, 0);
    try {
      for (LogFrame frame : all) {
        receiver.logged(frame);
      }
      UUID log = state == null ? UNKNOWN_LOG : state.logId();
      SyncResult result = finish(receiver, log, committed, file);
      List<LogFrame> rest = new ArrayList<>();
      for (LogFrame frame : all) {
        if (frame.number() > receiver.committed()) {
          rest.add(frame);
        }
      }
      pending = rest;
      return result;
    } finally {
      receiver.rollBack();
    }
  }

  private SyncResult finish(FrameReceiver receiver, UUID log, long before, FileChannel file)
      throws IOException {
    if (receiver.committed() != before) {
      files.injector().endDurably();
      new ReplicaState(log, receiver.committed()).write(file);
      files.injector().checkpoint();
    }
    return new SyncResult(ReplicaFile.asOptional(receiver.committed()), receiver.framesCommitted());
  }

  @Override
  public SyncResult syncSnapshot(Path snapshot) {
    return changing((file, state) -> injectSnapshot(snapshot, file, state));
  }

  private SyncResult injectSnapshot(Path path, FileChannel file, @Nullable ReplicaState state)
      throws IOException {
    long committed = state == null ? ReplicaState.NONE : state.committedFrame();
    try (SnapshotFile snapshot = SnapshotFile.open(path)) {
      UUID log = state == null ? UNKNOWN_LOG : state.logId();
      if (!log.equals(UNKNOWN_LOG) && !log.equals(snapshot.logId())) {
        throw new ReplicationException(
            Reason.LOCAL_STATE, "the snapshot is of another log than the replica");
      }
      if (snapshot.firstFrame() > committed + 1) {
        throw new ReplicationException(
            Reason.PROTOCOL,
            "the snapshot begins with frame "
                + snapshot.firstFrame()
                + " where "
                + (committed + 1)
                + " was expected");
      }
      FrameReceiver receiver =
          new FrameReceiver(files.injector(), options.verifyChecksums(), committed, 0);
      try {
        snapshot.read(committed + 1, receiver::ofSnapshot);
        receiver.endOfSnapshot();
        SyncResult result = finish(receiver, snapshot.logId(), committed, file);
        pending = new ArrayList<>();
        return result;
      } finally {
        receiver.rollBack();
      }
    }
  }
}
