package org.libsql4j.replication;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.libsql4j.replication.ReplicationException.Reason;

/**
 * Fetches frames in a thread of its own, batch after batch, while those that came before are put
 * into the local file.
 *
 * <p>It ends with the frame it was to get, with an answer without frames, and with a failure; what
 * is then to be done is up to the one who takes the frames.
 */
final class FramePrefetch implements AutoCloseable {
  /** So many frames wait at most: 4 MiB. */
  private static final int CAPACITY = 1024;

  /** What comes between frames. */
  private record Event(@Nullable LogFrame frame, @Nullable Throwable failure) {}

  private static final Event END_OF_BATCH = new Event(null, null);
  private static final Event END = new Event(null, null);

  private final LogClient server;
  private final long target;
  private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread thread;
  private volatile boolean stopped;
  private long next;

  private FramePrefetch(LogClient server, long from, long target) {
    this.server = server;
    this.next = from;
    this.target = target;
    this.thread = new Thread(this::fetchAll, "libsql4j-fetch");
    thread.setDaemon(true);
  }

  /**
   * Begins to fetch.
   *
   * @param from number of the first frame
   * @param target number of the last one that is wanted; more may come
   */
  static FramePrefetch start(LogClient server, long from, long target) {
    FramePrefetch prefetch = new FramePrefetch(server, from, target);
    prefetch.thread.start();
    return prefetch;
  }

  // ---- in its own thread

  private void fetchAll() {
    try {
      try {
        long before = -1;
        while (next <= target && next != before) {
          before = next;
          server.batch(next, this::hand);
          queue.put(END_OF_BATCH);
        }
        queue.put(END);
      } catch (GrpcException | RuntimeException | OutOfMemoryError e) {
        queue.put(new Event(null, e));
      }
    } catch (InterruptedException e) {
      // Nobody waits for the rest any more.
      stopped = true;
    }
  }

  private void hand(LogFrame frame) {
    try {
      if (stopped) {
        throw new InterruptedException();
      }
      queue.put(new Event(frame, null));
      next = frame.number() + 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReplicationException(Reason.TRANSPORT, "fetching was ended", e);
    }
  }

  // ---- for the one who takes the frames

  /** What the taker does with what came. */
  interface Taker {
    void frame(LogFrame frame);

    void endOfBatch();
  }

  /**
   * Hands on all that comes, to its end.
   *
   * @throws GrpcException what the server said instead of sending frames
   */
  void handTo(Taker taker) throws GrpcException {
    while (true) {
      Event event = take();
      if (event == END) {
        return;
      }
      LogFrame frame = event.frame();
      Throwable failure = event.failure();
      if (frame != null) {
        taker.frame(frame);
      } else if (failure == null) {
        taker.endOfBatch();
      } else if (failure instanceof GrpcException refused) {
        throw refused;
      } else if (failure instanceof RuntimeException known) {
        throw known;
      } else {
        throw new ReplicationException(Reason.TRANSPORT, String.valueOf(failure), failure);
      }
    }
  }

  private Event take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReplicationException(Reason.TRANSPORT, "the sync was interrupted", e);
    }
  }

  /** Ends fetching, wherever it is, and waits until it has ended. */
  @Override
  public void close() {
    stopped = true;
    server.cancel();
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
