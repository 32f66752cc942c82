package org.libsql4j.codegen;

import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates the keys of index entries from rows. */
final class IndexKeys {
  private final CodeContext context;
  private final ProgramBuilder builder;

  IndexKeys(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
  }

  /**
   * Computes the columns of an index entry for the current row of a source.
   *
   * @param count how many leading columns
   * @param first first of that many registers
   */
  void columns(Source row, Index index, int count, int first) {
    for (int i = 0; i < count; i++) {
      BoundExpr expr = context.schemaExpressions().column(row, index, i);
      int target = first + i;
      if (index.columns[i] == Index.EXPRESSION) {
        context.inPurePlace("an index", () -> context.exprs().codeCopy(expr, target));
      } else {
        context.exprs().codeCopy(expr, target);
      }
      if (index.columns[i] == Index.EXPRESSION) {
        Affinity affinity = ExprTypes.affinity(expr);
        if (affinity.compareTo(Affinity.TEXT) >= 0) {
          builder.add(Opcode.AFFINITY, first + i, 1, 0, String.valueOf(affinity.letter()));
        }
      }
    }
  }

  /** Skips to the label unless the row belongs into a partial index. */
  void skipUnlessIncluded(Source row, Index index, int label) {
    BoundExpr condition = context.schemaExpressions().condition(row, index);
    if (condition != null) {
      context.inPurePlace(
          "an index", () -> context.conditions().jumpIfFalse(condition, label, true));
    }
  }

  /** The affinity string for the record of an index entry. */
  static String affinities(CodeContext context, Source row, Index index) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < index.columnCount(); i++) {
      BoundExpr expr = context.schemaExpressions().column(row, index, i);
      letters.append(TableAccess.letter(ExprTypes.affinity(expr)));
    }
    return letters.toString();
  }

  /** A source of one table, for expressions of the schema. */
  static Source sourceOf(Table table) {
    return new Source(table, table.name, null, null);
  }

  /** The names in "UNIQUE constraint failed: t.a, t.b". */
  static String uniqueColumns(Index index) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < index.keyColumnCount; i++) {
      if (index.columns[i] == Index.EXPRESSION) {
        return "index '" + index.name + "'";
      }
    }
    for (int i = 0; i < index.keyColumnCount; i++) {
      names.append(i == 0 ? "" : ", ").append(index.table.name).append('.');
      int column = index.columns[i];
      names.append(column < 0 ? "rowid" : index.table.column(column).name());
    }
    return names.toString();
  }
}
