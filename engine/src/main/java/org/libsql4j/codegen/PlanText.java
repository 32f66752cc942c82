package org.libsql4j.codegen;

import java.util.List;
import org.libsql4j.plan.AccessPath;
import org.libsql4j.plan.VirtualPlan;
import org.libsql4j.plan.WhereTerm;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.JoinOperator;
import org.libsql4j.vdbe.ProgramBuilder;

/** Describes loops for EXPLAIN QUERY PLAN in SQLite's words. */
final class PlanText {
  private PlanText() {}

  static void explain(CodeContext context, LoopLevel level, WhereRequest.Purpose purpose) {
    ProgramBuilder builder = context.builder();
    if (builder.queryPlanWanted && level.path.kind != AccessPath.Kind.MULTI_OR) {
      AccessPath path = level.path;
      builder.explainLoop(
          context.planParent,
          path.runCost,
          text(context, level, purpose),
          path.setupCost,
          path.rowsOut);
    }
  }

  /** Says that a Bloom filter is made. */
  static void explainFilter(CodeContext context, LoopLevel level) {
    ProgramBuilder builder = context.builder();
    if (builder.queryPlanWanted) {
      builder.explainPlan(
          context.planParent,
          0,
          "BLOOM FILTER ON " + name(context, level.source) + " " + filterKey(level));
    }
  }

  private static String filterKey(LoopLevel level) {
    AccessPath path = level.path;
    Index index = path.index;
    if (path.kind == AccessPath.Kind.ROWID) {
      Table table = level.source.table;
      return "("
          + (table.rowidColumn < 0 ? "rowid" : table.column(table.rowidColumn).name())
          + "=?)";
    }
    if (index == null) {
      return automaticKey(path);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < path.equalities.size(); i++) {
      text.append(i == 0 ? "(" : " AND ").append(indexColumn(index, i)).append("=?");
    }
    return text.append(')').toString();
  }

  private static String text(CodeContext context, LoopLevel level, WhereRequest.Purpose purpose) {
    AccessPath path = level.path;
    boolean search =
        !path.equalities.isEmpty()
            || path.lower != null
            || path.upper != null
            || purpose == WhereRequest.Purpose.MIN_MAX;
    StringBuilder text = new StringBuilder(search ? "SEARCH " : "SCAN ");
    text.append(name(context, level.source));
    if (level.endLabel != 0) {
      text.append(" EXISTS");
    }
    if (path.kind == AccessPath.Kind.INDEX) {
      index(text, path);
    } else if (path.kind == AccessPath.Kind.AUTOMATIC_INDEX) {
      text.append(" USING AUTOMATIC ")
          .append(path.partial.isEmpty() ? "" : "PARTIAL ")
          .append("COVERING INDEX ")
          .append(automaticKey(path));
    } else if (path.kind == AccessPath.Kind.ROWID) {
      rowid(text, path);
    } else if (path.kind == AccessPath.Kind.VIRTUAL) {
      virtual(text, path);
    }
    if (level.source.join == JoinOperator.Kind.LEFT
        || level.source.join == JoinOperator.Kind.FULL) {
      text.append(" LEFT-JOIN");
    }
    return text.toString();
  }

  /** Says that the rows that a RIGHT JOIN found no match for are looked for. */
  static void explainUnmatched(CodeContext context, LoopLevel level) {
    ProgramBuilder builder = context.builder();
    if (builder.queryPlanWanted) {
      String name = name(context, level.source);
      int node =
          builder.explainPlan(context.planParent, 0, "RIGHT-JOIN " + level.source.table.name);
      Index index = level.path.index;
      String way =
          level.tableCursor < 0 && index != null ? " USING COVERING INDEX " + index.name : "";
      builder.explainPlan(node, 0, "SCAN " + name + way);
    }
  }

  private static void virtual(StringBuilder text, AccessPath path) {
    VirtualPlan plan = path.virtual;
    if (plan != null) {
      text.append(" VIRTUAL TABLE INDEX ")
          .append(
              plan.hexadecimal()
                  ? "0x" + Integer.toHexString(plan.indexNumber())
                  : String.valueOf(plan.indexNumber()))
          .append(':')
          .append(plan.indexText() == null ? "" : plan.indexText());
    }
  }

  static String name(CodeContext context, Source source) {
    if (source.subquery != null
        && (source.alias == null || context.selects().froms().test(source))) {
      List<List<BoundExpr>> rows = source.subquery.first().values;
      if (rows != null && !source.subquery.first().constantRows && !source.subquery.isCompound()) {
        return rows.size() + "-ROW VALUES CLAUSE";
      }
      if (source.alias != null) {
        return source.toString();
      }
      return "(subquery-" + context.selects().numberOf(source.subquery) + ")";
    }
    return source.toString();
  }

  private static void index(StringBuilder text, AccessPath path) {
    Index index = path.index;
    if (index == null) {
      return;
    }
    if (index.isPrimaryKeyOfWithoutRowid()) {
      if (!path.equalities.isEmpty() || path.lower != null || path.upper != null) {
        text.append(" USING PRIMARY KEY");
      }
    } else {
      text.append(path.covering ? " USING COVERING INDEX " : " USING INDEX ").append(index.name);
    }
    constraints(text, path, index);
  }

  private static void constraints(StringBuilder text, AccessPath path, Index index) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < path.prefix(); i++) {
      list.append(list.length() == 0 ? "" : " AND ");
      if (i < path.skipped) {
        list.append("ANY(").append(indexColumn(index, i)).append(')');
      } else {
        list.append(indexColumn(index, i)).append("=?");
      }
    }
    if (path.lower != null) {
      bound(list, index, path.prefix(), path.lowerWidth, '>');
    }
    if (path.upper != null) {
      bound(list, index, path.prefix(), path.upperWidth, '<');
    }
    if (list.length() > 0) {
      text.append(" (").append(list).append(')');
    }
  }

  private static void bound(StringBuilder list, Index index, int column, int width, char operator) {
    list.append(list.length() == 0 ? "" : " AND ");
    if (width == 1) {
      list.append(indexColumn(index, column)).append(operator).append('?');
      return;
    }
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < width; i++) {
      list.append(i == 0 ? "(" : ",").append(indexColumn(index, column + i));
      values.append(i == 0 ? "(?" : ",?");
    }
    list.append(')').append(operator).append(values).append(')');
  }

  private static String indexColumn(Index index, int position) {
    if (position >= index.columnCount()) {
      return "";
    }
    int column = index.columns[position];
    return switch (column) {
      case Index.ROWID -> "rowid";
      case Index.EXPRESSION -> "<expr>";
      default -> index.table.column(column).name();
    };
  }

  private static void rowid(StringBuilder text, AccessPath path) {
    text.append(" USING INTEGER PRIMARY KEY (");
    if (!path.equalities.isEmpty()) {
      text.append("rowid=?");
    } else if (path.lower != null && path.upper != null) {
      text.append("rowid>? AND rowid<?");
    } else {
      text.append(path.lower != null ? "rowid>?" : "rowid<?");
    }
    text.append(')');
  }

  /** The columns of an index made for the loop. */
  static String automaticKey(AccessPath path) {
    StringBuilder text = new StringBuilder("(");
    for (WhereTerm term : path.equalities) {
      text.append(text.length() == 1 ? "" : " AND ").append(columnName(term)).append("=?");
    }
    return text.append(')').toString();
  }

  private static String columnName(WhereTerm term) {
    return term.left instanceof BoundExpr.ColumnRef ref && ref.column() >= 0
        ? ref.source().table.column(ref.column()).name()
        : "<expr>";
  }
}
