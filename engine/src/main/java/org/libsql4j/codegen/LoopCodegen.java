package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.plan.AccessPath;
import org.libsql4j.plan.JoinPlan;
import org.libsql4j.plan.PlanOptions;
import org.libsql4j.plan.PlanWatcher;
import org.libsql4j.plan.Planner;
import org.libsql4j.plan.VirtualPaths;
import org.libsql4j.plan.WhereTerm;
import org.libsql4j.plan.WhereTerms;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.JoinOperator;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;
import org.libsql4j.vtab.IndexInfo;

/**
 * Generates the nested loops of a plan: opens cursors, the heads from the outermost to the
 * innermost loop, and after the body their ends.
 *
 * <p>Each condition is tested in the outermost loop where all that it reads is at hand, unless the
 * loop's own search made sure of it. A LEFT JOIN tests ON first, notes the match, then tests the
 * rest; when no row matched it runs once more from there with NULLs. A RIGHT JOIN makes what is
 * inside it a subroutine, which runs once more for each row that no outer row matched.
 */
final class LoopCodegen implements WhereLoop {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final WhereRequest request;
  private final WhereTerms terms;
  private final List<LoopLevel> levels = new ArrayList<>();
  private final boolean partOfOr;
  private final int breakLabel;
  private final PlanOptions options;
  private final JoinPlan plan;
  private final boolean onePass;
  private long ready;

  /** Number of indexed expressions that were known before these loops. */
  private int indexedBefore;

  private LoopCodegen(CodeContext context, WhereRequest request) {
    this(
        context,
        request,
        new WhereTerms(request.sources(), request.where(), context.peekedValues()),
        false);
  }

  /** A loop over one source for one part of an OR. */
  static WhereLoop beginPart(CodeContext context, Source source, BoundExpr part) {
    WhereRequest request = WhereRequest.of(List.of(source), part);
    LoopCodegen loops =
        new LoopCodegen(
            context, request, WhereTerms.ofPart(source, part, context.peekedValues()), true);
    loops.start();
    return loops;
  }

  private LoopCodegen(
      CodeContext context, WhereRequest request, WhereTerms terms, boolean partOfOr) {
    this.context = context;
    this.builder = context.builder();
    this.request = request;
    this.breakLabel = builder.newLabel();
    this.terms = terms;
    this.partOfOr = partOfOr;
    this.options =
        new PlanOptions(
            !request.orderBy().isEmpty(),
            context.connection().isSet(ConnectionFlag.AUTOMATIC_INDEX),
            isOnePass(request),
            partOfOr,
            context.selects().froms(),
            request.orderBy(),
            distinct(request),
            context.peekedValues());
    boolean any =
        request.purpose() == WhereRequest.Purpose.GROUP_BY
            || request.purpose() == WhereRequest.Purpose.DISTINCT;
    PlanWatcher watcher = context.planWatcher();
    if (watcher != null) {
      watcher.planning(terms, request.orderBy());
    }
    this.plan =
        Planner.plan(
            terms,
            context.schemaExpressions(),
            options,
            request.orderBy(),
            any,
            request.limitRows(),
            context.loopRuns);
    this.onePass = allowsOnePass();
    if (onePass) {
      plan.loops().get(0).covering = false;
    }
  }

  /** Whether rows may be changed while the loop goes over them. */
  private boolean allowsOnePass() {
    boolean many = request.purpose() == WhereRequest.Purpose.ONE_PASS_MULTI;
    if ((!many && request.purpose() != WhereRequest.Purpose.ONE_PASS) || plan.loops().size() != 1) {
      return false;
    }
    AccessPath path = plan.loops().get(0);
    boolean direct =
        path.kind == AccessPath.Kind.TABLE_SCAN
            || path.kind == AccessPath.Kind.ROWID
            || path.kind == AccessPath.Kind.INDEX;
    return direct
        && request.sources().get(path.position).table.kind == Table.Kind.ORDINARY
        && (many || path.oneRow);
  }

  private static IndexInfo.Distinct distinct(WhereRequest request) {
    if (request.purpose() == WhereRequest.Purpose.GROUP_BY) {
      return IndexInfo.Distinct.GROUPED;
    }
    return request.purpose() == WhereRequest.Purpose.DISTINCT
        ? IndexInfo.Distinct.DISTINCT
        : IndexInfo.Distinct.ORDERED;
  }

