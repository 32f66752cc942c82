/** The JDBC driver. */
module org.libsql4j.jdbc {
  requires static org.jspecify;
  requires transitive java.sql;
  requires org.libsql4j.engine;
}
