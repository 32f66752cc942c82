package org.libsql4j.compile;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.codegen.SchemaVerifier;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.connection.StatementCompiler;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.plan.PlanWatcher;
import org.libsql4j.record.Mem;
import org.libsql4j.sql.ParameterText;
import org.libsql4j.sql.ParseResult;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ParserLimits;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.vdbe.Program;
import org.libsql4j.vtab.Module;
import org.libsql4j.vtab.builtin.BuiltInModules;

/** The compiler of a connection. */
public final class SqlCompiler implements StatementCompiler {
  /** How often a statement is compiled again because another connection changed the schema. */
  private static final int MAX_RETRIES = 10;

  private final LiteralPrograms likeOthers = new LiteralPrograms();

  @Override
  public CompiledStatement compile(ConnectionState connection, String sql, int offset) {
    return compile(connection, sql, offset, null);
  }

  @Override
  public CompiledStatement compile(
      ConnectionState connection, String sql, int offset, Mem @Nullable [] bindings) {
    boolean common = offset == 0 && bindings == null;
    CompiledStatement shared = common ? SharedPrograms.find(connection, sql) : null;
    if (shared != null) {
      return shared;
    }
    ParseResult parsed = parse(connection, sql, offset);
    CompiledStatement compiled = compile(connection, sql, parsed, bindings);
    Statement statement = parsed.statement();
    if (common && statement != null) {
      SharedPrograms.offer(connection, sql, statement, compiled);
    }
    return compiled;
  }

  /** Compiles a text for this connection alone, with nothing known of the values of parameters. */
  CompiledStatement compileAlone(ConnectionState connection, String sql) {
    return compile(connection, sql, parse(connection, sql, 0), null);
  }

  private CompiledStatement compile(
      ConnectionState connection, String sql, ParseResult parsed, Mem @Nullable [] bindings) {
    Statement statement = parsed.statement();
    if (statement == null) {
      return new CompiledStatement(null, parsed.endOffset());
    }
    for (int attempt = 0; ; attempt++) {
      try {
        Program program = new ProgramCompiler(connection, sql, parsed, bindings).compile(statement);
        return new CompiledStatement(program, parsed.endOffset());
      } catch (LibsqlException e) {
        // The error may come from a schema that another connection has changed since.
        if (attempt >= MAX_RETRIES || !isStale(connection, e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public @Nullable CompiledStatement compileLikeOthers(ConnectionState connection, String sql) {
    return likeOthers.find(this, connection, sql);
  }

  /**
   * Compiles a statement only to see what the planner is asked.
   *
   * @param planner told of it
   * @param strings told of names in double quotes that are strings
   * @throws LibsqlException what is wrong with the statement
   */
  public static void watch(
      ConnectionState connection, String sql, PlanWatcher planner, Consumer<Identifier> strings) {
    ParseResult parsed = parse(connection, sql, 0);
    Statement statement = parsed.statement();
    if (statement != null) {
      new ProgramCompiler(connection, sql, parsed, null)
          .watchedBy(planner, strings)
          .compile(statement);
    }
  }

  /** Parses the first statement from an offset on, within the connection's limits. */
  static ParseResult parse(ConnectionState connection, String sql, int offset) {
    return Parser.parseNext(sql, offset, limits(connection));
  }

  @Override
  public String expandedSql(
      String sql, List<@Nullable String> names, Mem[] values, boolean nested) {
    if (nested) {
      return ParameterText.asComment(sql);
    }
    if (values.length == 0) {
      return sql;
    }
    return ParameterText.replace(sql, names, number -> literal(values[number - 1]));
  }

  private static String literal(Mem value) {
    return switch (value.type) {
      case Mem.NULL -> "NULL";
      case Mem.TEXT -> "'" + String.valueOf(value.text()).replace("'", "''") + "'";
      case Mem.BLOB -> hexLiteral(value.toByteArray());
      default -> String.valueOf(value.text());
    };
  }

  private static String hexLiteral(byte @Nullable [] bytes) {
    StringBuilder out = new StringBuilder("x'");
    if (bytes != null) {
      for (byte b : bytes) {
        out.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
      }
    }
    return out.append('\'').toString();
  }

  private static ParserLimits limits(ConnectionState connection) {
    ParserLimits usual = ParserLimits.DEFAULT;
    return new ParserLimits(
        connection.limit(Limit.EXPR_DEPTH),
        connection.limit(Limit.VARIABLE_NUMBER),
        connection.limit(Limit.COLUMN),
        connection.limit(Limit.COMPOUND_SELECT),
        Math.min(connection.limit(Limit.FUNCTION_ARG), usual.functionArguments()),
        usual.nesting());
  }

  /** Whether an error may come from a schema that is not the file's any more; forgets it then. */
  private boolean isStale(ConnectionState connection, LibsqlException error) {
    ResultCode code = error.resultCode().primary();
    if (code != ResultCode.ERROR && code != ResultCode.SCHEMA) {
      return false;
    }
    return forgetStaleSchemas(connection);
  }

  @Override
  public boolean forgetStaleSchemas(ConnectionState connection) {
    boolean stale = false;
    for (AttachedDatabase database : connection.databases()) {
      Btree btree = database.btreeOrNull();
      if (btree != null && database.schema().loaded && cookie(btree) != database.schema().cookie) {
        database.schema().clear();
        stale = true;
      }
    }
    return stale;
  }

  private static int cookie(Btree btree) {
    if (btree.isInReadTransaction()) {
      return btree.getMeta(Btree.SCHEMA_VERSION);
    }
    btree.beginTransaction(false, false);
    try {
      return btree.getMeta(Btree.SCHEMA_VERSION);
    } finally {
      btree.setActiveReaderCount(0);
      btree.commit();
    }
  }

  @Override
  public void loadMissingSchemas(ConnectionState connection) {
    new SchemaLoader(connection).loadMissing();
  }

  @Override
  public void loadSchema(ConnectionState connection, int databaseIndex) {
    new SchemaLoader(connection).load(databaseIndex);
  }

  @Override
  public void parseSchema(
      ConnectionState connection, int databaseIndex, @Nullable String condition, int flags) {
    SchemaLoader loader = new SchemaLoader(connection);
    AttachedDatabase database = connection.database(databaseIndex);
    if (condition == null) {
      loader.setPhase(SchemaVerifier.Phase.ofFlag(flags));
      loader.load(databaseIndex);
    } else if (database.schema().loaded) {
      loader.readRows(databaseIndex, database.btree(), condition);
    }
  }

  @Override
  public @Nullable Module findModule(String lowerCaseName) {
    return BuiltInModules.find(lowerCaseName);
  }

  @Override
  public void loadAnalysis(ConnectionState connection, int databaseIndex) {
    new StatisticsLoader(connection, databaseIndex).load();
  }

  @Override
  public void executeNested(ConnectionState connection, String sql) {
    NestedStatements.execute(this, connection, sql);
  }

  @Override
  public void vacuum(ConnectionState connection, int databaseIndex, @Nullable String into) {
    new Vacuum(connection, databaseIndex).run(into);
  }
}
