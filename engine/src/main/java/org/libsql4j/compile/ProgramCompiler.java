package org.libsql4j.compile;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.codegen.CodeContext;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.plan.PlanWatcher;
import org.libsql4j.record.Mem;
import org.libsql4j.resolve.CompileEnvironment;
import org.libsql4j.sql.ParseResult;
import org.libsql4j.sql.ast.Explain;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.vdbe.Op;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.Program;
import org.libsql4j.vdbe.ProgramBuilder;

/** Makes the program of one parsed statement. */
final class ProgramCompiler {
  private final ConnectionState connection;
  private final String source;
  private final ParseResult parsed;
  private final Mem @Nullable [] bindings;
  private @Nullable PlanWatcher planWatcher;
  private @Nullable Consumer<Identifier> stringListener;

  /**
   * @param source the text that the offsets in the tree count from
   * @param bindings the values of the parameters; null if they are not known
   */
  ProgramCompiler(
      ConnectionState connection, String source, ParseResult parsed, Mem @Nullable [] bindings) {
    this.bindings = bindings;
    this.connection = connection;
    this.source = source;
    this.parsed = parsed;
  }

  /**
   * @param planner told what the planner is asked
   * @param strings told of names in double quotes that are strings
   */
  ProgramCompiler watchedBy(PlanWatcher planner, Consumer<Identifier> strings) {
    planWatcher = planner;
    stringListener = strings;
    return this;
  }

  Program compile(Statement statement) {
    CompileEnvironment environment = new CompileEnvironment(connection, connection.catalog());
    CodeContext context = new CodeContext(connection, environment, null);
    context.setSource(source);
    context.setBindings(bindings);
    context.setPlanWatcher(planWatcher);
    environment.stringListener = stringListener;
    ProgramBuilder builder = context.builder();
    int explain = 0;
    Statement inner = statement;
    if (statement instanceof Explain e) {
      explain = e.queryPlan() ? 2 : 1;
      builder.queryPlanWanted = e.queryPlan();
      inner = e.statement();
    }
    new StatementDispatcher(context, parsed.parameterCount()).code(inner);
    context.finish();
    Op[] ops = builder.finishOps();
    return new Program(
        ops,
        builder.registerCount(),
        builder.cursorCount(),
        List.copyOf(context.resultColumns),
        parsed.text(),
        parsed.parameterNames(),
        explain != 0 || isReadOnly(ops),
        explain,
        context.multiWrite && context.mayAbort,
        context.countsChanges,
        builder.queryPlan(),
        context.peekedValues().assumptions(),
        bindings != null,
        null);
  }

  private static boolean isReadOnly(Op[] ops) {
    for (Op op : ops) {
      switch (op.opcode) {
        case Opcode.TRANSACTION -> {
          if (op.p2 != 0) {
            return false;
          }
        }
        case Opcode.VACUUM, Opcode.JOURNAL_MODE, Opcode.CHECKPOINT -> {
          return false;
        }
        default -> {}
      }
    }
    return true;
  }
}
