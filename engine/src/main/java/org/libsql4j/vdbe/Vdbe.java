package org.libsql4j.vdbe;

import static org.libsql4j.vdbe.Opcode.*;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionObserver;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.TracedStatement;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;

/**
 * Runs one program for one statement, again and again.
 *
 * <p>{@link #step()} executes instructions until a row is there or the program ends. The switch
 * holds what is short and frequent. Everything else is one call away, through {@link Op#action}: a
 * virtual call with so many targets that the compiler does not inline any. So the compiled loop
 * stays small, which matters because it is compiled, thrown away and compiled again whenever a
 * program reaches an instruction that none had reached before; and what the targets learn does not
 * touch it.
 *
 * <p>{@code pc} always is the address of the instruction after the one being executed.
 */
public final class Vdbe implements TracedStatement {
  private enum State {
    READY,
    RUNNING,
    HALTED
  }

  /** What is not used at the moment keeps room for values up to this size in each cell. */
  private static final int KEPT_BYTES = 4096;

  final ConnectionState connection;
  private final Program program;
  private final Mem[] parameters;
  private final VdbeFrame root;
  private int expiryGeneration;
  private final long compileGeneration;
  private final boolean isReader;
  private State state = State.READY;
  private boolean expired;

  /** Whether somebody is told of rows and of the end of this execution. */
  private boolean traced;

  /** Who is told of this execution as a whole, or null. */
  private @Nullable ConnectionObserver observer;

  private long startNanos;
  private long observedNanos;
  private long rowCountBefore;

  // ---- what it did, for those who ask
  // --------------------------------------------------------------

  public long runCount;
  public long rowCount;
  public long changeCount;
  public long sortCount;
  public long rowsWritten;
  private long totalChangesBefore;
  private int pc;

  // ---- the running activation; copies of the frame's fields
  // ---------------------------------------

  VdbeFrame frame;
  Mem[] mem;
  private Op[] ops;
  private @Nullable VdbeCursor[] cursors;

  /** How many triggers are running inside each other. */
  int depth;

  // ---- what instructions leave for each other
  // -----------------------------------------------------

  /** Equal to {@link VdbeCursor#cacheStatus} of cursors that point at their row; never 0. */
  int cacheCounter = 1;

  /** Result of the last comparison, for Jump and ElseEq. */
  int compareResult;

  /** Rows changed so far, for changes(). */
  long changes;

  /** Violations of immediate foreign keys. */
  long foreignKeyViolations;

  /** What becomes of the transaction if the statement fails: one of OE_... */
  int errorAction = OpFlags.OE_ABORT;

  /** Number of the pagers' savepoint that is the statement journal, from 1; 0 for none. */
  int statementJournal;

  long deferredViolationsBefore;
  long deferredImmediateViolationsBefore;

  /** Whether its part in the transaction is over, and only collected rows are handed out. */
  boolean changesDone;

  /** Whether changes() is set when the statement ends. */
  boolean countsChanges;

  /** The database whose schema is forgotten if the statement fails, or -1. */
  int resetSchemaOnFailure = -1;

  /** The moment at which the statement started. */
  long statementTimeMillis;

  final Mem scratch = new Mem();
  final Mem scratch2 = new Mem();
  final RecordMaker recordMaker = new RecordMaker();

  private int resultFirst;
  private int resultCount;
  private Mem[] resultRow;

  /** Values of the result that were not read yet; null as long as there never was one. */
  private @Nullable DeferredValues deferred;

  private long instructionsUntilProgress;

  public Vdbe(ConnectionState connection, Program program) {
    this.connection = connection;
    this.program = program;
    this.root = new VdbeFrame(program);
    this.frame = root;
    this.mem = root.mem;
    this.ops = root.ops;
    this.cursors = root.cursors;
    this.resultRow = root.mem;
    this.parameters = new Mem[program.parameterNames().size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = new Mem();
    }
    this.expiryGeneration = connection.expiryGeneration();
    this.compileGeneration = connection.compileGeneration();
    this.isReader = StatementEnd.isReader(program);
  }

  // ---- for the statement that owns it
  // --------------------------------------------------------------

  public Program program() {
    return program;
  }

  /** The cell of a parameter, 0-based; to be changed only while the statement is not running. */
  public Mem parameter(int index) {
    return parameters[index];
  }

  /** The cells of all parameters; not to be changed. */
  public Mem[] parameters() {
    return parameters;
  }

  public int parameterCount() {
    return parameters.length;
  }

  /** The cell of a result column, 0-based; valid until the next step. */
  public Mem result(int index) {
    Mem cell = resultRow[resultFirst + index];
    DeferredValues values = deferred;
    if (values != null && values.contains(cell)) {
      values.load(cell);
    }
    return cell;
  }

