package org.libsql4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.vdbe.ExplainListing;
import org.libsql4j.vdbe.Program;
import org.libsql4j.vdbe.ResultColumn;
import org.libsql4j.vdbe.Vdbe;

/**
 * A prepared statement: bind parameters, step from row to row, reset, and again.
 *
 * <p>When the schema has changed it is prepared again by itself; bindings stay.
 */
public final class Statement implements AutoCloseable {
  /** How often a statement is prepared again before the schema change is reported. */
  private static final int MAX_SCHEMA_RETRIES = 50;

  private static final StatementCounters NOTHING_DONE = new StatementCounters(0, 0, 0, 0, 0, 0, 0);

  /** What names of parameters begin with. */
  private static final String PREFIXES = ":@$?";

  private final Connection connection;
  private final String text;
  private final int offset;
  private final int tailOffset;

  /** What it does; null if the text has no statement. Known after it was closed, too. */
  private @Nullable Program program;

  /** What runs the program; null without one, and once it is closed. */
  private @Nullable Vdbe vdbe;

  /** Where the machine goes when this is closed; null if nobody else runs the same program. */
  private ProgramCache.@Nullable Entry origin;

  /** What it did, once it is closed. */
  private @Nullable StatementCounters finalCounters;

  private @Nullable ExplainListing listing;
  private int resultCount;
  private int recompilations;
  private long compileGeneration;
  private long schemaGeneration;
  private boolean closed;

  /** Whether a parameter was ever given a value. */
  private boolean bound;

  /** Whether the program is known to be right for the values of the parameters. */
  private boolean suited;

  /**
   * @param origin what is kept of the program for the next one who prepares the text; null if it is
   *     not kept
   */
  Statement(
      Connection connection,
      String text,
      int offset,
      CompiledStatement compiled,
      ProgramCache.@Nullable Entry origin) {
    this.connection = connection;
    this.text = text;
    this.offset = offset;
    this.tailOffset = compiled.tailOffset();
    this.origin = origin;
    setProgram(compiled.program(), origin == null ? null : origin.takeMachine());
  }

  /**
   * @param idle a machine that has run this program, or null
   */
  private void setProgram(@Nullable Program program, @Nullable Vdbe idle) {
    compileGeneration = connection.state().compileGeneration();
    schemaGeneration = connection.state().schemaGeneration();
    this.program = program;
    vdbe = idle != null || program == null ? idle : new Vdbe(connection.state(), program);
    suited = program == null || program.assumptions().isEmpty();
    listing =
        program == null || program.explain() == 0 || program.isRemote()
            ? null
            : new ExplainListing(program);
  }

  // ---- running
  // ------------------------------------------------------------------------------------

  /**
   * Goes to the next row; at the first call, or after the end or {@link #reset()}, starts.
   *
   * <p>When an INSERT, UPDATE or DELETE with RETURNING is at its first row, it has made all its
   * changes, and in autocommit mode they are committed.
   *
   * @return true if there is a row; false at the end
   * @throws LibsqlException the statement has ended then and can be started again
   */
  public boolean step() {
    connection.lock().lock();
    try {
      checkOpen();
      return stepLocked();
    } finally {
      connection.lock().unlock();
    }
  }

  private boolean stepLocked() {
    resultCount = 0;
    if (!suited && !isRunning()) {
      suit();
    }
    ExplainListing rows = listing;
    if (rows != null) {
      boolean found = rows.step();
      if (!found) {
        rows.reset();
      }
      resultCount = rows.resultCount();
      return found;
    }
    Vdbe machine = vdbe;
    if (machine == null) {
      return false;
    }
    connection.state().startPatience();
    for (int attempt = 0; ; attempt++) {
      boolean starting = !machine.isRunning();
      try {
        boolean found = machine.step();
        resultCount = machine.resultCount();
        if (!found) {
          connection.state().transactions().afterStatement();
        }
        return found;
      } catch (LibsqlException e) {
        if (e.resultCode() != ResultCode.SCHEMA || !starting || attempt >= MAX_SCHEMA_RETRIES) {
          throw e;
        }
        machine = recompile(machine);
      }
    }
  }

