package org.libsql4j.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.Expr;

/** An index while its columns are being collected. */
final class IndexDraft {
  static final String BINARY = "BINARY";

  final String name;
  Index.Origin origin;
  @Nullable ConflictResolution unique;
  final List<Integer> columns = new ArrayList<>();
  final List<@Nullable Expr> expressions = new ArrayList<>();
  final List<String> collations = new ArrayList<>();
  final List<Boolean> descending = new ArrayList<>();
  int keyColumnCount;

  IndexDraft(String name, Index.Origin origin, @Nullable ConflictResolution unique) {
    this.name = name;
    this.origin = origin;
    this.unique = unique;
  }

  void add(int column, @Nullable Expr expression, @Nullable String collation, boolean desc) {
    columns.add(column);
    expressions.add(expression);
    collations.add(collation == null ? BINARY : collation);
    descending.add(desc);
  }

  /** The columns so far are the key; the ones that follow only make entries unique. */
  void endKey() {
    keyColumnCount = columns.size();
  }

  /** Whether one of the first {@code count} columns is the same column in the same collation. */
  boolean contains(int count, int column, String collation) {
    for (int i = 0; i < count; i++) {
      if (columns.get(i) == column && collations.get(i).equalsIgnoreCase(collation)) {
        return true;
      }
    }
    return false;
  }

  boolean hasColumn(int count, int column) {
    return columns.subList(0, count).contains(column);
  }

  boolean sameKey(IndexDraft other) {
    if (keyColumnCount != other.keyColumnCount) {
      return false;
    }
    for (int i = 0; i < keyColumnCount; i++) {
      if (!columns.get(i).equals(other.columns.get(i))
          || !collations.get(i).equalsIgnoreCase(other.collations.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Removes repeated columns from the key: PRIMARY KEY(a, b, a) is PRIMARY KEY(a, b). */
  void removeDuplicates() {
    int kept = 1;
    for (int i = 1; i < columns.size(); ) {
      if (contains(kept, columns.get(i), collations.get(i))) {
        columns.remove(i);
        expressions.remove(i);
        collations.remove(i);
        descending.remove(i);
      } else {
        kept++;
        i++;
      }
    }
    endKey();
  }

  Index build(Table table, @Nullable Expr where, @Nullable String sql, int rootPage) {
    int count = columns.size();
    int[] numbers = new int[count];
    boolean[] desc = new boolean[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = columns.get(i);
      desc[i] = descending.get(i);
    }
    return new Index(
        name,
        table,
        origin,
        keyColumnCount,
        numbers,
        expressions.toArray(new Expr[0]),
        collations.toArray(new String[0]),
        desc,
        unique,
        where,
        sql,
        rootPage);
  }
}
