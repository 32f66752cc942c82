package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.UnaryOperator;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates code that computes expressions into registers. */
public final class ExprCodegen {
  private static final Map<BinaryOperator, Integer> OPCODES = new EnumMap<>(BinaryOperator.class);

  static {
    OPCODES.put(BinaryOperator.AND, Opcode.AND);
    OPCODES.put(BinaryOperator.OR, Opcode.OR);
    OPCODES.put(BinaryOperator.EQ, Opcode.EQ);
    OPCODES.put(BinaryOperator.IS, Opcode.EQ);
    OPCODES.put(BinaryOperator.NE, Opcode.NE);
    OPCODES.put(BinaryOperator.IS_NOT, Opcode.NE);
    OPCODES.put(BinaryOperator.LT, Opcode.LT);
    OPCODES.put(BinaryOperator.LE, Opcode.LE);
    OPCODES.put(BinaryOperator.GT, Opcode.GT);
    OPCODES.put(BinaryOperator.GE, Opcode.GE);
    OPCODES.put(BinaryOperator.BIT_AND, Opcode.BIT_AND);
    OPCODES.put(BinaryOperator.BIT_OR, Opcode.BIT_OR);
    OPCODES.put(BinaryOperator.SHIFT_LEFT, Opcode.SHIFT_LEFT);
    OPCODES.put(BinaryOperator.SHIFT_RIGHT, Opcode.SHIFT_RIGHT);
    OPCODES.put(BinaryOperator.ADD, Opcode.ADD);
    OPCODES.put(BinaryOperator.SUBTRACT, Opcode.SUBTRACT);
    OPCODES.put(BinaryOperator.MULTIPLY, Opcode.MULTIPLY);
    OPCODES.put(BinaryOperator.DIVIDE, Opcode.DIVIDE);
    OPCODES.put(BinaryOperator.REMAINDER, Opcode.REMAINDER);
    OPCODES.put(BinaryOperator.CONCAT, Opcode.CONCAT);
  }

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final FunctionCodegen functions;

  ExprCodegen(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
    this.functions = new FunctionCodegen(context);
  }

  /** Computes an expression; its value is in {@code target} afterwards. */
  public void codeInto(BoundExpr expr, int target) {
    int register = code(expr, target);
    if (register != target) {
      builder.add(Opcode.S_COPY, register, target);
    }
  }

  /** Like {@link #codeInto}, but the value stays when the source register changes. */
  public void codeCopy(BoundExpr expr, int target) {
    int register = code(expr, target);
    if (register != target) {
      builder.add(Opcode.COPY, register, target);
    }
  }

  /** Computes expressions into consecutive registers. */
  public void codeList(List<BoundExpr> list, int first) {
    for (int i = 0; i < list.size(); i++) {
      codeCopy(list.get(i), first + i);
    }
  }

  /**
   * Computes the arguments of a function into consecutive registers that nobody else writes to:
   * constants are put there once, at the start of the program.
   */
  void codeArguments(List<BoundExpr> list, int first) {
    for (int i = 0; i < list.size(); i++) {
      BoundExpr argument = list.get(i);
      if (context.canFactorConstants() && isFactored(argument) && context.known(argument) == null) {
        context.constantInto(argument, first + i);
      } else {
        codeCopy(argument, first + i);
      }
    }
  }

  /**
   * Like {@link #codeList}, for registers that nothing but a ResultRow reads: what is nothing but a
   * column of a table need not be read before somebody asks for it.
   */
  public void codeResult(List<BoundExpr> list, int first) {
    for (int i = 0; i < list.size(); i++) {
      int start = builder.currentAddress();
      codeCopy(list.get(i), first + i);
      boolean isColumn =
          builder.currentAddress() == start + 1
              && builder.lastOp().opcode == Opcode.COLUMN
              && builder.lastOp().p3 == first + i;
      if (isColumn) {
        builder.onlyForResult();
      }
    }
  }

  /**
   * Computes an expression for reading: constants come from registers that are set once.
   *
   * @param temporary a register that may be used
   * @return where the value is; must not be written to
   */
  public int codeOperand(BoundExpr expr, int temporary) {
    if (context.canFactorConstants() && isFactored(expr)) {
      return context.constantRegister(expr);
    }
    return code(expr, temporary);
  }

  private static boolean isFactored(BoundExpr expr) {
    return BoundExprs.isConstantWithoutCalls(expr);
  }