  private static boolean isOnePass(WhereRequest request) {
    return request.purpose() == WhereRequest.Purpose.ONE_PASS
        || request.purpose() == WhereRequest.Purpose.ONE_PASS_MULTI;
  }

  static WhereLoop plan(CodeContext context, WhereRequest request) {
    return new LoopCodegen(context, request);
  }

  @Override
  public void start() {
    boolean backwards =
        request.orderBy().isEmpty()
            && context.connection().isSet(ConnectionFlag.REVERSE_UNORDERED_SELECTS);
    List<AccessPath> needed = NeededLoops.of(plan, terms, request);
    BloomFilterCodegen.mark(needed, terms);
    for (AccessPath path : needed) {
      Source source = request.sources().get(path.position);
      boolean reverse = backwards || (plan.reversed() >> path.position & 1) != 0;
      LoopLevel level = new LoopLevel(source, path, reverse);
      level.nullsApart = (plan.nullsApart() >> path.position & 1) != 0;
      levels.add(level);
      openCursors(level);
      if (isRight(source)) {
        // Before any loop: it must be there even if no row on the left is.
        RightJoinCodegen.open(context, level);
        if (source.table.isVirtual()) {
          level.unmatchedPath = VirtualPaths.unmatched(terms, options, source, path.position);
        }
      }
    }
    testConstants();
    indexedBefore = context.indexedExpressions().size();
    for (LoopLevel level : levels) {
      head(level);
      Index index = level.path.index;
      if (index != null && mayReadExpressions(level)) {
        context.indexedExpressions().add(level, index);
      }
    }
    context.loopRuns += plan.rows();
  }

  /** Whether expressions may be read from the index that the loop walks over. */
  private boolean mayReadExpressions(LoopLevel level) {
    return level.path.kind == AccessPath.Kind.INDEX
        && !partOfOr
        && !onePass
        && !level.source.nullable
        && terms.lastRightJoin() < 0;
  }

  // ---- cursors
  // -------------------------------------------------------------------------------------

  private void openCursors(LoopLevel level) {
    Source source = level.source;
    FromCodegen.Prepared prepared = context.selects().froms().of(source);
    if (prepared != null) {
      level.tableCursor = prepared.cursor();
      return;
    }
    if (source.table.kind == Table.Kind.EPHEMERAL) {
      level.tableCursor = NullRows.cursorOf(context.location(source));
      return;
    }
    Table table = source.table;
    int database = context.databaseIndex(table);
    context.useDatabase(database);
    if (table.virtual != null) {
      level.tableCursor = VirtualLoops.open(context, source, table.virtual);
      return;
    }
    int open = onePass ? Opcode.OPEN_WRITE : Opcode.OPEN_READ;
    Index index = level.path.index;
    boolean keyOfTable = index != null && index.isPrimaryKeyOfWithoutRowid();
    boolean indexOnly = index != null && level.path.covering && !keyOfTable;
    if (indexOnly) {
      builder.newCursor(); // That of the table, so that listings have SQLite's numbers.
    }
    if (table.withoutRowid) {
      Index key = table.primaryKeyIndex();
      if (key == null) {
        throw new IllegalStateException("WITHOUT ROWID table without primary key");
      }
      if (!indexOnly) {
        level.tableCursor = builder.newCursor();
        builder.add(open, level.tableCursor, table.rootPage, database, KeyInfos.of(context, key));
      }
    } else if (!indexOnly || level.path.kind == AccessPath.Kind.AUTOMATIC_INDEX) {
      level.tableCursor = builder.newCursor();
      builder.add(open, level.tableCursor, table.rootPage, database, table.storedColumnCount());
    }
    if (index != null && !keyOfTable) {
      level.indexCursor = builder.newCursor();
      builder.add(open, level.indexCursor, index.rootPage, database, KeyInfos.of(context, index));
      if (seeksEqualOnly(level)) {
        builder.setP5(OpFlags.SEEKEQ);
      }
    } else if (keyOfTable) {
      level.indexCursor = level.tableCursor;
    }
    context.locate(
        source,
        indexOnly && index != null
            ? new RowLocation.CoveringIndex(index, level.indexCursor)
            : new RowLocation.TableCursor(table, level.tableCursor));
  }

