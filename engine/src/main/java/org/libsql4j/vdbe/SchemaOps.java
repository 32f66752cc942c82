package org.libsql4j.vdbe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionSettings;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.StatementCompiler;
import org.libsql4j.connection.TransactionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.Table;

/** Instructions that create and remove trees and keep the loaded schema in step. */
final class SchemaOps {
  private SchemaOps() {}

  /** CreateBtree: r[P2] becomes the root page of a new tree in database P1. */
  static void createBtree(Vdbe vdbe, Op op) {
    vdbe.mem[op.p2].setInteger(btree(vdbe, op.p1).createTable(op.p3));
  }

  private static Btree btree(Vdbe vdbe, int databaseIndex) {
    return vdbe.connection.database(databaseIndex).btree();
  }

  /** Destroy: removes the tree with root P1; r[P2] becomes the root that moved there, or 0. */
  static void destroy(Vdbe vdbe, Op op) {
    Mem moved = vdbe.mem[op.p2];
    moved.setNull();
    TransactionState transactions = vdbe.connection.transactions();
    if (transactions.activeReaders > transactions.activeDestroyers + 1) {
      vdbe.errorAction = OpFlags.OE_ABORT;
      throw new LibsqlException(ResultCode.LOCKED);
    }
    int from = btree(vdbe, op.p3).dropTable(op.p1);
    moved.setInteger(from);
    if (from != 0) {
      rootPageMoved(vdbe.connection.database(op.p3).schema(), from, op.p1);
      vdbe.resetSchemaOnFailure = op.p3;
    }
  }

  private static void rootPageMoved(Schema schema, int from, int to) {
    for (Table table : schema.tables()) {
      if (table.rootPage == from) {
        table.rootPage = to;
      }
    }
    for (Index index : schema.indexes()) {
      if (index.rootPage == from) {
        index.rootPage = to;
      }
    }
  }

  /** Clear: removes all entries of the tree with root P1 in database P2; P3 says what to count. */
  static void clear(Vdbe vdbe, Op op) {
    long removed = btree(vdbe, op.p2).clearTable(op.p1);
    vdbe.cacheCounter++;
    if (op.p3 != 0) {
      vdbe.changes += removed;
      vdbe.rowsWritten += removed;
      if (op.p3 > 0) {
        vdbe.mem[op.p3].setInteger(vdbe.mem[op.p3].integer + removed);
      }
    }
  }

  /** ResetSorter: empties a sorter or an ephemeral tree. */
  static void resetSorter(VdbeCursor cursor) {
    if (cursor.type == VdbeCursor.SORTER) {
      cursor.sorter().reset();
    } else {
      cursor.tree().clearTable();
    }
    cursor.moved(false);
  }

  // ---- cookies
  // ------------------------------------------------------------------------------------

  /** ReadCookie. */
  static void readCookie(Vdbe vdbe, Op op) {
    Btree btree = vdbe.connection.database(op.p1).btreeOrNull();
    vdbe.mem[op.p2].setInteger(btree == null ? 0 : btree.getMeta(op.p3));
  }

  /** SetCookie. */
  static void setCookie(Vdbe vdbe, Op op) {
    ConnectionState connection = vdbe.connection;
    AttachedDatabase database = connection.database(op.p1);
    database.btree().updateMeta(op.p2, op.p3);
    if (op.p2 == Btree.SCHEMA_VERSION) {
      database.schema().cookie = op.p3 - op.p5;
      connection.transactions().schemaChanged = true;
    } else if (op.p2 == Btree.FILE_FORMAT) {
      database.schema().fileFormat = op.p3;
    }
    if (op.p1 == AttachedDatabase.TEMP) {
      connection.expireStatements();
      vdbe.outliveExpiry();
    }
  }

  // ---- the loaded schema
  // --------------------------------------------------------------------------

  /** SqlExec. */
  static void sqlExec(Vdbe vdbe, Op op) {
    ConnectionState connection = vdbe.connection;
    ConnectionSettings settings = connection.settings();
    int limit = settings.analysisLimit;
    if (op.p2 > 0 && (limit <= 0 || limit > op.p2)) {
      settings.analysisLimit = op.p2;
    }
    connection.nestedStatementDepth++;
    try {
      connection.compiler().executeNested(connection, text(op.p4));
      vdbe.outliveExpiry();
    } finally {
      connection.nestedStatementDepth--;
      settings.analysisLimit = limit;
    }
  }