  /**
   * Computes an expression.
   *
   * @param target a register that may be used
   * @return where the value is: the target, or a register that must not be written to
   */
  public int code(BoundExpr expr, int target) {
    Integer known = context.known(expr);
    if (known != null) {
      return known;
    }
    if (context.indexedExpressions().load(expr, target)) {
      return target;
    }
    if (expr instanceof BoundExpr.ColumnRef e) {
      return context.location(e.source()).load(context, e.column(), target);
    } else if (expr instanceof BoundExpr.Register e) {
      return e.register();
    } else if (expr instanceof BoundExpr.Binary e) {
      return binary(e, target);
    } else if (expr instanceof BoundExpr.Call e) {
      return functions.code(e, target);
    } else if (expr instanceof BoundExpr.Unary e) {
      return unary(e, target);
    } else if (expr instanceof BoundExpr.IsNull e) {
      isNull(e, target);
    } else if (expr instanceof BoundExpr.TruthTest e) {
      int temporary = builder.temporaryRegister();
      int operand = codeOperand(e.operand(), temporary);
      builder.add(
          Opcode.IS_TRUE, operand, target, e.truth() ? 0 : 1, e.truth() != e.negated() ? 0 : 1);
      builder.releaseTemporary(temporary);
    } else if (expr instanceof BoundExpr.Case e) {
      caseExpr(e, target);
    } else if (expr instanceof BoundExpr.Cast e) {
      codeCopy(e.operand(), target);
      Affinity affinity = e.affinity();
      builder.add(Opcode.CAST, target, affinity.letter());
    } else if (expr instanceof BoundExpr.Collate e) {
      return e.explicit() ? code(e.operand(), target) : subqueryColumn(e.operand(), target);
    } else if (expr instanceof BoundExpr.Parameter e) {
      builder.add(Opcode.VARIABLE, e.number(), target);
    } else if (expr instanceof BoundExpr.IfNullRow e) {
      ifNullRow(e, target);
    } else if (expr instanceof BoundExpr.Raise e) {
      raise(e);
    } else if (!literal(expr, target)) {
      condition(expr, target);
    }
    return target;
  }

  /** What stands in the place of a subquery's column: subtypes do not leave the subquery. */
  private int subqueryColumn(BoundExpr expr, int target) {
    int register = code(expr, target);
    if (!mayHaveSubtype(expr)) {
      return register;
    }
    if (register == target) {
      builder.add(Opcode.CLR_SUBTYPE, target);
    } else {
      builder.add(Opcode.COPY, register, target);
      builder.setP5(OpFlags.CLEAR_SUBTYPE);
    }
    return target;
  }

  /** Whether the value may have a subtype: that of a call, passed on. */
  static boolean mayHaveSubtype(BoundExpr expr) {
    if (expr instanceof BoundExpr.Case e) {
      return BoundExprs.children(e).stream().anyMatch(ExprCodegen::mayHaveSubtype);
    } else if (expr instanceof BoundExpr.Unary e) {
      return mayHaveSubtype(e.operand());
    } else if (expr instanceof BoundExpr.Collate e) {
      return e.explicit() && mayHaveSubtype(e.operand());
    } else if (expr instanceof BoundExpr.IfNullRow e) {
      return mayHaveSubtype(e.operand());
    }
    return expr instanceof BoundExpr.Call
        || expr instanceof BoundExpr.Aggregate
        || expr instanceof BoundExpr.WindowCall
        || BoundExprs.subquery(expr) != null;
  }

  private boolean literal(BoundExpr expr, int target) {
    if (expr instanceof BoundExpr.IntegerValue e) {
      integer(e.value(), target);
    } else if (expr instanceof BoundExpr.OversizedHex e) {
      throw new LibsqlException(ResultCode.ERROR, "hex literal too big: " + e.text());
    } else if (expr instanceof BoundExpr.NullValue) {
      builder.add(Opcode.NULL, 0, target);
    } else if (expr instanceof BoundExpr.RealValue e) {
      builder.add(Opcode.REAL, 0, target, 0, e.value());
    } else if (expr instanceof BoundExpr.TextValue e) {
      builder.add(Opcode.STRING8, 0, target, 0, e.value());
    } else if (expr instanceof BoundExpr.BlobValue e) {
      builder.add(Opcode.BLOB, e.value().length, target, 0, e.value());
    } else {
      return false;
    }
    return true;
  }

  public void integer(long value, int target) {
    if (value == (int) value) {
      builder.add(Opcode.INTEGER, (int) value, target);
    } else {
      builder.add(Opcode.INT64, 0, target, 0, value);
    }
  }

