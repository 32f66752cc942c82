package org.libsql4j.alter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.SqlNames;
import org.libsql4j.sql.ast.ColumnConstraint;
import org.libsql4j.sql.ast.ColumnDefinition;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.ForeignKey;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.TableConstraint;

/** Rewrites a stored statement for a table that gets another name. */
public final class TableRenaming extends Renaming {
  private final String database;
  private final String from;
  private final String to;

  /** Which mentions besides the table's own name are changed. */
  private final Extent extent;

  /** What PRAGMA legacy_alter_table leaves of a renaming. */
  public enum Extent {
    ALL,
    /** Names in foreign keys, but none in expressions, views and triggers. */
    FOREIGN_KEYS,
    NOTHING_ELSE
  }

  private TableRenaming(String text, String database, String from, String to, Extent extent) {
    super(text);
    this.extent = extent;
    this.database = database;
    this.from = from;
    this.to = SqlNames.quote(to);
  }

  /**
   * The text of a statement after the renaming.
   *
   * @param database name of the database that the table belongs to
   */
  public static String rewrite(
      String text, String database, String from, String to, Extent extent) {
    return new TableRenaming(text, database, from, to, extent).rewrite(text);
  }

  @Override
  boolean readsBodies() {
    return extent == Extent.ALL;
  }

  private boolean isRenamed(QualifiedName name) {
    return name.name().name().equalsIgnoreCase(from)
        && (name.schema() == null || name.schema().name().equalsIgnoreCase(database));
  }

  @Override
  void tableName(QualifiedName name) {
    if (isRenamed(name)) {
      edits.replace(name.name(), to);
    }
  }

  /** A table's name in front of a column is changed unless it is the alias of something else. */
  @Override
  void columnName(Expr.ColumnRef ref) {
    if (ref.table() != null) {
      starName(ref.table());
    }
  }

  @Override
  void starName(Identifier table) {
    for (NameScope s = scope; s != null; s = s.parent) {
      NameScope.Item item = s.find(table.name());
      if (item != null) {
        if (!item.explicitAlias() && item.table() != null && isRenamed(item.table())) {
          edits.replace(table, to);
        }
        return;
      }
    }
  }

  @Override
  void table(CreateTable create, CreateTable.Body.Definition definition) {
    tableName(create.name());
    over(
        create.name(),
        () -> {
          for (ColumnDefinition column : definition.columns()) {
            column.constraints().forEach(this::columnConstraint);
          }
          definition.constraints().forEach(this::tableConstraint);
        });
  }

  private void columnConstraint(ColumnConstraint constraint) {
    if (constraint instanceof ColumnConstraint.References references) {
      foreignKey(references.foreignKey());
    } else if (extent != Extent.ALL) {
      return;
    } else if (constraint instanceof ColumnConstraint.Check check) {
      expr(check.expr());
    } else if (constraint instanceof ColumnConstraint.Generated generated) {
      expr(generated.expr());
    }
  }

  private void tableConstraint(TableConstraint constraint) {
    if (constraint instanceof TableConstraint.Foreign foreign) {
      foreignKey(foreign.foreignKey());
    } else if (extent == Extent.ALL && constraint instanceof TableConstraint.Check check) {
      expr(check.expr());
    }
  }

  private void foreignKey(ForeignKey key) {
    if (extent != Extent.NOTHING_ELSE && key.table().name().equalsIgnoreCase(from)) {
      edits.replace(key.table(), to);
    }
  }

  @Override
  void watchedTable(@Nullable QualifiedName table) {}

  @Override
  void columnList(QualifiedName table, List<Identifier> columns) {}
}
