package org.libsql4j.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.observe.ReplicaSynced;
import org.libsql4j.pager.CheckpointMode;

/** What the engine does, as spans and metrics of OpenTelemetry. */
class EngineTelemetryTest {
  @TempDir Path directory;

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .build();

  @AfterEach
  void close() {
    sdk.close();
    GlobalOpenTelemetry.resetForTest();
  }

  private Connection connect(QueryText text, int busyTimeoutMillis) {
    return Database.builder(directory.resolve("a.db").toString())
        .busyTimeoutMillis(busyTimeoutMillis)
        .listener(new EngineTelemetry(sdk, text))
        .build()
        .connect();
  }

  private SpanData span(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError(name + " in " + spans.getFinishedSpanItems()));
  }

  private static String text(SpanData span, String attribute) {
    return span.getAttributes().get(AttributeKey.stringKey(attribute));
  }

  private static Long number(SpanData span, String attribute) {
    return span.getAttributes().get(AttributeKey.longKey(attribute));
  }

  @Test
  void statementsAreChildrenOfWhatTheThreadDoes() {
    Span request = sdk.getTracer("test").spanBuilder("request").startSpan();
    try (Scope scope = request.makeCurrent();
        Connection connection = connect(QueryText.NONE, 0)) {
      assertThat(scope).isNotNull();
      connection.execute("CREATE TABLE t(a)");
      connection.execute("INSERT INTO t VALUES ('secret'), (2)");
      connection.query("SELECT * FROM t").toList();
    }
    SpanData insert = span("INSERT a.db");
    assertThat(insert.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(insert.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
    assertThat(insert.getStartEpochNanos()).isLessThan(insert.getEndEpochNanos());
    assertThat(insert.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(text(insert, "db.system.name")).isEqualTo("sqlite");
    assertThat(text(insert, "db.namespace")).isEqualTo("a.db");
    assertThat(text(insert, "db.operation.name")).isEqualTo("INSERT");
    assertThat(number(insert, "libsql4j.changed_rows")).isEqualTo(2);
    assertThat(number(span("SELECT a.db"), "db.response.returned_rows")).isEqualTo(2);
    assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("secret");
  }

  @Test
  void textsAreShownIfAskedFor() {
    try (Connection connection = connect(QueryText.WITHOUT_VALUES, 0)) {
      connection.queryOne("SELECT 'secret', ? /* about him */", "bound");
      assertThat(text(span("SELECT a.db"), "db.query.text")).isEqualTo("SELECT ?, ?  ");
    }
    try (Connection connection = connect(QueryText.VERBATIM, 0)) {
      connection.queryOne("SELECT 'secret', ?", "bound");
      assertThat(text(span("SELECT a.db"), "db.query.text")).isEqualTo("SELECT 'secret', ?");
    }
  }

  @Test
  void failures() {
    try (Connection connection = connect(QueryText.NONE, 0)) {
      connection.execute("CREATE TABLE t(a UNIQUE)");
      connection.execute("INSERT INTO t VALUES ('secret')");
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES ('secret')")).isNotNull();
      SpanData failed = span("INSERT a.db");
      assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(failed.getStatus().getDescription()).isEqualTo("SQLITE_CONSTRAINT_UNIQUE");
      assertThat(text(failed, "error.type")).isEqualTo("SQLITE_CONSTRAINT_UNIQUE");
      assertThat(text(failed, "db.response.status_code")).isEqualTo("SQLITE_CONSTRAINT_UNIQUE");
      assertThatThrownBy(() -> connection.prepare("UPDATE nothing SET a = 'secret'")).isNotNull();
      assertThat(text(span("UPDATE a.db"), "error.type")).isEqualTo("SQLITE_ERROR");
    }
    assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("secret");
  }

  @Test
  void waitsCheckpointsAndSyncs() {
    try (Connection connection = connect(QueryText.NONE, 0);
        Connection other = connect(QueryText.NONE, 5)) {
      connection.query("PRAGMA journal_mode=WAL").toList();
      connection.execute("CREATE TABLE t(a)");
      connection.beginImmediate();
      assertThatThrownBy(() -> other.execute("INSERT INTO t VALUES(3)")).isNotNull();
      connection.commit();
      connection.wal().checkpoint(CheckpointMode.PASSIVE);
    }
    assertThat(text(span("lock wait"), "libsql4j.lock.purpose")).isEqualTo("write");
    assertThat(text(span("checkpoint"), "libsql4j.checkpoint.mode")).isEqualTo("passive");
    assertThat(number(span("checkpoint"), "libsql4j.frames")).isPositive();
    new EngineTelemetry(sdk, QueryText.NONE)
        .replicaSynced(
            new ReplicaSynced("/x/r.db", 1, OptionalLong.empty(), 0, new java.io.IOException("x")));
    assertThat(text(span("sync"), "error.type")).isEqualTo("java.io.IOException");
    assertThat(text(span("sync"), "db.namespace")).isEqualTo("r.db");
  }

  @Test
  void durationsAndRowsAreMetrics() {
    try (Connection connection = connect(QueryText.NONE, 0)) {
      connection.query("SELECT 1 UNION ALL SELECT 2").toList();
    }
    MetricData durations = metric("db.client.operation.duration");
    assertThat(durations.getUnit()).isEqualTo("s");
    HistogramPointData point = durations.getHistogramData().getPoints().iterator().next();
    assertThat(point.getCount()).isEqualTo(1);
    assertThat(point.getBoundaries()).startsWith(0.001, 0.005).endsWith(10.0);
    assertThat(point.getAttributes().get(AttributeKey.stringKey("db.operation.name")))
        .isEqualTo("SELECT");
    HistogramPointData rows =
        metric("db.client.response.returned_rows").getHistogramData().getPoints().iterator().next();
    assertThat(rows.getSum()).isEqualTo(2);
  }

  private MetricData metric(String name) {
    return metrics.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }

  /** The module on the class path is all that is needed, and does not spoil what is set later. */
  @Test
  void theGlobalOneIsUsedOnceItIsSet() throws Exception {
    String url = "jdbc:libsql:" + directory.resolve("jdbc.db");
    try (java.sql.Connection connection = DriverManager.getConnection(url)) {
      connection.createStatement().execute("CREATE TABLE early(a)");
      assertThat(GlobalOpenTelemetry.isSet()).isFalse();
      GlobalOpenTelemetry.set(sdk);
      connection.createStatement().execute("DROP TABLE early");
    }
    assertThat(spans.getFinishedSpanItems()).extracting(SpanData::getName).contains("DROP jdbc.db");
    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .doesNotContain("CREATE jdbc.db");
  }
}
