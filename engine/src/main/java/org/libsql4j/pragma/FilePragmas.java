package org.libsql4j.pragma;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.JournalMode;
import org.libsql4j.pager.LockingMode;
import org.libsql4j.pager.Synchronous;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Pragmas about a file, its pages and its journal. */
final class FilePragmas {
  private static final long MAX_PAGE_COUNT = 0xfffffffeL;

  private FilePragmas() {}

  static void register() {
    PragmaCatalog.setting("page_size", false, FilePragmas::pageSize);
    PragmaCatalog.answering("page_count", true, FilePragmas::pageCount);
    PragmaCatalog.answering("max_page_count", true, FilePragmas::maxPageCount);
    PragmaCatalog.setting("cache_size", true, FilePragmas::cacheSize);
    PragmaCatalog.setting("cache_spill", false, FilePragmas::cacheSpill);
    PragmaCatalog.answering("journal_mode", true, FilePragmas::journalMode);
    PragmaCatalog.answering("journal_size_limit", false, FilePragmas::journalSizeLimit);
    PragmaCatalog.answering("locking_mode", false, FilePragmas::lockingMode);
    PragmaCatalog.setting("synchronous", true, FilePragmas::synchronous);
    PragmaCatalog.setting("auto_vacuum", true, FilePragmas::autoVacuum);
    PragmaCatalog.silent("incremental_vacuum", true, FilePragmas::incrementalVacuum);
    PragmaCatalog.answering("secure_delete", false, FilePragmas::secureDelete);
    PragmaCatalog.answering("mmap_size", false, FilePragmas::mmapSize);
  }

  // ---- pages
  // --------------------------------------------------------------------------------------

  private static void pageSize(PragmaCall call) {
    int database = call.database;
    if (call.value == null) {
      call.result(connection -> PragmaCall.btree(connection, database).pageSize());
      return;
    }
    int size = PragmaValues.toInt(call.text());
    call.effect(
        connection -> {
          connection.settings().nextPageSize = size;
          PragmaCall.btree(connection, database).setPageSize(size, -1, false);
        });
  }

  private static void pageCount(PragmaCall call) {
    int register = call.builder().newRegister();
    call.context.useDatabase(call.database);
    call.builder().add(Opcode.PAGECOUNT, call.database, register);
    call.builder().add(Opcode.RESULT_ROW, register, 1);
  }

  private static void maxPageCount(PragmaCall call) {
    int database = call.database;
    call.context.useDatabase(database);
    long limit = 0;
    if (call.value != null) {
      limit = Math.max(0, Math.min(PragmaValues.toLong(call.text()), MAX_PAGE_COUNT));
    }
    long wanted = limit;
    call.result(
        connection -> {
          Btree btree = PragmaCall.btree(connection, database);
          return btree.maxPageCount(wanted == 0 ? 0 : Math.max(wanted, btree.pageCount()));
        });
  }

  private static void cacheSize(PragmaCall call) {
    int database = call.database;
    if (call.value == null) {
      call.result(connection -> connection.database(database).schema().cacheSize);
      return;
    }
    int size = PragmaValues.toInt(call.text());
    call.effect(
        connection -> {
          connection.database(database).schema().cacheSize = size;
          PragmaCall.btree(connection, database).pager().setCacheSize(size);
        });
  }

  private static void cacheSpill(PragmaCall call) {
    int database = call.database;
    if (call.value == null) {
      call.result(
          connection ->
              connection.isSet(ConnectionFlag.CACHE_SPILL)
                  ? PragmaCall.btree(connection, database).pager().setSpillSize(0)
                  : 0);
      return;
    }
    String text = call.text();
    boolean isNumber = text.matches("[+-]?[0-9]+.*");
    int size = isNumber ? PragmaValues.toInt(text) : 1;
    boolean spill = PragmaValues.toBoolean(text, size != 0);
    call.effect(
        connection -> {
          if (isNumber) {
            PragmaCall.btree(connection, database).pager().setSpillSize(size);
          }
          connection.set(ConnectionFlag.CACHE_SPILL, spill);
          PagerFlags.apply(connection);
        });
  }

