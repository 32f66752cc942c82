package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.CompileEnvironment;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.Trigger;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.Update;
import org.libsql4j.vdbe.Op;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.Program;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * The triggers of one statement as programs of their own, which the instruction Program runs.
 *
 * <p>A trigger is compiled when the first call of it is generated, once for each conflict
 * resolution that the statement around imposes on it: an OR clause outside overrides those inside.
 * Calls inside of a trigger that is still being compiled (recursion) get their program when it is
 * there.
 *
 * <p>A program reads NEW and OLD with Param from the registers of its caller. The caller has both
 * rows side by side, each with the rowid first and then all columns in the order of the table:
 *
 * <pre>
 *   REGISTER                HOLDS
 *   first                   OLD.rowid
 *   first+1 ..              the columns of OLD
 *   first+1+columnCount     NEW.rowid
 *   first+2+columnCount ..  the columns of NEW
 * </pre>
 *
 * <p>For INSERT the first half, for DELETE the second need not exist. What a WITHOUT ROWID table
 * has in place of the rowid does not matter.
 *
 * <p>Whatever acts like a trigger can use this too: actions of foreign keys are {@link Trigger}
 * objects with a made-up definition. The same object must be given for the same action, since
 * programs are found by its identity.
 */
final class TriggerPrograms {
  /** One trigger under one conflict resolution. */
  private static final class Compiled {
    @Nullable Program program;

    /** Calls generated before the program was complete. */
    final List<Op> waiting = new ArrayList<>();
  }

  private final CodeContext top;
  private final Map<Trigger, Map<ConflictResolution, Compiled>> programs = new IdentityHashMap<>();

  TriggerPrograms(CodeContext top) {
    this.top = top;
  }

  /**
   * Generates the call of a trigger.
   *
   * @param context where the call is: the statement or another trigger
   * @param trigger of a table, view, or made up
   * @param table whose rows NEW and OLD are; for a view its shape
   * @param conflict resolution that overrides those in the trigger, or DEFAULT
   * @param firstRegister where the rows are, see above
   * @param ignoreLabel where RAISE(IGNORE) goes; 0 if there is none
   * @param recursive whether it runs even if it is running already, whatever the connection says
   */
  void call(
      CodeContext context,
      Trigger trigger,
      Table table,
      ConflictResolution conflict,
      int firstRegister,
      int ignoreLabel,
      boolean recursive) {
    Compiled compiled = compiled(context, trigger, table, conflict);
    ProgramBuilder builder = context.builder();
    int frame = builder.newRegister();
    builder.add(Opcode.PROGRAM, firstRegister, ignoreLabel, frame, compiled.program);
    boolean once = !recursive && !top.connection().isSet(ConnectionFlag.RECURSIVE_TRIGGERS);
    builder.setP5(once ? 1 : 0);
    builder.comment("Call: " + trigger.name() + "." + conflict.name().toLowerCase(Locale.ROOT));
    if (compiled.program == null) {
      compiled.waiting.add(builder.lastOp());
    }
  }

  private Compiled compiled(
      CodeContext caller, Trigger trigger, Table table, ConflictResolution conflict) {
    Map<ConflictResolution, Compiled> variants =
        programs.computeIfAbsent(trigger, t -> new EnumMap<>(ConflictResolution.class));
    Compiled known = variants.get(conflict);
    if (known != null) {
      return known;
    }
    Compiled compiled = new Compiled();
    variants.put(conflict, compiled);
    Program program;
    try {
      program = compile(caller, trigger, table, conflict);
    } catch (LibsqlException e) {
      // The place in the text of the trigger is none in the text of the statement.
      throw e.sqlOffset() < 0 ? e : new LibsqlException(e.resultCode(), e.getMessage(), e);
    }
    compiled.program = program;
    for (Op call : compiled.waiting) {
      call.p4 = program;
    }
    compiled.waiting.clear();
    return compiled;
  }

  private Program compile(
      CodeContext caller, Trigger trigger, Table table, ConflictResolution conflict) {
    CompileEnvironment environment = new CompileEnvironment(top.connection(), top.catalog());
    int database = top.catalog().databaseIndex(trigger.schema());
    environment.temporary = database == AttachedDatabase.TEMP;
    if (!environment.temporary) {
      environment.defaultSchema = top.catalog().entries().get(database).name();
    }
    environment.authorization().enter(trigger.name());
    CodeContext context = new CodeContext(top.connection(), environment, caller);
    context.setSource(trigger.sql());
    Scope scope = rows(context, trigger.definition().event(), table);
    context.resolver().enterTrigger(scope);
    ProgramBuilder builder = context.builder();
    int end = builder.newLabel();
    if (trigger.definition().when() != null) {
      BoundExpr when = context.resolver().exprs().scalar(trigger.definition().when(), scope);
      context.conditions().jumpIfFalse(when, end, true);
    }
    List<Statement> body = trigger.definition().body();
    List<String> texts = trigger.definition().bodyTexts();
    for (int i = 0; i < body.size(); i++) {
      if (!texts.isEmpty()) {
        builder.add(Opcode.TRACE, Integer.MAX_VALUE, 1, 0, "-- " + texts.get(i));
      }
      step(context, body.get(i), conflict);
    }
    builder.resolve(end);
    builder.add(Opcode.HALT);
    Op[] ops = builder.finishOps();
    if (!texts.isEmpty()) {
      ops[0].p4 = "-- TRIGGER " + trigger.name();
    }
    return new Program(
        ops,
        builder.registerCount(),
        builder.cursorCount(),
        List.of(),
        "",
        List.of(),
        false,
        0,
        false,
        false,
        List.of(),
        List.of(),
        false,
        trigger);
  }

  /** The scope of a trigger, with NEW and OLD. */
  static Scope rows(CodeContext context, CreateTrigger.Event event, Table table) {
    Scope scope = new Scope(null, null, null, Scope.Place.TRIGGER);
    if (event != CreateTrigger.Event.DELETE) {
      scope.pseudoSources.add(row(context, "new", table, table.columnCount() + 1));
    }
    if (event != CreateTrigger.Event.INSERT) {
      scope.pseudoSources.add(row(context, "old", table, 0));
    }
    return scope;
  }

  private static Source row(CodeContext context, String name, Table table, int firstParameter) {
    Source source = new Source(table, name, null, null);
    source.triggerRow = true;
    context.locate(source, new RowLocation.TriggerRow(table, firstParameter));
    return source;
  }

  private static void step(CodeContext context, Statement step, ConflictResolution outer) {
    boolean imposed = outer != ConflictResolution.DEFAULT;
    if (step instanceof Select select) {
      BoundSelect bound = context.resolver().resolve(select);
      context.selects().code(bound, new Destination.Discard());
    } else {
      if (step instanceof Insert insert) {
        InsertCodegen.step(context, insert, imposed ? outer : insert.conflict());
      } else if (step instanceof Update update) {
        UpdateCodegen.step(context, update, imposed ? outer : update.conflict());
      } else if (step instanceof Delete delete) {
        DeleteCodegen.step(context, delete);
      }
      context.builder().add(Opcode.RESET_COUNT);
    }
    context.resolver().leaveWith();
  }
}
