package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.IndexHint;
import org.libsql4j.sql.ast.JoinOperator;

/** Finds the ways to loop over each source, with their costs. */
final class AccessPathBuilder {
  private final WhereTerms terms;
  private final IndexExpressions indexExpressions;
  private final PlanOptions options;
  private final ColumnConstraints constraints;
  private final OutputEstimate output;
  private final SampleEstimates samples;
  private final PathList paths;
  private final IndexPaths indexes;
  private final AutomaticIndexes automaticIndexes;

  AccessPathBuilder(WhereTerms terms, IndexExpressions indexExpressions, PlanOptions options) {
    this.terms = terms;
    this.indexExpressions = indexExpressions;
    this.options = options;
    this.constraints = new ColumnConstraints(terms);
    this.output = new OutputEstimate(terms);
    this.samples = new SampleEstimates(indexExpressions, options.values());
    this.paths = new PathList(indexExpressions, options.order());
    this.indexes = new IndexPaths(terms, indexExpressions, options, constraints, paths);
    this.automaticIndexes = new AutomaticIndexes(terms, options, constraints, paths);
  }

  /** All paths of all sources. */
  List<AccessPath> build() {
    addAll();
    if (indexes.takeRefuted()) {
      paths.all().clear();
      addAll();
    }
    return paths.all();
  }

  /**
   * The path that finds the one row with given values of all columns of a unique index; null if
   * there is none.
   */
  @Nullable AccessPath build(Source source, Index index) {
    indexes.add(source, 0, index);
    for (AccessPath path : paths.all()) {
      if (path.oneRow) {
        return path;
      }
    }
    return null;
  }

  private void addAll() {
    List<Source> sources = terms.sources();
    long before = 0;
    long required = 0;
    for (int position = 0; position < sources.size(); position++) {
      Source source = sources.get(position);
      if (terms.isPart()) {
        addPaths(source, position);
        break;
      }
      boolean fixed =
          source.join == JoinOperator.Kind.LEFT
              || source.join == JoinOperator.Kind.CROSS
              || terms.lastRightJoin() >= 0
              || followsCross(sources, position);
      required = source.existence ? readWith(position) : fixed ? before : 0;
      paths.required = required;
      if (source.table.isVirtual()) {
        List<AccessPath> virtual = new ArrayList<>();
        new VirtualPaths(terms, options, source, position, required).addTo(virtual);
        for (AccessPath path : virtual) {
          paths.addAlways(source, path);
        }
      } else {
        addPaths(source, position);
      }
      before |= 1L << position;
    }
  }

  /**
   * What an EXISTS depends on: its loop ends with the first match, so that everything that a match
   * is decided by has to be known.
   */
  private long readWith(int position) {
    long mask = 0;
    for (WhereTerm term : terms.all()) {
      if (term.original == null && (term.mask >> position & 1) != 0) {
        mask |= term.mask;
      }
    }
    int lastRight = terms.lastRightJoin();
    if (lastRight >= 0) {
      mask |= (2L << lastRight) - 1;
    }
    return ColumnConstraints.others(mask, position);
  }

  /** The left side of CROSS JOIN stays to the left of what follows it. */
  private static boolean followsCross(List<Source> sources, int position) {
    return position > 0 && sources.get(position - 1).join == JoinOperator.Kind.CROSS;
  }

  private void addPaths(Source source, int position) {
    if (source.subquery != null || source.table.kind == Table.Kind.EPHEMERAL) {
      addSubquery(source, position);
      return;
    }
    Table table = source.table;
    IndexHint hint = source.hint;
    if (hint != null && hint.index() != null) {
      Index index = named(table, hint.index().name());
      indexes.add(source, position, index);
      return;
    }
    automaticIndexes.add(source, position, table.rowEstimate);
    addScan(source, position);
    if (table.hasRowid()) {
      addRowid(source, position);
    }
    if (hint == null || table.withoutRowid) {
      for (Index index : table.indexes) {
        if (hint == null || index.isPrimaryKeyOfWithoutRowid()) {
          indexes.add(source, position, index);
        }
      }
    }
    addDisjunctions(source, position);
  }

  // ---- OR
  // ------------------------------------------------------------------------------------------

  /** Adds a path for each OR all of whose parts can use an index. */
  private void addDisjunctions(Source source, int position) {
    if (options.partOfOr() || position <= terms.lastRightJoin()) {
      return;
    }
    for (WhereTerm term : terms.all()) {
      if (!term.disjuncts.isEmpty()
          && (term.mask >> position & 1) != 0
          && constraints.usableAt(term, source, position)) {
        AccessPath path = disjunction(source, position, term, List.of());
        if (path != null) {
          paths.add(source, path);
        }
        List<WhereTerm> joint = joint(source, position, term);
        path = joint.isEmpty() ? null : disjunction(source, position, term, joint);
        if (path != null && !path.joint.isEmpty()) {
          paths.add(source, path);
        }
      }
    }
  }

  /** What else an index could use together with a part of an OR. */
  private List<WhereTerm> joint(Source source, int position, WhereTerm disjunction) {
    List<WhereTerm> joint = new ArrayList<>();
    for (WhereTerm term : terms.all()) {
      WhereTerm root = term.root();
      if (term.kind != WhereTerm.Kind.OTHER
          && !term.onlyHint
          && term.left instanceof BoundExpr.ColumnRef ref
          && ref.source() == source
          && (term.rightMask >> position & 1) == 0
          && root != disjunction
          && !joint.contains(root)
          && !root.hasSubquery()
          && constraints.usableAt(root, source, position)) {
        joint.add(root);
      }
    }
    return joint;
  }

