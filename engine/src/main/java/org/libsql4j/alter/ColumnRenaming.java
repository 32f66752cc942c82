package org.libsql4j.alter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Catalog;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.SqlNames;
import org.libsql4j.sql.ast.ColumnConstraint;
import org.libsql4j.sql.ast.ColumnDefinition;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.ForeignKey;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.sql.ast.TableConstraint;

/** Rewrites a stored statement for a column that gets another name. */
public final class ColumnRenaming extends Renaming {
  private final Catalog catalog;
  private final @Nullable String database;
  private final Table table;
  private final String from;
  private final Identifier to;
  private @Nullable QualifiedName watched;

  private ColumnRenaming(
      String text,
      Catalog catalog,
      @Nullable String database,
      Table table,
      String from,
      Identifier to) {
    super(text);
    this.catalog = catalog;
    this.database = database;
    this.table = table;
    this.from = from;
    this.to = to;
  }

  /**
   * The text of a statement after the renaming.
   *
   * @param database the database where unqualified tables of the statement are, or null for all
   * @param strings names in double quotes that are strings
   * @param to as written: what is quoted is quoted everywhere
   */
  public static String rewrite(
      String text,
      List<Identifier> strings,
      Catalog catalog,
      @Nullable String database,
      Table table,
      String from,
      Identifier to) {
    String clear = TextEdits.withStrings(text, strings);
    return new ColumnRenaming(clear, catalog, database, table, from, to).rewrite(clear);
  }

  private void replace(Identifier name) {
    if (name.name().equalsIgnoreCase(from)) {
      boolean quote = to.quoted() || name.quoted();
      edits.replace(name, quote ? SqlNames.quote(to.name()) : to.name());
    }
  }

  private @Nullable Table lookup(QualifiedName name) {
    String schema = name.schema() == null ? database : name.schema().name();
    return catalog.table(schema, name.name().name());
  }

  private boolean isAltered(@Nullable QualifiedName name) {
    return name != null && lookup(name) == table;
  }

  // ---- columns in expressions
  // ---------------------------------------------------------------------

  @Override
  void columnName(Expr.ColumnRef ref) {
    if (!ref.column().name().equalsIgnoreCase(from)) {
      return;
    }
    if (ref.table() == null ? meansAltered() : meansAltered(ref.table().name())) {
      replace(ref.column());
    }
  }

  private boolean meansAltered(String qualifier) {
    for (NameScope s = scope; s != null; s = s.parent) {
      NameScope.Item item = s.find(qualifier);
      if (item != null) {
        return isAltered(item.table());
      }
    }
    boolean pseudo = qualifier.equalsIgnoreCase("new") || qualifier.equalsIgnoreCase("old");
    if (pseudo && isAltered(watched)) {
      return true;
    }
    return false;
  }

  /** Looks for the innermost query with a source that has such a column. */
  private boolean meansAltered() {
    for (NameScope s = scope; s != null; s = s.parent) {
      for (NameScope.Item item : s.items) {
        if (isAltered(item.table())) {
          return true;
        }
      }
      for (NameScope.Item item : s.items) {
        if (hasColumn(item)) {
          return false;
        }
      }
    }
    return false;
  }

  private boolean hasColumn(NameScope.Item item) {
    if (item.query() != null) {
      return hasColumn(item.query());
    }
    Table found = item.table() == null ? null : lookup(item.table());
    return found != null && hasColumn(found);
  }

  private boolean hasColumn(Table found) {
    if (found.view == null) {
      return found.columnIndex(from) >= 0;
    }
    if (!found.view.columns().isEmpty()) {
      return found.view.columns().stream().anyMatch(c -> c.name().equalsIgnoreCase(from));
    }
    return hasColumn(found.view.select());
  }

  private boolean hasColumn(Select select) {
    if (!(select.first() instanceof SelectCore.Query query)) {
      return false;
    }
    for (ResultColumn column : query.columns()) {
      if (column instanceof ResultColumn.Expression e) {
        boolean named =
            e.alias() != null
                ? e.alias().name().equalsIgnoreCase(from)
                : e.expr() instanceof Expr.ColumnRef ref
                    && ref.column().name().equalsIgnoreCase(from);
        if (named) {
          return true;
        }
      } else if (query.from() != null && hasColumn(query.from())) {
        return true;
      }
    }
    return false;
  }

  private boolean hasColumn(FromClause clause) {
    for (FromClause.Term term : clause.terms()) {
      FromItem item = term.item();
      boolean found = false;
      if (item instanceof FromItem.Table named) {
        Table known = lookup(named.name());
        found = known != null && known != table && hasColumn(known);
      } else if (item instanceof FromItem.Subquery subquery) {
        found = hasColumn(subquery.select());
      } else if (item instanceof FromItem.Nested nested) {
        found = hasColumn(nested.from());
      }
      if (found) {
        return true;
      }
    }
    return false;
  }

  @Override
  void tableName(QualifiedName name) {}

  @Override
  void starName(Identifier name) {}

  @Override
  void keyString(Expr.StringLiteral name) {
    if (name.value().equalsIgnoreCase(from) && meansAltered()) {
      edits.replaceString(name.offset(), SqlNames.quote(to.name()));
    }
  }

  // ---- lists of columns
  // ---------------------------------------------------------------------------

  @Override
  void watchedTable(@Nullable QualifiedName name) {
    watched = name;
  }

  @Override
  void columnList(QualifiedName name, List<Identifier> columns) {
    if (isAltered(name)) {
      columns.forEach(this::replace);
    }
  }

  @Override
  void table(CreateTable create, CreateTable.Body.Definition definition) {
    boolean own = create.name().name().name().equalsIgnoreCase(table.name);
    over(
        create.name(),
        () -> {
          for (ColumnDefinition column : definition.columns()) {
            if (own) {
              replace(column.name());
            }
            column.constraints().forEach(constraint -> columnConstraint(constraint, own));
          }
          definition.constraints().forEach(constraint -> tableConstraint(constraint, own));
        });
  }

  private void columnConstraint(ColumnConstraint constraint, boolean own) {
    if (constraint instanceof ColumnConstraint.References references) {
      foreignKey(references.foreignKey());
    } else if (constraint instanceof ColumnConstraint.Check check && own) {
      expr(check.expr());
    } else if (constraint instanceof ColumnConstraint.Generated generated && own) {
      expr(generated.expr());
    }
  }

  private void tableConstraint(TableConstraint constraint, boolean own) {
    if (constraint instanceof TableConstraint.Foreign foreign) {
      if (own) {
        foreign.columns().forEach(this::replace);
      }
      foreignKey(foreign.foreignKey());
    } else if (constraint instanceof TableConstraint.Check check && own) {
      expr(check.expr());
    } else if (constraint instanceof TableConstraint.PrimaryKey key && own) {
      terms(key.columns());
    } else if (constraint instanceof TableConstraint.Unique key && own) {
      terms(key.columns());
    }
  }

  private void foreignKey(ForeignKey key) {
    if (key.table().name().equalsIgnoreCase(table.name)) {
      key.columns().forEach(this::replace);
    }
  }
}
