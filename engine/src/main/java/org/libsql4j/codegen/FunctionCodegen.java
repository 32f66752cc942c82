package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Collation;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;
import org.libsql4j.vdbe.PureCall;
import org.libsql4j.vtab.FunctionOverload;

/** Generates calls of scalar functions; some of them become code of their own. */
final class FunctionCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;

  FunctionCodegen(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
  }

  int code(BoundExpr.Call written, int target) {
    BoundExpr.Call call = overloaded(written);
    FunctionDefinition function = call.function();
    List<BoundExpr> arguments = call.arguments();
    if (function.has(Flag.INLINE)) {
      switch (function.name()) {
        case "coalesce", "ifnull" -> {
          coalesce(arguments, target);
          return target;
        }
        case "iif", "if" -> {
          return iif(arguments, target);
        }
        case "sqlite_offset" -> {
          offset(arguments.get(0), target);
          return target;
        }
        default -> {}
      }
    }
    if (function.has(Flag.UNLIKELY)) {
      return context.exprs().code(arguments.get(0), target);
    }
    boolean constant = context.canFactorConstants() && !arguments.isEmpty() && isOnce(call);
    if (constant) {
      int register = builder.newRegister();
      int once = builder.add(Opcode.ONCE);
      call(call, register);
      builder.jumpHere(once);
      return register;
    }
    call(call, target);
    return target;
  }

  /** What a virtual table puts in the place of a function of its columns. */
  private static BoundExpr.Call overloaded(BoundExpr.Call call) {
    List<BoundExpr> arguments = call.arguments();
    if (arguments.isEmpty()) {
      return call;
    }
    String name = call.function().name();
    boolean operator =
        arguments.size() >= 2
            && (name.equals("like")
                || name.equals("glob")
                || name.equals("match")
                || name.equals("regexp"));
    if (arguments.get(operator ? 1 : 0) instanceof BoundExpr.ColumnRef ref
        && ref.source().table.virtual != null) {
      FunctionOverload overload =
          ref.source().table.virtual.instance().table().findFunction(name, arguments.size());
      if (overload != null) {
        return new BoundExpr.Call(overload.function(), arguments);
      }
    }
    return call;
  }

  /** Whether the value is the same for the whole run, so that it is computed once. */
  private static boolean isOnce(BoundExpr.Call call) {
    return call.function().has(Flag.DETERMINISTIC) && BoundExprs.isConstant(call);
  }

  private void call(BoundExpr.Call call, int target) {
    FunctionDefinition function = call.function();
    List<BoundExpr> arguments = call.arguments();
    int first = arguments.isEmpty() ? 0 : builder.newRegisters(arguments.size());
    int mask = 0;
    for (int i = 0; i < arguments.size(); i++) {
      if (i < 31 && BoundExprs.isConstant(arguments.get(i))) {
        mask |= 1 << i;
      }
    }
    if (function.has(Flag.SUBTYPE)) {
      context.indexedExpressions().withSubtypes(() -> argumentsInto(function, arguments, first));
    } else {
      argumentsInto(function, arguments, first);
    }
    emitCollation(function, arguments);
    String place = context.purePlace;
    builder.add(
        place != null ? Opcode.PURE_FUNC : Opcode.FUNCTION,
        mask,
        first,
        target,
        place != null && function.has(Flag.SLOW_CHANGE) && !function.name().startsWith("current_")
            ? new PureCall(function, place)
            : function);
    builder.setP5(arguments.size());
    context.top().mayAbort = true;
  }

  private void argumentsInto(FunctionDefinition function, List<BoundExpr> arguments, int first) {
    context.exprs().codeArguments(arguments, first);
    if (arguments.size() == 1
        && arguments.get(0) instanceof BoundExpr.ColumnRef
        && builder.lastOp().opcode == Opcode.COLUMN
        && builder.lastOp().p3 == first) {
      if (function.has(Flag.TYPEOF)) {
        builder.setP5(builder.lastOp().p5 | OpFlags.TYPEOFARG);
      } else if (function.has(Flag.LENGTH)) {
        builder.setP5(builder.lastOp().p5 | OpFlags.LENGTHARG);
      } else if (function.has(Flag.BYTE_LENGTH)) {
        builder.setP5(builder.lastOp().p5 | OpFlags.BYTELENARG);
      }
    }
  }

  /** Announces the collation of the next function call, if the function cares. */
  void emitCollation(FunctionDefinition function, List<BoundExpr> arguments) {
    if (!function.has(Flag.NEEDS_COLLATION)) {
      return;
    }
    builder.add(Opcode.COLL_SEQ, 0, 0, 0, collation(arguments));
  }

  private Collation collation(List<BoundExpr> arguments) {
    @Nullable String name = null;
    for (BoundExpr argument : arguments) {
      String own = ExprTypes.collation(argument).name();
      if (own != null) {
        name = own;
        break;
      }
    }
    return context.collation(name);
  }

  /** Where in the file a column starts; NULL for everything else. */
  private void offset(BoundExpr argument, int target) {
    if (argument instanceof BoundExpr.ColumnRef ref && ref.column() >= 0) {
      RowLocation location = context.location(ref.source());
      if (location instanceof RowLocation.TableCursor row && !row.table.withoutRowid) {
        int column = row.table.storageIndex(ref.column());
        if (column >= 0 && ref.column() != row.table.rowidColumn) {
          builder.add(Opcode.OFFSET, row.cursor, column, target);
          return;
        }
      } else if (location instanceof RowLocation.CoveringIndex entry
          && entry.index.positionOf(ref.column()) >= 0) {
        builder.add(Opcode.OFFSET, entry.cursor, entry.index.positionOf(ref.column()), target);
        return;
      }
    }
    builder.add(Opcode.NULL, 0, target);
  }

  private void coalesce(List<BoundExpr> arguments, int target) {
    int end = builder.newLabel();
    int result = builder.newRegister();
    for (int i = 0; i < arguments.size(); i++) {
      context.exprs().codeCopy(arguments.get(i), result);
      if (i < arguments.size() - 1) {
        builder.add(Opcode.NOT_NULL, result, end);
      }
    }
    builder.resolve(end);
    builder.add(Opcode.S_COPY, result, target);
  }

  private int iif(List<BoundExpr> arguments, int target) {
    int pairs = arguments.size() / 2 * 2;
    BoundExpr otherwise = arguments.size() > pairs ? arguments.get(pairs) : null;
    return context
        .exprs()
        .code(new BoundExpr.Case(null, arguments.subList(0, pairs), otherwise), target);
  }
}
