package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.IndexHint;
import org.libsql4j.sql.ast.JoinOperator;

/**
 * One row source of a FROM clause: a table, or a subquery (also a view, a common table, a join in
 * parentheses). Compares by identity; the same table twice in FROM is two sources.
 */
public final class Source {
  /** What the rows look like. */
  public final Table table;

  /** The alias, or the table's name; null for an unnamed subquery. */
  public final @Nullable String alias;

  /** Name of the schema that the table belongs to, or null. */
  public final @Nullable String schemaName;

  /** The query that yields the rows; null for a table. */
  public final @Nullable BoundSelect subquery;

  /** Position in the FROM clause, from 0. */
  public int position;

  /** How it is joined to the sources before it. */
  public JoinOperator.Kind join = JoinOperator.Kind.COMMA;

  /** The ON and USING condition, or null. */
  public @Nullable BoundExpr on;

  /** Columns named in USING, or common under NATURAL. */
  public List<String> using = List.of();

  /** INDEXED BY or NOT INDEXED. */
  public @Nullable IndexHint hint;

  /** Whether an outer join may replace its rows by NULLs. */
  public boolean nullable;

  /** Bit n is set if column n is used; bit 63 stands for all from 63 on. */
  public long columnsUsed;

  /** Those from 63 on, one by one. */
  BitSet highColumnsUsed = new BitSet();

  /** What reads columns of a table that has indexes on expressions; empty for other tables. */
  public List<BoundExpr> readers = List.of();

  /** The view that it was made from, or null. */
  public @Nullable Table view;

  /**
   * Whether it stands for an EXISTS: its loop ends with the first row that joins the rows around
   * it.
   */
  public boolean existence;

  /** Whether the subquery has been changed for this use of it. */
  public boolean adapted;

  /** Whether conditions have been repeated inside of the subquery. */
  boolean pushedDown;

  /** Whether this is a common table in its own recursive part: it has one row at a time. */
  public boolean recursive;

  /** For a join in parentheses: where its columns come from, so that their names stay usable. */
  public @Nullable List<NestedColumn> nested;

  /**
   * A column of a join in parentheses.
   *
   * @param schema schema name of the table inside, or null
   * @param table alias of the table inside, or null
   * @param hiddenByUsing whether the plain name means another column, joined by USING
   */
  public record NestedColumn(
      @Nullable String schema, @Nullable String table, String name, boolean hiddenByUsing) {

    /** What the rowid of a table inside is called: nothing that a statement could name. */
    static final String ROWID = "\0rowid";

    boolean isRowid() {
      return name.equals(ROWID);
    }
  }

  /** Whether rows can be named by their rowid. */
  boolean hasRowid() {
    return table.hasRowid() && table.kind != Table.Kind.VIEW && table.kind != Table.Kind.EPHEMERAL;
  }

  /** The common table it was made from, or null: several uses share one definition. */
  public @Nullable CommonTableUse commonTable;

  /**
   * Whether this is the one row NEW or OLD of a trigger: it does not change while the trigger runs,
   * so that a subquery that uses it is not correlated for that.
   */
  public boolean triggerRow;

  /** Arguments of a table-valued function. */
  public List<BoundExpr> functionArguments = List.of();

  public Source(
      Table table,
      @Nullable String alias,
      @Nullable String schemaName,
      @Nullable BoundSelect subquery) {
    this.table = table;
    this.alias = alias;
    this.schemaName = schemaName;
    this.subquery = subquery;
  }

  /** Sets INDEXED BY or NOT INDEXED; the index must be there. */
  public void setHint(@Nullable IndexHint wanted) {
    if (wanted != null && wanted.index() != null) {
      String name = wanted.index().name();
      boolean found = false;
      for (Index index : table.indexes) {
        found |= index.name.equalsIgnoreCase(name);
      }
      if (!found) {
        throw CompileEnvironment.error("no such index: " + name);
      }
    }
    hint = wanted;
  }

  /** The column that a name without a table means; -1 if there is none. */
  int plainColumn(String name) {
    if (nested == null) {
      return table.columnIndex(name);
    }
    for (int i = 0; i < nested.size(); i++) {
      NestedColumn column = nested.get(i);
      if (!column.hiddenByUsing() && column.name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Names of the columns that can be read by their name alone. */
  List<String> plainNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < table.columnCount(); i++) {
      if (nested != null) {
        if (!nested.get(i).hiddenByUsing()) {
          names.add(nested.get(i).name());
        }
      } else if (!table.column(i).hidden()) {
        names.add(table.column(i).name());
      }
    }
    return names;
  }

  /** Remembers that a column is used. */
  public void use(int column) {
    if (column >= 0) {
      columnsUsed |= 1L << Math.min(column, 63);
      if (column >= 63) {
        highColumnsUsed.set(column);
      }
    }
  }

  /** Whether a column is used, of which there may be any number. */
  public boolean uses(int column) {
    return column < 63 ? (columnsUsed >>> column & 1) != 0 : highColumnsUsed.get(column);
  }

  /** No column is used, as far as is known. */
  void forgetUses() {
    columnsUsed = 0;
    highColumnsUsed.clear();
  }

  /** Whether the other one is the same view or common table, and has the same rows still. */
  public boolean hasSameRows(Source other) {
    return subquery != null
        && other.subquery != null
        && !adapted
        && !other.adapted
        && !subquery.isCorrelated()
        && ((view != null && view == other.view)
            || (commonTable != null && commonTable == other.commonTable));
  }

  @Override
  public String toString() {
    return alias == null ? table.name : alias;
  }
}
