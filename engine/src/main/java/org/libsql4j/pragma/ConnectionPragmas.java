package org.libsql4j.pragma;

import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.vdbe.Opcode;

/** Pragmas about the connection as a whole. */
final class ConnectionPragmas {
  /** P1 of Checkpoint: all databases. */
  private static final int ALL_DATABASES = 12;

  private ConnectionPragmas() {}

  static void register() {
    PragmaCatalog.setting("encoding", false, ConnectionPragmas::encoding);
    PragmaCatalog.add(
        new PragmaDefinition(
            "busy_timeout", List.of("timeout"), true, false, ConnectionPragmas::busyTimeout));
    PragmaCatalog.setting("temp_store", false, ConnectionPragmas::temporaryStore);
    PragmaCatalog.setting("temp_store_directory", false, ConnectionPragmas::temporaryDirectory);
    PragmaCatalog.table(
        "wal_checkpoint", List.of("busy", "log", "checkpointed"), ConnectionPragmas::checkpoint);
    number(
        "wal_autocheckpoint",
        (connection, value) -> {
          if (value != null) {
            connection.settings().walAutoCheckpoint = Math.max(0, PragmaValues.toInt(value));
            connection.hooks().setWal(null);
          }
          return connection.hooks().wal() != null ? 0 : connection.settings().walAutoCheckpoint;
        });
    number(
        "analysis_limit",
        (connection, value) -> {
          if (value != null && PragmaValues.toInt(value) >= 0) {
            connection.settings().analysisLimit = PragmaValues.toInt(value);
          }
          return connection.settings().analysisLimit;
        });
    number(
        "threads",
        (connection, value) -> {
          if (value != null && PragmaValues.toLong(value) >= 0) {
            connection.setLimit(
                Limit.WORKER_THREADS,
                (int) Math.min(PragmaValues.toLong(value), Integer.MAX_VALUE));
          }
          return connection.limit(Limit.WORKER_THREADS);
        });
    number("soft_heap_limit", ConnectionPragmas::softHeapLimit);
    number("hard_heap_limit", ConnectionPragmas::hardHeapLimit);
    PragmaCatalog.silent("shrink_memory", false, ConnectionPragmas::shrinkMemory);
  }

  /** A number that is answered also when it is set. */
  private static void number(
      String name, ToLongBiFunction<ConnectionState, @Nullable String> access) {
    PragmaCatalog.answering(
        name,
        false,
        call -> {
          String value = call.value;
          call.result(connection -> access.applyAsLong(connection, value));
        });
  }

  private static long softHeapLimit(ConnectionState connection, @Nullable String value) {
    if (value != null && PragmaValues.toLong(value) >= 0) {
      connection.settings().setSoftHeapLimit(PragmaValues.toLong(value));
    }
    return connection.settings().softHeapLimit();
  }

  /** Can only be lowered. */
  private static long hardHeapLimit(ConnectionState connection, @Nullable String value) {
    if (value != null) {
      long limit = PragmaValues.toLong(value);
      long old = connection.settings().hardHeapLimit();
      if (limit > 0 && (old == 0 || limit < old)) {
        connection.settings().setHardHeapLimit(limit);
      }
    }
    return connection.settings().hardHeapLimit();
  }

  private static void shrinkMemory(PragmaCall call) {
    call.effect(
        connection -> {
          for (AttachedDatabase database : connection.databases()) {
            Btree btree = database.btreeOrNull();
            if (btree != null) {
              btree.pager().shrinkMemory();
            }
          }
        });
  }

  // ---- encoding
  // -----------------------------------------------------------------------------------

  private static void encoding(PragmaCall call) {
    if (call.value == null) {
      call.connection().loadSchemas();
      call.result(connection -> connection.encoding.pragmaName());
      return;
    }
    String name = call.text();
    call.effect(connection -> setEncoding(connection, name));
    call.builder().add(Opcode.EXPIRE);
  }

