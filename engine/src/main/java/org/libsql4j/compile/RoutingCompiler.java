package org.libsql4j.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.StatementCompiler;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteStatement;
import org.libsql4j.spi.RemoteText;
import org.libsql4j.sql.ParameterText;
import org.libsql4j.sql.ParseResult;
import org.libsql4j.sql.ast.Explain;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.TransactionStatement;
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
    if (runsHere(connection, statement)) {
      return local.compile(connection, sql, offset, bindings);
    }
    RemoteText text = remoteText(parsed, statement, session.isRemoteOnly());
    RemoteStatement prepared = prepare(connection, text);
    List<ResultColumn> columns = new ArrayList<>();
    for (RemoteStatement.Column column : prepared.columns()) {
      columns.add(new ResultColumn(column.name(), column.declaredType(), null, null, null));
    }
    return new CompiledStatement(
        RemoteProgram.of(
            new RemoteProgram.Target(session, prepared, savepointEffect(statement)),
            columns,
            text,
            parsed.parameterNames(),
            explainMode(statement),
            StatementClassifier.changesRows(statement)),
        parsed.endOffset());
  }

  /** A server that is lost takes its transaction with it. */
  private RemoteStatement prepare(ConnectionState connection, RemoteText text) {
    boolean wasInTransaction = !session.isAutoCommit();
    try {
      return session.prepare(text);
    } finally {
      if (wasInTransaction && session.isAutoCommit()) {
        connection.autoCommit = true;
        connection.recompileStatements();
      }
    }
  }

  private static RemoteText remoteText(
      ParseResult parsed, Statement statement, boolean isRemoteOnly) {
    boolean mixed = isRemoteOnly && mixesParameters(parsed.parameterNames());
    return new RemoteText(
        mixed ? withNumbers(parsed) : parsed.text(),
        mixed ? nulls(parsed.parameterCount()) : parsed.parameterNames(),
        StatementClassifier.classify(statement),
        StatementClassifier.mayReturnRows(statement),
        StatementClassifier.isReadOnly(statement));
  }

  /**
   * The only statement of a text, for the server of a remote database; null if it is none, or not
   * for the server, or not the only one.
   *
   * @throws org.libsql4j.error.LibsqlException what is wrong with it
   */
  public static @Nullable RemoteText remoteText(ConnectionState connection, String sql) {
    ParseResult parsed = SqlCompiler.parse(connection, sql, 0);
    Statement statement = parsed.statement();
    boolean isOnly =
        parsed.endOffset() >= sql.length()
            || SqlCompiler.parse(connection, sql, parsed.endOffset()).statement() == null;
    return statement == null || !isOnly || StatementClassifier.isPragmaOfClient(statement)
        ? null
        : remoteText(parsed, statement, true);
  }

  /** Takes over from a remote database whether a transaction is open. */
  public static void followTransaction(ConnectionState connection, RemoteSession session) {
    RemoteProgram.followTransaction(connection, session, "");
  }

  /** Servers take values by place or by name, not both for one statement. */
  private static boolean mixesParameters(List<@Nullable String> names) {
    boolean named = false;
    boolean placed = false;
    for (String name : names) {
      boolean isName = name != null && !name.startsWith("?");
      named |= isName;
      placed |= !isName;
    }
    return named && placed;
  }

  private static String withNumbers(ParseResult parsed) {
    return ParameterText.replace(parsed.text(), parsed.parameterNames(), number -> "?" + number);
  }

  private static List<@Nullable String> nulls(int count) {
    return Collections.nCopies(count, null);
  }

  private boolean runsHere(ConnectionState connection, Statement statement) {
    if (session.isRemoteOnly()) {
      return StatementClassifier.isPragmaOfClient(statement);
    }
    boolean localTransaction = !connection.autoCommit && session.isAutoCommit();
    return session.runsHere(StatementClassifier.classify(statement), localTransaction);
  }

  private static int explainMode(Statement statement) {
    if (statement instanceof Explain explain) {
      return explain.queryPlan() ? 2 : 1;
    }
    return 0;
  }

  private static RemoteProgram.@Nullable SavepointEffect savepointEffect(Statement statement) {
    if (statement instanceof TransactionStatement.Savepoint savepoint) {
      return new RemoteProgram.SavepointEffect(savepoint.name().name(), true);
    }
    if (statement instanceof TransactionStatement.Release release) {
      return new RemoteProgram.SavepointEffect(release.name().name(), false);
    }
    return null;
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
