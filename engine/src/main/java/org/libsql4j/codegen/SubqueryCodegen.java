package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.UnaryOperator;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates subqueries inside expressions: scalar, EXISTS, IN. */
public final class SubqueryCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;

  SubqueryCodegen(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
  }

  /**
   * Computes a scalar subquery; answers the first register of its row, all NULL if there is none.
   */
  int scalar(BoundExpr.ScalarSubquery subquery) {
    BoundSelect select = subquery.select();
    int count = select.columnCount();
    int first = builder.newRegisters(count);
    int once = beginOnce(select);
    int plan = plan(select, "SCALAR SUBQUERY");
    builder.add(Opcode.NULL, 0, first, first + count - 1);
    context.selects().codeSingleRow(select, new Destination.Memory(first));
    context.planParent = plan;
    endOnce(once);
    return first;
  }

  /** Computes EXISTS; answers the register that holds 1 or 0. */
  int exists(BoundExpr.Exists exists) {
    BoundSelect select = exists.select();
    int register = builder.newRegister();
    int once = beginOnce(select);
    int plan = plan(select, "SCALAR SUBQUERY");
    builder.add(Opcode.INTEGER, 0, register);
    context.selects().codeSingleRow(select, new Destination.Exists(register));
    context.planParent = plan;
    endOnce(once);
    return register;
  }

  private int plan(BoundSelect select, String what) {
    int parent = context.planParent;
    context.planParent =
        builder.explainPlan(
            parent,
            0,
            (select.isCorrelated() ? "CORRELATED " : "")
                + what
                + " "
                + context.selects().numberOf(select));
    return parent;
  }

  /** Guards code that needs to run only once, unless the query depends on rows around it. */
  private int beginOnce(BoundSelect select) {
    return select.isCorrelated() ? -1 : builder.add(Opcode.ONCE);
  }

  private void endOnce(int once) {
    if (once >= 0) {
      builder.jumpHere(once);
    }
  }

  // ---- IN
  // ------------------------------------------------------------------------------------------

  /**
   * Generates code that falls through if the operand is in the set.
   *
   * @param ifFalse where to go if it is not
   * @param ifNull where to go if that is unknown
   */
  void in(BoundExpr expr, int ifFalse, int ifNull) {
    if (expr instanceof BoundExpr.InList list) {
      inList(list, ifFalse, ifNull);
    } else {
      inSelect((BoundExpr.InSelect) expr, ifFalse, ifNull);
    }
  }

  private void inList(BoundExpr.InList in, int ifFalse, int ifNull) {
    List<BoundExpr> operands = context.exprs().elements(in.operand());
    if (in.values().isEmpty()) {
      builder.add(Opcode.GOTO, 0, ifFalse);
      return;
    }
    boolean constant = BoundExprs.areConstant(in.values());
    if (operands.size() > 1 || in.values().size() <= 2 || !constant) {
      inByComparison(operands, in.values(), ifFalse, ifNull);
      return;
    }
    BoundExpr operand = operands.get(0);
    int once = builder.add(Opcode.ONCE);
    int cursor = listSet(operand, in.values());
    String letter = String.valueOf(stored(ExprTypes.affinity(operand)).letter());
    int hasNull = hasNullRegister(cursor, false, ifFalse, ifNull);
    if (once >= 0) {
      builder.jumpHere(once);
    }
    probe(operands, List.of(operand), letter, cursor, hasNull, 0, ifFalse, ifNull);
  }

  /** Opens an ephemeral index and fills it with the values of a list. */
  private int listSet(BoundExpr operand, List<BoundExpr> values) {
    int cursor = builder.newCursor();
    builder.add(
        Opcode.OPEN_EPHEMERAL,
        cursor,
        1,
        0,
        keyInfo(List.of(context.collation(ExprTypes.collation(operand).name()))));
    String letter = String.valueOf(stored(ExprTypes.affinity(operand)).letter());
    int key = builder.newRegister();
    int temporary = builder.newRegister();
    for (BoundExpr value : values) {
      // A copy: MakeRecord applies the affinity to the register itself.
      context.exprs().codeCopy(value, temporary);
      builder.add(Opcode.MAKE_RECORD, temporary, 1, key, letter);
      builder.add(Opcode.IDX_INSERT, cursor, key, temporary, 1);
    }
    return cursor;
  }

  /**
   * The values of an IN, for a loop over them.
   *
   * @param rowids whether the rowids of the cursor's table are the values, not its first column
   * @param descending whether they come from large to small
   */
  record OpenSet(int cursor, boolean rowids, boolean descending) {}

  /** Opens what holds the values of an IN, each once. */
  OpenSet openSet(BoundExpr expr) {
    return openSet(expr, true);
  }

  /** As {@link #openSet(BoundExpr)}, but the values are in the cursor's first column. */
  int openColumn(BoundExpr expr) {
    return openSet(expr, false).cursor();
  }

  private OpenSet openSet(BoundExpr expr, boolean mayExist) {
    if (expr instanceof BoundExpr.InList list) {
      boolean constant = BoundExprs.areConstant(list.values());
      int once = constant ? builder.add(Opcode.ONCE) : -1;
      int cursor = listSet(list.operand(), list.values());
      endOnce(once);
      return new OpenSet(cursor, false, false);
    }
    BoundExpr.InSelect in = (BoundExpr.InSelect) expr;
    int once = beginOnce(in.select());
    ExistingSet existing = mayExist ? ExistingSet.find(context, in, 1, true) : null;
    int cursor =
        existing != null ? existing.open(context) : selectSet(in, List.of(in.operand()), 0);
    endOnce(once);
    return new OpenSet(
        cursor,
        existing != null && existing.index == null,
        existing != null && existing.nullsAreLast());
  }

  /** Number of values that an IN compares at once. */
  static int width(BoundExpr in) {
    return BoundExprs.width(
        in instanceof BoundExpr.InList list ? list.operand() : ((BoundExpr.InSelect) in).operand());
  }

  /**
   * Opens what holds row values of an IN, each once, for a loop over them.
   *
   * @param fields the values wanted of each row, in the order that the cursor's columns are to have
   */
  int openRows(BoundExpr expr, List<Integer> fields) {
    if (expr instanceof BoundExpr.InList list) {
      boolean constant = BoundExprs.areConstant(list.values());
      int once = constant ? builder.add(Opcode.ONCE) : -1;
      int cursor = rowList(list, fields);
      endOnce(once);
      return cursor;
    }
    BoundExpr.InSelect in = (BoundExpr.InSelect) expr;
    BoundSelect select = in.select();
    List<BoundExpr> operands = context.exprs().elements(in.operand());
    int once = beginOnce(select);
    boolean filtered = once >= 0 && !select.isCompound() && select.orderBy.isEmpty();
    int rows = selectSet(in, operands, filtered ? builder.newRegister() : 0);
    List<Collation> collations = new ArrayList<>();
    List<BoundExpr> columns = select.first().expressions();
    for (int field : fields) {
      collations.add(
          context.collation(
              ExprTypes.comparisonCollation(operands.get(field), columns.get(field))));
    }
    int cursor = builder.newCursor();
    builder.add(Opcode.OPEN_EPHEMERAL, cursor, fields.size(), 0, keyInfo(collations));
    int first = builder.newRegisters(fields.size());
    int key = builder.newRegister();
    int top = builder.add(Opcode.REWIND, rows);
    for (int i = 0; i < fields.size(); i++) {
      builder.add(Opcode.COLUMN, rows, fields.get(i), first + i);
    }
    builder.add(Opcode.MAKE_RECORD, first, fields.size(), key);
    builder.add(Opcode.IDX_INSERT, cursor, key, first, fields.size());
    builder.add(Opcode.NEXT, rows, top + 1);
    builder.jumpHere(top);
    endOnce(once);
    return cursor;
  }

  private int rowList(BoundExpr.InList list, List<Integer> fields) {
    List<Collation> collations = new ArrayList<>();
    StringBuilder affinities = new StringBuilder();
    for (int field : fields) {
      BoundExpr operand = BoundExprs.element(list.operand(), field);
      collations.add(context.collation(ExprTypes.collation(operand).name()));
      affinities.append(stored(ExprTypes.affinity(operand)).letter());
    }
    int cursor = builder.newCursor();
    builder.add(Opcode.OPEN_EPHEMERAL, cursor, fields.size(), 0, keyInfo(collations));
    int first = builder.newRegisters(fields.size());
    int key = builder.newRegister();
    for (BoundExpr value : list.values()) {
      for (int i = 0; i < fields.size(); i++) {
        context.exprs().codeCopy(BoundExprs.element(value, fields.get(i)), first + i);
      }
      builder.add(Opcode.MAKE_RECORD, first, fields.size(), key, affinities.toString());
      builder.add(Opcode.IDX_INSERT, cursor, key, first, fields.size());
    }
    return cursor;
  }

  private int selectSet(BoundExpr.InSelect in, List<BoundExpr> operands, int filter) {
    BoundSelect select = in.select();
    int cursor = builder.newCursor();
    int plan = plan(select, "LIST SUBQUERY");
    List<Collation> collations = new ArrayList<>();
    List<BoundExpr> columns = select.first().expressions();
    for (int i = 0; i < operands.size(); i++) {
      BoundExpr operand = BoundExprs.element(in.operand(), i);
      collations.add(context.collation(ExprTypes.comparisonCollation(operand, columns.get(i))));
    }
    builder.add(Opcode.OPEN_EPHEMERAL, cursor, operands.size(), 0, keyInfo(collations));
    if (filter != 0) {
      builder.add(
          Opcode.BLOB,
          AutomaticIndexCodegen.FILTER_BYTES,
          filter,
          0,
          new byte[AutomaticIndexCodegen.FILTER_BYTES]);
    }
    context.selects().code(select, new Destination.Set(cursor, setAffinities(in), filter));
    if (filter != 0) {
      builder.explainPlan(context.planParent, 0, "CREATE BLOOM FILTER");
    }
    context.planParent = plan;
    return cursor;
  }

  private static String setAffinities(BoundExpr.InSelect in) {
    StringBuilder affinities = new StringBuilder();
    List<BoundExpr> columns = in.select().first().expressions();
    for (int i = 0; i < columns.size(); i++) {
      BoundExpr operand = BoundExprs.element(in.operand(), i);
      Affinity affinity = ExprTypes.comparisonAffinity(columns.get(i), operand);
      affinities.append(affinity == Affinity.NONE ? 'A' : affinity.letter());
    }
    return affinities.toString();
  }

  private static Affinity stored(Affinity affinity) {
    if (affinity == Affinity.NONE) {
      return Affinity.BLOB;
    }
    return affinity == Affinity.REAL ? Affinity.NUMERIC : affinity;
  }

  private void inSelect(BoundExpr.InSelect in, int ifFalse, int ifNull) {
    BoundSelect select = in.select();
    List<BoundExpr> operands = context.exprs().elements(in.operand());
    int once = beginOnce(select);
    ExistingSet existing = ExistingSet.find(context, in, operands.size(), false);
    boolean filtered =
        existing == null
            && once >= 0
            && ifFalse == ifNull
            && !select.isCompound()
            && select.orderBy.isEmpty();
    int filter = filtered ? builder.newRegister() : 0;
    int cursor = existing != null ? existing.open(context) : selectSet(in, operands, filter);
    boolean rowids = existing != null && existing.index == null;
    int hasNull =
        operands.size() == 1 && !rowids
            ? hasNullRegister(cursor, existing != null && existing.nullsAreLast(), ifFalse, ifNull)
            : 0;
    endOnce(once);
    if (rowids) {
      probeRowid(operands.get(0), cursor, ifFalse, ifNull);
      return;
    }
    probe(
        operands,
        select.first().expressions(),
        setAffinities(in),
        cursor,
        hasNull,
        filter,
        ifFalse,
        ifNull);
  }

  private KeyInfo keyInfo(List<Collation> collations) {
    return new KeyInfo(
        context.connection().encoding,
        collations.size(),
        collations.toArray(new Collation[0]),
        null);
  }

  /** A register that is NULL if the set has a NULL; 0 if nobody asks. */
  private int hasNullRegister(int cursor, boolean nullsLast, int ifFalse, int ifNull) {
    if (ifFalse == ifNull) {
      return 0;
    }
    int register = builder.newRegister();
    builder.add(Opcode.INTEGER, 0, register);
    int rewind = builder.add(nullsLast ? Opcode.LAST : Opcode.REWIND, cursor);
    builder.add(Opcode.COLUMN, cursor, 0, register);
    builder.setP5(OpFlags.TYPEOFARG);
    builder.jumpHere(rewind);
    return register;
  }

  /** Looks for a row of a table with the operand as rowid. */
  private void probeRowid(BoundExpr operand, int cursor, int ifFalse, int ifNull) {
    int register = builder.newRegister();
    context.exprs().codeCopy(operand, register);
    if (ExprCodegen.canBeNull(operand)) {
      if (ifFalse == ifNull) {
        builder.add(Opcode.IS_NULL, register, ifNull);
      } else {
        // Not even NULL is in an empty set.
        int present = builder.add(Opcode.NOT_NULL, register);
        builder.add(Opcode.REWIND, cursor, ifFalse);
        builder.add(Opcode.GOTO, 0, ifNull);
        builder.jumpHere(present);
      }
    }
    builder.add(Opcode.SEEK_ROWID, cursor, ifFalse, register);
  }

  private void probe(
      List<BoundExpr> operands,
      List<BoundExpr> likeColumns,
      String affinities,
      int cursor,
      int hasNull,
      int filter,
      int ifFalse,
      int ifNull) {
    int count = operands.size();
    int first = builder.newRegisters(count);
    context.exprs().codeList(operands, first);
    // Before the look for NULLs: if one operand is NULL, the others are compared all the same.
    builder.add(Opcode.AFFINITY, first, count, 0, affinities);
    int checkNulls = ifFalse == ifNull ? ifFalse : builder.newLabel();
    for (int i = 0; i < count; i++) {
      if (ExprCodegen.canBeNull(operands.get(i))) {
        builder.add(Opcode.IS_NULL, first + i, checkNulls);
      }
    }
    if (ifFalse == ifNull) {
      if (filter != 0) {
        builder.add(Opcode.FILTER, filter, ifFalse, first, count);
      }
      builder.add(Opcode.NOT_FOUND, cursor, ifFalse, first, count);
      return;
    }
    int found = builder.add(Opcode.FOUND, cursor, 0, first, count);
    if (hasNull != 0 && count == 1) {
      builder.add(Opcode.NOT_NULL, hasNull, ifFalse);
    }
    builder.resolve(checkNulls);
    // Not found, but a NULL on either side may stand for a match: look at every entry.
    int loop = builder.add(Opcode.REWIND, cursor, ifFalse);
    int column = builder.newRegister();
    int next = builder.newLabel();
    for (int i = 0; i < count; i++) {
      builder.add(Opcode.COLUMN, cursor, i, column);
      builder.add(
          Opcode.NE,
          first + i,
          next,
          column,
          context.collation(ExprTypes.comparisonCollation(operands.get(i), likeColumns.get(i))));
    }
    builder.add(Opcode.GOTO, 0, ifNull);
    builder.resolve(next);
    builder.add(Opcode.NEXT, cursor, loop + 1);
    builder.add(Opcode.GOTO, 0, ifFalse);
    builder.jumpHere(found);
  }

  private void inByComparison(
      List<BoundExpr> operands, List<BoundExpr> values, int ifFalse, int ifNull) {
    int isIn = builder.newLabel();
    int sawNull = 0;
    if (ifNull != ifFalse) {
      sawNull = builder.newRegister();
      builder.add(Opcode.INTEGER, 0, sawNull);
    }
    BoundExpr operand = operands.size() == 1 ? operands.get(0) : new BoundExpr.RowValue(operands);
    for (BoundExpr value : values) {
      int next = builder.newLabel();
      BoundExpr equal = comparison(operand, value);
      if (sawNull == 0) {
        context.conditions().jumpIfTrue(equal, isIn, false);
      } else {
        int temporary = builder.newRegister();
        context.exprs().codeInto(equal, temporary);
        builder.add(Opcode.IF, temporary, isIn, 0);
        builder.add(Opcode.NOT_NULL, temporary, next);
        builder.add(Opcode.NULL, 0, sawNull);
      }
      builder.resolve(next);
    }
    if (sawNull != 0) {
      builder.add(Opcode.IS_NULL, sawNull, ifNull);
    }
    builder.add(Opcode.GOTO, 0, ifFalse);
    builder.resolve(isIn);
  }

  /** {@code operand = value} under the rules of IN: only the operand's affinity and collation. */
  private static BoundExpr comparison(BoundExpr operand, BoundExpr value) {
    if (value instanceof BoundExpr.RowValue || BoundExprs.width(value) > 1) {
      return new BoundExpr.Binary(BinaryOperator.EQ, operand, value);
    }
    BoundExpr plain =
        ExprTypes.affinity(value) != Affinity.NONE
            ? new BoundExpr.Unary(UnaryOperator.PLUS, value)
            : value;
    String collation = ExprTypes.collation(operand).name();
    return new BoundExpr.Binary(
        BinaryOperator.EQ,
        new BoundExpr.Collate(operand, collation == null ? "BINARY" : collation),
        plain);
  }
}
