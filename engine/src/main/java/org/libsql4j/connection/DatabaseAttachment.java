package org.libsql4j.connection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.PageCodec;

/** Adds databases to a connection and takes them away again: ATTACH and DETACH. */
public final class DatabaseAttachment {
  private DatabaseAttachment() {}

  /**
   * Opens a file and reads its schema.
   *
   * @param name under which SQL finds it
   * @param encryption makes a codec for the file; null if it is not encrypted
   * @throws LibsqlException ERROR "database x is already in use" and so on, CANTOPEN, or what is
   *     wrong with the file; nothing has changed then
   */
  public static void attach(
      ConnectionState connection,
      String file,
      String name,
      @Nullable Supplier<PageCodec> encryption) {
    int limit = connection.limit(Limit.ATTACHED);
    if (connection.databases().size() >= limit + 2) {
      throw error("too many attached databases - max " + limit);
    }
    if (connection.databaseIndex(name) >= 0) {
      throw error("database " + name + " is already in use");
    }
    Btree btree = open(connection, file, encryption);
    btree.pager().setLockingMode(connection.settings().lockingMode);
    AttachedDatabase added = new AttachedDatabase(name, btree);
    added.setEncryption(btree.pager().codec() == null ? null : encryption);
    connection.addDatabase(added);
    try {
      connection.loadSchemas();
    } catch (LibsqlException e) {
      connection.removeDatabase(connection.databases().indexOf(added));
      btree.close();
      connection.resetAllSchemas();
      throw e;
    }
  }

  private static Btree open(
      ConnectionState connection, String file, @Nullable Supplier<PageCodec> encryption) {
    try {
      return connection.opener().open(file, encryption);
    } catch (LibsqlException e) {
      if (e.resultCode().primary() == ResultCode.CANTOPEN) {
        throw new LibsqlException(e.resultCode(), "unable to open database: " + file, e);
      }
      throw e;
    }
  }

  /**
   * Closes a database and forgets it.
   *
   * @throws LibsqlException ERROR "no such database: x", "cannot detach database x", "database x is
   *     locked"
   */
  public static void detach(ConnectionState connection, String name) {
    int index = connection.databaseIndex(name);
    Btree btree = index < 0 ? null : connection.database(index).btreeOrNull();
    if (btree == null) {
      throw error("no such database: " + name);
    }
    checkDetachable(index, name, btree);
    btree.close();
    connection.removeDatabase(index);
    // Temporary triggers may watch tables of the database that is gone.
    connection.database(AttachedDatabase.TEMP).schema().clear();
  }

  private static void checkDetachable(int index, String name, @Nullable Btree btree) {
    if (index <= AttachedDatabase.TEMP) {
      throw error("cannot detach database " + name);
    }
    if (btree != null && btree.isInReadTransaction()) {
      throw error("database " + name + " is locked");
    }
  }

  private static LibsqlException error(String message) {
    return new LibsqlException(ResultCode.ERROR, message);
  }
}
