/** Indexes that would make a statement faster, and what is doubtful about its text. */
module org.libsql4j.advice {
  requires static org.jspecify;
  requires transitive org.libsql4j.engine;

  exports org.libsql4j.advice;
}