  /** Whether an entry that a search of the loop does not find is always the end of that search. */
  private static boolean seeksEqualOnly(LoopLevel level) {
    AccessPath path = level.path;
    return path.kind == AccessPath.Kind.INDEX
        && !path.equalities.isEmpty()
        && path.lower == null
        && path.upper == null
        && path.skipped == 0
        && !level.nullsApart;
  }

  // ---- heads
  // ---------------------------------------------------------------------------------------

  private void testConstants() {
    for (WhereTerm term : terms.all()) {
      if (term.original == null
          && term.mask == 0
          && term.onPosition < 0
          && isTestable(term, 0)
          && !term.hasSubquery()) {
        term.coded = true;
        context.conditions().jumpIfFalse(term.expr, breakLabel, true);
      }
    }
  }

  private void head(LoopLevel level) {
    level.breakLabel = builder.newLabel();
    level.nextLabel = builder.newLabel();
    level.bodyNextLabel = level.nextLabel;
    Source source = level.source;
    if (source.existence && !partOfOr) {
      level.endLabel = builder.newLabel();
    }
    boolean left = isLeft(source);
    boolean right = isRight(source);
    if (left) {
      level.matchedRegister = builder.newRegister();
      builder.add(Opcode.INTEGER, 0, level.matchedRegister);
    }
    if (level.path.kind == AccessPath.Kind.AUTOMATIC_INDEX) {
      PlanText.explainFilter(context, level);
    } else if (level.path.filtered) {
      PlanText.explainFilter(context, level);
      new BloomFilterCodegen(context, level, terms).code();
    }
    PlanText.explain(context, level, request.purpose());
    new LoopHeadCodegen(context, level).code();
    ready |= 1L << level.path.position;
    if (left || right) {
      test(level.path.position, true, level.nextLabel);
      if (left) {
        builder.add(Opcode.INTEGER, 1, level.matchedRegister);
      }
      if (right) {
        RightJoinCodegen.recordMatch(context, level);
      }
      if (left) {
        level.nullRowEntry = builder.currentAddress();
      }
      if (right) {
        RightJoinCodegen.beginBody(context, level);
      }
    }
    test(level.path.position, false, level.bodyNextLabel);
  }

  /**
   * Tests what can be tested by now.
   *
   * @param onOnly only conditions of the ON clause of this level
   */
  private void test(int position, boolean onOnly, int failLabel) {
    // Cheap conditions first: subqueries last.
    boolean postponed = true;
    for (int pass = 0; postponed; pass++) {
      postponed = false;
      for (WhereTerm term : terms.all()) {
        if (term.original != null
            || term.coded
            || (onOnly && term.onPosition != position)
            || !isTestable(term, ready)) {
          continue;
        }
        if (pass == 0 && term.hasSubquery()) {
          postponed = true;
          continue;
        }
        term.coded = true;
        context.conditions().jumpIfFalse(term.expr, failLabel, true);
      }
    }
  }

  private boolean isLeft(Source source) {
    return !partOfOr
        && (source.join == JoinOperator.Kind.LEFT || source.join == JoinOperator.Kind.FULL);
  }

  private boolean isRight(Source source) {
    return !partOfOr
        && (source.join == JoinOperator.Kind.RIGHT || source.join == JoinOperator.Kind.FULL);
  }

  private boolean isTestable(WhereTerm term, long ready) {
    if ((term.mask & ~ready) != 0) {
      return false;
    }
    if (term.onPosition >= 0) {
      return (ready >> term.onPosition & 1) != 0;
    }
    int lastRight = terms.lastRightJoin();
    return lastRight < 0 || (ready >> lastRight & 1) != 0;
  }

  // ---- the interface
  // -------------------------------------------------------------------------------

  private LoopLevel innermost() {
    return levels.get(levels.size() - 1);
  }

  @Override
  public int continueLabel() {
    LoopLevel level = innermost();
    return level.endLabel != 0 ? level.endLabel : level.bodyNextLabel;
  }

  @Override
  public int breakLabel() {
    return breakLabel;
  }

  @Override
  public int orderedTerms() {
    return plan.satisfied();
  }

  @Override
  public boolean isSorted() {
    return plan.sorted();
  }

