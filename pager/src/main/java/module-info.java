import org.jspecify.annotations.NullMarked;

/**
 * Bytes on disk, pages, ordered keys: the storage layers below SQL.
 *
 * <p>Users meet its errors only; the rest is for libsql4j's own modules.
 */
@NullMarked
module org.libsql4j.pager {
  requires static org.jspecify;

  exports org.libsql4j.error;
  exports org.libsql4j.annotation to
      org.libsql4j.engine,
      org.libsql4j.jdbc,
      org.libsql4j.wal;
  exports org.libsql4j.vfs;
  exports org.libsql4j.pager;
  exports org.libsql4j.btree to
      org.libsql4j.engine;
  exports org.libsql4j.record;
}
