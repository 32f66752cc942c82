package org.libsql4j.codegen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Authorization;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.plan.PeekedValues;
import org.libsql4j.plan.PlanWatcher;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.CompileEnvironment;
import org.libsql4j.resolve.SelectResolver;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Catalog;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;
import org.libsql4j.vdbe.ResultColumn;

/**
 * What the generators share while they make one program: instructions, where rows and known values
 * are, constants, and which databases are used. SQLite calls it Parse.
 */
public final class CodeContext {
  private static final int FEW_SOURCES = 4;

  private final ConnectionState connection;
  private final CompileEnvironment environment;
  private final SelectResolver resolver;
  private final ProgramBuilder builder = new ProgramBuilder();
  private final @Nullable CodeContext outer;
  private final ExprCodegen exprs;
  private final ConditionCodegen conditions;
  private final SelectCodegen selects;
  private final GeneratedColumns generatedColumns;
  private final SchemaExpressions schemaExpressions;

  private final Map<Source, RowLocation> locations = new IdentityHashMap<>(FEW_SOURCES);
  private final Map<BoundExpr, Integer> knownValues = new HashMap<>();
  private final Map<BoundExpr, Integer> constants = new LinkedHashMap<>();
  private final BitSet readDatabases = new BitSet();
  private final BitSet writtenDatabases = new BitSet();
  private final List<Runnable> initialisations = new ArrayList<>();

  private PeekedValues peekedValues;

  private boolean finishing;
  private @Nullable PlanWatcher planWatcher;

  /** The programs of triggers; only in the context of the statement itself. */
  private @Nullable TriggerPrograms triggerPrograms;

  /** Those used first are last, which is the order in which SQLite writes them. */
  private final ArrayDeque<Autoincrement> autoincrements = new ArrayDeque<>();

  /** The RETURNING clause of the statement, or null. */
  @Nullable Returning returning;

  private @Nullable ChangeCount changeCount;

  private @Nullable ForeignKeyActions foreignKeyActions;

  /** Whether the statement may change more than one row before it fails. */
  public boolean multiWrite;

  /** Whether the statement may fail after it has changed something. */
  public boolean mayAbort;

  /** The result columns of the statement. */
  public final List<ResultColumn> resultColumns = new ArrayList<>();

  /**
   * Whether a DROP TABLE is deleting the rows: no triggers then, and no errors about foreign keys
   * that lead to nothing.
   */
  public boolean droppingTable;

  /** Whether changes() reports what the statement does. */
  public boolean countsChanges;

  private final IndexedExpressions indexedExpressions;

  /** The text that the offsets in the syntax tree count from. */
  private String source = "";

  /** What needs that function calls always give the same result; null outside of such places. */
  public @Nullable String purePlace;

  /** Estimated number of runs of the loops that are open, as LogEst. */
  int loopRuns;

  /** The id of the EXPLAIN QUERY PLAN row under which new ones are put. */
  public int planParent;

  public CodeContext(
      ConnectionState connection, CompileEnvironment environment, @Nullable CodeContext outer) {
    this.connection = connection;
    this.environment = environment;
    this.resolver = new SelectResolver(environment);
    this.outer = outer;
    this.exprs = new ExprCodegen(this);
    this.conditions = new ConditionCodegen(this);
    this.selects = new SelectCodegen(this);
    this.generatedColumns = new GeneratedColumns(this);
    this.schemaExpressions = new SchemaExpressions(this);
    this.indexedExpressions = new IndexedExpressions(this);
    this.peekedValues = new PeekedValues(connection, null);
    builder.add(Opcode.INIT, 0, 1);
  }

  public ConnectionState connection() {
    return connection;
  }

  public CompileEnvironment environment() {
    return environment;
  }

  public Catalog catalog() {
    return environment.catalog();
  }

  public SelectResolver resolver() {
    return resolver;
  }

  public ProgramBuilder builder() {
    return builder;
  }

  public ExprCodegen exprs() {
    return exprs;
  }

