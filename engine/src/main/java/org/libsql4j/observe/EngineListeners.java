package org.libsql4j.observe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;

/** Several listeners as one that does not fail. For those who report events. */
public final class EngineListeners implements EngineListener {
  /** Whoever fails to load this often is not asked again. */
  private static final int MAX_FAILED_SERVICES = 100;

  private final List<EngineListener> listeners;

  private EngineListeners(List<EngineListener> listeners) {
    this.listeners = listeners;
  }

  /** Loaded with the first connection, and kept. */
  private static final class Services {
    static final List<EngineListener> ALL = load();

    private Services() {}

    private static List<EngineListener> load() {
      List<EngineListener> found = new ArrayList<>();
      Iterator<EngineListener> services =
          ServiceLoader.load(EngineListener.class, EngineListener.class.getClassLoader())
              .iterator();
      boolean more = true;
      for (int failures = 0; more && failures < MAX_FAILED_SERVICES; ) {
        try {
          more = services.hasNext();
          if (more) {
            found.add(services.next());
          }
        } catch (ServiceConfigurationError | LinkageError e) {
          failures++; // For example a listener that needs a part of the JDK that is not there.
        }
      }
      return Collections.unmodifiableList(found);
    }
  }

  /**
   * Some listeners as one.
   *
   * @param installed whether to add those that are services, found by the engine's class loader
   * @return null if there is none
   */
  public static @Nullable EngineListener of(boolean installed, List<EngineListener> own) {
    List<EngineListener> all = new ArrayList<>(installed ? Services.ALL : List.of());
    all.addAll(own);
    return all.isEmpty() ? null : new EngineListeners(all);
  }

  private void tell(Consumer<EngineListener> event) {
    for (EngineListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException | LinkageError | AssertionError e) {
        tellFailure(listener, e);
      }
    }
  }

  private static void tellFailure(EngineListener listener, Throwable failure) {
    try {
      listener.listenerFailed(failure);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      failure.addSuppressed(e); // Nobody is left who could be told.
    }
  }

  @Override
  public void connectionOpened(ConnectionInfo connection) {
    tell(listener -> listener.connectionOpened(connection));
  }

  @Override
  public void connectionClosed(ConnectionInfo connection, long nanos) {
    tell(listener -> listener.connectionClosed(connection, nanos));
  }

  @Override
  public void statementPrepared(StatementPrepared event) {
    tell(listener -> listener.statementPrepared(event));
  }

  @Override
  public void statementExecuted(StatementExecuted event) {
    tell(listener -> listener.statementExecuted(event));
  }

  @Override
  public void transactionBegun(ConnectionInfo connection) {
    tell(listener -> listener.transactionBegun(connection));
  }

  @Override
  public void transactionEnded(TransactionEnded event) {
    tell(listener -> listener.transactionEnded(event));
  }

  @Override
  public void lockWaited(LockWaited event) {
    tell(listener -> listener.lockWaited(event));
  }

  @Override
  public void checkpointDone(CheckpointDone event) {
    tell(listener -> listener.checkpointDone(event));
  }

  @Override
  public void replicaSynced(ReplicaSynced event) {
    tell(listener -> listener.replicaSynced(event));
  }

  @Override
  public void objectMisused(ConnectionInfo connection, LibsqlException failure) {
    tell(listener -> listener.objectMisused(connection, failure));
  }
}