  @Override
  public boolean isDistinct() {
    return request.purpose() == WhereRequest.Purpose.DISTINCT && plan.distinct();
  }

  @Override
  public boolean isDistinctOrdered() {
    return request.purpose() == WhereRequest.Purpose.DISTINCT
        && plan.satisfied() == request.orderBy().size();
  }

  @Override
  public int rows() {
    return plan.rows();
  }

  @Override
  public boolean isSingleRow() {
    for (AccessPath path : plan.loops()) {
      if (!path.oneRow) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isOnePass() {
    return onePass;
  }

  @Override
  public @Nullable Index onePassIndex() {
    Index index = plan.loops().get(0).index;
    return index == null || index.isPrimaryKeyOfWithoutRowid() ? null : index;
  }

  @Override
  public int onePassCursor() {
    return innermost().tableCursor;
  }

  @Override
  public int onePassIndexCursor() {
    return onePassIndex() == null ? -1 : innermost().indexCursor;
  }

  // ---- ends
  // ----------------------------------------------------------------------------------------

  @Override
  public void end() {
    builder.clearTemporaries();
    context.indexedExpressions().truncate(indexedBefore);
    context.loopRuns -= plan.rows();
    for (int i = levels.size() - 1; i >= 0; i--) {
      end(levels.get(i));
    }
    for (LoopLevel level : levels) {
      if (level.matchCursor >= 0) {
        RightJoinCodegen.unmatchedRows(context, level, levels);
      }
    }
    builder.resolve(breakLabel);
  }

  private void end(LoopLevel level) {
    if (level.matchCursor >= 0) {
      builder.resolve(level.bodyNextLabel);
      builder.add(Opcode.RETURN, level.returnRegister, level.subroutineAddress, 1);
    }
    if (level.endLabel != 0) {
      builder.add(Opcode.GOTO, 0, level.endLabel);
    }
    builder.resolve(level.nextLabel);
    if (level.stepOpcode != Opcode.NOOP) {
      builder.add(level.stepOpcode, level.stepP1, level.stepP2);
    }
    if (level.nullsPass != 0) {
      builder.resolve(level.nullsPassEnd);
      builder.add(Opcode.DECR_JUMP_ZERO, level.nullsPass, level.nullsAgain);
    }
    for (int i = level.inLoops.size() - 1; i >= 0; i--) {
      LoopLevel.InLoop in = level.inLoops.get(i);
      builder.resolve(in.skipLabel());
      if (level.matchedRegister != 0) {
        // The row of NULLs comes this way as well, perhaps before the list was ever opened.
        builder.add(Opcode.IF_NOT_OPEN, in.cursor(), builder.currentAddress() + 2);
      }
      builder.add(in.reverse() ? Opcode.PREV : Opcode.NEXT, in.cursor(), in.top() + 1);
      builder.jumpHere(in.top());
    }
    builder.resolve(level.breakLabel);
    if (level.skipNext != 0) {
      builder.add(Opcode.GOTO, 0, level.skipNext);
      builder.resolve(level.skipEnd);
    }
    if (level.patternPass != 0) {
      builder.add(Opcode.DECR_JUMP_ZERO, level.patternPass, level.patternAgain);
    }
    if (level.endLabel != 0) {
      builder.resolve(level.endLabel);
    }
    if (level.matchedRegister != 0) {
      int seen = builder.add(Opcode.IF_POS, level.matchedRegister);
      nullRow(level);
      builder.add(Opcode.INTEGER, 1, level.matchedRegister);
      builder.add(Opcode.GOTO, 0, level.nullRowEntry);
      builder.jumpHere(seen);
    }
  }

  private void nullRow(LoopLevel level) {
    if (level.tableCursor >= 0) {
      builder.add(Opcode.NULL_ROW, level.tableCursor);
    }
    if (level.indexCursor >= 0 && level.indexCursor != level.tableCursor) {
      builder.add(Opcode.NULL_ROW, level.indexCursor);
    }
    if (level.path.kind == AccessPath.Kind.COROUTINE
        && context.location(level.source) instanceof RowLocation.Registers registers) {
      builder.add(
          Opcode.NULL, 0, registers.first, registers.first + level.source.table.columnCount() - 1);
    }
  }
}
