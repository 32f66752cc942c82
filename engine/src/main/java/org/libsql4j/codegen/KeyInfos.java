package org.libsql4j.codegen;

import java.util.List;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.schema.Index;

/** Makes key descriptions. */
public final class KeyInfos {
  private KeyInfos() {}

  /** For rows that are compared as a whole, each column by its own collation. */
  static KeyInfo of(CodeContext context, List<BoundExpr> columns) {
    Collation[] collations = new Collation[columns.size()];
    for (int i = 0; i < collations.length; i++) {
      collations[i] = context.collation(ExprTypes.collation(columns.get(i)).name());
    }
    return new KeyInfo(context.connection().encoding, collations.length, collations, null);
  }

  /**
   * For keys of a WITHOUT ROWID table, in the order that the table has them in: that is the order
   * in which they are worked off.
   *
   * @param extra number of columns after the keys that are carried along
   */
  static KeyInfo ofKeyColumns(CodeContext context, Index primaryKey, int extra) {
    int count = primaryKey.keyColumnCount;
    Collation[] collations = new Collation[count + extra];
    byte[] flags = new byte[count + extra];
    for (int i = 0; i < collations.length; i++) {
      collations[i] = context.collation(i < count ? primaryKey.collations[i] : null);
      flags[i] = (byte) (i < count && primaryKey.descending[i] ? KeyInfo.DESC : 0);
    }
    return new KeyInfo(context.connection().encoding, count, collations, flags);
  }

  /**
   * For ORDER BY.
   *
   * @param extra number of columns after the keys that are carried along
   */
  static KeyInfo ofOrder(CodeContext context, List<BoundExpr.SortTerm> terms, int extra) {
    int count = terms.size();
    Collation[] collations = new Collation[count + extra];
    byte[] flags = new byte[count + extra];
    for (int i = 0; i < count; i++) {
      BoundExpr.SortTerm term = terms.get(i);
      collations[i] = context.collation(ExprTypes.collation(term.expr()).name());
      flags[i] =
          (byte)
              ((term.descending() ? KeyInfo.DESC : 0) | (term.nullsBig() ? KeyInfo.NULLS_BIG : 0));
    }
    return new KeyInfo(context.connection().encoding, count, collations, flags);
  }

  /** For the B-tree of an index. */
  public static KeyInfo of(CodeContext context, Index index) {
    int count = index.columnCount();
    Collation[] collations = new Collation[count];
    byte[] flags = new byte[count];
    for (int i = 0; i < count; i++) {
      collations[i] = context.collation(index.collations[i]);
      flags[i] = (byte) (index.descending[i] ? KeyInfo.DESC : 0);
    }
    boolean keyOnly = index.uniqueNotNull || index.isPrimaryKeyOfWithoutRowid();
    return new KeyInfo(
        context.connection().encoding, keyOnly ? index.keyColumnCount : count, collations, flags);
  }
}
