package org.libsql4j.connection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.cipher.CipherKey;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.JournalMode;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.pager.Pager;
import org.libsql4j.record.Mem;
import org.libsql4j.record.Utf8;

/** Keys of encrypted databases: PRAGMA key and rekey, and the KEY of ATTACH. */
public final class DatabaseKeys {
  private DatabaseKeys() {}

  /**
   * How a file that is being attached is encrypted.
   *
   * @param key the value after KEY: a text or a blob; NULL to inherit the key of the main database
   * @return null for not at all
   */
  public static @Nullable Supplier<PageCodec> ofAttach(ConnectionState connection, Mem key) {
    if (key.isNull()) {
      return connection.main().encryption();
    }
    if (!key.isTextOrBlob()) {
      throw error("Invalid key value");
    }
    byte[] bytes =
        key.type == Mem.TEXT ? Utf8.encode(String.valueOf(key.text())) : key.toByteArray();
    CipherKey made = bytes == null ? null : CipherKey.of(bytes);
    if (made != null) {
      protectTemporaryData(connection);
    }
    return made;
  }

  /**
   * Says with which key a database is encrypted. That it is the wrong one is found out by the first
   * statement that reads the file.
   *
   * @param key makes a codec; null for none
   * @throws LibsqlException ERROR for a database without a file, and within a transaction
   */
  public static void set(
      ConnectionState connection, int database, @Nullable Supplier<PageCodec> key) {
    Btree btree = fileOf(connection, database, "Setting key");
    if (key != null) {
      protectTemporaryData(connection);
    }
    btree.setCodec(key == null ? null : key.get());
    replaced(connection, database, key);
  }

  /**
   * Encrypts a database with another key, or decrypts it.
   *
   * @param key makes a codec; null to decrypt
   * @throws LibsqlException ERROR for a database without a file, and within a transaction; BUSY if
   *     somebody else uses it; NOTADB if the present key is wrong
   */
  public static void change(
      ConnectionState connection, int database, @Nullable Supplier<PageCodec> key) {
    Btree btree = fileOf(connection, database, "Rekeying");
    if (key != null) {
      protectTemporaryData(connection);
    }
    boolean empty = isEmpty(btree);
    PageCodec codec = key == null ? null : key.get();
    boolean done = false;
    try {
      if (empty) {
        btree.setCodec(codec);
      } else {
        recode(btree, codec);
      }
      done = true;
    } finally {
      if (!done) {
        connection.database(database).setPossibleEncryption(key, codec);
      }
    }
    replaced(connection, database, key);
  }

  private static boolean isEmpty(Btree btree) {
    btree.beginTransaction(false, false);
    try {
      return btree.pageCount() == 0;
    } finally {
      endReading(btree);
    }
  }

  private static void endReading(Btree btree) {
    btree.setActiveReaderCount(0);
    btree.commit();
  }

  /** A journal with the old content must not outlive the change, so it is cut to nothing. */
  private static void recode(Btree btree, @Nullable PageCodec codec) {
    Pager pager = btree.pager();
    boolean wal = pager.usesWal();
    if (wal) {
      leaveWal(btree);
    }
    long limit = pager.journalSizeLimit();
    pager.setJournalSizeLimit(0);
    try {
      btree.setActiveReaderCount(0);
      btree.recode(codec);
    } finally {
      pager.setJournalSizeLimit(limit);
      if (wal) {
        enterWal(btree);
      }
    }
  }

  private static void leaveWal(Btree btree) {
    Pager pager = btree.pager();
    pager.closeWal();
    pager.setJournalMode(JournalMode.DELETE);
    btree.setVersion(1);
    btree.commit();
  }

  private static void enterWal(Btree btree) {
    btree.setVersion(2);
    btree.commit();
    btree.pager().setJournalMode(JournalMode.WAL);
  }

  private static Btree fileOf(ConnectionState connection, int database, String action) {
    Btree btree = connection.database(database).btreeOrNull();
    if (btree == null || btree.pager().isTemporary() || btree.pager().isMemory()) {
      throw error(action + " not supported for in-memory or temporary databases.");
    }
    if (!connection.autoCommit || btree.isInReadTransaction()) {
      throw error(action + " not supported within a transaction.");
    }
    return btree;
  }

  /** What statements derive from encrypted data must not get into plain files. */
  private static void protectTemporaryData(ConnectionState connection) {
    DatabaseOpener opener = connection.opener();
    opener.encryptTemporaryFiles();
    Btree temporary = connection.database(AttachedDatabase.TEMP).btreeOrNull();
    if (temporary == null || temporary.pager().codec() != null) {
      return;
    }
    PageCodec codec = opener.temporaryCodec();
    if (temporary.pager().file() == null) {
      temporary.setCodec(codec);
    } else if (temporary.isInReadTransaction()) {
      throw error("Encrypting temporary tables not supported within a transaction.");
    } else {
      temporary.setActiveReaderCount(0);
      temporary.recode(codec);
    }
  }

  /** Nothing that was known of the content may outlive the key that it was read with. */
  private static void replaced(
      ConnectionState connection, int index, @Nullable Supplier<PageCodec> key) {
    AttachedDatabase database = connection.database(index);
    database.setEncryption(key);
    database.schema().clear();
    connection.database(AttachedDatabase.TEMP).schema().clear();
    connection.expireStatements();
  }

  private static LibsqlException error(String message) {
    return new LibsqlException(ResultCode.ERROR, message);
  }
}