  /** Expressions that are conditions or subqueries. */
  private void condition(BoundExpr expr, int target) {
    if (expr instanceof BoundExpr.Between e) {
      between(e, target);
    } else if (expr instanceof BoundExpr.InList || expr instanceof BoundExpr.InSelect) {
      in(expr, target);
    } else if (expr instanceof BoundExpr.Exists e) {
      int register = context.selects().subqueries().exists(e);
      builder.add(Opcode.COPY, register, target);
    } else if (expr instanceof BoundExpr.ScalarSubquery e) {
      int register = context.selects().subqueries().scalar(e);
      builder.add(Opcode.COPY, register, target);
    } else if (expr instanceof BoundExpr.SubqueryColumn e) {
      int register = context.selects().subqueries().scalar(e.row());
      builder.add(Opcode.COPY, register + e.column(), target);
    } else if (expr instanceof BoundExpr.Aggregate e) {
      throw new LibsqlException(
          ResultCode.ERROR, "misuse of aggregate: " + e.function().name() + "()");
    } else if (expr instanceof BoundExpr.RowValue) {
      throw new LibsqlException(ResultCode.ERROR, "row value misused");
    } else {
      throw new IllegalStateException("cannot generate " + expr);
    }
  }

  // ---- operators
  // ---------------------------------------------------------------------------------

  private int binary(BoundExpr.Binary e, int target) {
    if (e.operator().isComparison()) {
      if (BoundExprs.width(e.left()) > 1) {
        return code(rowComparison(e), target);
      }
      comparison(e, target);
      return target;
    }
    int leftTemporary = builder.temporaryRegister();
    int rightTemporary = builder.temporaryRegister();
    int left = codeOperand(e.left(), leftTemporary);
    int right = codeOperand(e.right(), rightTemporary);
    builder.add(opcode(e.operator()), right, left, target);
    builder.releaseTemporary(rightTemporary);
    builder.releaseTemporary(leftTemporary);
    return target;
  }

  /** The opcode of an operator; IS and IS NOT compare as = and <> with a flag. */
  static int opcode(BinaryOperator operator) {
    Integer opcode = OPCODES.get(operator);
    if (opcode == null) {
      throw new IllegalStateException("no opcode for " + operator);
    }
    return opcode;
  }

  static boolean isNullSafe(BinaryOperator operator) {
    return operator == BinaryOperator.IS || operator == BinaryOperator.IS_NOT;
  }

  /** Adds the instruction that jumps to {@code label} if {@code left OP right}. */
  void compare(
      int opcode, BoundExpr left, BoundExpr right, int leftReg, int rightReg, int label, int p5) {
    builder.add(
        opcode,
        rightReg,
        label,
        leftReg,
        context.collation(ExprTypes.comparisonCollation(left, right)));
    builder.setP5(p5 | ExprTypes.comparisonAffinity(left, right).letter());
  }

  private void comparison(BoundExpr.Binary e, int target) {
    int leftTemporary = builder.temporaryRegister();
    int rightTemporary = builder.temporaryRegister();
    int left = codeOperand(e.left(), leftTemporary);
    int right = codeOperand(e.right(), rightTemporary);
    // The target may be one of the operands' registers only if those are ours.
    int result = target == left || target == right ? builder.newRegister() : target;
    builder.add(Opcode.INTEGER, 1, result);
    boolean nullSafe = isNullSafe(e.operator());
    compare(
        opcode(e.operator()),
        e.left(),
        e.right(),
        left,
        right,
        builder.currentAddress() + 2,
        nullSafe ? OpFlags.NULLEQ : 0);
    if (nullSafe) {
      builder.add(Opcode.INTEGER, 0, result);
    } else {
      builder.add(Opcode.ZERO_OR_NULL, left, result, right);
    }
    if (result != target) {
      builder.add(Opcode.S_COPY, result, target);
    }
    builder.releaseTemporary(rightTemporary);
    builder.releaseTemporary(leftTemporary);
  }

  /** The values of a row value, each safe to be used several times. */
  public List<BoundExpr> elements(BoundExpr expr) {
    List<BoundExpr> out = new ArrayList<>();
    if (expr instanceof BoundExpr.ScalarSubquery subquery && subquery.select().columnCount() > 1) {
      int first = context.selects().subqueries().scalar(subquery);
      for (int i = 0; i < subquery.select().columnCount(); i++) {
        out.add(new BoundExpr.Register(first + i, subquery.select().first().columns.get(i).expr()));
      }
      return out;
    }
    List<BoundExpr> values = expr instanceof BoundExpr.RowValue row ? row.values() : List.of(expr);
    for (BoundExpr value : values) {
      out.add(stable(value));
    }
    return out;
  }

