package org.libsql4j.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.Expr;

/** A column while its constraints are being read. */
final class ColumnDraft {
  private static final List<String> STANDARD_TYPES =
      List.of("ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT");

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
    String plain = unquoted(declaredType);
    this.declaredType = standardSpelling(plain);
    this.affinity = Affinity.ofDeclaredType(plain);
  }

  /** A type that begins with a quotation mark is what stands between that and the next one. */
  private static String unquoted(String declaredType) {
    if (declaredType.isEmpty()) {
      return declaredType;
    }
    char quote = declaredType.charAt(0);
    char end = quote == '[' ? ']' : quote;
    if ("\"`['".indexOf(quote) < 0) {
      return declaredType;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < declaredType.length(); i++) {
      char c = declaredType.charAt(i);
      if (c == end) {
        if (i + 1 >= declaredType.length() || declaredType.charAt(i + 1) != end) {
          break;
        }
        i++;
      }
      text.append(c);
    }
    return text.toString();
  }

  /** Types that STRICT tables know are kept in upper case. */
  private static String standardSpelling(String declaredType) {
    for (String standard : STANDARD_TYPES) {
      if (standard.equalsIgnoreCase(declaredType)) {
        return standard;
      }
    }
    return declaredType;
  }

  /** Whether the type is one that a STRICT table may have. */
  boolean isStandardType() {
    return STANDARD_TYPES.contains(declaredType);
  }

  /** Whether an INTEGER PRIMARY KEY on it is the rowid: the type is INTEGER to the letter. */
  boolean isExactlyInteger() {
    return declaredType.equals("INTEGER");
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