  /** Compiles again if the program was made for other values of the parameters. */
  private void suit() {
    Vdbe machine = vdbe;
    suited = true;
    if (machine == null || (!bound && !machine.program().peeked())) {
      return;
    }
    if (!machine.program().suits(machine.parameters())) {
      recompile(machine);
      suited = true;
    }
  }

  private Vdbe recompile(Vdbe old) {
    CompiledStatement compiled =
        connection.compileAgain(text, offset, bound ? old.parameters() : null);
    origin = null;
    setProgram(compiled.program(), null);
    recompilations++;
    Vdbe fresh = vdbe;
    if (fresh == null) {
      throw new LibsqlException(ResultCode.SCHEMA);
    }
    int count = Math.min(old.parameterCount(), fresh.parameterCount());
    for (int i = 0; i < count; i++) {
      fresh.parameter(i).copyFrom(old.parameter(i));
    }
    fresh.runCount = old.runCount;
    fresh.rowCount = old.rowCount;
    fresh.changeCount = old.changeCount;
    fresh.sortCount = old.sortCount;
    fresh.rowsWritten = old.rowsWritten;
    fresh.setRowsRead(old.rowsRead());
    return fresh;
  }

  /**
   * Runs to the end, dropping rows.
   *
   * @return how many rows were changed; 0 if this is not an INSERT, UPDATE or DELETE
   */
  public long execute() {
    connection.lock().lock();
    try {
      checkOpen();
      reset();
      while (stepLocked()) {
        // Only the effect is wanted.
      }
      return countsChanges() ? connection.changes() : 0;
    } finally {
      connection.lock().unlock();
    }
  }

  /** Ends the execution; bindings stay. */
  public void reset() {
    connection.lock().lock();
    try {
      resultCount = 0;
      if (vdbe != null) {
        vdbe.reset();
      }
      if (listing != null) {
        listing.reset();
      }
    } finally {
      connection.lock().unlock();
    }
  }

  /** Whether it has been started and is neither at its end nor reset. */
  public boolean isRunning() {
    return vdbe != null && vdbe.isRunning();
  }

  // ---- parameters
  // ---------------------------------------------------------------------------------

  /** Number of parameters; also the greatest number of one. */
  public int parameterCount() {
    Program known = program;
    return known == null ? 0 : known.parameterNames().size();
  }

  /** Name of a parameter (from 1) with its prefix, or null for a plain question mark. */
  public @Nullable String parameterName(int index) {
    return index < 1 || index > parameterCount() ? null : parameterNames().get(index - 1);
  }

  /** Number of the parameter with this name including its prefix; 0 if there is none. */
  public int parameterIndex(String name) {
    return parameterNames().indexOf(name) + 1;
  }

  /** Makes a parameter NULL. */
  public void bindNull(int index) {
    parameter(index).setNull();
  }

  /** Binds a parameter, from 1. */
  public void bind(int index, long value) {
    parameter(index).setInteger(value);
  }

  /** Binds a parameter, from 1. */
  public void bind(int index, double value) {
    parameter(index).setReal(value);
  }

  /** Binds a parameter, from 1. */
  public void bind(int index, @Nullable String value) {
    Mem cell = parameter(index);
    if (value == null) {
      cell.setNull();
      return;
    }
    checkLength(value.length());
    cell.setText(value);
    checkLength(cell.length);
    cell.changeEncoding(connection.state().encoding);
  }

  /** The array is copied. */
  public void bind(int index, byte @Nullable [] value) {
    Mem cell = parameter(index);
    if (value == null) {
      cell.setNull();
      return;
    }
    checkLength(value.length);
    cell.setBlob(value, 0, value.length, connection.state().encoding);
  }