  /** The encoding is fixed by the first thing stored, and by attaching another database. */
  private static void setEncoding(ConnectionState connection, String name) {
    boolean fixed = isEncodingFixed(connection);
    if (fixed && connection.main().schema().loaded) {
      return;
    }
    TextEncoding encoding =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "utf8", "utf-8" -> TextEncoding.UTF8;
          case "utf16", "utf-16", "utf16le", "utf-16le" -> TextEncoding.UTF16LE;
          case "utf16be", "utf-16be" -> TextEncoding.UTF16BE;
          default -> throw new LibsqlException(ResultCode.ERROR, "unsupported encoding: " + name);
        };
    if (fixed) {
      return;
    }
    connection.encoding = encoding;
    for (AttachedDatabase database : connection.databases()) {
      database.schema().encoding = encoding;
    }
  }

  private static boolean isEncodingFixed(ConnectionState connection) {
    if (connection.databases().size() > 2
        || connection.database(AttachedDatabase.TEMP).btreeOrNull() != null) {
      return true;
    }
    Btree btree = connection.main().btree();
    if (btree.isInReadTransaction()) {
      return btree.getMeta(Btree.TEXT_ENCODING) != 0;
    }
    btree.beginTransaction(false, false);
    try {
      return btree.getMeta(Btree.TEXT_ENCODING) != 0;
    } finally {
      btree.setActiveReaderCount(0);
      btree.commit();
    }
  }

  // ---- waiting, temporary storage, checkpoints
  // ----------------------------------------------------

  private static void busyTimeout(PragmaCall call) {
    String value = call.value;
    call.result(
        connection -> {
          if (value != null) {
            connection.setBusyTimeout(PragmaValues.toInt(value));
          }
          return connection.busyTimeoutMillis();
        });
  }

  private static void temporaryStore(PragmaCall call) {
    if (call.value == null) {
      call.result(connection -> connection.settings().temporaryStore);
      return;
    }
    int wanted =
        switch (call.text().toLowerCase(Locale.ROOT)) {
          case "0", "default" -> 0;
          case "1", "file" -> 1;
          case "2", "memory" -> 2;
          default -> 0;
        };
    call.effect(connection -> setTemporaryStore(connection, wanted));
  }

  private static void temporaryDirectory(PragmaCall call) {
    if (call.value == null) {
      call.resultIfAny(connection -> connection.settings().temporaryDirectory);
      return;
    }
    String directory = call.text();
    call.effect(connection -> setTemporaryDirectory(connection, directory));
  }

  private static void setTemporaryDirectory(ConnectionState connection, String directory) {
    if (!directory.isEmpty()) {
      File file = new File(directory);
      if (!file.isDirectory() || !file.canWrite()) {
        throw new LibsqlException(ResultCode.ERROR, "not a writable directory");
      }
    }
    if (connection.settings().temporaryStore <= 1) {
      forgetTemporaryTables(connection);
    }
    connection.settings().temporaryDirectory = directory.isEmpty() ? null : directory;
  }

  /** A change forgets all temporary tables. */
  private static void setTemporaryStore(ConnectionState connection, int wanted) {
    if (connection.settings().temporaryStore == wanted) {
      return;
    }
    forgetTemporaryTables(connection);
    connection.settings().temporaryStore = wanted;
  }

  private static void forgetTemporaryTables(ConnectionState connection) {
    AttachedDatabase temporary = connection.database(AttachedDatabase.TEMP);
    Btree btree = temporary.btreeOrNull();
    if (btree != null) {
      if (!connection.autoCommit || btree.isInReadTransaction()) {
        throw new LibsqlException(
            ResultCode.ERROR, "temporary storage cannot be changed from within a transaction");
      }
      btree.close();
      temporary.setBtree(null);
      connection.resetAllSchemas();
    }
  }

  private static void checkpoint(PragmaCall call) {
    CheckpointMode mode = CheckpointMode.PASSIVE;
    if (call.value != null) {
      for (CheckpointMode candidate : CheckpointMode.values()) {
        if (candidate.name().equalsIgnoreCase(call.text())) {
          mode = candidate;
        }
      }
    }
    int first = call.builder().newRegisters(3);
    int database = call.qualified ? call.database : ALL_DATABASES;
    call.builder().add(Opcode.CHECKPOINT, database, mode.ordinal(), first);
    call.builder().add(Opcode.RESULT_ROW, first, 3);
  }
}
