package org.libsql4j.schema;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * The key of the parent table that a foreign key refers to: the rowid, or a unique index on just
 * these columns, each with the collation that the column was declared with.
 *
 * @param index null if the parent key is the rowid
 * @param parentColumns columns of the parent in the order of the index
 * @param childColumns columns of the child that go with them
 */
public record ParentKey(@Nullable Index index, int[] parentColumns, int[] childColumns) {

  /** Finds the parent key of a foreign key; null if the columns it names are no such key. */
  public static @Nullable ParentKey find(Table parent, ForeignKeyConstraint key) {
    int count = key.childColumns().length;
    List<String> names = key.parentColumns();
    if (count == 1 && parent.rowidColumn >= 0) {
      String rowidName = parent.column(parent.rowidColumn).name();
      if (names == null || names.get(0).equalsIgnoreCase(rowidName)) {
        return new ParentKey(null, new int[] {parent.rowidColumn}, key.childColumns());
      }
    }
    for (Index index : parent.indexes) {
      if (index.isUnique() && !index.isPartial() && index.keyColumnCount == count) {
        int[] children = childColumns(index, key);
        if (children != null) {
          return new ParentKey(index, Arrays.copyOf(index.columns, count), children);
        }
      }
    }
    return null;
  }

  private static int @Nullable [] childColumns(Index index, ForeignKeyConstraint key) {
    List<String> names = key.parentColumns();
    if (names == null) {
      return index.origin == Index.Origin.PRIMARY_KEY ? key.childColumns() : null;
    }
    int[] children = new int[index.keyColumnCount];
    for (int i = 0; i < children.length; i++) {
      int column = index.columns[i];
      if (column < 0 || !hasOwnCollation(index, i)) {
        return null;
      }
      String name = index.table.column(column).name();
      int position = 0;
      while (position < names.size() && !names.get(position).equalsIgnoreCase(name)) {
        position++;
      }
      if (position == names.size()) {
        return null;
      }
      children[i] = key.childColumns()[position];
    }
    return children;
  }

  private static boolean hasOwnCollation(Index index, int position) {
    String declared = index.table.column(index.columns[position]).collation();
    return index.collations[position].equalsIgnoreCase(declared == null ? "BINARY" : declared);
  }

  /** The error of a foreign key whose parent key {@link #find} did not find. */
  public static LibsqlException mismatch(Table child, ForeignKeyConstraint key) {
    return new LibsqlException(
        ResultCode.ERROR,
        "foreign key mismatch - \""
            + child.name.replace("\"", "\"\"")
            + "\" referencing \""
            + key.parentTable().replace("\"", "\"\"")
            + "\"");
  }
}
