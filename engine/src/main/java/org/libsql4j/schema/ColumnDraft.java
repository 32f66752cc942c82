package org.libsql4j.schema;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.Expr;

/** A column while its constraints are being read. */
final class ColumnDraft {
  final String name;
  final String declaredType;
  Affinity affinity;
  @Nullable String collation;
  @Nullable ConflictResolution notNull;
  @Nullable Expr defaultValue;
  @Nullable String defaultText;
  Column.Generated generated = Column.Generated.NO;
  @Nullable Expr generatedExpr;
  boolean inPrimaryKey;

  ColumnDraft(String name, String declaredType) {
    this.name = name;
    this.declaredType = declaredType;
    this.affinity = Affinity.ofDeclaredType(declaredType);
  }

  /** Whether an INTEGER PRIMARY KEY on it is the rowid: the type is INTEGER to the letter. */
  boolean isExactlyInteger() {
    return declaredType.equalsIgnoreCase("INTEGER");
  }

  boolean isGenerated() {
    return generated != Column.Generated.NO;
  }

  Column build() {
    return new Column(
        name,
        declaredType,
        affinity,
        collation,
        notNull,
        defaultValue,
        defaultText,
        generated,
        generatedExpr,
        inPrimaryKey,
        false);
  }
}
