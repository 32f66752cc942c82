package org.libsql4j.replication;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.libsql4j.replication.ReplicationException.Reason;

/**
 * Fetches frames in a thread of its own, while those that came before are put into the local file.
 *
 * <p>It ends when all have come, or with a failure; what is then to be done is up to the one who
 * takes the frames.
 */
final class FramePrefetch implements AutoCloseable {
  /** So many frames wait at most: 16 MiB, which is a checkpoint's time. */
  private static final int CAPACITY = 4096;

  /** What comes between frames. */
  private record Event(@Nullable LogFrame frame, @Nullable Throwable failure) {}

  private static final Event END_OF_BATCH = new Event(null, null);
  private static final Event END = new Event(null, null);

  /** Where frames come from. */
  interface Source {
    /** Asks for frames, perhaps several times. */
    void sendAll(Receiver receiver) throws GrpcException;
  }

  /** Who gets them in the thread that fetches. */
  interface Receiver {
    void frame(LogFrame frame);

    /** An answer has ended. */
    void endOfAnswer();
  }

  private final LogClient server;
  private final Source source;
  private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread thread;
  private volatile boolean stopped;

  private FramePrefetch(LogClient server, Source source) {
    this.server = server;
    this.source = source;
    this.thread = new Thread(this::fetchAll, "libsql4j-fetch");
    thread.setDaemon(true);
  }

  /** Begins to fetch the frames from a number to another, and perhaps more, batch after batch. */
  static FramePrefetch ofLog(LogClient server, long from, long target) {
    return start(
        server,
        receiver -> {
          long[] next = {from};
          long before = -1;
          while (next[0] <= target && next[0] != before) {
            before = next[0];
            server.batch(
                next[0],
                frame -> {
                  receiver.frame(frame);
                  next[0] = frame.number() + 1;
                });
            receiver.endOfAnswer();
          }
        });
  }

  /** Begins to fetch the snapshot that has a frame. */
  static FramePrefetch ofSnapshot(LogClient server, long from) {
    return start(server, receiver -> server.snapshot(from, receiver::frame));
  }

  private static FramePrefetch start(LogClient server, Source source) {
    FramePrefetch prefetch = new FramePrefetch(server, source);
    prefetch.thread.start();
    return prefetch;
  }

  // ---- in its own thread

  private void fetchAll() {
    try {
      source.sendAll(
          new Receiver() {
            @Override
            public void frame(LogFrame frame) {
              hand(new Event(frame, null));
            }

            @Override
            public void endOfAnswer() {
              hand(END_OF_BATCH);
            }
          });
      hand(END);
    } catch (GrpcException | RuntimeException | OutOfMemoryError e) {
      if (!stopped) {
        hand(new Event(null, e));
      }
    }
  }

  private void hand(Event event) {
    try {
      if (stopped) {
        throw new InterruptedException();
      }
      queue.put(event);
    } catch (InterruptedException e) {
      stopped = true;
      Thread.currentThread().interrupt();
      throw new ReplicationException(Reason.TRANSPORT, "fetching was ended", e);
    }
  }

  // ---- for the one who takes the frames

  /**
   * Hands on all that comes, to its end.
   *
   * @throws GrpcException what the server said instead of sending frames
   */
  void handTo(Receiver receiver) throws GrpcException {
    while (true) {
      Event event = take();
      if (event == END) {
        return;
      }
      LogFrame frame = event.frame();
      Throwable failure = event.failure();
      if (frame != null) {
        receiver.frame(frame);
      } else if (failure == null) {
        receiver.endOfAnswer();
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