  // ---- journal and locks
  // --------------------------------------------------------------------------

  private static void journalMode(PragmaCall call) {
    ProgramBuilder builder = call.builder();
    JournalMode mode = journalMode(call.value);
    if (call.qualified && call.database == AttachedDatabase.TEMP) {
      call.connection().temporaryBtree();
    }
    if (mode == JournalMode.OFF && call.connection().isSet(ConnectionFlag.DEFENSIVE)) {
      mode = null;
    }
    int register = builder.newRegister();
    boolean all = mode != null && !call.qualified;
    for (int i = call.connection().databases().size() - 1; i >= 0; i--) {
      boolean open = call.connection().database(i).btreeOrNull() != null;
      if (open && (all || i == call.database)) {
        builder.add(Opcode.JOURNAL_MODE, i, register, mode == null ? -1 : mode.ordinal());
      }
    }
    builder.add(Opcode.RESULT_ROW, register, 1);
  }

  private static @Nullable JournalMode journalMode(@Nullable String text) {
    if (text != null) {
      for (JournalMode mode : JournalMode.values()) {
        if (mode.name().equalsIgnoreCase(text)) {
          return mode;
        }
      }
    }
    return null;
  }

  private static void journalSizeLimit(PragmaCall call) {
    int database = call.database;
    boolean set = call.value != null;
    long limit = set ? Math.max(-1, PragmaValues.toLong(call.text())) : -1;
    call.result(
        connection -> {
          var pager = PragmaCall.btree(connection, database).pager();
          if (set) {
            pager.setJournalSizeLimit(limit);
          }
          return pager.journalSizeLimit();
        });
  }

  private static void lockingMode(PragmaCall call) {
    int database = call.database;
    boolean qualified = call.qualified;
    LockingMode mode = lockingMode(call.value);
    call.result(
        connection -> {
          if (mode != null) {
            if (!qualified) {
              connection.settings().lockingMode = mode;
            }
            for (int i = 0; i < connection.databases().size(); i++) {
              Btree btree = connection.database(i).btreeOrNull();
              boolean meant = i == database || (!qualified && i > AttachedDatabase.TEMP);
              if (btree != null && meant) {
                btree.pager().setLockingMode(mode);
              }
            }
          }
          LockingMode answer =
              qualified
                  ? PragmaCall.btree(connection, database).pager().lockingMode()
                  : connection.settings().lockingMode;
          return answer.name().toLowerCase(Locale.ROOT);
        });
  }

  private static @Nullable LockingMode lockingMode(@Nullable String text) {
    if ("exclusive".equalsIgnoreCase(text)) {
      return LockingMode.EXCLUSIVE;
    }
    return "normal".equalsIgnoreCase(text) ? LockingMode.NORMAL : null;
  }

  private static void synchronous(PragmaCall call) {
    int database = call.database;
    if (call.value == null) {
      call.result(
          connection -> {
            AttachedDatabase attached = connection.database(database);
            return attached.synchronousNumber >= 0
                ? attached.synchronousNumber
                : attached.synchronous.ordinal();
          });
      return;
    }
    int level = PragmaValues.level(call.text(), false, 1) + 1 & 7;
    // The numbers beyond EXTRA mean FULL or less to the pager; 0 counts as OFF.
    Synchronous wanted =
        Synchronous.values()[Math.min(Math.max(level, 1) - 1, Synchronous.EXTRA.ordinal())];
    int number = level - 1 > Synchronous.EXTRA.ordinal() ? level - 1 : -1;
    call.effect(
        connection -> {
          setSynchronous(connection, database, wanted);
          connection.database(database).synchronousNumber = number;
        });
  }

