/** A shell that people know from {@code sqlite3}. */
module org.libsql4j.cli {
  requires static org.jspecify;
  requires info.picocli;
  requires java.sql;
  requires org.jline;
  requires org.libsql4j.advice;
  requires org.libsql4j.engine;
  requires java.management;
  requires org.libsql4j.jdbc;
}
