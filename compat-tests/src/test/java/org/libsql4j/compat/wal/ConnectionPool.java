package org.libsql4j.compat.wal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.libsql4j.Connection;
import org.libsql4j.Database;

/** Open connections that threads borrow. */
final class ConnectionPool implements AutoCloseable {
  private final List<Connection> all = new ArrayList<>();
  private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();

  ConnectionPool(Path file, int size, int busyTimeoutMillis) {
    Database database =
        Database.builder(file.toString()).busyTimeoutMillis(busyTimeoutMillis).build();
    for (int i = 0; i < size; i++) {
      Connection connection = database.connect();
      connection.executeMultiple("PRAGMA synchronous=NORMAL");
      all.add(connection);
      idle.add(connection);
    }
  }

  Connection take() throws InterruptedException {
    return idle.take();
  }

  void give(Connection connection) {
    idle.add(connection);
  }

  @Override
  public void close() {
    all.forEach(Connection::close);
  }
}