  private static void setSynchronous(ConnectionState connection, int database, Synchronous level) {
    if (!connection.autoCommit) {
      throw new LibsqlException(
          ResultCode.ERROR, "Safety level may not be changed inside a transaction");
    }
    if (database != AttachedDatabase.TEMP) {
      connection.database(database).synchronous = level;
      connection.database(database).synchronousIsSet = true;
      PagerFlags.apply(connection);
    }
  }

  // ---- vacuum
  // -------------------------------------------------------------------------------------

  private static void autoVacuum(PragmaCall call) {
    int database = call.database;
    if (call.value == null) {
      call.result(connection -> PragmaCall.btree(connection, database).autoVacuum());
      return;
    }
    int mode = autoVacuumMode(call.text());
    call.effect(connection -> connection.settings().nextAutoVacuum = mode);
    int register = call.builder().newRegister();
    RuntimeBoolean.code(
        call, register, connection -> PragmaCall.btree(connection, database).setAutoVacuum(mode));
    if (mode != Btree.AUTO_VACUUM_NONE) {
      changeIncremental(call, register, mode);
    }
  }

  private static int autoVacuumMode(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "none" -> Btree.AUTO_VACUUM_NONE;
      case "full" -> Btree.AUTO_VACUUM_FULL;
      case "incremental" -> Btree.AUTO_VACUUM_INCREMENTAL;
      default -> {
        int number = PragmaValues.toInt(text);
        yield number >= 0 && number <= 2 ? number : Btree.AUTO_VACUUM_NONE;
      }
    };
  }

  /** Between full and incremental a file can change at any time, by a number in its header. */
  private static void changeIncremental(PragmaCall call, int accepted, int mode) {
    ProgramBuilder builder = call.builder();
    int database = call.database;
    int refused = builder.add(Opcode.IF_NOT, accepted, 0, 1);
    int largestRoot = builder.newRegister();
    builder.add(Opcode.TRANSACTION, database, 1);
    builder.add(Opcode.READ_COOKIE, database, largestRoot, Btree.LARGEST_ROOT_PAGE);
    int plain = builder.add(Opcode.IF_NOT, largestRoot, 0, 1);
    builder.add(Opcode.SET_COOKIE, database, Btree.INCREMENTAL_VACUUM, mode - 1);
    builder.jumpHere(plain);
    builder.jumpHere(refused);
  }

  private static void incrementalVacuum(PragmaCall call) {
    ProgramBuilder builder = call.builder();
    int pages = call.value == null ? 0 : PragmaValues.toInt(call.text());
    if (pages <= 0) {
      pages = Integer.MAX_VALUE;
    }
    call.context.writeDatabase(call.database, false);
    int register = builder.newRegister();
    builder.add(Opcode.INTEGER, pages, register);
    int top = builder.add(Opcode.INCR_VACUUM, call.database);
    builder.add(Opcode.ADD_IMM, register, -1);
    builder.add(Opcode.IF_POS, register, top);
    builder.jumpHere(top);
  }

  // ---- others
  // -------------------------------------------------------------------------------------

  private static void secureDelete(PragmaCall call) {
    int database = call.database;
    boolean all = !call.qualified;
    int mode = -1;
    if (call.value != null) {
      mode =
          call.text().equalsIgnoreCase("fast")
              ? 2
              : PragmaValues.toBoolean(call.text(), false) ? 1 : 0;
    }
    int wanted = mode;
    call.result(
        connection -> {
          for (int i = 0; wanted >= 0 && i < connection.databases().size(); i++) {
            Btree btree = connection.database(i).btreeOrNull();
            if (btree != null && (all || i == database)) {
              btree.setSecureDelete(wanted);
            }
          }
          return PragmaCall.btree(connection, database).secureDelete();
        });
  }

  /** Files are never mapped: 0, and nothing at all for databases in memory. */
  private static void mmapSize(PragmaCall call) {
    int database = call.database;
    call.resultIfAny(
        connection -> PragmaCall.btree(connection, database).fileName().isEmpty() ? null : 0);
  }
}