  /** As {@link #bind(int, byte[])}, without a copy: the array must never change after this. */
  public void bindShared(int index, byte @Nullable [] value) {
    Mem cell = parameter(index);
    if (value == null) {
      cell.setNull();
      return;
    }
    checkLength(value.length);
    cell.setBlobShared(value);
    cell.encoding = connection.state().encoding;
  }

  /**
   * Binds a value of any supported type.
   *
   * @param value null, a boxed integer or floating point number, a Boolean (0 or 1), a String or
   *     another CharSequence, or a byte[]
   * @throws LibsqlException MISMATCH for other types
   */
  public void bindObject(int index, @Nullable Object value) {
    if (value == null) {
      bindNull(index);
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      bind(index, ((Number) value).longValue());
    } else if (value instanceof Double || value instanceof Float) {
      bind(index, ((Number) value).doubleValue());
    } else if (value instanceof Boolean truth) {
      bind(index, truth ? 1L : 0L);
    } else if (value instanceof CharSequence characters) {
      bind(index, characters.toString());
    } else if (value instanceof byte[] bytes) {
      bind(index, bytes);
    } else {
      throw new LibsqlException(
          ResultCode.MISMATCH, "cannot bind a value of type " + value.getClass().getName());
    }
  }

  /**
   * Binds a parameter by name.
   *
   * @param name with its prefix
   * @throws LibsqlException RANGE if there is no such parameter
   */
  public void bind(String name, @Nullable Object value) {
    int index = parameterIndex(name);
    if (index == 0) {
      throw new LibsqlException(ResultCode.RANGE, "no such parameter: " + name);
    }
    bindObject(index, value);
  }

  /**
   * Binds parameters by name.
   *
   * @param values by the names of parameters, with or without the prefix {@code : @ $ ?}
   * @throws LibsqlException RANGE "no such parameter: x" if there is one too many
   */
  public void bindAll(Map<String, ? extends @Nullable Object> values) {
    for (Map.Entry<String, ? extends @Nullable Object> entry : values.entrySet()) {
      int index = findParameter(entry.getKey());
      if (index == 0) {
        throw new LibsqlException(ResultCode.RANGE, "no such parameter: " + entry.getKey());
      }
      bindObject(index, entry.getValue());
    }
  }

  /**
   * Binds all parameters that have a name.
   *
   * @param values gives the value for a name without its prefix
   */
  public void bindNamed(Function<String, ? extends @Nullable Object> values) {
    for (int i = 1; i <= parameterCount(); i++) {
      String name = parameterName(i);
      if (name != null) {
        bindObject(i, values.apply(name.substring(1)));
      }
    }
  }

  /** The name of a parameter without the character that it begins with in SQL, if it does. */
  static String withoutPrefix(String name) {
    return !name.isEmpty() && PREFIXES.indexOf(name.charAt(0)) >= 0 ? name.substring(1) : name;
  }

  private int findParameter(String name) {
    int index = parameterIndex(name);
    for (int i = 0; index == 0 && i < PREFIXES.length(); i++) {
      index = parameterIndex(PREFIXES.charAt(i) + name);
    }
    return index;
  }

  /** Names of the parameters in their order, with their prefix; null for plain question marks. */
  public List<@Nullable String> parameterNames() {
    Program known = program;
    return known == null ? List.of() : known.parameterNames();
  }

  /** Binds all parameters by their names. */
  public void bind(Parameters values) {
    values.bindTo(this);
  }

  /**
   * Binds parameters in their order.
   *
   * @param values as {@link #bindObject} takes them, or {@link Parameters} alone; null, which is
   *     what Java makes of a single null, for one NULL
   * @throws LibsqlException RANGE if there are more values than parameters
   */
  public void bindAll(@Nullable Object @Nullable [] values) {
    if (values == null) {
      bindNull(1);
      return;
    }
    if (values.length == 1 && values[0] instanceof Parameters named) {
      named.bindTo(this);
      return;
    }
    for (int i = 0; i < values.length; i++) {
      bindObject(i + 1, values[i]);
    }
  }

