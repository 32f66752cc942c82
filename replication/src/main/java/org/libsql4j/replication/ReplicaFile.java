package org.libsql4j.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.replication.ReplicationException.Reason;

/** The local files of a replica: the database and its state. */
final class ReplicaFile implements AutoCloseable {
  private final Path database;
  private final Path stateFile;
  private final long lockMillis;
  private final FrameInjector injector;

  /**
   * Opens the files. A database that does not exist becomes an empty one.
   *
   * @throws ReplicationException LOCAL_STATE if the database exists and is no replica
   */
  ReplicaFile(Path database, ReplicaOptions options) {
    this.database = database;
    this.stateFile = stateFile(database);
    this.lockMillis = options.lockTimeout().toMillis();
    refuseUnrelatedFile();
    // The state file comes first: a crash in between leaves what counts as a replica without state.
    ReplicaLock lock = lock();
    try {
      injector = new FrameInjector(database, (int) lockMillis, options.encryption());
    } finally {
      lock.close();
    }
  }

  static Path stateFile(Path database) {
    return database.resolveSibling(database.getFileName() + ReplicaState.FILE_SUFFIX);
  }

  private void refuseUnrelatedFile() {
    if (Files.exists(database) && !Files.exists(stateFile)) {
      throw new ReplicationException(
          Reason.LOCAL_STATE,
          "Can not sync a database without a wal_index, please delete the database and attempt"
              + " again");
    }
  }

  /** Takes the right to change the files. */
  ReplicaLock lock() {
    return ReplicaLock.acquire(stateFile, lockMillis);
  }

  FrameInjector injector() {
    return injector;
  }

  /** The last frame that the database has; empty if it has none. */
  OptionalLong committed() {
    try (FileChannel file = FileChannel.open(stateFile, StandardOpenOption.READ)) {
      ReplicaState state = ReplicaState.read(file);
      return state == null ? OptionalLong.empty() : asOptional(state.committedFrame());
    } catch (IOException e) {
      throw fails(e);
    }
  }

  ReplicationException fails(IOException e) {
    return new ReplicationException(Reason.LOCAL_STATE, stateFile + ": " + e, e);
  }

  static OptionalLong asOptional(long frame) {
    return frame == ReplicaState.NONE ? OptionalLong.empty() : OptionalLong.of(frame);
  }

  @Override
  public void close() {
    injector.close();
  }
}
