/** Micrometer meters of what the engine does. */
module org.libsql4j.metrics {
  requires static org.jspecify;
  requires transitive micrometer.core;
  requires transitive org.libsql4j.engine;

  exports org.libsql4j.metrics;

  provides org.libsql4j.observe.EngineListener with
      org.libsql4j.metrics.EngineMeters;
}
