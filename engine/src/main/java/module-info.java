import org.jspecify.annotations.NullMarked;

/** SQL: from text to programs, the machine that runs them, and the Java API. */
@NullMarked
module org.libsql4j.engine {
  requires java.logging;
  requires static org.jspecify;
  requires transitive org.libsql4j.pager;
  requires org.libsql4j.wal;

  exports org.libsql4j;
  exports org.libsql4j.func;
  exports org.libsql4j.vtab;
  exports org.libsql4j.connection;
  exports org.libsql4j.observe;
  exports org.libsql4j.spi;
  exports org.libsql4j.compile to
      org.libsql4j.advice;
  exports org.libsql4j.plan to
      org.libsql4j.advice;
  exports org.libsql4j.resolve to
      org.libsql4j.advice;
  exports org.libsql4j.schema to
      org.libsql4j.advice;
  exports org.libsql4j.sql to
      org.libsql4j.advice,
      org.libsql4j.cli,
      org.libsql4j.jdbc;
  exports org.libsql4j.sql.ast to
      org.libsql4j.advice;

  uses org.libsql4j.Extension;
  uses org.libsql4j.observe.EngineListener;
  uses org.libsql4j.spi.RemoteDatabaseProvider;
  uses org.libsql4j.spi.ReplicaProvider;
}
