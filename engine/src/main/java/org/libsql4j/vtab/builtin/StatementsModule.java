package org.libsql4j.vtab.builtin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.StatementInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.vtab.IndexInfo;
import org.libsql4j.vtab.Module;
import org.libsql4j.vtab.RiskLevel;
import org.libsql4j.vtab.TableDefinition;
import org.libsql4j.vtab.VirtualCursor;
import org.libsql4j.vtab.VirtualTable;

/**
 * {@code sqlite_stmt}: the prepared statements of the connection. Counters that are not kept are 0.
 *
 * <p>Source: <a href="https://www.sqlite.org/stmt.html">The SQLITE_STMT Virtual Table</a>.
 */
final class StatementsModule implements Module {
  private static final int RECOMPILATIONS = 8;

  @Override
  public Kind kind() {
    return Kind.EPONYMOUS_ONLY;
  }

  @Override
  public VirtualTable connect(TableDefinition definition) {
    definition.declare("CREATE TABLE x(sql,ncol,ro,busy,nscan,nsort,naidx,nstep,reprep,run,mem)");
    definition.setRiskLevel(RiskLevel.DIRECT_ONLY);
    return new Statements(definition.connection());
  }

  private static final class Statements implements VirtualTable {
    private final ConnectionState connection;

    Statements(ConnectionState connection) {
      this.connection = connection;
    }

    @Override
    public boolean bestIndex(IndexInfo info) {
      info.setEstimatedCost(500);
      info.setEstimatedRows(500);
      return true;
    }

    @Override
    public VirtualCursor open() {
      return new StatementCursor(connection);
    }
  }

  private static final class StatementCursor implements VirtualCursor {
    private final ConnectionState connection;
    private List<StatementInfo> statements = List.of();
    private int at;

    StatementCursor(ConnectionState connection) {
      this.connection = connection;
    }

    @Override
    public void filter(int indexNumber, @Nullable String indexText, Mem[] arguments) {
      statements = connection.statements();
      at = 0;
    }

    @Override
    public void next() {
      at++;
    }

    @Override
    public boolean isAtEnd() {
      return at >= statements.size();
    }

    @Override
    public void column(int column, Mem result) {
      StatementInfo statement = statements.get(at);
      switch (column) {
        case 0 -> result.setText(statement.sql());
        case 1 -> result.setInteger(statement.columnCount());
        case 2 -> result.setBoolean(statement.readOnly());
        case 3 -> result.setBoolean(statement.running());
        case RECOMPILATIONS -> result.setInteger(statement.recompilations());
        default -> result.setInteger(0);
      }
    }

    @Override
    public long rowid() {
      return at + 1L;
    }
  }
}