  public ConditionCodegen conditions() {
    return conditions;
  }

  public SelectCodegen selects() {
    return selects;
  }

  public GeneratedColumns generatedColumns() {
    return generatedColumns;
  }

  /** Who is told of what the planner is asked, for the programs of triggers too. */
  @Nullable PlanWatcher planWatcher() {
    return top().planWatcher;
  }

  public void setPlanWatcher(@Nullable PlanWatcher watcher) {
    planWatcher = watcher;
  }

  public void setSource(String source) {
    this.source = source;
  }

  /** A name as it was written, with its quotes: what messages with "near" and "exists" show. */
  public String written(Identifier name) {
    boolean inText = name.offset() >= 0 && name.length() > 0 && name.end() <= source.length();
    return inText ? source.substring(name.offset(), name.end()) : name.name();
  }

  IndexedExpressions indexedExpressions() {
    return indexedExpressions;
  }

  /** What the planner may know of values. */
  public PeekedValues peekedValues() {
    return peekedValues;
  }

  /** Lets the planner see values of parameters, the first at 0. */
  public void setBindings(Mem @Nullable [] bindings) {
    if (bindings != null) {
      peekedValues = new PeekedValues(connection, bindings);
    }
  }

  public SchemaExpressions schemaExpressions() {
    return schemaExpressions;
  }

  /** The context of the statement itself: this one, or the one that a trigger belongs to. */
  public CodeContext top() {
    return outer == null ? this : outer.top();
  }

  public boolean isTrigger() {
    return outer != null;
  }

  /** The programs of the triggers that the statement fires. */
  TriggerPrograms triggerPrograms() {
    CodeContext top = top();
    TriggerPrograms programs = top.triggerPrograms;
    if (programs == null) {
      programs = new TriggerPrograms(top);
      top.triggerPrograms = programs;
    }
    return programs;
  }

  /**
   * The upkeep of a table's greatest rowid ever, in registers of the statement itself; null if the
   * table has no AUTOINCREMENT.
   */
  @Nullable Autoincrement autoincrement(Table table) {
    CodeContext top = top();
    for (Autoincrement known : top.autoincrements) {
      if (known.table() == table) {
        return known;
      }
    }
    Autoincrement created = Autoincrement.of(top, table);
    if (created != null) {
      top.autoincrements.addFirst(created);
    }
    return created;
  }

  /** The actions of foreign keys that the statement may need. */
  ForeignKeyActions foreignKeyActions() {
    CodeContext top = top();
    ForeignKeyActions actions = top.foreignKeyActions;
    if (actions == null) {
      actions = new ForeignKeyActions();
      top.foreignKeyActions = actions;
    }
    return actions;
  }

  /** Begins to count changed rows if PRAGMA count_changes wants to have them as result. */
  ChangeCount countChanges(String name) {
    if (isTrigger() || returning != null || !connection.isSet(ConnectionFlag.COUNT_CHANGES)) {
      return ChangeCount.none();
    }
    ChangeCount count = ChangeCount.begin(this, name);
    changeCount = count;
    return count;
  }

  /** Ends the body of a statement that changes rows. */
  void endChange() {
    for (Autoincrement autoincrement : autoincrements) {
      autoincrement.end();
    }
    if (returning != null) {
      returning.output();
    }
    if (changeCount != null) {
      changeCount.end();
    }
    builder.add(Opcode.HALT);
  }

  // ---- rows and values
  // ---------------------------------------------------------------------------

  /** Says where the rows of a source are from now on. */
  public void locate(Source source, RowLocation location) {
    locations.put(source, location);
  }

  /** Where the rows of a source are. */
  public RowLocation location(Source source) {
    RowLocation location = locations.get(source);
    if (location == null) {
      throw new IllegalStateException("source without cursor: " + source);
    }
    return location;
  }

  public @Nullable RowLocation locationOrNull(Source source) {
    return locations.get(source);
  }

  /** Says that an expression's value is in a register; later occurrences are read from there. */
  public void know(BoundExpr expr, int register) {
    knownValues.put(expr, register);
  }

