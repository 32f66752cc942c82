/** Events of the JDK Flight Recorder for what the engine does. */
module org.libsql4j.jfr {
  requires static org.jspecify;
  requires jdk.jfr;
  requires org.libsql4j.engine;

  exports org.libsql4j.jfr;

  provides org.libsql4j.observe.EngineListener with
      org.libsql4j.jfr.FlightRecorderListener;
}
