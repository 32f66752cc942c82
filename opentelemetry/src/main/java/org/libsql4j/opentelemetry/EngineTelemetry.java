package org.libsql4j.opentelemetry;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;
import org.libsql4j.observe.CheckpointDone;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.observe.LockWaited;
import org.libsql4j.observe.ReplicaSynced;
import org.libsql4j.observe.StatementExecuted;
import org.libsql4j.observe.StatementPrepared;

/**
 * Makes the spans and metrics that this package's documentation lists.
 *
 * <pre>{@code
 * Database database =
 *     Database.builder("shop.db")
 *         .listener(new EngineTelemetry(openTelemetry, QueryText.WITHOUT_VALUES))
 *         .build();
 * }</pre>
 *
 * <p>One of them can listen to any number of databases.
 */
public final class EngineTelemetry implements EngineListener {
  /** Sets what the service shows of statements: the name of a {@link QueryText}. */
  public static final String QUERY_TEXT_PROPERTY = "libsql4j.opentelemetry.queryText";

  private final QueryText queryText;
  private volatile @Nullable Instruments instruments;

  /**
   * For the global OpenTelemetry, from the moment at which it is set; does nothing before that. For
   * the service loader.
   */
  public EngineTelemetry() {
    this.queryText = QueryText.valueOf(System.getProperty(QUERY_TEXT_PROPERTY, "NONE"));
  }

  /**
   * For an OpenTelemetry.
   *
   * @param queryText what spans show of the text of statements
   */
  public EngineTelemetry(OpenTelemetry openTelemetry, QueryText queryText) {
    this.queryText = queryText;
    this.instruments = new Instruments(openTelemetry, queryText);
  }

  /** Not before the application has set the global one: asking for it would set it for good. */
  private @Nullable Instruments instruments() {
    Instruments known = instruments;
    if (known == null && GlobalOpenTelemetry.isSet()) {
      known = new Instruments(GlobalOpenTelemetry.get(), queryText);
      instruments = known;
    }
    return known;
  }

  /** Only failures: the others are told of as statements when they run. */
  @Override
  public void statementPrepared(StatementPrepared event) {
    Instruments to = instruments();
    if (to != null && event.error() != null) {
      to.statement(event.connection(), event.sql(), event.nanos(), 0, 0, event.error());
    }
  }

  @Override
  public void statementExecuted(StatementExecuted event) {
    Instruments to = instruments();
    if (to != null) {
      to.statement(
          event.connection(),
          event.sql(),
          event.nanos(),
          event.rows(),
          event.changes(),
          event.error());
    }
  }

  @Override
  public void lockWaited(LockWaited event) {
    Instruments to = instruments();
    if (to != null) {
      to.lockWait(event);
    }
  }

  @Override
  public void checkpointDone(CheckpointDone event) {
    Instruments to = instruments();
    if (to != null) {
      to.checkpoint(event);
    }
  }

  @Override
  public void replicaSynced(ReplicaSynced event) {
    Instruments to = instruments();
    if (to != null) {
      to.sync(event);
    }
  }
}