  /**
   * @param joint conditions that the searches may use beside the parts
   */
  private @Nullable AccessPath disjunction(
      Source source, int position, WhereTerm term, List<WhereTerm> joint) {
    AccessPath path = new AccessPath(AccessPath.Kind.MULTI_OR, position, null);
    path.disjunction = term;
    path.prerequisites = ColumnConstraints.others(term.mask, position);
    boolean first = true;
    for (BoundExpr part : term.disjuncts) {
      BoundExpr condition = part;
      for (WhereTerm more : joint) {
        condition = new BoundExpr.Binary(BinaryOperator.AND, condition, more.expr);
      }
      AccessPath best = bestOfPart(source, condition);
      if (best == null) {
        return null;
      }
      for (WhereTerm more : joint) {
        if (!path.joint.contains(more) && best.usesConditionOf(more)) {
          path.joint.add(more);
          path.prerequisites |= ColumnConstraints.others(more.mask, position);
        }
      }
      path.runCost = first ? best.runCost : LogEst.add(path.runCost, best.runCost);
      path.rowsOut = first ? best.rowsOut : LogEst.add(path.rowsOut, best.rowsOut);
      first = false;
    }
    path.runCost++;
    output.adjust(path, source.table.rowEstimate);
    return path;
  }

  /** The cheapest way to use an index for one part of an OR; null if there is none. */
  private @Nullable AccessPath bestOfPart(Source source, BoundExpr part) {
    WhereTerms partTerms = terms.part(source, part);
    PlanOptions partOptions = options.forPartOfOr();
    AccessPath best = null;
    for (AccessPath path :
        new AccessPathBuilder(partTerms, indexExpressions, partOptions).build()) {
      if (path.hasConstraint() && (best == null || path.runCost < best.runCost)) {
        best = path;
      }
    }
    return best;
  }

  private static Index named(Table table, String name) {
    for (Index index : table.indexes) {
      if (index.name.equalsIgnoreCase(name)) {
        return index;
      }
    }
    throw new LibsqlException(ResultCode.ERROR, "no such index: " + name);
  }

  private void addSubquery(Source source, int position) {
    boolean coroutine = options.isCoroutine(source);
    AccessPath path =
        new AccessPath(
            coroutine ? AccessPath.Kind.COROUTINE : AccessPath.Kind.TABLE_SCAN, position, null);
    int rows = source.table.rowEstimate;
    path.rowsOut = rows;
    path.runCost = rows + 16;
    output.adjust(path, rows);
    automaticIndexes.add(source, position, rows);
    paths.add(source, path);
  }

  private void addScan(Source source, int position) {
    Table table = source.table;
    AccessPath path = new AccessPath(AccessPath.Kind.TABLE_SCAN, position, null);
    path.rowsOut = table.rowEstimate;
    path.runCost = table.rowEstimate + 16 - IndexPaths.trust(table);
    output.adjust(path, table.rowEstimate);
    if (!table.withoutRowid) {
      paths.add(source, path);
    }
  }

  // ---- rowid
  // ---------------------------------------------------------------------------------------

  private void addRowid(Source source, int position) {
    BoundExpr rowid = new BoundExpr.ColumnRef(source, -1);
    int rows = source.table.rowEstimate;
    List<WhereTerm> usable = constraints.on(source, position, rowid, "BINARY", Affinity.INTEGER);
    if (usable.isEmpty()) {
      return;
    }
    for (WhereTerm term : usable) {
      if (term.kind.isEquality() || (term.kind == WhereTerm.Kind.IN && term.field < 0)) {
        AccessPath path = rowidSearch(term, position, rows);
        output.adjust(path, rows);
        paths.add(source, path);
      }
    }
    addRowidRange(source, position, usable, rows);
  }

  /** The path of a search for the rowids that a condition names. */
  static AccessPath rowidSearch(WhereTerm term, int position, int rows) {
    AccessPath path = new AccessPath(AccessPath.Kind.ROWID, position, null);
    path.equalities.add(term);
    path.prerequisites = ColumnConstraints.others(term, position);
    path.oneRow = term.kind.isEquality();
    int values = term.kind == WhereTerm.Kind.IN ? IndexPaths.valueCount(term) : 0;
    path.rowsOut = values;
    path.runCost = LogEst.add(LogEst.depth(rows), 16) + values;
    return path;
  }

  private void addRowidRange(Source source, int position, List<WhereTerm> bounds, int rows) {
    List<@Nullable WhereTerm> lowers = IndexPaths.withNone(bounds, true);
    List<@Nullable WhereTerm> uppers = IndexPaths.withNone(bounds, false);
    for (WhereTerm lower : lowers) {
      for (WhereTerm upper : uppers) {
        if (lower == null && upper == null) {
          continue;
        }
        AccessPath path = new AccessPath(AccessPath.Kind.ROWID, position, null);
        path.lower = lower;
        path.upper = upper;
        path.prerequisites =
            ColumnConstraints.others(lower, position) | ColumnConstraints.others(upper, position);
        path.rowsOut = samples.range(source, path, rows);
        path.runCost = LogEst.add(LogEst.depth(rows), path.rowsOut + 16);
        output.adjust(path, rows);
        paths.add(source, path);
      }
    }
  }
}
