package org.libsql4j.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.ColumnConstraint;
import org.libsql4j.sql.ast.ColumnDefinition;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.ForeignKey;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.TableConstraint;

/**
 * Makes a table, with the indexes that its constraints imply, of a CREATE TABLE statement.
 *
 * <p>Columns and constraints are taken in the order written, because it decides which automatic
 * index gets which number and which error is reported first.
 *
 * <p>All failures are "SQL logic error"s with the message that CREATE TABLE gives.
 */
public final class TableBuilder {
  private final String tableName;
  private final CreateTable.Body.Definition definition;
  private final Schema schema;
  private final boolean stored;
  private final int columnLimit;

  private final List<ColumnDraft> columns = new ArrayList<>();
  private final List<CheckConstraint> checks = new ArrayList<>();
  private final List<ForeignKeyConstraint> foreignKeys = new ArrayList<>();
  private final TableIndexes indexes;
  private int rowidColumn = -1;
  private boolean rowidDescending;
  private boolean hasPrimaryKey;
  private boolean autoincrement;
  private ConflictResolution rowidConflict = ConflictResolution.DEFAULT;

  private TableBuilder(
      CreateTable statement,
      CreateTable.Body.Definition definition,
      Schema schema,
      boolean stored,
      int columnLimit) {
    this.tableName = statement.name().name().name();
    this.definition = definition;
    this.schema = schema;
    this.stored = stored;
    this.columnLimit = columnLimit;
    this.indexes = new TableIndexes(tableName, columns, schema, columnLimit);
  }

  /**
   * @param stored whether the statement comes from a schema table, which may be more lenient
   * @param columnLimit how many columns a table may have
   * @param rootPage of the table; 0 if it has none yet. Automatic indexes have none yet
   */
  public static Table build(
      CreateTable statement,
      CreateTable.Body.Definition definition,
      Schema schema,
      boolean stored,
      int columnLimit,
      int rootPage) {
    TableBuilder builder = new TableBuilder(statement, definition, schema, stored, columnLimit);
    builder.readColumns();
    builder.readConstraints();
    builder.applyOptions();
    return builder.finish(statement.schemaSql(), rootPage);
  }

  // ---- columns
  // ------------------------------------------------------------------------------------

  private void readColumns() {
    for (ColumnDefinition column : definition.columns()) {
      if (columns.size() + 1 > columnLimit) {
        throw SchemaErrors.error("too many columns on " + tableName);
      }
      String name = column.name().name();
      if (columnIndex(name) >= 0) {
        throw SchemaErrors.error("duplicate column name: " + name);
      }
      ColumnDraft draft = new ColumnDraft(name, column.typeName());
      columns.add(draft);
      for (ColumnConstraint constraint : column.constraints()) {
        apply(draft, constraint);
      }
    }
  }

