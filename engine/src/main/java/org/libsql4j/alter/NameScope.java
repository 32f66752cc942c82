package org.libsql4j.alter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.Select;

/** The row sources that names in a query may mean; the enclosing query's are behind them. */
final class NameScope {
  /**
   * A row source.
   *
   * @param alias what it is called here, or null
   * @param explicitAlias whether that was written with AS
   * @param table the table or view, or null
   * @param query the subquery or common table, or null
   */
  record Item(
      @Nullable String alias,
      boolean explicitAlias,
      @Nullable QualifiedName table,
      @Nullable Select query) {}

  final @Nullable NameScope parent;
  final List<Item> items = new ArrayList<>();

  NameScope(@Nullable NameScope parent) {
    this.parent = parent;
  }

  /** The source with an alias here, not further out. */
  @Nullable Item find(String alias) {
    for (Item item : items) {
      if (alias.equalsIgnoreCase(item.alias())) {
        return item;
      }
    }
    return null;
  }
}
