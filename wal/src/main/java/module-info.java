import org.jspecify.annotations.NullMarked;

/** The write-ahead log: frames, the index that processes share, checkpoints. */
@NullMarked
module org.libsql4j.wal {
  requires static org.jspecify;
  requires transitive org.libsql4j.pager;

  exports org.libsql4j.wal to
      org.libsql4j.engine,
      org.libsql4j.jdbc;
}
