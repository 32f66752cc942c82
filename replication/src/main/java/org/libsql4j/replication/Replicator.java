package org.libsql4j.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.observe.ReplicaSynced;
import org.libsql4j.replication.LogClient.Hello;
import org.libsql4j.replication.ReplicationException.Reason;

/**
 * Keeps a local file in step with a primary.
 *
 * <p>The file is an ordinary database, which other connections of this and other processes may read
 * meanwhile; they must not write to it. Safe for use by many threads: syncs wait for each other.
 */
public final class Replicator implements AutoCloseable {
  private static final String NO_HELLO = "NO_HELLO";
  private static final String NEED_SNAPSHOT = "NEED_SNAPSHOT";

  /** A server that answers so often without bringing us further never will. */
  private static final int MAX_FRUITLESS_ANSWERS = 4;

  private final Path database;
  private final Path stateFile;
  private final ReplicaOptions options;
  private final OkHttpClient http;
  private final ServerAddress address;
  private final LogClient server;
  private final FrameInjector injector;
  private final ReentrantLock syncing = new ReentrantLock();

  private Replicator(Path database, ReplicaOptions options) {
    this.database = database;
    this.stateFile = stateFile(database);
    this.options = options;
    this.address = ServerAddress.parse(options.url, options.namespace, options.token);
    refuseUnrelatedFile();
    this.http = HttpClients.create(options);
    this.server = new LogClient(new GrpcWebClient(http, address.url()), address);
    this.injector = openInjector();
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

  private static Path stateFile(Path database) {
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

  /**
   * The state file comes first: a crash in between leaves what counts as a replica without state.
   */
  private FrameInjector openInjector() {
    try (ReplicaLock lock = lock()) {
      return new FrameInjector(database, (int) options.lockTimeout.toMillis());
    }
  }

  private ReplicaLock lock() {
    return ReplicaLock.acquire(stateFile, options.lockTimeout.toMillis());
  }

  /**
   * Fetches what the primary has committed since the last sync.
   *
   * @throws ReplicationException why it was given up; transactions that were complete stay
   */
  public SyncResult sync() {
    EngineListener listener = options.listener();
    if (listener == null) {
      return syncUnobserved();
    }
    long start = System.nanoTime();
    try {
      SyncResult result = syncUnobserved();
      tell(listener, start, result, null);
      return result;
    } catch (RuntimeException e) {
      tell(listener, start, new SyncResult(OptionalLong.empty(), 0), e);
      throw e;
    }
  }

  private void tell(
      EngineListener listener, long start, SyncResult result, @Nullable Exception error) {
    long nanos = System.nanoTime() - start;
    listener.replicaSynced(
        new ReplicaSynced(
            database.toString(), nanos, result.frameNumber(), result.framesSynced(), error));
  }

  private SyncResult syncUnobserved() {
    syncing.lock();
    try (ReplicaLock lock = lock()) {
      return sync(lock.file());
    } catch (IOException e) {
      throw stateFileFails(e);
    } finally {
      syncing.unlock();
    }
  }

  /** Syncs until the local file has a frame of the primary's log; at once if it has. */
  public SyncResult syncUntil(long frameNumber) {
    long frames = 0;
    OptionalLong reached = replicationIndex();
    while (!reached.isPresent() || reached.getAsLong() < frameNumber) {
      SyncResult result = sync();
      reached = result.frameNumber();
      frames += result.framesSynced();
    }
    return new SyncResult(reached, frames);
  }

  /** The last frame of the primary's log that the local file has; empty if it has none. */
  public OptionalLong replicationIndex() {
    try (FileChannel file = FileChannel.open(stateFile, StandardOpenOption.READ)) {
      ReplicaState state = ReplicaState.read(file);
      return state == null ? OptionalLong.empty() : asOptional(state.committedFrame());
    } catch (IOException e) {
      throw stateFileFails(e);
    }
  }

  private ReplicationException stateFileFails(IOException e) {
    return new ReplicationException(Reason.LOCAL_STATE, stateFile + ": " + e, e);
  }

  private static OptionalLong asOptional(long frame) {
    return frame == ReplicaState.NONE ? OptionalLong.empty() : OptionalLong.of(frame);
  }

  // ---- one sync

  private SyncResult sync(FileChannel file) throws IOException {
    ReplicaState state = ReplicaState.read(file);
    Hello hello = handshake();
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
    FrameReceiver receiver =
        new FrameReceiver(
            injector, options.verifyChecksums, committed, replacesAnother ? target : 0);
    try {
      catchUp(receiver, hello, target, file);
    } finally {
      receiver.rollBack();
    }
    injector.checkpoint();
    return new SyncResult(asOptional(receiver.committed()), receiver.framesCommitted());
  }

  private void catchUp(FrameReceiver receiver, Hello hello, long target, FileChannel file)
      throws IOException {
    int fruitless = 0;
    while (receiver.committed() < target) {
      long before = receiver.next();
      long committedBefore = receiver.committed();
      boolean again = fetch(receiver, hello);
      if (receiver.committed() != committedBefore) {
        injector.endDurably();
        new ReplicaState(hello.logId(), receiver.committed()).write(file);
      }
      fruitless = again || receiver.next() == before ? fruitless + 1 : 0;
      if (fruitless > MAX_FRUITLESS_ANSWERS) {
        throw new ReplicationException(
            Reason.PROTOCOL, "the server does not send frame " + receiver.next());
      }
    }
  }

  /** One answer of the server; whether it was none because of the session. */
  private boolean fetch(FrameReceiver receiver, Hello hello) {
    try {
      server.batch(receiver.next(), receiver::logged);
      return false;
    } catch (GrpcException e) {
      if (e.status().isCondition(NO_HELLO)) {
        receiver.rollBack();
        requireSameLog(hello, handshake());
        return true;
      }
      if (e.status().isCondition(NEED_SNAPSHOT)) {
        fetchSnapshot(receiver);
        return false;
      }
      throw e.toReplicationException();
    }
  }

  /**
   * Fetches a snapshot. While the server is still writing it, right after it has compacted its log,
   * it says that there is none: then it is asked again for a while.
   */
  private void fetchSnapshot(FrameReceiver receiver) {
    long deadline = System.nanoTime() + options.readTimeout.toNanos();
    while (true) {
      try {
        server.snapshot(receiver.next(), receiver::ofSnapshot);
        receiver.endOfSnapshot();
        return;
      } catch (GrpcException e) {
        boolean later = isStillToCome(e.status()) && System.nanoTime() - deadline < 0;
        if (!later || !pause()) {
          throw e.toReplicationException();
        }
        receiver.rollBack();
      }
    }
  }

  /** The second is what a server says that has never made a snapshot before. */
  private static boolean isStillToCome(GrpcStatus status) {
    return status.code() == GrpcStatus.UNAVAILABLE
        || (status.code() == GrpcStatus.INTERNAL
            && status.message().contains("No such file or directory"));
  }

  private static void requireSameLog(Hello hello, Hello renewed) {
    if (!hello.logId().equals(renewed.logId())) {
      throw new ReplicationException(
          Reason.TRANSPORT, "the primary has begun another log in the meantime");
    }
  }

  private Hello handshake() {
    ReplicationException failure = null;
    for (int attempt = 0; attempt < Math.max(1, options.handshakeAttempts); attempt++) {
      if (attempt > 0 && !pause()) {
        break;
      }
      try {
        return server.hello();
      } catch (GrpcException e) {
        failure = e.toReplicationException();
      } catch (ReplicationException e) {
        failure = e;
      }
      if (!failure.isTransient()) {
        break;
      }
    }
    throw failed(failure);
  }

  private static ReplicationException failed(@Nullable ReplicationException failure) {
    return failure == null
        ? new ReplicationException(Reason.TRANSPORT, "no handshake was tried")
        : failure;
  }

  private boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(options.handshakeDelay.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  ServerAddress address() {
    return address;
  }

  OkHttpClient http() {
    return http;
  }

  /** Ends it; the files stay as they are. */
  @Override
  public void close() {
    syncing.lock();
    try {
      injector.close();
      HttpClients.close(http);
    } finally {
      syncing.unlock();
    }
  }
}
