package org.libsql4j.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.libsql4j.observe.CheckpointDone;
import org.libsql4j.observe.ConnectionInfo;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.observe.LockWaited;
import org.libsql4j.observe.ReplicaSynced;
import org.libsql4j.observe.StatementExecuted;
import org.libsql4j.observe.StatementPrepared;
import org.libsql4j.observe.TransactionEnded;

/**
 * Keeps the meters that this package's documentation lists, in a registry.
 *
 * <pre>{@code
 * Database database = Database.builder("shop.db").listener(new EngineMeters(registry)).build();
 * }</pre>
 *
 * <p>One of them can listen to any number of databases.
 */
public final class EngineMeters implements EngineListener {
  /** How many databases have meters of their own. */
  public static final int MAX_DATABASES = 100;

  private static final String OTHER = "other";

  private final MeterRegistry registry;
  private final Function<String, String> names;

  /** How many paths have asked for meters of their own. */
  private final AtomicInteger asked = new AtomicInteger();

  /** By path. */
  private final ConcurrentMap<String, DatabaseMeters> databases = new ConcurrentHashMap<>();

  /** By name: two paths may have the same. */
  private final ConcurrentMap<String, DatabaseMeters> named = new ConcurrentHashMap<>();

  /** In Micrometer's global registry. For the service loader. */
  public EngineMeters() {
    this(Metrics.globalRegistry);
  }

  /** Databases are named after their files, without their folders. */
  public EngineMeters(MeterRegistry registry) {
    this(registry, EngineMeters::fileName);
  }

  /**
   * @param names what the tag {@code database} says of the path or URI that a database was opened
   *     with
   */
  public EngineMeters(MeterRegistry registry, Function<String, String> names) {
    this.registry = registry;
    this.names = names;
  }

  private static String fileName(String path) {
    String name = ConnectionInfo.nameOf(path);
    return name.isEmpty() ? "temporary" : name; // A tag without a value is refused by some.
  }

  private DatabaseMeters of(ConnectionInfo connection) {
    return of(connection.path());
  }

  private DatabaseMeters of(String path) {
    DatabaseMeters known = databases.get(path);
    return known != null ? known : make(path);
  }

  private DatabaseMeters make(String path) {
    if (asked.get() >= MAX_DATABASES) {
      return named(OTHER);
    }
    return databases.computeIfAbsent(
        path, p -> named(asked.getAndIncrement() < MAX_DATABASES ? names.apply(p) : OTHER));
  }

  private DatabaseMeters named(String name) {
    return named.computeIfAbsent(name, given -> new DatabaseMeters(registry, given));
  }

  @Override
  public void connectionOpened(ConnectionInfo connection) {
    of(connection).connections.incrementAndGet();
  }

  @Override
  public void connectionClosed(ConnectionInfo connection, long nanos) {
    of(connection).connections.decrementAndGet();
  }

  @Override
  public void statementPrepared(StatementPrepared event) {
    of(event.connection()).prepared(event);
  }

  @Override
  public void statementExecuted(StatementExecuted event) {
    of(event.connection()).executed(event);
  }

  @Override
  public void transactionBegun(ConnectionInfo connection) {
    of(connection).transactions.incrementAndGet();
  }

  @Override
  public void transactionEnded(TransactionEnded event) {
    of(event.connection()).ended(event);
  }

  @Override
  public void lockWaited(LockWaited event) {
    of(event.connection()).waited(event);
  }

  @Override
  public void checkpointDone(CheckpointDone event) {
    of(event.connection()).checkpointed(event);
  }

  @Override
  public void replicaSynced(ReplicaSynced event) {
    of(event.file()).synced(event);
  }
}