  /** As {@link #result}, for those who look at nothing but type, encoding and length. */
  public Mem resultHeader(int index) {
    return resultRow[resultFirst + index];
  }

  /** Whether the value of a result column may have to be read yet, by {@link #result}. */
  public boolean isDeferred(int index) {
    DeferredValues values = deferred;
    return values != null && values.contains(resultRow[resultFirst + index]);
  }

  /** The bytes of a deferred value in a fresh array; null if they are in its cell. */
  public byte @Nullable [] deferredBytes(int index) {
    DeferredValues values = deferred;
    return values == null ? null : values.bytes(resultRow[resultFirst + index]);
  }

  /** The rowid of the table row that a result column is read from, if it is just that. */
  public OptionalLong resultRowid(int index) {
    for (int at = pc - 2; at > 0 && ops[at].opcode != Opcode.RESULT_ROW; at--) {
      Op op = ops[at];
      if (op.onlyForResult && op.p3 == resultFirst + index) {
        return cursor(op.p1).rowid();
      }
    }
    return OptionalLong.empty();
  }

  /** The value of a field is read only if somebody asks for the result. */
  void defer(VdbeCursor cursor, int field, Mem target) {
    DeferredValues values = deferred;
    if (values == null) {
      values = new DeferredValues();
      deferred = values;
    }
    values.add(cursor, field, target);
  }

  private void dropDeferred() {
    if (deferred != null) {
      deferred.clear();
    }
  }

  /** How many columns the current row has; 0 if there is none. */
  public int resultCount() {
    return resultCount;
  }

  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** Whether a rollback or the like has taken the ground from under the running program. */
  public boolean isExpired() {
    return expired || expiryGeneration != connection.expiryGeneration();
  }

  void setExpired(boolean expired) {
    this.expired = expired;
  }

  /** The program itself has made all others out of date and goes on. */
  void outliveExpiry() {
    expired = false;
    expiryGeneration = connection.expiryGeneration();
  }

  boolean isReader() {
    return isReader;
  }

  public boolean isReadOnly() {
    return program.readOnly();
  }

  /**
   * Runs until there is a row or the program ends.
   *
   * @return true if there is a row; false at the end, after which the next call starts anew
   * @throws LibsqlException what went wrong; the statement has ended then. SCHEMA if it must be
   *     compiled again
   */
  public boolean step() {
    if (state != State.RUNNING) {
      start();
    }
    resultCount = 0;
    dropDeferred();
    connection.executionDepth++;
    try {
      boolean found = executeWithHandler();
      if (found) {
        rowCount++;
        if (traced) {
          StatementEnd.traceRow(this);
        }
      }
      return found;
    } catch (LibsqlException e) {
      throw fail(e);
    } catch (OutOfMemoryError e) {
      throw fail(new LibsqlException(ResultCode.NOMEM, ResultCode.NOMEM.defaultMessage(), e));
    } catch (StackOverflowError | RuntimeException e) {
      throw fail(new LibsqlException(ResultCode.INTERNAL, "internal error: " + e, e));
    } finally {
      connection.executionDepth--;
    }
  }

  /** A program with P3 of Init goes on there after a malformed record. */
  private boolean executeWithHandler() {
    try {
      return execute();
    } catch (MalformedRecordException e) {
      int handler = root.ops[0].p3;
      if (handler == 0 || root.ops[0].opcode != Opcode.INIT || frame != root) {
        throw e;
      }
      pc = handler;
      return execute();
    }
  }

