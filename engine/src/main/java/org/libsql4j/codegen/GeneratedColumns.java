package org.libsql4j.codegen;

import java.util.List;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.vdbe.Opcode;

/** Computes generated columns from the other columns of a row. */
public final class GeneratedColumns {
  private final CodeContext context;
  private int depth;

  GeneratedColumns(CodeContext context) {
    this.context = context;
  }

  /** Generates code that computes a column of the row at the given place into the target. */
  public void load(Table table, RowLocation row, int column, int target) {
    Expr definition = table.column(column).generatedExpr();
    if (definition == null) {
      throw new IllegalStateException("not a generated column");
    }
    if (depth > table.columnCount()) {
      throw new LibsqlException(
          ResultCode.ERROR, "generated column loop on \"" + table.column(column).name() + "\"");
    }
    depth++;
    try {
      Source source = new Source(table, table.name, null, null);
      context.locate(source, row);
      BoundExpr expr =
          context
              .resolver()
              .exprs()
              .scalar(definition, Scope.over(Scope.Place.GENERATED, List.of(source)));
      context.inPurePlace("a generated column", () -> context.exprs().codeInto(expr, target));
    } finally {
      depth--;
    }
    Affinity affinity = table.column(column).affinity();
    if (affinity.compareTo(Affinity.TEXT) >= 0) {
      context.builder().add(Opcode.AFFINITY, target, 1, 0, String.valueOf(affinity.letter()));
    }
  }
}
