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
    this.declaredType = standardSpelling(withoutQuotes(declaredType));
    this.affinity = Affinity.ofDeclaredType(declaredType);
  }

  /** A type that begins with a quoted word is that word alone. */
  private static String withoutQuotes(String type) {
    char quote = type.isEmpty() ? 0 : type.charAt(0);
    if (quote != '"' && quote != '\'' && quote != '`' && quote != '[') {
      return type;
    }
    char closing = quote == '[' ? ']' : quote;
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < type.length(); i++) {
      char c = type.charAt(i);
      if (c == closing) {
        i++;
        if (i == type.length() || type.charAt(i) != closing) {
          break;
        }
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