  /** Makes all parameters NULL, and gives back the room of long values. */
  public void clearBindings() {
    checkOpen();
    if (vdbe != null) {
      vdbe.clearBindings();
      noteBinding();
    }
  }

  /** What is bound to a parameter (from 1). Not to be changed. */
  Mem boundCell(int index) {
    return parameter(index);
  }

  private Mem parameter(int index) {
    checkOpen();
    Vdbe machine = vdbe;
    if (machine == null || index < 1 || index > machine.parameterCount()) {
      throw new LibsqlException(ResultCode.RANGE);
    }
    if (machine.isRunning()) {
      throw new LibsqlException(
          ResultCode.MISUSE, "bind on a busy prepared statement: reset it first");
    }
    noteBinding();
    return machine.parameter(index - 1);
  }

  private void noteBinding() {
    bound = true;
    suited = program == null || program.assumptions().isEmpty();
  }

  private void checkLength(int length) {
    if (length > connection.state().limit(Limit.LENGTH)) {
      throw new LibsqlException(ResultCode.TOOBIG);
    }
  }

  // ---- the current row
  // ----------------------------------------------------------------------------

  /** The cell of a column of the current row; valid until the next step. Not to be changed. */
  public Mem cell(int column) {
    checkColumn(column);
    ExplainListing rows = listing;
    if (rows != null) {
      return rows.result(column);
    }
    Vdbe machine = machine();
    return machine.isDeferred(column) ? readDeferred(machine, column) : machine.result(column);
  }

  private void checkColumn(int column) {
    if (column < 0 || column >= resultCount) {
      checkOpen();
      throw new LibsqlException(
          ResultCode.RANGE,
          resultCount == 0 ? "the statement is not at a row" : "column index out of range");
    }
  }

  private Vdbe machine() {
    Vdbe machine = vdbe;
    if (machine == null) {
      throw new LibsqlException(ResultCode.RANGE);
    }
    return machine;
  }

  private Mem readDeferred(Vdbe machine, int column) {
    return connection.locked(() -> machine.result(column));
  }

  /**
   * The cell of a column of the current row for those who look at nothing but its type, encoding
   * and length: the bytes of a long value may not be in it. Not to be changed.
   */
  public Mem cellHeader(int column) {
    checkColumn(column);
    ExplainListing rows = listing;
    return rows != null ? rows.result(column) : machine().resultHeader(column);
  }

  /**
   * The size of a text (in the database's encoding) or blob of the current row in bytes, which a
   * long value is not read for; 0 for numbers and NULL.
   */
  public int getByteCount(int column) {
    Mem cell = cellHeader(column);
    return cell.isTextOrBlob() ? cell.length : 0;
  }

  /**
   * The rowid of the table row that a column of the current row is read from: the row of table
   * {@link #columnTable}.
   *
   * @return empty if the column is an expression, was sorted or grouped before it came here, has no
   *     row (of an outer join), comes from an index, a virtual table or a table without rowid, or
   *     if the table was changed by this connection since the row was reached
   */
  public OptionalLong columnRowid(int column) {
    checkColumn(column);
    if (listing != null) {
      return OptionalLong.empty();
    }
    Vdbe machine = machine();
    return connection.locked(() -> machine.resultRowid(column));
  }

  /**
   * Opens the value of a column of the current row, to be read and written in pieces.
   *
   * @param write whether it may be changed; begins a write transaction
   * @return empty where {@link #columnRowid} is
   * @throws LibsqlException what {@link Connection#openBlob} throws
   */
  public Optional<IncrementalBlob> openBlob(int column, boolean write) {
    OptionalLong rowid = columnRowid(column);
    String table = columnTable(column);
    String origin = columnOrigin(column);
    if (!rowid.isPresent() || table == null || origin == null) {
      return Optional.empty();
    }
    String database = columnDatabase(column);
    return Optional.of(
        connection.openBlob(
            database == null ? "main" : database, table, origin, rowid.getAsLong(), write));
  }

