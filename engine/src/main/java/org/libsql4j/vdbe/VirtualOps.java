package org.libsql4j.vdbe;

import static org.libsql4j.vdbe.Opcode.*;

import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.TransactionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.Table;
import org.libsql4j.vtab.RowChange;
import org.libsql4j.vtab.TableConnector;
import org.libsql4j.vtab.TableInstance;
import org.libsql4j.vtab.VirtualCursor;
import org.libsql4j.vtab.WritableTable;

/** Instructions on virtual tables. */
final class VirtualOps {
  private VirtualOps() {}

  private static final Mem[] NO_ARGUMENTS = {};

  /** The instructions that are not executed for every row. */
  static int execute(Vdbe vdbe, Op op, int pc) {
    switch (op.opcode) {
      case V_OPEN -> open(vdbe, op);
      case V_BEGIN -> begin(vdbe, instance(op));
      case V_UPDATE -> update(vdbe, op, pc - 1);
      case V_CREATE -> create(vdbe, op);
      case V_DESTROY -> destroy(vdbe, op);
      case V_RENAME -> rename(vdbe, op);
      case V_CHECK -> check(vdbe, op);
      case V_INIT_IN ->
          vdbe.mem[op.p2].setObject(new InList(vdbe.cursor(op.p1), vdbe.connection.encoding));
      default -> throw Vdbe.internalError("unknown opcode " + Opcode.name(op.opcode));
    }
    return pc;
  }

  private static TableInstance instance(Op op) {
    if (op.p4 instanceof TableInstance instance) {
      return instance;
    }
    throw Vdbe.internalError(Opcode.name(op.opcode) + " without virtual table");
  }

  // ---- reading
  // ------------------------------------------------------------------------------------

  private static void open(Vdbe vdbe, Op op) {
    TableInstance instance = instance(op);
    VdbeCursor known = vdbe.cursorOrNull(op.p1);
    if (known != null && known.virtualTable == instance && known.virtual != null) {
      return; // A subquery that runs again for another row.
    }
    vdbe.openCursor(op.p1, VdbeCursor.onVirtual(instance, vdbe.connection.encoding));
  }

