package org.libsql4j.vdbe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.record.Mem;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.Trigger;
import org.libsql4j.vtab.IndexInfo;
import org.libsql4j.vtab.Module;
import org.libsql4j.vtab.RiskLevel;
import org.libsql4j.vtab.TableDefinition;
import org.libsql4j.vtab.VirtualCursor;
import org.libsql4j.vtab.VirtualTable;

/**
 * {@code bytecode(sql)} and {@code tables_used(sql)}: the program of a statement, and the tables
 * and indexes that it opens.
 *
 * <p>Source: <a href="https://www.sqlite.org/bytecodevtab.html">The bytecode() And tables_used()
 * Table-Valued Functions</a>.
 */
public final class BytecodeModule implements Module {
  private static final String BYTECODE =
      "CREATE TABLE x(addr INT, opcode TEXT, p1 INT, p2 INT, p3 INT, p4 TEXT, p5 INT,"
          + " comment TEXT, subprog TEXT, nexec INT, ncycle INT, stmt HIDDEN)";
  private static final String TABLES_USED =
      "CREATE TABLE x(type TEXT, schema TEXT, name TEXT, wr INT, subprog TEXT, stmt HIDDEN)";

  private final boolean tablesUsed;

  /**
   * @param tablesUsed whether this is tables_used and not bytecode
   */
  public BytecodeModule(boolean tablesUsed) {
    this.tablesUsed = tablesUsed;
  }

  @Override
  public Kind kind() {
    return Kind.EPONYMOUS_ONLY;
  }

  @Override
  public VirtualTable connect(TableDefinition definition) {
    definition.declare(tablesUsed ? TABLES_USED : BYTECODE);
    definition.setRiskLevel(RiskLevel.DIRECT_ONLY);
    return new Programs(definition.connection(), tablesUsed);
  }

  private static final class Programs implements VirtualTable {
    private final ConnectionState connection;
    private final boolean tablesUsed;

    Programs(ConnectionState connection, boolean tablesUsed) {
      this.connection = connection;
      this.tablesUsed = tablesUsed;
    }

    @Override
    public boolean bestIndex(IndexInfo info) {
      int statement = tablesUsed ? 5 : 11;
      for (int i = 0; i < info.constraints().size(); i++) {
        IndexInfo.Constraint constraint = info.constraints().get(i);
        if (constraint.usable()
            && constraint.operator() == IndexInfo.EQ
            && constraint.column() == statement) {
          info.use(i, 0, true);
          info.setEstimatedCost(100);
          info.setEstimatedRows(100);
          return true;
        }
      }
      return false;
    }

    @Override
    public VirtualCursor open() {
      return new ProgramCursor(connection, tablesUsed);
    }
  }

  private static final class ProgramCursor implements VirtualCursor {
    private final ConnectionState connection;
    private final boolean tablesUsed;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private final Mem statement = new Mem();
    private int at;

    ProgramCursor(ConnectionState connection, boolean tablesUsed) {
      this.connection = connection;
      this.tablesUsed = tablesUsed;
    }

    @Override
    public void filter(int indexNumber, @Nullable String indexText, Mem[] arguments) {
      rows.clear();
      at = 0;
      statement.copyFrom(arguments[0]);
      String sql = arguments[0].text();
      if (sql == null) {
        return;
      }
      CompiledStatement compiled = connection.compiler().compile(connection, sql, 0);
      List<Program> programs = new ArrayList<>();
      if (compiled.program() != null) {
        programs.add(compiled.program());
      }
      for (int i = 0; i < programs.size(); i++) {
        list(programs.get(i), programs);
      }
    }

    private void list(Program program, List<Program> programs) {
      String name = program.token() instanceof Trigger trigger ? trigger.name() : null;
      Op[] ops = program.ops();
      for (int address = 0; address < ops.length; address++) {
        Op op = ops[address];
        if (op.p4 instanceof Program sub && !programs.contains(sub)) {
          programs.add(sub);
        }
        if (tablesUsed) {
          opened(op, name);
        } else {
          rows.add(
              new @Nullable Object[] {
                address,
                Opcode.name(op.opcode),
                op.p1,
                op.p2,
                op.p3,
                P4Text.of(op),
                op.p5,
                op.comment,
                name,
                0,
                0
              });
        }
      }
    }

    /** Adds what an instruction opens, if it does. */
    private void opened(Op op, @Nullable String program) {
      boolean write = op.opcode == Opcode.OPEN_WRITE;
      if ((!write && op.opcode != Opcode.OPEN_READ) || (op.p5 & OpFlags.P2ISREG) != 0) {
        return;
      }
      AttachedDatabase database = connection.database(op.p3);
      for (Table table : database.schema().tables()) {
        if (table.rootPage == op.p2) {
          add("table", database.name(), table.name, write, program);
          return;
        }
      }
      for (Index index : database.schema().indexes()) {
        if (index.rootPage == op.p2) {
          add("index", database.name(), index.name, write, program);
          return;
        }
      }
    }

    private void add(
        String type, String database, String name, boolean write, @Nullable String program) {
      rows.add(new @Nullable Object[] {type, database, name, write ? 1 : 0, program});
    }

    @Override
    public void next() {
      at++;
    }

    @Override
    public boolean isAtEnd() {
      return at >= rows.size();
    }

    @Override
    public void column(int column, Mem result) {
      @Nullable Object[] row = rows.get(at);
      if (column >= row.length) {
        result.copyFrom(statement);
      } else if (row[column] instanceof Integer number) {
        result.setInteger(number);
      } else if (row[column] instanceof String text) {
        result.setText(text);
      }
    }

    @Override
    public long rowid() {
      return at;
    }
  }
}
