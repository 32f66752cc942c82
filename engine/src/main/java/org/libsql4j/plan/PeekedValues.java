package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionContext;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.func.ScalarFunction;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Mem;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.sql.ast.UnaryOperator;
import org.libsql4j.vdbe.ParameterAssumption;

/**
 * The values of constants and parameters at the time when a statement is planned, and what was
 * concluded from those of parameters.
 *
 * <p>A statement is first planned before anything is bound. What the planner would have concluded
 * from values is noted nevertheless: once there are values, a conclusion that comes out differently
 * is the reason to plan again. The same goes for every later change of a value, so that a plan is
 * kept for all values that lead to it.
 */
public final class PeekedValues {
  /** The values of parameters by number, from 1; null if a value is not known yet. */
  interface Parameters {
    @Nullable Mem get(int number);
  }

  private final ConnectionState connection;
  private final Mem @Nullable [] bindings;
  private final boolean allowed;
  private List<ParameterAssumption> assumptions = List.of();

  /**
   * @param bindings the values of parameters, the first at 0; null if nothing is bound yet
   */
  public PeekedValues(ConnectionState connection, Mem @Nullable [] bindings) {
    this.connection = connection;
    this.bindings = bindings;
    this.allowed = !connection.isSet(ConnectionFlag.ENABLE_QPSG);
  }

  /** What was concluded from the values of parameters; each is checked before a run. */
  public List<ParameterAssumption> assumptions() {
    return List.copyOf(assumptions);
  }

  /**
   * Concludes something, and notes it if it depends on parameters.
   *
   * @param conclusion depends on nothing but its argument and what never changes; is computed again
   *     for other values after planning
   */
  <T extends @Nullable Object> T conclude(Function<Parameters, T> conclusion) {
    boolean[] asked = new boolean[1];
    T result =
        conclusion.apply(
            number -> {
              asked[0] = true;
              return value(bindings, number);
            });
    if (asked[0] && allowed) {
      if (assumptions.isEmpty()) {
        assumptions = new ArrayList<>();
      }
      assumptions.add(
          values -> Objects.equals(conclusion.apply(number -> value(values, number)), result));
    }
    return result;
  }

  private @Nullable Mem value(Mem @Nullable [] values, int number) {
    return !allowed || values == null || number > values.length ? null : values[number - 1];
  }

  /** The value of a parameter as a limit of rows, about; -1 if it is none. */
  public long limit(BoundExpr.Parameter parameter) {
    return conclude(
        parameters -> {
          Mem value = parameters.get(parameter.number());
          return value != null && value.type == Mem.INTEGER && value.integer >= 0
              ? bucket(value.integer)
              : -1L;
        });
  }

  /** Limits of a like size share a plan. */
  private static long bucket(long limit) {
    return limit <= 8 ? limit : Long.highestOneBit(limit);
  }

  /** The collation of this name. */
  Collation collation(String name) {
    return connection.collations().get(name);
  }

  /**
   * The value of a constant or a parameter, in a cell of its own; null if it is not known.
   *
   * @param affinity of what it will be compared with
   */
  @Nullable Mem value(BoundExpr expr, Affinity affinity, Parameters parameters) {
    BoundExpr inner = expr;
    while (inner instanceof BoundExpr.Collate collate) {
      inner = collate.operand();
    }
    Mem value;
    if (inner instanceof BoundExpr.Parameter parameter) {
      Mem bound = parameters.get(parameter.number());
      if (bound == null) {
        return null;
      }
      value = new Mem();
      value.copyFrom(bound);
    } else {
      value = constant(inner);
    }
    if (value != null) {
      value.applyAffinity(affinity, connection.encoding);
      value.changeEncoding(connection.encoding);
    }
    return value;
  }

  /**
   * The value of a literal, or of a cast, sign or deterministic function of literals. What the
   * function throws ends the planning.
   */
  private @Nullable Mem constant(BoundExpr expr) {
    Mem value = new Mem();
    if (expr instanceof BoundExpr.IntegerValue e) {
      value.setInteger(e.value());
    } else if (expr instanceof BoundExpr.RealValue e) {
      value.setReal(e.value());
    } else if (expr instanceof BoundExpr.TextValue e) {
      value.setText(e.value());
      value.changeEncoding(connection.encoding);
    } else if (expr instanceof BoundExpr.BlobValue e) {
      value.setBlobShared(e.value());
    } else if (expr instanceof BoundExpr.Collate e) {
      return constant(e.operand());
    } else if (expr instanceof BoundExpr.Unary e && e.operator() == UnaryOperator.PLUS) {
      return constant(e.operand());
    } else if (expr instanceof BoundExpr.Unary e && e.operator() == UnaryOperator.NEGATE) {
      return negated(constant(e.operand()));
    } else if (expr instanceof BoundExpr.Cast e) {
      Mem operand = constant(e.operand());
      if (operand != null) {
        operand.cast(e.affinity(), connection.encoding);
      }
      return operand;
    } else if (expr instanceof BoundExpr.Call e) {
      return result(e);
    } else if (!(expr instanceof BoundExpr.NullValue)) {
      return null;
    }
    return value;
  }

  private static @Nullable Mem negated(@Nullable Mem value) {
    if (value == null) {
      return null;
    }
    value.numerify();
    if (value.type == Mem.REAL) {
      value.setReal(-value.real);
    } else if (value.type == Mem.INTEGER && value.integer == Long.MIN_VALUE) {
      value.setReal(-(double) value.integer);
    } else if (value.type == Mem.INTEGER) {
      value.setInteger(-value.integer);
    }
    return value;
  }

  private @Nullable Mem result(BoundExpr.Call call) {
    ScalarFunction function = call.function().scalar();
    if (function == null
        || !call.function().has(Flag.DETERMINISTIC)
        || call.function().has(Flag.NEEDS_COLLATION)
        || call.function().has(Flag.INLINE)) {
      return null;
    }
    Mem[] arguments = new Mem[call.arguments().size()];
    for (int i = 0; i < arguments.length; i++) {
      Mem argument = constant(call.arguments().get(i));
      if (argument == null) {
        return null;
      }
      arguments[i] = argument;
    }
    FunctionContext context = new FunctionContext(connection, call.function());
    function.call(context, arguments);
    if (context.result().isTextOrBlob()
        && context.result().length > connection.limit(Limit.LENGTH)) {
      throw new LibsqlException(ResultCode.TOOBIG);
    }
    Mem result = new Mem();
    result.copyFrom(context.result());
    result.changeEncoding(connection.encoding);
    return result;
  }
}
