/** File systems that misbehave, for tests of databases and of applications on them. */
module org.libsql4j.faults {
  requires static org.jspecify;
  requires transitive org.libsql4j.pager;

  exports org.libsql4j.faults;
}
