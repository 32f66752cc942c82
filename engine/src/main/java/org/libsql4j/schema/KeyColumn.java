package org.libsql4j.schema;

import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.OrderingTerm;

/**
 * A term of a key in CREATE TABLE or CREATE INDEX.
 *
 * @param name the column it seems to name, or null if it is an expression
 * @param quoted whether the name was in double quotes, so that it may also be a string
 * @param collation given with COLLATE, or null
 */
record KeyColumn(@Nullable String name, boolean quoted, @Nullable String collation) {
  static KeyColumn of(OrderingTerm term) {
    if (term.nulls() != null) {
      throw SchemaErrors.error("unsupported use of NULLS " + term.nulls());
    }
    Expr expr = term.expr();
    String collation = null;
    while (expr instanceof Expr.Collate collate) {
      if (collation == null) {
        collation = collate.collation().name();
      }
      expr = collate.operand();
    }
    if (expr instanceof Expr.StringLiteral literal && isString(term)) {
      return new KeyColumn(literal.value(), false, collation);
    }
    if (expr instanceof Expr.ColumnRef ref && ref.table() == null) {
      boolean quoted = ref.column().quoting() == org.libsql4j.sql.ast.Identifier.Quoting.DOUBLE;
      return new KeyColumn(ref.column().name(), quoted, collation);
    }
    return new KeyColumn(null, false, collation);
  }

  /** Whether it is a string, which stands for a name here; one COLLATE may follow it. */
  static boolean isString(OrderingTerm term) {
    Expr expr = term.expr() instanceof Expr.Collate collate ? collate.operand() : term.expr();
    return expr instanceof Expr.StringLiteral;
  }
}
