package org.libsql4j.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.observe.CheckpointDone;
import org.libsql4j.observe.ConnectionInfo;
import org.libsql4j.observe.LockWaited;
import org.libsql4j.observe.ReplicaSynced;
import org.libsql4j.observe.SqlSummary;
import org.libsql4j.pager.CheckpointResult;

/** The tracer and the histograms of one OpenTelemetry. */
final class Instruments {
  private static final String SCOPE = "org.libsql4j";
  private static final String SYSTEM = "sqlite";
  private static final double NANOS_PER_SECOND = 1e9;

  private static final AttributeKey<String> SYSTEM_NAME = AttributeKey.stringKey("db.system.name");
  private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
  private static final AttributeKey<String> QUERY_TEXT = AttributeKey.stringKey("db.query.text");
  private static final AttributeKey<Long> RETURNED_ROWS =
      AttributeKey.longKey("db.response.returned_rows");
  private static final AttributeKey<String> STATUS_CODE =
      AttributeKey.stringKey("db.response.status_code");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<Long> CHANGED_ROWS =
      AttributeKey.longKey("libsql4j.changed_rows");
  private static final AttributeKey<String> LOCK_PURPOSE =
      AttributeKey.stringKey("libsql4j.lock.purpose");
  private static final AttributeKey<Boolean> LOCK_ACQUIRED =
      AttributeKey.booleanKey("libsql4j.lock.acquired");
  private static final AttributeKey<String> CHECKPOINT_MODE =
      AttributeKey.stringKey("libsql4j.checkpoint.mode");
  private static final AttributeKey<Boolean> CHECKPOINT_BUSY =
      AttributeKey.booleanKey("libsql4j.checkpoint.busy");
  private static final AttributeKey<Long> FRAMES = AttributeKey.longKey("libsql4j.frames");

  private final QueryText queryText;
  private final Tracer tracer;
  private final DoubleHistogram durations;
  private final LongHistogram returnedRows;

  Instruments(OpenTelemetry openTelemetry, QueryText queryText) {
    this.queryText = queryText;
    this.tracer = openTelemetry.getTracer(SCOPE);
    Meter meter = openTelemetry.getMeter(SCOPE);
    durations =
        meter
            .histogramBuilder("db.client.operation.duration")
            .setUnit("s")
            .setDescription("Duration of database client operations")
            .setExplicitBucketBoundariesAdvice(
                Arrays.asList(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0))
            .build();
    returnedRows =
        meter
            .histogramBuilder("db.client.response.returned_rows")
            .ofLongs()
            .setUnit("{row}")
            .setDescription("The number of rows that queries gave")
            .setExplicitBucketBoundariesAdvice(
                Arrays.asList(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1000L, 2000L, 5000L))
            .build();
  }

  // ---- statements

  void statement(
      ConnectionInfo connection,
      String sql,
      long nanos,
      long rows,
      long changes,
      @Nullable LibsqlException error) {
    String operation = SqlSummary.operation(sql);
    String namespace = ConnectionInfo.nameOf(connection.path());
    AttributesBuilder builder = Attributes.builder();
    builder.put(SYSTEM_NAME, SYSTEM).put(OPERATION, operation);
    if (!namespace.isEmpty()) {
      builder.put(NAMESPACE, namespace);
    }
    putError(builder, error);
    Attributes attributes = builder.build();
    durations.record(nanos / NANOS_PER_SECOND, attributes);
    if (rows > 0) {
      returnedRows.record(rows, attributes);
    }
    SpanBuilder span = client(namespace.isEmpty() ? operation : operation + " " + namespace);
    span.setAllAttributes(attributes);
    if (queryText != QueryText.NONE) {
      span.setAttribute(QUERY_TEXT, queryText.of(sql));
    }
    span.setAttribute(RETURNED_ROWS, rows).setAttribute(CHANGED_ROWS, changes);
    make(span, nanos, error);
  }

  private static void putError(AttributesBuilder attributes, @Nullable Exception error) {
    if (error instanceof LibsqlException failure) {
      String code = failure.resultCode().sqliteName();
      attributes.put(STATUS_CODE, code).put(ERROR_TYPE, code);
    } else if (error != null) {
      attributes.put(ERROR_TYPE, error.getClass().getName());
    }
  }

  private SpanBuilder client(String name) {
    return tracer.spanBuilder(name).setSpanKind(SpanKind.CLIENT);
  }

  /** A span that ends now. */
  private static void make(SpanBuilder builder, long nanos, @Nullable Exception error) {
    Instant end = Instant.now();
    Span span = builder.setStartTimestamp(end.minusNanos(nanos)).startSpan();
    if (error instanceof LibsqlException failure) {
      span.setStatus(StatusCode.ERROR, failure.resultCode().sqliteName());
    } else if (error != null) {
      span.setStatus(StatusCode.ERROR, error.getClass().getSimpleName());
    }
    span.end(TimeUnit.SECONDS.toNanos(end.getEpochSecond()) + end.getNano(), TimeUnit.NANOSECONDS);
  }

  // ---- the others

  private SpanBuilder internal(String name, String path) {
    return tracer
        .spanBuilder(name)
        .setAttribute(SYSTEM_NAME, SYSTEM)
        .setAttribute(NAMESPACE, ConnectionInfo.nameOf(path));
  }

  void lockWait(LockWaited event) {
    SpanBuilder span =
        internal("lock wait", event.connection().path())
            .setAttribute(LOCK_PURPOSE, event.purpose().name().toLowerCase(Locale.ROOT))
            .setAttribute(LOCK_ACQUIRED, event.acquired());
    make(span, event.nanos(), null);
  }

  void checkpoint(CheckpointDone event) {
    SpanBuilder span =
        internal("checkpoint", event.connection().path())
            .setAttribute(CHECKPOINT_MODE, event.mode().name().toLowerCase(Locale.ROOT));
    CheckpointResult result = event.result();
    if (result != null) {
      span.setAttribute(CHECKPOINT_BUSY, result.busy())
          .setAttribute(FRAMES, (long) result.checkpointedFrames());
    }
    addError(span, event.error());
    make(span, event.nanos(), event.error());
  }

  void sync(ReplicaSynced event) {
    SpanBuilder span =
        internal("sync", event.file())
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(FRAMES, event.frames());
    addError(span, event.error());
    make(span, event.nanos(), event.error());
  }

  private static void addError(SpanBuilder span, @Nullable Exception error) {
    AttributesBuilder attributes = Attributes.builder();
    putError(attributes, error);
    span.setAllAttributes(attributes.build());
  }
}