  public @Nullable Integer known(BoundExpr expr) {
    return knownValues.isEmpty() ? null : knownValues.get(expr);
  }

  /** The values known now, to be restored with {@link #restoreKnown}. */
  public Map<BoundExpr, Integer> saveKnown() {
    return new HashMap<>(knownValues);
  }

  public void restoreKnown(Map<BoundExpr, Integer> saved) {
    knownValues.clear();
    knownValues.putAll(saved);
  }

  /** A register that holds a constant from the start of the program on. */
  public int constantRegister(BoundExpr constant) {
    Integer known = constants.get(constant);
    if (known == null) {
      known = builder.newRegister();
      constants.put(constant, known);
    }
    return known;
  }

  /** Puts a constant into a register at the start of the program; nothing else may write to it. */
  void constantInto(BoundExpr constant, int register) {
    initialise(() -> exprs.codeInto(constant, register));
  }

  /** Whether constants may be moved to the start: not in triggers, which have no such place. */
  public boolean canFactorConstants() {
    return outer == null && !finishing;
  }

  /** Adds code to the start of the program. */
  public void initialise(Runnable code) {
    initialisations.add(code);
  }

  /** Generates code in which function calls must always give the same result. */
  void inPurePlace(String place, Runnable code) {
    String outer = purePlace;
    purePlace = place;
    try {
      code.run();
    } finally {
      purePlace = outer;
    }
  }

  /** Asks the authorizer; see {@link Authorization#allows}. */
  public boolean allows(
      int action, @Nullable String first, @Nullable String second, @Nullable String database) {
    return environment.authorization().allows(action, first, second, database);
  }

  /** Asks the authorizer for an action on a database by its number. */
  public boolean allows(int action, @Nullable String first, @Nullable String second, int database) {
    return environment.authorization().allows(action, first, second, database);
  }

  // ---- databases
  // -----------------------------------------------------------------------------------

  /** The database will be read: its schema must be the one compiled against. */
  public void useDatabase(int index) {
    top().readDatabases.set(index);
  }

  /** The database will be written. */
  public void writeDatabase(int index, boolean manyRows) {
    CodeContext top = top();
    top.readDatabases.set(index);
    top.writtenDatabases.set(index);
    top.multiWrite |= manyRows;
  }

  /** Number of the database that a table belongs to. */
  public int databaseIndex(Table table) {
    return catalog().databaseIndex(table.schema);
  }

  public Collation collation(@Nullable String name) {
    return connection.collations().get(name == null ? "BINARY" : name);
  }

  /** How entries of an index compare. */
  public KeyInfo keyInfo(Index index) {
    return KeyInfos.of(this, index);
  }

  /** The default of a column as P4 of Column, for rows that were written before it was added. */
  public @Nullable Object defaultOf(Column column) {
    return ColumnDefaults.constant(this, column);
  }

  /**
   * Ends the program: the part that Init jumps to, with transactions and constants. The body must
   * end before with Halt.
   */
  public void finish() {
    if (!readDatabases.isEmpty() || !constants.isEmpty() || !initialisations.isEmpty()) {
      builder.jumpHere(0);
      // Constants inside of constants are computed in place: nothing may be added any more.
      finishing = true;
      for (int database = readDatabases.nextSetBit(0);
          database >= 0;
          database = readDatabases.nextSetBit(database + 1)) {
        Schema schema = catalog().entries().get(database).schema();
        builder.add(
            Opcode.TRANSACTION,
            database,
            writtenDatabases.get(database) ? 1 : 0,
            schema.cookie,
            schema.generation);
        builder.setP5(1);
      }
      for (Runnable code : initialisations) {
        code.run();
      }
      for (Map.Entry<BoundExpr, Integer> constant : new ArrayList<>(constants.entrySet())) {
        exprs.codeInto(constant.getKey(), constant.getValue());
      }
      builder.add(Opcode.GOTO, 0, 1);
    }
  }
}
