package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.func.Accumulator;
import org.libsql4j.func.AggregateFunction;
import org.libsql4j.func.FunctionContext;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.ScalarFunction;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Mem;

/** Function, PureFunc, AggStep, AggInverse, AggValue and AggFinal. */
final class FunctionOps {
  private FunctionOps() {}

  /** What one call in the program keeps: its context and its arguments' registers. */
  private static final class CallSite {
    final FunctionDefinition definition;
    final FunctionContext context;
    final Mem[] arguments;
    final @Nullable ScalarFunction scalar;

    /** Whether the function puts its result where it is wanted. */
    final boolean direct;

    /** Register of a CollSeq before the call: becomes 1 if min or max found no new extreme. */
    final @Nullable Mem skipLoad;

    /** The accumulator of the last step, most likely that of the next. */
    @Nullable Accumulator accumulator;

    CallSite(Vdbe vdbe, Op op, @Nullable Op before, int firstArgument) {
      definition = definition(op);
      scalar = definition.scalar();
      int count = argumentCount(op, definition);
      arguments = new Mem[count];
      System.arraycopy(vdbe.mem, firstArgument, arguments, 0, count);
      direct = scalar != null && (op.p3 < firstArgument || op.p3 >= firstArgument + count);
      Mem result = direct ? vdbe.mem[op.p3] : new Mem();
      context = new FunctionContext(vdbe.connection, definition, result);
      if (op.p4 instanceof PureCall pure) {
        context.setPurePlace(pure.place());
      }
      Mem extreme = null;
      if (before != null && before.opcode == Opcode.COLL_SEQ) {
        if (before.p4 instanceof Collation collation) {
          context.setCollation(collation);
        }
        extreme = before.p1 == 0 ? null : vdbe.mem[before.p1];
      }
      skipLoad = extreme;
    }
  }

  /** The context of a call that has been made before; null if it has not. */
  static @Nullable FunctionContext knownContext(Vdbe vdbe, int address) {
    return vdbe.frame.sites[address] instanceof CallSite site ? site.context : null;
  }

  static FunctionDefinition definition(Op op) {
    if (op.p4 instanceof FunctionDefinition definition) {
      return definition;
    }
    if (op.p4 instanceof PureCall pure) {
      return pure.function();
    }
    throw Vdbe.internalError(Opcode.name(op.opcode) + " without function");
  }

  /** P5 counts the arguments of functions that take any number. */
  static int argumentCount(Op op, FunctionDefinition definition) {
    return definition.argumentCount() >= 0 ? definition.argumentCount() : op.p5;
  }

  private static CallSite site(Vdbe vdbe, Op op, int address, int firstArgument) {
    Object known = vdbe.frame.sites[address];
    if (known instanceof CallSite site) {
      return site;
    }
    Op before = address > 0 ? vdbe.op(address - 1) : null;
    CallSite site = new CallSite(vdbe, op, before, firstArgument);
    vdbe.frame.sites[address] = site;
    return site;
  }

  /** Function, PureFunc: r[P3] is the result. */
  static void call(Vdbe vdbe, Op op, int address) {
    CallSite site = site(vdbe, op, address, op.p2);
    FunctionContext context = site.context;
    ScalarFunction scalar = site.scalar;
    if (scalar == null) {
      throw Vdbe.internalError(site.definition.name() + " is not a scalar function");
    }
    Mem result = context.result();
    result.setNull();
    context.setStatementTimeMillis(vdbe.statementTimeMillis);
    scalar.call(context, site.arguments);
    if (!site.direct) {
      store(vdbe, result, vdbe.mem[op.p3]);
    } else if (result.type >= Mem.TEXT) {
      check(vdbe, result);
    }
  }

  private static void store(Vdbe vdbe, Mem result, Mem target) {
    if (result.type >= Mem.TEXT) {
      check(vdbe, result);
      target.moveFrom(result);
    } else {
      target.copyFrom(result);
    }
  }

  /** A text or blob that a function has made must not be too long, and has a certain encoding. */
  private static void check(Vdbe vdbe, Mem result) {
    ValueOps.checkLength(vdbe, result.type == Mem.OBJECT ? 0 : result.length);
    result.changeEncoding(vdbe.connection.encoding);
    if (result.type == Mem.BLOB && result.encoding != vdbe.connection.encoding) {
      result.encoding = vdbe.connection.encoding;
    }
  }

  /** AggStep: takes a row into the accumulator in r[P3]. */
  static void step(Vdbe vdbe, Op op, int address) {
    CallSite site = site(vdbe, op, address, op.p2);
    Mem register = vdbe.mem[op.p3];
    Accumulator accumulator = site.accumulator;
    if (accumulator == null || register.object != accumulator || register.type != Mem.OBJECT) {
      accumulator = accumulator(register, site.definition);
      site.accumulator = accumulator;
    }
    FunctionContext context = site.context;
    context.setStatementTimeMillis(vdbe.statementTimeMillis);
    if (op.opcode == Opcode.AGG_STEP1 && op.p1 != 0) {
      accumulator.inverse(context, site.arguments);
      return;
    }
    accumulator.step(context, site.arguments);
    if (site.skipLoad != null && context.takeSkipAccumulatorLoad()) {
      site.skipLoad.setInteger(1);
    }
  }

  /** AggInverse: takes a row out of the accumulator in r[P3]. */
  static void inverse(Vdbe vdbe, Op op, int address) {
    CallSite site = site(vdbe, op, address, op.p2);
    accumulator(vdbe.mem[op.p3], site.definition).inverse(site.context, site.arguments);
  }

  /** AggValue: r[P3] becomes the value so far. */
  static void value(Vdbe vdbe, Op op, int address) {
    FunctionContext context = resultContext(vdbe, op, address);
    accumulator(vdbe.mem[op.p1], context.definition()).value(context);
    store(vdbe, context.result(), vdbe.mem[op.p3]);
  }

  /** AggFinal: r[P1] becomes the final value. */
  static void finish(Vdbe vdbe, Op op, int address) {
    FunctionContext context = resultContext(vdbe, op, address);
    Mem register = vdbe.mem[op.p1];
    accumulator(register, context.definition()).finish(context);
    register.setNull();
    store(vdbe, context.result(), register);
  }

  private static FunctionContext resultContext(Vdbe vdbe, Op op, int address) {
    FunctionContext context;
    if (vdbe.frame.sites[address] instanceof FunctionContext known) {
      context = known;
    } else {
      context = new FunctionContext(vdbe.connection, definition(op));
      vdbe.frame.sites[address] = context;
    }
    context.result().setNull();
    return context;
  }

  private static Accumulator accumulator(Mem register, FunctionDefinition definition) {
    if (register.type == Mem.OBJECT && register.object instanceof Accumulator running) {
      return running;
    }
    AggregateFunction aggregate = definition.aggregate();
    if (aggregate == null) {
      throw Vdbe.internalError(definition.name() + " is not an aggregate function");
    }
    Accumulator fresh = aggregate.newAccumulator();
    register.setObject(fresh);
    return fresh;
  }
}
