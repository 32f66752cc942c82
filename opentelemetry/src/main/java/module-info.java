/** OpenTelemetry spans and metrics of what the engine does. */
module org.libsql4j.opentelemetry {
  requires static org.jspecify;
  requires io.opentelemetry.context;
  requires transitive io.opentelemetry.api;
  requires transitive org.libsql4j.engine;

  exports org.libsql4j.opentelemetry;

  provides org.libsql4j.observe.EngineListener with
      org.libsql4j.opentelemetry.EngineTelemetry;
}
