package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that yields rows in a {@code FROM} clause. */
public sealed interface FromItem {
  /** Place of the first token. */
  int offset();

  /** Null if not given. */
  @Nullable Identifier alias();

  /** A table, view or common table. */
  record Table(QualifiedName name, @Nullable Identifier alias, @Nullable IndexHint hint, int offset)
      implements FromItem {}

  /** {@code name(arguments)}; the arguments may be empty. */
  record TableFunction(
      QualifiedName name, List<Expr> arguments, @Nullable Identifier alias, int offset)
      implements FromItem {}

  /** {@code (select)}. */
  record Subquery(Select select, @Nullable Identifier alias, int offset) implements FromItem {}

  /** {@code (a JOIN b ...)}: a join in parentheses. */
  record Nested(FromClause from, @Nullable Identifier alias, int offset) implements FromItem {}
}