  private int columnIndex(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name.equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private void apply(ColumnDraft column, ColumnConstraint constraint) {
    if (constraint instanceof ColumnConstraint.PrimaryKey c) {
      columnPrimaryKey(column, c);
    } else if (constraint instanceof ColumnConstraint.NotNull c) {
      column.notNull = c.conflict();
    } else if (constraint instanceof ColumnConstraint.Unique c) {
      indexes.add(columns.size() - 1, false, c.conflict(), Index.Origin.UNIQUE);
    } else if (constraint instanceof ColumnConstraint.Check c) {
      checks.add(new CheckConstraint(c.label(), c.expr()));
    } else if (constraint instanceof ColumnConstraint.Default c) {
      applyDefault(column, c);
    } else if (constraint instanceof ColumnConstraint.Collate c) {
      column.collation = c.collation().name();
      indexes.changeCollation(columns.size() - 1, column.collation);
    } else if (constraint instanceof ColumnConstraint.References c) {
      columnForeignKey(column, c.foreignKey());
    } else if (constraint instanceof ColumnConstraint.Generated c) {
      applyGenerated(column, c);
    }
  }

  private void applyDefault(ColumnDraft column, ColumnConstraint.Default constraint) {
    if (!new ConstantDefault(stored).isConstant(constraint.expr())) {
      throw SchemaErrors.error("default value of column [" + column.name + "] is not constant");
    }
    if (column.isGenerated()) {
      throw SchemaErrors.error("cannot use DEFAULT on a generated column");
    }
    column.defaultValue = constraint.expr();
    column.defaultText = constraint.text();
  }

  private void applyGenerated(ColumnDraft column, ColumnConstraint.Generated constraint) {
    if (column.defaultValue != null) {
      throw SchemaErrors.error("error in generated column \"" + column.name + "\"");
    }
    column.generated = constraint.stored() ? Column.Generated.STORED : Column.Generated.VIRTUAL;
    column.generatedExpr = constraint.expr();
    if (column.inPrimaryKey) {
      throw generatedInPrimaryKey();
    }
  }

  private static org.libsql4j.error.LibsqlException generatedInPrimaryKey() {
    return SchemaErrors.error("generated columns cannot be part of the PRIMARY KEY");
  }

  // ---- primary key
  // --------------------------------------------------------------------------------

  private void startPrimaryKey() {
    if (hasPrimaryKey) {
      throw SchemaErrors.error("table \"" + tableName + "\" has more than one primary key");
    }
    hasPrimaryKey = true;
  }

  private static void markPrimaryKey(ColumnDraft column) {
    column.inPrimaryKey = true;
    if (column.isGenerated()) {
      throw generatedInPrimaryKey();
    }
  }

  private void columnPrimaryKey(ColumnDraft column, ColumnConstraint.PrimaryKey key) {
    startPrimaryKey();
    markPrimaryKey(column);
    boolean descending = key.order() == OrderingTerm.SortOrder.DESC;
    if (column.isExactlyInteger() && !descending) {
      becomeRowid(columns.size() - 1, key.conflict(), key.autoincrement(), false);
      return;
    }
    checkNoAutoincrement(key.autoincrement());
    indexes.add(columns.size() - 1, descending, key.conflict(), Index.Origin.PRIMARY_KEY);
  }

  private void tablePrimaryKey(TableConstraint.PrimaryKey key) {
    startPrimaryKey();
    int lastColumn = -1;
    for (OrderingTerm term : key.columns()) {
      KeyColumn column = KeyColumn.of(term);
      lastColumn = column.name() == null ? -1 : columnIndex(column.name());
      if (lastColumn >= 0) {
        markPrimaryKey(columns.get(lastColumn));
      }
    }
    // DESC does not keep a column from being the rowid here, as it does in a column constraint.
    if (key.columns().size() == 1
        && lastColumn >= 0
        && columns.get(lastColumn).isExactlyInteger()) {
      becomeRowid(
          lastColumn, key.conflict(), key.autoincrement(), key.columns().get(0).descending());
      return;
    }
    checkNoAutoincrement(key.autoincrement());
    indexes.add(key.columns(), key.conflict(), Index.Origin.PRIMARY_KEY);
  }

  private static void checkNoAutoincrement(boolean autoincrement) {
    if (autoincrement) {
      throw SchemaErrors.error("AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY");
    }
  }

  private void becomeRowid(
      int column, ConflictResolution conflict, boolean auto, boolean descending) {
    rowidColumn = column;
    rowidConflict = conflict;
    autoincrement = auto;
    rowidDescending = descending;
  }

  // ---- other constraints
  // --------------------------------------------------------------------------

  private void readConstraints() {
    for (TableConstraint constraint : definition.constraints()) {
      if (constraint instanceof TableConstraint.PrimaryKey c) {
        tablePrimaryKey(c);
      } else if (constraint instanceof TableConstraint.Unique c) {
        indexes.add(c.columns(), c.conflict(), Index.Origin.UNIQUE);
      } else if (constraint instanceof TableConstraint.Check c) {
        checks.add(new CheckConstraint(c.label(), c.expr()));
      } else if (constraint instanceof TableConstraint.Foreign c) {
        tableForeignKey(c);
      }
    }
  }

  private void columnForeignKey(ColumnDraft column, ForeignKey key) {
    if (!key.columns().isEmpty() && key.columns().size() != 1) {
      throw SchemaErrors.error(
          "foreign key on "
              + column.name
              + " should reference only one column of table "
              + key.table().name());
    }
    addForeignKey(new int[] {columns.size() - 1}, key);
  }

  private void tableForeignKey(TableConstraint.Foreign constraint) {
    ForeignKey key = constraint.foreignKey();
    List<Identifier> from = constraint.columns();
    if (!key.columns().isEmpty() && key.columns().size() != from.size()) {
      throw SchemaErrors.error(
          "number of columns in foreign key does not match the number of columns in the referenced"
              + " table");
    }
    int[] children = new int[from.size()];
    for (int i = 0; i < children.length; i++) {
      children[i] = columnIndex(from.get(i).name());
      if (children[i] < 0) {
        throw SchemaErrors.error(
            "unknown column \"" + from.get(i).name() + "\" in foreign key definition");
      }
    }
    addForeignKey(children, key);
  }

  /** The newest comes first: the order in which PRAGMA foreign_key_list numbers them. */
  private void addForeignKey(int[] children, ForeignKey key) {
    List<String> parents = null;
    if (!key.columns().isEmpty()) {
      parents = new ArrayList<>();
      for (Identifier column : key.columns()) {
        parents.add(column.name());
      }
    }
    foreignKeys.add(
        0,
        new ForeignKeyConstraint(
            children, key.table().name(), parents, key.onDelete(), key.onUpdate(), key.deferred()));
  }

  // ---- options
  // ------------------------------------------------------------------------------------

  private void applyOptions() {
    CreateTable.Options options = definition.options();
    if (options.strict()) {
      applyStrict();
    }
    if (options.withoutRowid()) {
      applyWithoutRowid();
    }
    if (options.randomRowid()) {
      checkRandomRowid(options);
    }
    for (ColumnDraft column : columns) {
      if (!column.isGenerated()) {
        return;
      }
    }
    throw SchemaErrors.error("must have at least one non-generated column");
  }

  private void applyStrict() {
    for (int i = 0; i < columns.size(); i++) {
      ColumnDraft column = columns.get(i);
      String type = column.declaredType;
      if (!column.isStandardType()) {
        throw SchemaErrors.error(
            type.isEmpty()
                ? "missing datatype for " + tableName + "." + column.name
                : "unknown datatype for " + tableName + "." + column.name + ": \"" + type + "\"");
      }
      if (type.equalsIgnoreCase("ANY")) {
        column.affinity = Affinity.BLOB;
      }
      if (column.inPrimaryKey && rowidColumn != i && column.notNull == null) {
        column.notNull = ConflictResolution.ABORT;
      }
    }
  }

  private void applyWithoutRowid() {
    if (autoincrement) {
      throw SchemaErrors.error("AUTOINCREMENT not allowed on WITHOUT ROWID tables");
    }
    if (!hasPrimaryKey) {
      throw SchemaErrors.error("PRIMARY KEY missing on table " + tableName);
    }
    for (ColumnDraft column : columns) {
      if (column.inPrimaryKey && column.notNull == null) {
        column.notNull = ConflictResolution.ABORT;
      }
    }
    if (rowidColumn >= 0) {
      int column = rowidColumn;
      rowidColumn = -1;
      indexes.add(column, rowidDescending, rowidConflict, Index.Origin.PRIMARY_KEY);
    }
    indexes.convertToWithoutRowid();
  }

  private void checkRandomRowid(CreateTable.Options options) {
    if (options.withoutRowid()) {
      throw SchemaErrors.error("RANDOM ROWID not allowed on WITHOUT ROWID tables");
    }
    if (autoincrement) {
      throw SchemaErrors.error("AUTOINCREMENT not allowed on RANDOM ROWID tables");
    }
  }

  private Table finish(@Nullable String sql, int rootPage) {
    List<Column> built = new ArrayList<>(columns.size());
    for (ColumnDraft column : columns) {
      built.add(column.build());
    }
    CreateTable.Options options = definition.options();
    Table table =
        new Table(
            tableName,
            schema,
            Table.Kind.ORDINARY,
            built,
            rowidColumn,
            options.withoutRowid(),
            options.strict(),
            autoincrement,
            options.randomRowid(),
            rowidConflict,
            checks,
            foreignKeys,
            null,
            sql,
            rootPage);
    table.rowSize = RowSizes.ofTable(table);
    indexes.attachTo(table, options.withoutRowid(), rootPage);
    return table;
  }
}
