/** The JDBC driver. */
module org.libsql4j.jdbc {
  requires static org.jspecify;
  requires java.logging;
  requires transitive java.sql;
  requires transitive org.libsql4j.engine;

  exports org.libsql4j.jdbc;

  provides java.sql.Driver with
      org.libsql4j.jdbc.LibsqlDriver;
}