  /** Type of a value of the current row. */
  public ValueType getType(int column) {
    return switch (cellHeader(column).type) {
      case Mem.INTEGER -> ValueType.INTEGER;
      case Mem.REAL -> ValueType.REAL;
      case Mem.TEXT -> ValueType.TEXT;
      case Mem.BLOB -> ValueType.BLOB;
      default -> ValueType.NULL;
    };
  }

  /** Whether a value of the current row is NULL. */
  public boolean isNull(int column) {
    return cellHeader(column).type == Mem.NULL;
  }

  /** The value as {@code CAST(x AS INTEGER)} gives it; 0 for NULL. */
  public long getLong(int column) {
    Mem cell = cell(column);
    return cell.type == Mem.INTEGER ? cell.integer : cell.asLong();
  }

  /** The value as {@code CAST(x AS REAL)} gives it; 0 for NULL. */
  public double getDouble(int column) {
    Mem cell = cell(column);
    return cell.type == Mem.REAL ? cell.real : cell.asDouble();
  }

  /** The value as {@code CAST(x AS TEXT)} gives it; null for NULL. */
  public @Nullable String getString(int column) {
    return cell(column).text();
  }

  /** The bytes of a blob or text, or of a number's text; null for NULL. A fresh array. */
  public byte @Nullable [] getBlob(int column) {
    checkColumn(column);
    Vdbe machine = vdbe;
    if (listing == null && machine != null && machine.isDeferred(column)) {
      byte[] bytes = connection.locked(() -> machine.deferredBytes(column));
      if (bytes != null) {
        return bytes;
      }
    }
    return cell(column).toByteArray();
  }

  /** The value as Long, Double, String or byte[]; null for NULL. */
  public @Nullable Object getObject(int column) {
    return objectOf(cell(column));
  }

  static @Nullable Object objectOf(Mem cell) {
    return switch (cell.type) {
      case Mem.INTEGER -> cell.integer;
      case Mem.REAL -> cell.real;
      case Mem.TEXT -> cell.text();
      case Mem.BLOB -> cell.toByteArray();
      default -> null;
    };
  }

  // ---- what it is
  // ---------------------------------------------------------------------------------

  /** Number of columns of the result; 0 if it gives no rows. */
  public int columnCount() {
    return columns().size();
  }

  /** Name of a result column. */
  public String columnName(int column) {
    return column(column).name();
  }

  /** Declared type of the table column that a result column is; null for expressions. */
  public @Nullable String columnDeclaredType(int column) {
    return column(column).declaredType();
  }

  /** Name of the database of the table column that a result column is, or null. */
  public @Nullable String columnDatabase(int column) {
    return column(column).database();
  }

  /** Name of the table of the table column that a result column is, or null. */
  public @Nullable String columnTable(int column) {
    return column(column).table();
  }

  /** Name of the table column that a result column is, or null. */
  public @Nullable String columnOrigin(int column) {
    return column(column).origin();
  }

  /** All that is known of the columns of the result. */
  public List<ColumnMetadata> columnMetadata() {
    List<ColumnMetadata> list = new ArrayList<>();
    for (ResultColumn column : columns()) {
      list.add(ColumnOrigins.describe(connection.state(), column));
    }
    return list;
  }

  private List<ResultColumn> columns() {
    Program known = program;
    if (known == null) {
      return List.of();
    }
    return known.explain() == 0 || known.isRemote()
        ? known.resultColumns()
        : ExplainListing.columnsOf(known);
  }