  /** The expression itself if it is cheap, else a register that holds its value. */
  public BoundExpr stable(BoundExpr value) {
    if (value instanceof BoundExpr.ColumnRef
        || value instanceof BoundExpr.Register
        || isFactored(value)) {
      return value;
    }
    int register = builder.newRegister();
    codeCopy(value, register);
    return new BoundExpr.Register(register, value);
  }

  /** A comparison of row values as comparisons of their elements. */
  BoundExpr rowComparison(BoundExpr.Binary e) {
    List<BoundExpr> left = elements(e.left());
    List<BoundExpr> right = elements(e.right());
    BinaryOperator operator = e.operator();
    if (operator == BinaryOperator.EQ || operator == BinaryOperator.IS) {
      return allEqual(operator, left, right);
    }
    if (operator == BinaryOperator.NE || operator == BinaryOperator.IS_NOT) {
      return anyDifferent(operator, left, right);
    }
    return lexicographic(operator, left, right, 0);
  }

  private static BoundExpr allEqual(
      BinaryOperator operator, List<BoundExpr> left, List<BoundExpr> right) {
    BoundExpr all = new BoundExpr.Binary(operator, left.get(0), right.get(0));
    for (int i = 1; i < left.size(); i++) {
      all =
          new BoundExpr.Binary(
              BinaryOperator.AND, all, new BoundExpr.Binary(operator, left.get(i), right.get(i)));
    }
    return all;
  }

  private static BoundExpr anyDifferent(
      BinaryOperator operator, List<BoundExpr> left, List<BoundExpr> right) {
    BoundExpr any = new BoundExpr.Binary(operator, left.get(0), right.get(0));
    for (int i = 1; i < left.size(); i++) {
      any =
          new BoundExpr.Binary(
              BinaryOperator.OR, any, new BoundExpr.Binary(operator, left.get(i), right.get(i)));
    }
    return any;
  }

  private static BoundExpr lexicographic(
      BinaryOperator operator, List<BoundExpr> left, List<BoundExpr> right, int i) {
    if (i == left.size() - 1) {
      return new BoundExpr.Binary(operator, left.get(i), right.get(i));
    }
    BinaryOperator strict =
        operator == BinaryOperator.LT || operator == BinaryOperator.LE
            ? BinaryOperator.LT
            : BinaryOperator.GT;
    BoundExpr rest =
        new BoundExpr.Binary(
            BinaryOperator.AND,
            new BoundExpr.Binary(BinaryOperator.EQ, left.get(i), right.get(i)),
            lexicographic(operator, left, right, i + 1));
    return new BoundExpr.Binary(
        BinaryOperator.OR, new BoundExpr.Binary(strict, left.get(i), right.get(i)), rest);
  }

  private int unary(BoundExpr.Unary e, int target) {
    if (e.operator() == UnaryOperator.PLUS) {
      return code(e.operand(), target);
    }
    int temporary = builder.temporaryRegister();
    int operand = codeOperand(e.operand(), temporary);
    if (e.operator() == UnaryOperator.NEGATE) {
      int zero =
          context.canFactorConstants()
              ? context.constantRegister(new BoundExpr.IntegerValue(0))
              : builder.newRegister();
      if (!context.canFactorConstants()) {
        builder.add(Opcode.INTEGER, 0, zero);
      }
      builder.add(Opcode.SUBTRACT, operand, zero, target);
    } else {
      builder.add(e.operator() == UnaryOperator.NOT ? Opcode.NOT : Opcode.BIT_NOT, operand, target);
    }
    builder.releaseTemporary(temporary);
    return target;
  }

  private void isNull(BoundExpr.IsNull e, int target) {
    int temporary = builder.temporaryRegister();
    int operand = codeOperand(e.operand(), temporary);
    int result = operand == target ? builder.newRegister() : target;
    builder.add(Opcode.INTEGER, 1, result);
    builder.add(
        e.negated() ? Opcode.NOT_NULL : Opcode.IS_NULL, operand, builder.currentAddress() + 2);
    builder.add(Opcode.INTEGER, 0, result);
    if (result != target) {
      builder.add(Opcode.S_COPY, result, target);
    }
    builder.releaseTemporary(temporary);
  }

  /** {@code x BETWEEN y AND z} with x computed once. */
  BoundExpr betweenAsComparisons(BoundExpr.Between e) {
    BoundExpr operand =
        BoundExprs.width(e.operand()) > 1
            ? new BoundExpr.RowValue(elements(e.operand()))
            : stable(e.operand());
    BoundExpr both =
        new BoundExpr.Binary(
            BinaryOperator.AND,
            new BoundExpr.Binary(BinaryOperator.GE, operand, e.low()),
            new BoundExpr.Binary(BinaryOperator.LE, operand, e.high()));
    return e.negated() ? new BoundExpr.Unary(UnaryOperator.NOT, both) : both;
  }