  private static String text(@Nullable Object p4) {
    return p4 instanceof byte[] utf8
        ? new String(utf8, StandardCharsets.UTF_8)
        : String.valueOf(p4);
  }

  /** ParseSchema: rows of the schema table that fulfil P4; without P4 all of it anew. */
  static void parseSchema(Vdbe vdbe, Op op) {
    ConnectionState connection = vdbe.connection;
    StatementCompiler compiler = connection.compiler();
    TransactionState transactions = connection.transactions();
    connection.nestedStatementDepth++;
    try {
      if (op.p4 == null) {
        connection.database(op.p1).schema().clear();
        compiler.parseSchema(connection, op.p1, null, op.p5);
        transactions.schemaChanged = true;
        vdbe.outliveExpiry();
      } else {
        compiler.parseSchema(connection, op.p1, text(op.p4), op.p5);
      }
    } catch (LibsqlException e) {
      connection.resetAllSchemas();
      throw e;
    } finally {
      connection.nestedStatementDepth--;
    }
  }

  /** LoadAnalysis. */
  static void loadAnalysis(Vdbe vdbe, Op op) {
    vdbe.connection.compiler().loadAnalysis(vdbe.connection, op.p1);
  }

  /** DropTable, DropIndex, DropTrigger. */
  static void drop(Vdbe vdbe, Op op) {
    Schema schema = vdbe.connection.database(op.p1).schema();
    String name = text(op.p4);
    switch (op.opcode) {
      case Opcode.DROP_TABLE -> schema.removeTable(name);
      case Opcode.DROP_INDEX -> schema.removeIndex(name);
      default -> schema.removeTrigger(name);
    }
  }

  // ---- whole databases
  // ----------------------------------------------------------------------------

  /**
   * IntegrityCk: checks P2 trees, whose roots follow the first element of P4, in database P5. r[P1]
   * is one less than the number of errors to look for; r[P1+1] becomes the text or NULL; the
   * numbers of entries go to the registers from P3 on.
   */
  static void integrityCheck(Vdbe vdbe, Op op) {
    if (!(op.p4 instanceof int[] numbers)) {
      throw Vdbe.internalError("IntegrityCk without root pages");
    }
    int[] roots = Arrays.copyOfRange(numbers, 1, numbers.length);
    long[] counts = new long[roots.length];
    Mem budget = vdbe.mem[op.p1];
    List<String> errors =
        btree(vdbe, op.p5)
            .integrityCheck(roots, (int) Math.min(budget.integer + 1, Integer.MAX_VALUE), counts);
    if (op.p3 > 0) {
      for (int i = 0; i < counts.length; i++) {
        vdbe.mem[op.p3 + i].setInteger(counts[i]);
      }
    }
    Mem text = vdbe.mem[op.p1 + 1];
    if (errors.isEmpty()) {
      text.setNull();
    } else {
      budget.setInteger(budget.integer - (errors.size() - 1));
      text.setText(String.join("\n", errors));
      text.changeEncoding(vdbe.connection.encoding);
    }
  }

  /** IncrVacuum: false when there is nothing left to move. */
  static boolean incrementalVacuum(Vdbe vdbe, Op op) {
    boolean moved = btree(vdbe, op.p1).incrementalVacuum();
    vdbe.cacheCounter++;
    return moved;
  }

  /** Vacuum: P2 is the register with the name of the target file, or 0. */
  static void vacuum(Vdbe vdbe, Op op) {
    String into = op.p2 == 0 ? null : ValueOps.message(vdbe.mem[op.p2]);
    vdbe.connection.compiler().vacuum(vdbe.connection, op.p1, into);
  }

  /** Pagecount. */
  static void pageCount(Vdbe vdbe, Op op) {
    vdbe.mem[op.p2].setInteger(btree(vdbe, op.p1).pageCount());
  }

  /** MaxPgcnt: sets the limit to P3 pages if that is positive. */
  static void maxPageCount(Vdbe vdbe, Op op) {
    Btree btree = btree(vdbe, op.p1);
    long wanted = op.p3 == 0 ? 0 : Math.max(btree.pageCount(), op.p3);
    vdbe.mem[op.p2].setInteger(btree.maxPageCount(wanted));
  }
}
