package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.ExprChildren;

/** Finds generated columns that depend on themselves. */
final class GeneratedColumnLoops {
  private final Table table;
  private final boolean[] active;
  private @Nullable String looping;

  private GeneratedColumnLoops(Table table) {
    this.table = table;
    this.active = new boolean[table.columnCount()];
  }

  static void check(Table table) {
    GeneratedColumnLoops loops = new GeneratedColumnLoops(table);
    for (int i = 0; i < table.columnCount(); i++) {
      loops.follow(i);
    }
    // The last loop found is the one that is reported.
    if (loops.looping != null) {
      throw DdlNames.error("generated column loop on \"" + loops.looping + "\"");
    }
  }

  private void follow(int column) {
    Expr expr = table.column(column).generatedExpr();
    if (expr == null || !table.column(column).isVirtual()) {
      // A stored column is read, not computed.
      return;
    }
    if (active[column]) {
      looping = table.column(column).name();
      return;
    }
    active[column] = true;
    visit(expr);
    active[column] = false;
  }

  private void visit(Expr expr) {
    if (expr instanceof Expr.ColumnRef ref) {
      int column = table.columnIndex(ref.column().name());
      if (column >= 0) {
        follow(column);
      }
    }
    for (Expr child : ExprChildren.of(expr)) {
      visit(child);
    }
  }
}