  private void between(BoundExpr.Between e, int target) {
    codeInto(betweenAsComparisons(e), target);
  }

  private void in(BoundExpr expr, int target) {
    boolean negated =
        expr instanceof BoundExpr.InList list
            ? list.negated()
            : ((BoundExpr.InSelect) expr).negated();
    int ifFalse = builder.newLabel();
    int ifNull = builder.newLabel();
    int result = builder.newRegister();
    builder.add(Opcode.NULL, 0, result);
    context.selects().subqueries().in(expr, ifFalse, ifNull);
    builder.add(Opcode.INTEGER, negated ? 0 : 1, result);
    int end = builder.newLabel();
    builder.add(Opcode.GOTO, 0, end);
    builder.resolve(ifFalse);
    builder.add(Opcode.INTEGER, negated ? 1 : 0, result);
    builder.resolve(end);
    builder.resolve(ifNull);
    builder.add(Opcode.COPY, result, target);
  }

  private void caseExpr(BoundExpr.Case e, int target) {
    int end = builder.newLabel();
    // The target may be known to nobody else, but an operand may be read after it is written.
    @Nullable BoundExpr base = e.base() == null ? null : stableBase(e.base());
    int result = builder.newRegister();
    for (int i = 0; i < e.branches().size(); i += 2) {
      int next = builder.newLabel();
      BoundExpr condition = e.branches().get(i);
      if (base != null) {
        condition = new BoundExpr.Binary(BinaryOperator.EQ, base, condition);
      }
      context.conditions().jumpIfFalse(condition, next, true);
      codeCopy(e.branches().get(i + 1), result);
      builder.add(Opcode.GOTO, 0, end);
      builder.resolve(next);
    }
    if (e.otherwise() != null) {
      codeCopy(e.otherwise(), result);
    } else {
      builder.add(Opcode.NULL, 0, result);
    }
    builder.resolve(end);
    builder.add(Opcode.S_COPY, result, target);
  }

  private BoundExpr stableBase(BoundExpr base) {
    int register = builder.newRegister();
    codeCopy(base, register);
    return new BoundExpr.Register(register, base);
  }

  private void ifNullRow(BoundExpr.IfNullRow e, int target) {
    RowLocation location = context.location(e.source());
    int cursor = NullRows.cursorOf(location);
    if (cursor < 0) {
      codeInto(e.operand(), target);
      return;
    }
    int jump = builder.add(Opcode.IF_NULL_ROW, cursor, 0, target);
    codeInto(e.operand(), target);
    builder.jumpHere(jump);
  }

  private void raise(BoundExpr.Raise e) {
    if (!context.isTrigger() && context.returning == null) {
      throw new LibsqlException(
          ResultCode.ERROR, "RAISE() may only be used within a trigger-program");
    }
    if (e.action() == ConflictResolution.IGNORE) {
      builder.add(Opcode.HALT, ResultCode.OK.code(), ConflictCodes.of(ConflictResolution.IGNORE));
      return;
    }
    context.top().mayAbort |= e.action() == ConflictResolution.ABORT;
    BoundExpr message = e.message();
    int register = 0;
    Object text = null;
    if (message instanceof BoundExpr.TextValue literal) {
      text = literal.value();
    } else if (message != null) {
      register = builder.newRegister();
      codeInto(message, register);
    }
    builder.add(
        Opcode.HALT,
        ResultCode.CONSTRAINT_TRIGGER.code(),
        ConflictCodes.of(e.action()),
        register,
        text);
  }

  /** Whether an expression surely has a value. */
  static boolean canBeNull(BoundExpr expr) {
    if (expr instanceof BoundExpr.IntegerValue
        || expr instanceof BoundExpr.RealValue
        || expr instanceof BoundExpr.TextValue
        || expr instanceof BoundExpr.BlobValue
        || expr instanceof BoundExpr.Exists) {
      return false;
    }
    if (expr instanceof BoundExpr.ColumnRef ref) {
      return ref.source().nullable
          || ref.source().subquery != null
          || (ref.column() >= 0 && !ref.source().table.isNotNull(ref.column()));
    }
    if (expr instanceof BoundExpr.Collate collate) {
      return canBeNull(collate.operand());
    }
    return true;
  }
}
