package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.Identifier.Quoting;
import org.libsql4j.sql.ast.OrderingTerm.SortOrder;
import org.libsql4j.sql.ast.QualifiedName;

/** Names and lists of names. */
abstract class NameParser extends TokenStream {
  /** Whether this text comes from the schema table, where old and odd forms must still be read. */
  final boolean stored;

  NameParser(String sql, int base, ParserLimits limits, boolean stored) {
    super(sql, base, limits);
    this.stored = stored;
  }

  /** A name of any kind. */
  final Identifier name() {
    if (!type.isName()) {
      throw syntaxError();
    }
    return takeName();
  }

  /** An identifier or a string, which excludes join keywords and {@code INDEXED}. */
  final Identifier identifierOrString() {
    if (!isIdentifierOrString()) {
      throw syntaxError();
    }
    return takeName();
  }

  final boolean isIdentifierOrString() {
    return type.isIdentifier() || type == TokenType.STRING;
  }

  /** Takes the current token as a name, whatever it is. */
  final Identifier takeName() {
    Identifier name = currentName();
    advance();
    return name;
  }

  private Identifier currentName() {
    Quoting quoting =
        switch (sql.charAt(start)) {
          case '"' -> Quoting.DOUBLE;
          case '[' -> Quoting.BRACKET;
          case '`' -> Quoting.BACKTICK;
          case '\'' -> Quoting.SINGLE;
          default -> Quoting.BARE;
        };
    String text = quoting == Quoting.BARE ? currentText() : unquote(start, end);
    return new Identifier(text, quoting, offset(), end - start);
  }

  /** The inside of a quoted token with doubled quotes made single. */
  final String unquote(int from, int to) {
    char quote = sql.charAt(to - 1);
    String inside = sql.substring(from + 1, to - 1);
    if (quote == ']' || inside.indexOf(quote) < 0) {
      return inside;
    }
    String single = String.valueOf(quote);
    return inside.replace(single + single, single);
  }

  /** {@code [schema.]name}. */
  final QualifiedName qualifiedName() {
    Identifier first = name();
    return accept(TokenType.DOT) ? new QualifiedName(first, name()) : QualifiedName.of(first);
  }

  /** {@code AS name}, or a name without it; null if there is none. */
  final @Nullable Identifier optionalAlias() {
    if (accept(TokenType.AS)) {
      return name();
    }
    return isIdentifierOrString() ? takeName() : null;
  }

  /** {@code name, name, ...}. */
  final List<Identifier> names() {
    List<Identifier> names = new ArrayList<>();
    do {
      names.add(name());
    } while (accept(TokenType.COMMA));
    return List.copyOf(names);
  }

  /** {@code (name, ...)}, or nothing: an empty list. */
  final List<Identifier> optionalNamesInParentheses() {
    if (!accept(TokenType.LP)) {
      return List.of();
    }
    List<Identifier> names = names();
    expect(TokenType.RP);
    return names;
  }

  /** {@code (column, ...)}, or nothing: an empty list. */
  final List<Identifier> optionalColumns() {
    return type == TokenType.LP ? columns() : List.of();
  }

  /**
   * {@code (column, ...)} where a collation or an order after a column is an error of its own, and
   * ignored in a stored text.
   */
  final List<Identifier> columns() {
    expect(TokenType.LP);
    List<Identifier> names = new ArrayList<>();
    do {
      Identifier name = name();
      boolean extra = false;
      if (accept(TokenType.COLLATE)) {
        identifierOrString();
        extra = true;
      }
      extra |= sortOrder() != SortOrder.UNDEFINED;
      if (extra && !stored) {
        int from = position(name.offset());
        String text = sql.substring(from, from + name.length());
        fail("syntax error after column name \"" + text + "\"", from);
      }
      names.add(name);
    } while (accept(TokenType.COMMA));
    expect(TokenType.RP);
    return List.copyOf(names);
  }

  final SortOrder sortOrder() {
    if (accept(TokenType.ASC)) {
      return SortOrder.ASC;
    }
    return accept(TokenType.DESC) ? SortOrder.DESC : SortOrder.UNDEFINED;
  }

  /** {@code IF NOT EXISTS} or nothing. */
  final boolean ifNotExists() {
    if (!accept(TokenType.IF)) {
      return false;
    }
    expect(TokenType.NOT);
    expect(TokenType.EXISTS);
    return true;
  }

  /** {@code IF EXISTS} or nothing. */
  final boolean ifExists() {
    if (!accept(TokenType.IF)) {
      return false;
    }
    expect(TokenType.EXISTS);
    return true;
  }

  /**
   * A declared type, perhaps none: names and up to two numbers in parentheses.
   *
   * @return its text as written
   */
  final String typeName() {
    int from = start;
    if (!isIdentifierOrString()) {
      return "";
    }
    while (isIdentifierOrString()) {
      advance();
    }
    if (accept(TokenType.LP)) {
      signedNumber();
      if (accept(TokenType.COMMA)) {
        signedNumber();
      }
      expect(TokenType.RP);
    }
    return sql.substring(from, previousEnd);
  }

  private void signedNumber() {
    if (type == TokenType.PLUS || type == TokenType.MINUS) {
      advance();
    }
    number();
  }

  /** A number without digit separators; its text. */
  final String number() {
    if (type != TokenType.INTEGER && type != TokenType.FLOAT) {
      throw syntaxError();
    }
    String text = currentText();
    advance();
    return text;
  }
}
