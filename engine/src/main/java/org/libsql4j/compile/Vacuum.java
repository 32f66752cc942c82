package org.libsql4j.compile;

import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionSettings;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.TransactionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.OpenOptions;

/**
 * VACUUM: copies all trees, packed and in order, into a new database, and that one's pages over the
 * old file; VACUUM INTO leaves out the second half.
 *
 * <p>Source: <a href="https://www.sqlite.org/lang_vacuum.html">VACUUM</a>.
 */
final class Vacuum {
  private final ConnectionState connection;
  private final AttachedDatabase database;
  private final Btree source;

  Vacuum(ConnectionState connection, int databaseIndex) {
    this.connection = connection;
    this.database = connection.database(databaseIndex);
    this.source = database.btree();
  }

  /**
   * @param into the file that gets the result, or null to replace the database itself
   */
  void run(@Nullable String into) {
    checkIdle();
    connection.loadSchemas();
    Btree target = into == null ? connection.opener().openTemporary(source.pageSize()) : open(into);
    try {
      source.beginTransaction(into == null, into == null);
      // Others may have moved trees since the schema was read; now they cannot.
      if (connection.compiler().forgetStaleSchemas(connection)) {
        connection.loadSchemas();
      }
      configure(target, into != null);
      target.beginTransaction(true, true);
      new VacuumCopy(connection, database, source, target).run();
      if (into == null) {
        replace(target);
      } else {
        target.commit();
      }
    } finally {
      if (source.isInReadTransaction()) {
        source.setActiveReaderCount(0);
        source.rollback(ResultCode.OK, false);
      }
      target.close();
      if (into == null) {
        database.schema().clear();
        connection.expireStatements();
      }
    }
  }

  private void checkIdle() {
    TransactionState transactions = connection.transactions();
    if (!connection.autoCommit) {
      throw new LibsqlException(ResultCode.ERROR, "cannot VACUUM from within a transaction");
    }
    if (transactions.activeStatements > 1) {
      throw new LibsqlException(ResultCode.ERROR, "cannot VACUUM - SQL statements in progress");
    }
  }

  private Btree open(String file) {
    if (isContentThere(file)) {
      throw new LibsqlException(ResultCode.ERROR, "output file already exists");
    }
    try {
      return connection.opener().open(file, database.encryption());
    } catch (LibsqlException e) {
      if (e.resultCode().primary() == ResultCode.CANTOPEN) {
        throw new LibsqlException(e.resultCode(), "unable to open database: " + file, e);
      }
      throw e;
    }
  }

  private boolean isContentThere(String file) {
    if (file.isEmpty() || file.equals(":memory:") || !connection.opener().vfs().exists(file)) {
      return false;
    }
    try (var opened =
        connection
            .opener()
            .vfs()
            .open(file, new OpenOptions(FileKind.MAIN_DB, false, true, false, false))) {
      return opened.size() > 0;
    }
  }

  /** Page size and auto-vacuum mode are those that pragmas asked for, or the old ones. */
  private void configure(Btree target, boolean into) {
    ConnectionSettings settings = connection.settings();
    int wanted = settings.nextReservedBytes;
    int reserved = wanted >= 0 ? wanted : source.reservedBytes();
    target.setPageSize(source.pageSize(), reserved, false);
    // Encrypted pages are put over the old ones one by one, as those of a log are.
    boolean sizeMayChange = into || (!source.pager().usesWal() && source.pager().codec() == null);
    if (sizeMayChange && settings.nextPageSize > 0 && !source.pager().isMemory()) {
      target.setPageSize(settings.nextPageSize, reserved, false);
    }
    target.setAutoVacuum(
        settings.nextAutoVacuum >= 0 ? settings.nextAutoVacuum : source.autoVacuum());
  }

  private void replace(Btree target) {
    int reserved = target.reservedBytes();
    int autoVacuum = target.autoVacuum();
    int pageSize = target.pageSize();
    source.setActiveReaderCount(0);
    source.copyFile(target);
    source.setAutoVacuum(autoVacuum);
    source.setPageSize(pageSize, reserved, true);
  }
}