  /** Ends the execution, if one is under way, and makes ready for the next; bindings stay. */
  public void reset() {
    dropDeferred();
    LibsqlException failure = null;
    if (state == State.RUNNING) {
      failure = StatementEnd.halt(this, null);
    }
    state = State.READY;
    resultCount = 0;
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Forgets what was bound, read and counted, so that another statement can run the same program.
   * Cursors that were closed stay, to be opened again.
   *
   * @return false if this machine cannot be used again
   */
  public boolean recycle() {
    if (state == State.RUNNING || frame != root || isExpired() || program.isRemote()) {
      return false;
    }
    clearBindings();
    root.forgetSites();
    scratch.clear(KEPT_BYTES);
    scratch2.clear(KEPT_BYTES);
    resultRow = root.mem;
    observer = null;
    resetCounters();
    return true;
  }

  private void start() {
    if (expired || compileGeneration != connection.compileGeneration()) {
      throw new LibsqlException(ResultCode.SCHEMA);
    }
    if (connection.transactions().activeStatements == 0) {
      connection.clearInterrupt();
    }
    pc = 0;
    cacheCounter = 1;
    changes = 0;
    foreignKeyViolations = 0;
    errorAction = OpFlags.OE_ABORT;
    statementJournal = 0;
    countsChanges = program.countsChanges();
    changesDone = false;
    resetSchemaOnFailure = -1;
    statementTimeMillis = connection.environment().clock().currentTimeMillis();
    BooleanSupplier progress = connection.hooks().progress();
    instructionsUntilProgress = progress == null ? 0 : connection.hooks().progressInterval();
    traced = connection.hooks().trace() != null && !program.sql().isEmpty();
    if (traced) {
      startNanos = System.nanoTime();
    }
    observer = connection.observer();
    if (observer != null) {
      startObserved(observer);
    }
    runCount++;
    totalChangesBefore = connection.totalChanges;
    root.start();
    StatementEnd.begin(this);
    state = State.RUNNING;
  }

  /** Called by {@link StatementEnd} when nothing is left to be done for this execution. */
  void halted(@Nullable LibsqlException error) {
    state = State.HALTED;
    long changed = connection.totalChanges - totalChangesBefore;
    changeCount += changed;
    if (observer != null) {
      haltObserved(observer, changed, error);
    }
    if (traced) {
      StatementEnd.traceEnd(this, System.nanoTime() - startNanos);
    }
  }

  private void startObserved(ConnectionObserver told) {
    observedNanos = told.nanoTime();
    rowCountBefore = rowCount;
    if (connection.autoCommit) {
      connection.transactions().rolledBack = false;
    }
  }

  /** What the engine runs for itself counts only for what it does to the transaction. */
  private void haltObserved(
      ConnectionObserver told, long changed, @Nullable LibsqlException error) {
    if (connection.nestedStatementDepth == 0 && !program.sql().isEmpty()) {
      told.executed(program.sql(), observedNanos, rowCount - rowCountBefore, changed, error);
    }
    told.afterStatement(connection.autoCommit, connection.transactions().rolledBack);
  }

  public void resetCounters() {
    runCount = 0;
    rowCount = 0;
    changeCount = 0;
    sortCount = 0;
    rowsWritten = 0;
    setRowsRead(0);
  }

  /** How many rows and entries of indexes were read, those of temporary trees and sorters too. */
  public long rowsRead() {
    long sum = 0;
    for (VdbeFrame each = frame; each != null; each = each.parent) {
      sum += each.rowsRead();
    }
    return sum;
  }

  /** Takes over what was read by another program of the same statement. */
  public void setRowsRead(long count) {
    root.rowsRead += count - rowsRead();
  }

  @Override
  public String sql() {
    return program.sql();
  }

  @Override
  public String expandedSql() {
    return connection
        .compiler()
        .expandedSql(
            program.sql(), program.parameterNames(), parameters, connection.executionDepth > 1);
  }

  private LibsqlException fail(LibsqlException error) {
    LibsqlException result = error;
    if (state == State.RUNNING) {
      LibsqlException ended = StatementEnd.halt(this, error);
      if (ended != null) {
        result = ended;
      }
    }
    if (resetSchemaOnFailure >= 0) {
      connection.database(resetSchemaOnFailure).schema().clear();
      connection.expireStatements();
      resetSchemaOnFailure = -1;
    }
    return result;
  }

  // ---- activations
  // ----------------------------------------------------------------------------------

  /** Makes an activation the running one. */
  void enter(VdbeFrame entered) {
    frame = entered;
    mem = entered.mem;
    ops = entered.ops;
    cursors = entered.cursors;
    cacheCounter++;
  }

  /** The registers of the statement's own program. */
  Mem[] rootRegisters() {
    return root.mem;
  }

  /** Closes the cursors and leaves all triggers, with the counts of the statement itself. */
  void closeAllCursors() {
    closeCursorsExcept(-1);
  }

  /** Closes the cursors of all activations but one of the statement's own. */
  void closeCursorsExcept(int kept) {
    while (frame.parent != null) {
      leaveFrame();
    }
    frame.closeCursorsExcept(kept);
  }

  /** Makes the activation around the running one again, with its counts. */
  void leaveFrame() {
    VdbeFrame left = frame;
    VdbeFrame parent = left.parent;
    if (parent == null) {
      throw internalError("no program around");
    }
    left.closeCursors();
    root.rowsRead += left.rowsRead;
    left.rowsRead = 0;
    changes = left.parentChanges;
    connection.changes = left.parentConnectionChanges;
    connection.lastInsertRowid = left.parentLastInsertRowid;
    left.parent = null;
    depth--;
    enter(parent);
  }

  VdbeCursor cursor(int index) {
    VdbeCursor cursor = cursors[index];
    if (cursor == null) {
      throw internalError("cursor " + index + " is not open");
    }
    return cursor;
  }

  @Nullable VdbeCursor cursorOrNull(int index) {
    return cursors[index];
  }

  void openCursor(int index, VdbeCursor cursor) {
    frame.closeCursor(index);
    cursors[index] = cursor;
  }

  Op op(int address) {
    return ops[address];
  }

  static LibsqlException internalError(String message) {
    return new LibsqlException(ResultCode.INTERNAL, message);
  }

  /** Looks at the interrupt flag and calls the progress handler; called at backward jumps. */
  void attend(int distance) {
    if (connection.isInterrupted()) {
      throw new LibsqlException(ResultCode.INTERRUPT);
    }
    BooleanSupplier progress = connection.hooks().progress();
    if (progress != null) {
      instructionsUntilProgress -= Math.max(distance, 1);
      if (instructionsUntilProgress <= 0) {
        instructionsUntilProgress = connection.hooks().progressInterval();
        if (progress.getAsBoolean()) {
          throw new LibsqlException(ResultCode.INTERRUPT);
        }
      }
    }
  }

  // ---- the interpreter
  // ------------------------------------------------------------------------------

  private boolean execute() {
    ConnectionState connection = this.connection;
    Op[] ops = this.ops;
    Mem[] mem = this.mem;
    @Nullable VdbeCursor[] cursors = this.cursors;
    int pc = this.pc;
    cacheCounter++;
    if (connection.needsAttention()) {
      attend(1);
    }
    for (; ; ) {
      Op op = ops[pc++];
      switch (op.code) {
        case Op.VALUES:
          pc = ValueRun.execute(this, ops, mem, cursors, op, pc);
          break;
        case GOTO:
          if (op.p2 < pc && connection.needsAttention()) {
            attend(pc - op.p2);
          }
          pc = op.p2;
          break;
        case GOSUB:
          mem[op.p1].setInteger(pc - 1);
          pc = op.p2;
          break;
        case RETURN:
          {
            Mem address = mem[op.p1];
            if (address.type == Mem.INTEGER) {
              pc = (int) address.integer + 1;
            }
            break;
          }
        case YIELD:
          {
            Mem address = mem[op.p1];
            int target = (int) address.integer + 1;
            address.setInteger(pc - 1);
            pc = target;
            break;
          }
        case JUMP:
          pc = compareResult < 0 ? op.p1 : compareResult == 0 ? op.p2 : op.p3;
          break;
        case IF_POS:
          {
            Mem counter = mem[op.p1];
            if (counter.integer > 0) {
              counter.integer -= op.p3;
              pc = op.p2;
            }
            break;
          }
        case IF_NOT_ZERO:
          pc = ControlOps.ifNotZero(op, mem[op.p1], pc);
          break;
        case DECR_JUMP_ZERO:
          {
            Mem counter = mem[op.p1];
            if (counter.integer > Long.MIN_VALUE) {
              counter.integer--;
            }
            if (counter.integer == 0) {
              pc = op.p2;
            }
            break;
          }
        case HALT:
          if (ControlOps.haltEndsProgram(this, op)) {
            return false;
          }
          pc = ControlOps.leaveFrame(this, op);
          ops = this.ops;
          mem = this.mem;
          cursors = this.cursors;
          break;
        case PROGRAM:
          pc = ControlOps.program(this, op, pc);
          ops = this.ops;
          mem = this.mem;
          cursors = this.cursors;
          break;
        case RESULT_ROW:
          resultFirst = op.p1;
          resultCount = op.p2;
          if (resultRow != mem) {
            resultRow = mem;
          }
          this.pc = pc;
          return true;
        case ELSE_EQ:
          if (compareResult == 0) {
            pc = op.p2;
          }
          break;
        case NEXT:
          {
            VdbeCursor cursor = cursors[op.p1];
            if (cursor == null) {
              throw internalError("Next of a cursor that is not open");
            }
            if (cursor.next()) {
              if (connection.needsAttention()) {
                attend(pc - op.p2);
              }
              pc = op.p2;
            }
            break;
          }
        case Op.FILTERED_NEXT:
          {
            VdbeCursor cursor = cursors[op.p1];
            if (cursor == null) {
              throw internalError("Next of a cursor that is not open");
            }
            pc = RowFilter.next(this, op, pc, ops, mem, cursor);
            break;
          }
        case PREV:
        case SORTER_NEXT:
          pc = op.action.run(this, op, mem, pc);
          if (pc == op.p2 && connection.needsAttention()) {
            attend(1);
          }
          break;
        default:
          pc = op.action.run(this, op, mem, pc);
          if (pc < 0) {
            return false;
          }
          break;
      }
    }
  }

  /** Makes all parameters NULL; what is not running forgets its values, too. */
  public void clearBindings() {
    clear(parameters);
    if (state != State.RUNNING) {
      clear(root.mem);
    }
  }

  private static void clear(Mem[] cells) {
    for (Mem cell : cells) {
      cell.clear(KEPT_BYTES);
    }
  }
}
