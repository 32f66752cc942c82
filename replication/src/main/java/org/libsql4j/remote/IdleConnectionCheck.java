package org.libsql4j.remote;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Looks before each request whether the server has closed a kept network connection meanwhile.
 * Afterwards it could not be told whether the request was executed.
 *
 * <p>Looking takes a millisecond, so connections that were used just now are trusted.
 */
public final class IdleConnectionCheck implements Interceptor {
  private static final long TRUSTED_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /** The server has closed it; nothing was sent. */
  public static final class ClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedException(@Nullable IOException cause) {
      super("the server has closed the connection", cause);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Connection, Long> lastUses = new WeakHashMap<>();

  @Override
  public Response intercept(Chain chain) throws IOException {
    Connection connection = chain.connection();
    if (connection == null) {
      return chain.proceed(chain.request());
    }
    Long lastUse = use(connection);
    if (lastUse != null && System.nanoTime() - lastUse > TRUSTED_NANOS) {
      check(connection.socket());
    }
    try {
      return chain.proceed(chain.request());
    } finally {
      use(connection);
    }
  }

  /** When it was used before; null if never. */
  private @Nullable Long use(Connection connection) {
    lock.lock();
    try {
      return lastUses.put(connection, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /** Between requests nothing comes from the server but the end. */
  private static void check(Socket socket) throws IOException {
    try {
      int timeout = socket.getSoTimeout();
      try {
        socket.setSoTimeout(1);
        int found = socket.getInputStream().read();
        throw new ClosedException(found < 0 ? null : new IOException("unexpected data"));
      } finally {
        socket.setSoTimeout(timeout);
      }
    } catch (SocketTimeoutException e) {
      return; // Nothing came: it is open.
    } catch (ClosedException e) {
      throw e;
    } catch (IOException e) {
      throw new ClosedException(e);
    }
  }
}
