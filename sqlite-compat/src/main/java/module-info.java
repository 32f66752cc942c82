/** The JDBC driver under the names of sqlite-jdbc. */
module org.libsql4j.sqlite {
  requires static org.jspecify;
  requires transitive java.sql;
  requires transitive org.libsql4j.jdbc;

  exports org.sqlite;
  exports org.sqlite.core;
  exports org.sqlite.javax;
  exports org.sqlite.util;

  provides java.sql.Driver with
      org.sqlite.JDBC;
}