  private ResultColumn column(int index) {
    List<ResultColumn> columns = columns();
    if (index < 0 || index >= columns.size()) {
      throw new LibsqlException(ResultCode.RANGE);
    }
    return columns.get(index);
  }

  /**
   * Whether nothing that it was compiled for has changed on this connection: schemas, settings,
   * functions. Otherwise it is compiled again when it starts, and its columns may differ then.
   */
  public boolean isCurrent() {
    return compileGeneration == connection.state().compileGeneration()
        && schemaGeneration == connection.state().schemaGeneration();
  }

  /** How often it was compiled again since it was prepared; its columns may differ then. */
  public int recompilations() {
    return recompilations;
  }

  /** Whether it cannot change a database file directly. */
  public boolean isReadOnly() {
    return program == null || program.readOnly();
  }

  /** 0 for an ordinary statement, 1 for EXPLAIN, 2 for EXPLAIN QUERY PLAN. */
  public int explainMode() {
    return program == null ? 0 : program.explain();
  }

  /** Whether it is EXPLAIN or EXPLAIN QUERY PLAN: it tells what would be done, and does nothing. */
  public boolean isExplain() {
    return explainMode() != 0;
  }

  /** The steps of an EXPLAIN QUERY PLAN. */
  List<Program.QueryPlanNode> queryPlan() {
    return program == null ? List.of() : program.queryPlan();
  }

  /** Whether {@link #execute} answers how many rows were changed. */
  boolean countsChanges() {
    return program != null && program.countsChanges();
  }

  /**
   * The text with the values of the parameters in their place; without them once it is closed,
   * since it has none any more.
   */
  public String expandedSql() {
    Vdbe machine = vdbe;
    return machine == null ? sql() : machine.expandedSql();
  }

  /** What the statement did since it was prepared or {@link #resetCounters}. */
  public StatementCounters counters() {
    Vdbe machine = vdbe;
    StatementCounters last = finalCounters;
    if (machine == null) {
      return last == null ? NOTHING_DONE : last;
    }
    return new StatementCounters(
        machine.runCount,
        machine.rowCount,
        machine.changeCount,
        machine.rowsRead(),
        machine.rowsWritten,
        machine.sortCount,
        recompilations);
  }

  /** Sets the counters but that of recompilations to 0. */
  public void resetCounters() {
    if (vdbe != null) {
      vdbe.resetCounters();
    }
    finalCounters = null;
  }

  /** Whether there was nothing but space and comments. */
  public boolean isEmpty() {
    return program == null;
  }

  /** The text of this statement alone. */
  public String sql() {
    return text.substring(offset, Math.min(tailOffset, text.length()));
  }

  /** Where in the text given the next statement starts, in UTF-16 code units. */
  public int tailOffset() {
    return tailOffset;
  }

  void checkNoTail() {
    for (int i = tailOffset; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != ';' && c != '\t' && c != '\n' && c != '\f' && c != '\r') {
        throw new LibsqlException(
            ResultCode.MISUSE, "more than one statement; use executeMultiple");
      }
    }
  }

  // ---- the end
  // ------------------------------------------------------------------------------------

  /** The connection that prepared it. */
  public Connection connection() {
    return connection;
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return closed;
  }

  /** Ends the execution and gives up the program. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    connection.lock().lock();
    try {
      if (!closed) {
        closed = true;
        resultCount = 0;
        connection.forget(this);
        giveUpMachine();
      }
    } finally {
      connection.lock().unlock();
    }
  }

  private void giveUpMachine() {
    Vdbe machine = vdbe;
    if (machine == null) {
      return;
    }
    ProgramCache.Entry next = origin;
    origin = null;
    try {
      machine.reset();
    } finally {
      finalCounters = counters();
      vdbe = null;
    }
    if (next != null) {
      next.keepMachine(machine);
    }
  }

  private void checkOpen() {
    connection.checkOpen();
    if (closed) {
      throw Misuse.of(connection, "statement is closed");
    }
  }
}
