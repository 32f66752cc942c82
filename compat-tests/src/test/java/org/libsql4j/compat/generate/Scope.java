package org.libsql4j.compat.generate;

import java.util.ArrayList;
import java.util.List;

/** The columns that an expression may name, and the tables that a subquery may read. */
public final class Scope {
  private final Dice dice;
  private final List<String> columns = new ArrayList<>();
  private final List<TableModel> tables;

  public Scope(Dice dice, List<TableModel> tables) {
    this.dice = dice;
    this.tables = tables;
  }

  /** The same columns and more. */
  public Scope inner() {
    Scope scope = new Scope(dice, tables);
    scope.columns.addAll(columns);
    return scope;
  }

  public void add(String column) {
    columns.add(column);
  }

  public boolean isEmpty() {
    return columns.isEmpty();
  }

  public String column() {
    return dice.oneOf(columns);
  }

  public List<TableModel> tables() {
    return tables;
  }
}
