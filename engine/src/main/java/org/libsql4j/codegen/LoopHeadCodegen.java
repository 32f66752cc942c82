package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.plan.AccessPath;
import org.libsql4j.plan.VirtualPlan;
import org.libsql4j.plan.WhereTerm;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.UnaryOperator;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates the head of one loop: the search for its first row and what steps to the next. */
final class LoopHeadCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final LoopLevel level;
  private final AccessPath path;

  LoopHeadCodegen(CodeContext context, LoopLevel level) {
    this.context = context;
    this.builder = context.builder();
    this.level = level;
    this.path = level.path;
  }

  void code() {
    AccessPath.Kind kind = path.kind;
    if (kind == AccessPath.Kind.COROUTINE) {
      coroutine();
    } else if (kind == AccessPath.Kind.TABLE_SCAN) {
      scan();
    } else if (kind == AccessPath.Kind.ROWID) {
      if (path.equalities.isEmpty()) {
        rowidRange();
      } else {
        rowidEqual(path.equalities.get(0));
      }
    } else if (kind == AccessPath.Kind.INDEX) {
      index();
    } else if (kind == AccessPath.Kind.AUTOMATIC_INDEX) {
      new AutomaticIndexCodegen(context, level).code();
      path.equalities.forEach(this::markCoded);
    } else if (kind == AccessPath.Kind.MULTI_OR) {
      new DisjunctionCodegen(context, level).code();
      markCoded(disjunction());
      path.joint.forEach(this::markCoded);
    } else {
      virtual();
    }
  }

  /** The values that the virtual table asked for, then its search. */
  private void virtual() {
    VirtualPlan plan = path.virtual;
    if (plan == null) {
      throw new IllegalStateException("virtual table without plan");
    }
    level.stepP2 =
        VirtualLoops.search(context, path, level.tableCursor, this::missLabel, this::equalityValue);
    level.stepOpcode = Opcode.V_NEXT;
    level.stepP1 = level.tableCursor;
    for (int i = 0; i < plan.arguments().size(); i++) {
      if (plan.omit()[i]) {
        markCoded(plan.arguments().get(i));
      }
    }
  }

  private WhereTerm disjunction() {
    WhereTerm term = path.disjunction;
    if (term == null) {
      throw new IllegalStateException("path without OR");
    }
    return term;
  }

  private void coroutine() {
    FromCodegen.Prepared prepared = context.selects().froms().of(level.source);
    if (prepared == null) {
      throw new IllegalStateException("coroutine not prepared");
    }
    builder.add(Opcode.INIT_COROUTINE, prepared.yieldRegister(), 0, prepared.entry());
    level.stepP2 = builder.add(Opcode.YIELD, prepared.yieldRegister(), level.breakLabel);
    level.stepOpcode = Opcode.GOTO;
  }

  private void scan() {
    if (level.source.recursive) {
      return; // One row, which is there already.
    }
    int cursor = level.tableCursor;
    level.stepP2 =
        builder.add(level.reverse ? Opcode.LAST : Opcode.REWIND, cursor, level.breakLabel) + 1;
    level.stepOpcode = level.reverse ? Opcode.PREV : Opcode.NEXT;
    level.stepP1 = cursor;
  }

  // ---- rowid
  // ---------------------------------------------------------------------------------------

  private void rowidEqual(WhereTerm term) {
    int register = builder.newRegister();
    int value = equalityValue(term, register);
    if (level.filter != 0) {
      int key = builder.newRegister();
      builder.add(Opcode.COPY, value, key);
      builder.add(Opcode.MUST_BE_INT, key, missLabel());
      builder.add(Opcode.FILTER, level.filter, missLabel(), key, 1);
    }
    builder.add(Opcode.SEEK_ROWID, level.tableCursor, missLabel(), value);
    // The search does what the comparison would do, conversion of the value included.
    markCoded(term);
  }

  private void rowidRange() {
    WhereTerm start = level.reverse ? path.upper : path.lower;
    WhereTerm end = level.reverse ? path.lower : path.upper;
    int cursor = level.tableCursor;
    if (start != null) {
      BoundExpr value = right(start);
      int temporary = builder.newRegister();
      int register = context.exprs().codeOperand(value, temporary);
      builder.add(seekOpcode(start.kind), cursor, level.breakLabel, register);
      markCoded(start);
    } else {
      builder.add(level.reverse ? Opcode.LAST : Opcode.REWIND, cursor, level.breakLabel);
    }
    int endRegister = 0;
    if (end != null) {
      endRegister = builder.newRegister();
      context.exprs().codeCopy(right(end), endRegister);
    }
    level.stepP2 = builder.currentAddress();
    level.stepOpcode = level.reverse ? Opcode.PREV : Opcode.NEXT;
    level.stepP1 = cursor;
    if (end != null) {
      int rowid = builder.newRegister();
      builder.add(Opcode.ROWID, cursor, rowid);
      builder.add(pastOpcode(end.kind), endRegister, level.breakLabel, rowid);
      builder.setP5(Affinity.NUMERIC.letter() | OpFlags.JUMPIFNULL);
      markCoded(end);
    }
  }

  private static int seekOpcode(WhereTerm.Kind kind) {
    if (kind.isLowerBound()) {
      return kind == WhereTerm.Kind.GREATER ? Opcode.SEEK_GT : Opcode.SEEK_GE;
    }
    return kind == WhereTerm.Kind.LESS ? Opcode.SEEK_LT : Opcode.SEEK_LE;
  }

  /** The comparison that is true of what is past a bound. */
  private static int pastOpcode(WhereTerm.Kind kind) {
    if (kind.isLowerBound()) {
      return kind == WhereTerm.Kind.GREATER ? Opcode.LE : Opcode.LT;
    }
    return kind == WhereTerm.Kind.LESS ? Opcode.GE : Opcode.GT;
  }

  private static BoundExpr right(WhereTerm term) {
    BoundExpr right = term.right;
    if (right == null) {
      throw new IllegalStateException("term without value");
    }
    return right;
  }

  // ---- equality values
  // -----------------------------------------------------------------------------

  /** Computes the value of an equality; for IN it opens a loop over the values. */
  private int equalityValue(WhereTerm term, int target) {
    return equalityValue(term, target, false);
  }

  /**
   * @param descending whether the index goes from large to small values
   */
  private int equalityValue(WhereTerm term, int target, boolean descending) {
    if (term.kind == WhereTerm.Kind.IN) {
      inLoop(term, target, descending);
      return target;
    }
    if (term.kind == WhereTerm.Kind.IS_NULL) {
      builder.add(Opcode.NULL, 0, target);
      return target;
    }
    context.exprs().codeCopy(right(term), target);
    return target;
  }

  private void inLoop(WhereTerm term, int target, boolean descending) {
    SubqueryCodegen.OpenSet set = context.selects().subqueries().openSet(term.expr);
    int cursor = set.cursor();
    boolean reverse = (level.reverse != descending) != set.descending();
    int top = builder.add(reverse ? Opcode.LAST : Opcode.REWIND, cursor);
    if (set.rowids()) {
      builder.add(Opcode.ROWID, cursor, target);
    } else {
      builder.add(Opcode.COLUMN, cursor, 0, target);
    }
    int skip = builder.newLabel();
    builder.add(Opcode.IS_NULL, target, skip);
    level.inLoops.add(new LoopLevel.InLoop(cursor, top, reverse, skip));
  }

  /** Where to go when a search finds nothing: on to the next value of IN, if there is one. */
  private int missLabel() {
    return level.inLoops.isEmpty()
        ? level.breakLabel
        : level.inLoops.get(level.inLoops.size() - 1).skipLabel();
  }

  private void markCoded(WhereTerm term) {
    if (!term.onlyHint) {
      term.root().coded = true;
    }
  }

  // ---- indexes
  // -------------------------------------------------------------------------------------

  private void index() {
    Index index = path.index;
    if (index == null) {
      throw new IllegalStateException("index path without index");
    }
    IndexRange range = new IndexRange(index);
    range.code();
    if (index.isPrimaryKeyOfWithoutRowid() || path.covering) {
      return;
    }
    if (level.source.table.hasRowid()) {
      builder.add(Opcode.DEFERRED_SEEK, level.indexCursor, 0, level.tableCursor);
    } else {
      seekPrimaryKey(index);
    }
  }

  /** Moves the cursor of a WITHOUT ROWID table to the row of the current index entry. */
  private void seekPrimaryKey(Index index) {
    Index key = level.source.table.primaryKeyIndex();
    if (key == null) {
      throw new IllegalStateException("WITHOUT ROWID table without primary key");
    }
    int first = builder.newRegisters(key.keyColumnCount);
    for (int i = 0; i < key.keyColumnCount; i++) {
      builder.add(Opcode.COLUMN, level.indexCursor, index.positionOf(key.columns[i]), first + i);
    }
    builder.add(Opcode.NOT_FOUND, level.tableCursor, level.nextLabel, first, key.keyColumnCount);
  }

  /** The part of an index between two keys, walked forwards or backwards. */
  private final class IndexRange {
    private final Index index;
    private final int equalityCount;
    private final boolean descendingColumn;
    private final @Nullable WhereTerm start;
    private final @Nullable WhereTerm end;
    private final int startWidth;
    private final int endWidth;

    IndexRange(Index index) {
      this.index = index;
      this.equalityCount = path.prefix();
      this.descendingColumn =
          equalityCount < index.columnCount() && index.descending[equalityCount];
      boolean swap = level.reverse != descendingColumn;
      // All that IS NOT NULL needs is that NULLs are skipped, as they always are.
      WhereTerm lower = path.lower != null && path.lower.isNotNull ? null : path.lower;
      this.start = swap ? path.upper : lower;
      this.end = swap ? lower : path.upper;
      this.startWidth = swap ? path.upperWidth : path.lowerWidth;
      this.endWidth = swap ? path.lowerWidth : path.upperWidth;
    }

    void code() {
      boolean bounded = path.lower != null || path.upper != null;
      if (path.lower != null && path.lower.isNotNull) {
        markCoded(path.lower);
      }
      if (end != null && end.isPatternBound()) {
        level.patternPass = builder.newRegister();
        builder.add(Opcode.INTEGER, 1, level.patternPass);
        level.patternAgain = builder.currentAddress();
      }
      boolean nullsApart = level.nullsApart && !bounded;
      int width = equalityCount + (bounded ? startWidth : nullsApart ? 1 : 0);
      int base = width == 0 ? 0 : builder.newRegisters(width + 1);
      StringBuilder affinities = new StringBuilder();
      if (path.skipped > 0) {
        skipTo(base);
        for (int i = 0; i < path.skipped; i++) {
          affinities.append('A');
        }
      }
      for (int i = path.skipped; i < equalityCount; i++) {
        WhereTerm term = path.equalities.get(i - path.skipped);
        if (term.field >= 0) {
          rowIn(term, base, i);
        } else {
          equalityValue(term, base + i, index.descending[i]);
        }
        if (term.kind == WhereTerm.Kind.EQUAL && ExprCodegen.canBeNull(right(term))) {
          builder.add(Opcode.IS_NULL, base + i, missLabel());
        }
        affinities.append(affinityLetter(term, i));
        markCoded(term);
      }
      if (nullsApart) {
        affinity(base, affinities.toString());
        inTwoPasses(base);
        return;
      }
      int startCount = equalityCount;
      boolean startInclusive = true;
      int endRegister = 0;
      if (end != null) {
        endRegister = builder.newRegisters(endWidth);
        context.exprs().codeCopy(right(end), endRegister);
        asPattern(end, endRegister);
        StringBuilder endAffinities = new StringBuilder();
        endAffinities.append(affinityLetter(end, equalityCount));
        moreValues(end, endRegister, endWidth, endAffinities);
        affinity(endRegister, endAffinities.toString());
        if (ExprCodegen.canBeNull(right(end))) {
          builder.add(Opcode.IS_NULL, endRegister, missLabel());
        }
        markCoded(end);
      }
      if (start != null) {
        context.exprs().codeCopy(right(start), base + equalityCount);
        asPattern(start, base + equalityCount);
        if (ExprCodegen.canBeNull(right(start))) {
          builder.add(Opcode.IS_NULL, base + equalityCount, missLabel());
        }
        affinities.append(affinityLetter(start, equalityCount));
        moreValues(start, base + equalityCount, startWidth, affinities);
        startInclusive =
            start.kind == WhereTerm.Kind.GREATER_EQUAL || start.kind == WhereTerm.Kind.LESS_EQUAL;
        markCoded(start);
        startCount += startWidth;
      } else if (bounded && level.reverse == descendingColumn) {
        // Only an upper limit: NULLs are at the start and must be skipped.
        builder.add(Opcode.NULL, 0, base + equalityCount);
        startInclusive = false;
        startCount++;
        affinities.append('A');
      }
      // Otherwise NULLs come last, beyond the end bound.
      boolean skipNulls = bounded && end == null && level.reverse != descendingColumn;
      if (startCount > 0) {
        affinity(base, affinities.toString());
      }
      if (level.filter != 0) {
        builder.add(Opcode.FILTER, level.filter, missLabel(), base, equalityCount);
      }
      int endKey = endKey(base, endRegister, skipNulls);
      seek(base, startCount, startInclusive);
      level.stepP1 = level.indexCursor;
      level.stepOpcode =
          path.oneRow && level.inLoops.isEmpty()
              ? Opcode.NOOP
              : level.reverse ? Opcode.PREV : Opcode.NEXT;
      stop(endKey, skipNulls);
    }

    /** Opens a loop over the row values of an IN, at the first column that one of them is for. */
    private void rowIn(WhereTerm term, int base, int column) {
      List<Integer> fields = new ArrayList<>();
      List<Integer> targets = new ArrayList<>();
      for (int i = path.skipped; i < equalityCount; i++) {
        WhereTerm other = path.equalities.get(i - path.skipped);
        if (other.expr == term.expr) {
          if (i < column) {
            return; // Its loop has loaded this one as well.
          }
          fields.add(other.field);
          targets.add(base + i);
        }
      }
      int cursor = context.selects().subqueries().openRows(term.expr, fields);
      int top = builder.add(Opcode.REWIND, cursor);
      int skip = builder.newLabel();
      for (int i = 0; i < fields.size(); i++) {
        builder.add(Opcode.COLUMN, cursor, i, targets.get(i));
      }
      for (int target : targets) {
        builder.add(Opcode.IS_NULL, target, skip);
      }
      level.inLoops.add(new LoopLevel.InLoop(cursor, top, false, skip));
      if (fields.size() == SubqueryCodegen.width(term.expr)) {
        term.root().coded = true;
      }
    }

    /** Puts the next values of the skipped columns into registers. */
    private void skipTo(int base) {
      int cursor = level.indexCursor;
      level.skipEnd = builder.newLabel();
      builder.add(Opcode.NULL, 0, base, base + path.skipped - 1);
      builder.add(level.reverse ? Opcode.LAST : Opcode.REWIND, cursor, level.skipEnd);
      int first = builder.add(Opcode.GOTO);
      level.skipNext =
          builder.add(
              level.reverse ? Opcode.SEEK_LT : Opcode.SEEK_GT,
              cursor,
              level.skipEnd,
              base,
              path.skipped);
      builder.jumpHere(first);
      for (int i = 0; i < path.skipped; i++) {
        builder.add(Opcode.COLUMN, cursor, i, base + i);
      }
    }

    /** The values in one pass and the NULLs in the other, in the order that the index has not. */
    private void inTwoPasses(int base) {
      builder.add(Opcode.NULL, 0, base + equalityCount);
      level.nullsPass = builder.newRegister();
      level.nullsPassEnd = builder.newLabel();
      builder.add(Opcode.INTEGER, 1, level.nullsPass);
      level.nullsAgain = builder.currentAddress();
      boolean valuesFirst = level.reverse == descendingColumn;
      int secondSeek = builder.newLabel();
      int secondStop = builder.newLabel();
      int body = builder.newLabel();
      builder.add(Opcode.IF_NOT, level.nullsPass, secondSeek);
      seekPass(base, valuesFirst);
      int first = builder.add(Opcode.GOTO);
      builder.resolve(secondSeek);
      seekPass(base, !valuesFirst);
      builder.jumpHere(first);
      level.stepP1 = level.indexCursor;
      level.stepOpcode = level.reverse ? Opcode.PREV : Opcode.NEXT;
      level.stepP2 = builder.currentAddress();
      builder.add(Opcode.IF_NOT, level.nullsPass, secondStop);
      stopPass(base, valuesFirst);
      builder.add(Opcode.GOTO, 0, body);
      builder.resolve(secondStop);
      stopPass(base, !valuesFirst);
      builder.resolve(body);
    }

    /**
     * @param values whether the pass is over the values; else over the NULLs
     */
    private void seekPass(int base, boolean values) {
      boolean nullsAtStart = level.reverse == descendingColumn;
      int end = level.nullsPassEnd;
      if (values && !nullsAtStart && equalityCount == 0) {
        builder.add(level.reverse ? Opcode.LAST : Opcode.REWIND, level.indexCursor, end);
      } else if (values && nullsAtStart) {
        int seek = level.reverse ? Opcode.SEEK_LT : Opcode.SEEK_GT;
        builder.add(seek, level.indexCursor, end, base, equalityCount + 1);
      } else {
        int seek = level.reverse ? Opcode.SEEK_LE : Opcode.SEEK_GE;
        builder.add(seek, level.indexCursor, end, base, equalityCount + (values ? 0 : 1));
      }
    }

    private void stopPass(int base, boolean values) {
      boolean nullsAtStart = level.reverse == descendingColumn;
      int end = level.nullsPassEnd;
      if (values && !nullsAtStart) {
        int stop = level.reverse ? Opcode.IDX_LE : Opcode.IDX_GE;
        builder.add(stop, level.indexCursor, end, base, equalityCount + 1);
      } else if (!values || equalityCount > 0) {
        int stop = level.reverse ? Opcode.IDX_LT : Opcode.IDX_GT;
        builder.add(stop, level.indexCursor, end, base, equalityCount + (values ? 0 : 1));
      }
    }

    /** A pattern matches blobs as well, which sort after all texts: they get their own pass. */
    private void asPattern(WhereTerm bound, int register) {
      if (!bound.isPatternBound()) {
        return;
      }
      boolean blobsFirst = level.reverse != descendingColumn;
      int text = builder.newLabel();
      builder.add(blobsFirst ? Opcode.IF_NOT : Opcode.IF, level.patternPass, text);
      builder.add(Opcode.CAST, register, Affinity.BLOB.letter());
      builder.resolve(text);
    }

    private int missLabel() {
      return LoopHeadCodegen.this.missLabel();
    }

    private char affinityLetter(WhereTerm term, int column) {
      Affinity affinity = keyAffinity(column);
      if (term.kind == WhereTerm.Kind.IN) {
        return 'A';
      }
      if (term.right != null && term.left != null) {
        return affinityLetter(term.left, term.right, column);
      }
      return affinity == Affinity.NONE ? 'A' : affinity.letter();
    }

    private char affinityLetter(BoundExpr left, BoundExpr right, int column) {
      Affinity affinity = keyAffinity(column);
      boolean asIs =
          ExprTypes.comparisonAffinity(left, right).compareTo(Affinity.TEXT) < 0
              || keepsAsIs(right, affinity, false);
      return affinity == Affinity.NONE || asIs ? 'A' : affinity.letter();
    }

    /** Whether the affinity would not change the value, except that integers might lose digits. */
    private static boolean keepsAsIs(BoundExpr expr, Affinity affinity, boolean negated) {
      if (expr instanceof BoundExpr.Unary e
          && (e.operator() == UnaryOperator.PLUS || e.operator() == UnaryOperator.NEGATE)) {
        return keepsAsIs(e.operand(), affinity, negated || e.operator() == UnaryOperator.NEGATE);
      } else if (expr instanceof BoundExpr.IntegerValue || expr instanceof BoundExpr.RealValue) {
        return affinity.compareTo(Affinity.NUMERIC) >= 0;
      } else if (expr instanceof BoundExpr.TextValue) {
        return !negated && affinity == Affinity.TEXT;
      } else if (expr instanceof BoundExpr.ColumnRef e) {
        return affinity.compareTo(Affinity.NUMERIC) >= 0 && isRowid(e);
      }
      return expr instanceof BoundExpr.BlobValue && !negated;
    }

    private static boolean isRowid(BoundExpr.ColumnRef ref) {
      Table table = ref.source().table;
      return ref.source().subquery == null
          && table.hasRowid()
          && (ref.column() < 0 || ref.column() == table.rowidColumn);
    }

    /** As a key is searched for: an integer keeps its digits in a column of real numbers, too. */
    private Affinity keyAffinity(int column) {
      Affinity affinity = columnAffinity(column);
      return affinity.isNumeric() ? Affinity.NUMERIC : affinity;
    }

    private Affinity columnAffinity(int column) {
      int tableColumn = index.columns[column];
      if (tableColumn == Index.EXPRESSION) {
        return ExprTypes.affinity(context.schemaExpressions().column(level.source, index, column));
      }
      return index.table.affinity(tableColumn);
    }

    /** The values of a row value after the first one. */
    private void moreValues(WhereTerm bound, int first, int width, StringBuilder affinities) {
      for (int i = 1; i < width; i++) {
        context.exprs().codeCopy(bound.vectorRight.get(i), first + i);
        affinities.append(
            affinityLetter(bound.vectorLeft.get(i), bound.vectorRight.get(i), equalityCount + i));
      }
    }

    private void affinity(int first, String letters) {
      int from = 0;
      int to = letters.length();
      while (from < to && letters.charAt(from) <= 'A') {
        from++;
      }
      while (to > from && letters.charAt(to - 1) <= 'A') {
        to--;
      }
      if (to > from) {
        builder.add(Opcode.AFFINITY, first + from, to - from, 0, letters.substring(from, to));
      }
    }

    private void seek(int base, int count, boolean inclusive) {
      int miss = missLabel();
      if (count == 0) {
        builder.add(level.reverse ? Opcode.LAST : Opcode.REWIND, level.indexCursor, miss);
        return;
      }
      int opcode;
      if (level.reverse) {
        opcode = inclusive ? Opcode.SEEK_LE : Opcode.SEEK_LT;
      } else {
        opcode = inclusive ? Opcode.SEEK_GE : Opcode.SEEK_GT;
      }
      builder.add(opcode, level.indexCursor, miss, base, count);
    }

    /** Puts the key at which the range ends into consecutive registers; answers the first. */
    private int endKey(int base, int endRegister, boolean skipNulls) {
      if (end == null && !skipNulls) {
        return base;
      }
      if (end != null && equalityCount == 0) {
        return endRegister;
      }
      int first = builder.newRegisters(equalityCount + endWidth);
      if (equalityCount > 0) {
        builder.add(Opcode.COPY, base, first, equalityCount - 1);
      }
      if (end != null) {
        builder.add(Opcode.COPY, endRegister, first + equalityCount, endWidth - 1);
      } else {
        builder.add(Opcode.NULL, 0, first + equalityCount);
      }
      return first;
    }

    /** Leaves the range at its end. */
    private void stop(int endKey, boolean skipNulls) {
      level.stepP2 = builder.currentAddress();
      int count = equalityCount + (end != null ? endWidth : skipNulls ? 1 : 0);
      if (count == 0) {
        return;
      }
      boolean inclusive =
          end == null
              ? !skipNulls
              : end.kind == WhereTerm.Kind.GREATER_EQUAL || end.kind == WhereTerm.Kind.LESS_EQUAL;
      int opcode;
      if (level.reverse) {
        opcode = inclusive ? Opcode.IDX_LT : Opcode.IDX_LE;
      } else {
        opcode = inclusive ? Opcode.IDX_GT : Opcode.IDX_GE;
      }
      builder.add(opcode, level.indexCursor, missLabel(), endKey, count);
    }
  }
}
