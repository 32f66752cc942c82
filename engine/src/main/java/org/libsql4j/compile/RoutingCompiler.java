package org.libsql4j.compile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.StatementCompiler;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteStatement;
import org.libsql4j.sql.ParseResult;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.vdbe.RemoteProgram;
import org.libsql4j.vdbe.ResultColumn;
import org.libsql4j.vtab.Module;

/** The compiler of a connection some of whose statements run on a server. */
public final class RoutingCompiler implements StatementCompiler {
  private final SqlCompiler local = new SqlCompiler();
  private final RemoteSession session;

  public RoutingCompiler(RemoteSession session) {
    this.session = session;
  }

  @Override
  public CompiledStatement compile(ConnectionState connection, String sql, int offset) {
    return compile(connection, sql, offset, null);
  }

  @Override
  public CompiledStatement compile(
      ConnectionState connection, String sql, int offset, Mem @Nullable [] bindings) {
    ParseResult parsed = SqlCompiler.parse(connection, sql, offset);
    Statement statement = parsed.statement();
    if (statement == null) {
      return new CompiledStatement(null, parsed.endOffset());
    }
    boolean localTransaction = !connection.autoCommit && session.isAutoCommit();
    if (session.runsHere(StatementClassifier.classify(statement), localTransaction)) {
      return local.compile(connection, sql, offset, bindings);
    }
    RemoteStatement prepared = session.prepare(parsed.text(), parsed.parameterNames());
    List<ResultColumn> columns = new ArrayList<>();
    for (RemoteStatement.Column column : prepared.columns()) {
      columns.add(new ResultColumn(column.name(), column.declaredType(), null, null, null));
    }
    return new CompiledStatement(
        RemoteProgram.of(session, prepared, columns, parsed.text(), parsed.parameterNames()),
        parsed.endOffset());
  }

  @Override
  public void executeNested(ConnectionState connection, String sql) {
    local.executeNested(connection, sql);
  }

  @Override
  public void loadMissingSchemas(ConnectionState connection) {
    local.loadMissingSchemas(connection);
  }

  @Override
  public boolean forgetStaleSchemas(ConnectionState connection) {
    return local.forgetStaleSchemas(connection);
  }

  @Override
  public void loadSchema(ConnectionState connection, int databaseIndex) {
    local.loadSchema(connection, databaseIndex);
  }

  @Override
  public void parseSchema(
      ConnectionState connection, int databaseIndex, @Nullable String condition, int flags) {
    local.parseSchema(connection, databaseIndex, condition, flags);
  }

  @Override
  public @Nullable Module findModule(String lowerCaseName) {
    return local.findModule(lowerCaseName);
  }

  @Override
  public String expandedSql(
      String sql, List<@Nullable String> names, Mem[] values, boolean nested) {
    return local.expandedSql(sql, names, values, nested);
  }

  @Override
  public void loadAnalysis(ConnectionState connection, int databaseIndex) {
    local.loadAnalysis(connection, databaseIndex);
  }

  @Override
  public void vacuum(ConnectionState connection, int databaseIndex, @Nullable String into) {
    local.vacuum(connection, databaseIndex, into);
  }
}