  /** VFilter: false if there is no row. */
  static boolean filter(Vdbe vdbe, Op op, int pc) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    Mem[] arguments = arguments(vdbe, op, pc - 1);
    String text = op.p4 instanceof String given ? given : null;
    VirtualCursor virtual = cursor.virtual();
    virtual.filter((int) vdbe.mem[op.p3].integer, text, arguments);
    boolean found = !virtual.isAtEnd();
    cursor.nullRow = false;
    return found;
  }

  /** The cells of the arguments, which are the same at each execution. */
  private static Mem[] arguments(Vdbe vdbe, Op op, int address) {
    int count = (int) vdbe.mem[op.p3 + 1].integer;
    if (count == 0) {
      return NO_ARGUMENTS;
    }
    if (vdbe.frame.sites[address] instanceof Mem[] known) {
      return known;
    }
    Mem[] arguments = new Mem[count];
    System.arraycopy(vdbe.mem, op.p3 + 2, arguments, 0, count);
    vdbe.frame.sites[address] = arguments;
    return arguments;
  }

  /** VNext: true if there is another row. */
  static boolean next(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    if (cursor.nullRow) {
      return false;
    }
    VirtualCursor virtual = cursor.virtual();
    virtual.next();
    if (vdbe.connection.isInterrupted()) {
      throw new LibsqlException(ResultCode.INTERRUPT);
    }
    return !virtual.isAtEnd();
  }

  /** VColumn. */
  static void column(Vdbe vdbe, Op op, Mem target) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    target.setNull();
    if (cursor.nullRow) {
      return;
    }
    cursor.virtual().column(op.p2, target);
    if (target.type == Mem.TEXT && target.encoding != vdbe.connection.encoding) {
      target.changeEncoding(vdbe.connection.encoding);
    }
    if (target.isTextOrBlob()) {
      ValueOps.checkLength(vdbe, target.length);
    }
  }

  // ---- changing
  // -----------------------------------------------------------------------------------

  private static void begin(Vdbe vdbe, TableInstance instance) {
    TransactionState transactions = vdbe.connection.transactions();
    transactions
        .virtualTables()
        .begin(instance, transactions.statementJournals + transactions.pagerSavepointCount());
  }

  private static void update(Vdbe vdbe, Op op, int address) {
    TableInstance instance = instance(op);
    WritableTable table = instance.writable();
    if (table == null) {
      throw new LibsqlException(ResultCode.READONLY);
    }
    RowChange change = change(vdbe, op, address);
    vdbe.connection.nestedStatementDepth++;
    try {
      long rowid = table.update(change);
      if (op.p1 != 0 && change.kind() == RowChange.Kind.INSERT) {
        vdbe.connection.lastInsertRowid = rowid;
      }
      vdbe.changes++;
    } catch (LibsqlException e) {
      if (e.resultCode().primary() != ResultCode.CONSTRAINT || !instance.supportsConstraints()) {
        throw e;
      }
      if (op.p5 != OpFlags.OE_IGNORE) {
        vdbe.errorAction = op.p5 == OpFlags.OE_REPLACE ? OpFlags.OE_ABORT : op.p5;
        throw e;
      }
    } finally {
      vdbe.connection.nestedStatementDepth--;
    }
  }

  private static RowChange change(Vdbe vdbe, Op op, int address) {
    if (vdbe.frame.sites[address] instanceof RowChange known) {
      return known;
    }
    Mem[] arguments = new Mem[op.p2];
    System.arraycopy(vdbe.mem, op.p3, arguments, 0, op.p2);
    RowChange change = new RowChange(arguments, conflict(op.p5), unchanged(vdbe, address));
    vdbe.frame.sites[address] = change;
    return change;
  }

  /** The Noop before VUpdate tells which columns UPDATE left out. */
  private static boolean @Nullable [] unchanged(Vdbe vdbe, int address) {
    Op before = address == 0 ? null : vdbe.op(address - 1);
    return before != null && before.opcode == NOOP && before.p4 instanceof boolean[] flags
        ? flags
        : null;
  }

  private static RowChange.Conflict conflict(int action) {
    return switch (action) {
      case OpFlags.OE_ROLLBACK -> RowChange.Conflict.ROLLBACK;
      case OpFlags.OE_FAIL -> RowChange.Conflict.FAIL;
      case OpFlags.OE_IGNORE -> RowChange.Conflict.IGNORE;
      case OpFlags.OE_REPLACE -> RowChange.Conflict.REPLACE;
      default -> RowChange.Conflict.ABORT;
    };
  }

  // ---- the schema
  // ---------------------------------------------------------------------------------

  private static void create(Vdbe vdbe, Op op) {
    ConnectionState connection = vdbe.connection;
    Schema schema = connection.database(op.p1).schema();
    Table table = schema.table(ValueOps.message(vdbe.mem[op.p2]));
    if (table == null || table.virtual == null) {
      throw Vdbe.internalError("VCreate of what is not a virtual table");
    }
    connection.nestedStatementDepth++;
    try {
      Table complete = new TableConnector(connection).create(table);
      if (complete.virtual != null) {
        connection.transactions().virtualTables().join(complete.virtual.instance());
      }
      vdbe.outliveExpiry();
    } finally {
      connection.nestedStatementDepth--;
    }
  }

  private static void destroy(Vdbe vdbe, Op op) {
    ConnectionState connection = vdbe.connection;
    Table table = connection.database(op.p1).schema().table(String.valueOf(op.p4));
    if (table == null || table.virtual == null) {
      return;
    }
    connection.nestedStatementDepth++;
    connection.transactions().activeDestroyers++;
    try {
      Table connected = new TableConnector(connection).connect(table);
      if (connected.virtual != null) {
        connected.virtual.instance().destroy();
      }
      vdbe.outliveExpiry();
    } finally {
      connection.transactions().activeDestroyers--;
      connection.nestedStatementDepth--;
    }
  }

  private static void rename(Vdbe vdbe, Op op) {
    vdbe.connection.nestedStatementDepth++;
    try {
      instance(op).table().rename(ValueOps.message(vdbe.mem[op.p1]));
      vdbe.outliveExpiry();
    } finally {
      vdbe.connection.nestedStatementDepth--;
    }
  }

  /** VCheck: P3 is 1 for a quick check; r[P2] becomes the text or NULL. */
  private static void check(Vdbe vdbe, Op op) {
    Mem target = vdbe.mem[op.p2];
    target.setNull();
    if (op.p4 instanceof Table table && table.virtual != null) {
      String text =
          table
              .virtual
              .instance()
              .table()
              .checkIntegrity(vdbe.connection.database(op.p1).name(), table.name, op.p3 != 0);
      if (text != null) {
        target.setText(text);
        target.changeEncoding(vdbe.connection.encoding);
      }
    }
  }
}
