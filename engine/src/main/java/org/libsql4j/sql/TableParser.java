package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.ColumnConstraint;
import org.libsql4j.sql.ast.ColumnDefinition;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.ForeignKey;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.OrderingTerm.SortOrder;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.TableConstraint;
import org.libsql4j.sql.ast.UnaryOperator;

/** {@code CREATE TABLE} and column definitions. */
abstract class TableParser extends DmlParser {
  /** The last {@code CONSTRAINT name}; it names every CHECK that follows until it is reset. */
  private @Nullable Identifier constraintName;

  TableParser(String sql, int base, ParserLimits limits, boolean stored) {
    super(sql, base, limits, stored);
  }

  /** From the keyword {@code TABLE} on. */
  final CreateTable createTable(boolean temporary) {
    advance();
    boolean ifNotExists = ifNotExists();
    QualifiedName name = qualifiedName();
    if (accept(TokenType.AS)) {
      CreateTable.Body body = new CreateTable.Body.AsSelect(select());
      return new CreateTable(
          temporary, ifNotExists, name, body, "CREATE TABLE " + textFrom(name, start));
    }
    expect(TokenType.LP);
    List<ColumnDefinition> columns = new ArrayList<>();
    List<TableConstraint> constraints = new ArrayList<>();
    do {
      if (!columns.isEmpty() && startsTableConstraint()) {
        tableConstraints(constraints);
        break;
      }
      columns.add(columnDefinition());
    } while (accept(TokenType.COMMA));
    expect(TokenType.RP);
    int closed = previousEnd;
    CreateTable.Options options = tableOptions();
    boolean plain = options.isNone();
    CreateTable.Body body =
        new CreateTable.Body.Definition(List.copyOf(columns), List.copyOf(constraints), options);
    String text = textFrom(name, plain ? closed : start);
    return new CreateTable(temporary, ifNotExists, name, body, "CREATE TABLE " + text);
  }

  /** The source from an object's unqualified name to a place. */
  final String textFrom(QualifiedName name, int to) {
    return sql.substring(position(name.name().offset()), to);
  }

  private CreateTable.Options tableOptions() {
    boolean withoutRowid = false;
    boolean strict = false;
    boolean randomRowid = false;
    if (!type.isName() && type != TokenType.COMMA) {
      return CreateTable.Options.NONE;
    }
    accept(TokenType.COMMA);
    do {
      if (accept(TokenType.WITHOUT)) {
        withoutRowid |= tableOption("rowid");
      } else if (accept(TokenType.RANDOM)) {
        randomRowid |= tableOption("rowid");
      } else {
        strict |= tableOption("strict");
      }
    } while (accept(TokenType.COMMA));
    return new CreateTable.Options(withoutRowid, strict, randomRowid);
  }

  private boolean tableOption(String expected) {
    if (!type.isName()) {
      throw syntaxError();
    }
    String text = currentText();
    int from = start;
    advance();
    if (text.equalsIgnoreCase(expected)) {
      return true;
    }
    fail("unknown table option: " + text, from);
    return false;
  }

  /** A column with its type and constraints. */
  final ColumnDefinition columnDefinition() {
    Identifier name = name();
    String typeName = withoutGenerated(typeName());
    constraintName = null;
    List<ColumnConstraint> constraints = new ArrayList<>();
    while (columnConstraint(name, constraints)) {
      // The constraints add themselves to the list.
    }
    return new ColumnDefinition(name, typeName, List.copyOf(constraints), offset(previousEnd));
  }

  /** A name without constraints but perhaps with a type. */
  final ColumnDefinition columnNameAndType() {
    Identifier name = name();
    String typeName = withoutGenerated(typeName());
    return new ColumnDefinition(name, typeName, List.of(), offset(previousEnd));
  }

  /**
   * {@code GENERATED ALWAYS} reads like part of the type, as both words may be names. Of a long
   * text a mere ALWAYS is taken off as well.
   */
  private static String withoutGenerated(String typeName) {
    boolean longEnough = typeName.length() >= 16;
    if (!longEnough || !typeName.toLowerCase(Locale.ROOT).endsWith("always")) {
      return typeName;
    }
    String rest = typeName.substring(0, typeName.length() - 6).trim();
    if (!rest.toLowerCase(Locale.ROOT).endsWith("generated")) {
      return rest;
    }
    return rest.substring(0, rest.length() - 9).trim();
  }

  /** Reads one constraint if there is one. */
  private boolean columnConstraint(Identifier column, List<ColumnConstraint> list) {
    if (accept(TokenType.CONSTRAINT)) {
      constraintName = name();
    } else if (accept(TokenType.DEFAULT)) {
      list.add(defaultValue());
    } else if (accept(TokenType.NULL)) {
      optionalOnConflict();
    } else if (accept(TokenType.NOT)) {
      notNullOrDeferrable(list);
    } else if (accept(TokenType.DEFERRABLE)) {
      defer(list, initiallyDeferred());
    } else if (accept(TokenType.PRIMARY)) {
      list.add(columnPrimaryKey());
    } else if (accept(TokenType.UNIQUE)) {
      list.add(new ColumnConstraint.Unique(optionalOnConflict()));
    } else if (accept(TokenType.CHECK)) {
      Checked check = checked();
      list.add(new ColumnConstraint.Check(constraintName, check.expr, check.text));
    } else if (type == TokenType.REFERENCES) {
      list.add(new ColumnConstraint.References(references()));
    } else if (accept(TokenType.COLLATE)) {
      list.add(new ColumnConstraint.Collate(identifierOrString()));
    } else if (accept(TokenType.GENERATED)) {
      expect(TokenType.ALWAYS);
      expect(TokenType.AS);
      list.add(generated(column));
    } else if (accept(TokenType.AS)) {
      list.add(generated(column));
    } else {
      return false;
    }
    return true;
  }

  private ColumnConstraint columnPrimaryKey() {
    expect(TokenType.KEY);
    SortOrder order = sortOrder();
    ConflictResolution conflict = optionalOnConflict();
    return new ColumnConstraint.PrimaryKey(order, conflict, accept(TokenType.AUTOINCR));
  }

  private void notNullOrDeferrable(List<ColumnConstraint> list) {
    if (accept(TokenType.DEFERRABLE)) {
      initiallyDeferred();
      defer(list, false);
    } else {
      expect(TokenType.NULL);
      list.add(new ColumnConstraint.NotNull(optionalOnConflict()));
    }
  }

  private boolean initiallyDeferred() {
    if (!accept(TokenType.INITIALLY)) {
      return false;
    }
    if (accept(TokenType.DEFERRED)) {
      return true;
    }
    expect(TokenType.IMMEDIATE);
    return false;
  }

  /** Applies a deferral to the last foreign key of the column. */
  private static void defer(List<ColumnConstraint> list, boolean deferred) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i) instanceof ColumnConstraint.References references) {
        ForeignKey changed = withDeferral(references.foreignKey(), deferred);
        list.set(i, new ColumnConstraint.References(changed));
        return;
      }
    }
  }

  private static ForeignKey withDeferral(ForeignKey key, boolean deferred) {
    return new ForeignKey(key.table(), key.columns(), key.onDelete(), key.onUpdate(), deferred);
  }

  /** What {@code DEFAULT} may be followed by: a signed literal, a word or an expression. */
  private ColumnConstraint defaultValue() {
    int from = start;
    int valueAt = offset();
    if (accept(TokenType.LP)) {
      Expr expr = expr();
      String text = trimmed(from + 1, start);
      expect(TokenType.RP);
      return new ColumnConstraint.Default(expr, text);
    }
    Expr value;
    if (type == TokenType.PLUS || type == TokenType.MINUS) {
      boolean minus = type == TokenType.MINUS;
      advance();
      value = minus ? signed(UnaryOperator.NEGATE, defaultTerm(), valueAt) : defaultTerm();
    } else if (isTerm()) {
      value = term();
    } else if (type.isIdentifier() || type == TokenType.INDEXED) {
      value = wordAsValue(takeName());
    } else {
      throw syntaxError();
    }
    return new ColumnConstraint.Default(value, sql.substring(from, previousEnd));
  }

  private Expr defaultTerm() {
    if (!isTerm()) {
      throw syntaxError();
    }
    return term();
  }

  /** A lone word is a string, unless it is {@code TRUE} or {@code FALSE}. */
  static Expr wordAsValue(Identifier word) {
    boolean truth =
        !word.quoted()
            && (word.name().equalsIgnoreCase("true") || word.name().equalsIgnoreCase("false"));
    return truth
        ? new Expr.ColumnRef(null, null, word, word.offset())
        : new Expr.StringLiteral(word.name(), word.offset());
  }

  /** An expression in parentheses and its source. */
  private record Checked(Expr expr, String text) {}

  private Checked checked() {
    int from = start + 1;
    expect(TokenType.LP);
    Expr expr = expr();
    String text = trimmed(from, start);
    expect(TokenType.RP);
    return new Checked(expr, text);
  }

  private ColumnConstraint generated(Identifier column) {
    Checked value = checked();
    boolean stored = false;
    if (type.isIdentifier()) {
      String storage = currentText();
      advance();
      stored = storage.equalsIgnoreCase("stored");
      if (!stored && !storage.equalsIgnoreCase("virtual")) {
        fail("error in generated column \"" + column.name() + "\"", start);
      }
    }
    return new ColumnConstraint.Generated(value.expr, stored, value.text);
  }

  private boolean startsTableConstraint() {
    return type == TokenType.CONSTRAINT
        || type == TokenType.PRIMARY
        || type == TokenType.UNIQUE
        || type == TokenType.CHECK
        || type == TokenType.FOREIGN;
  }

  /** Constraints up to the closing parenthesis; the commas between them are optional. */
  private void tableConstraints(List<TableConstraint> list) {
    constraintName = null;
    do {
      tableConstraint(list);
      if (accept(TokenType.COMMA)) {
        constraintName = null;
      }
    } while (type != TokenType.RP || previousWasComma());
  }

  private boolean previousWasComma() {
    return sql.charAt(previousEnd - 1) == ',';
  }

  private void tableConstraint(List<TableConstraint> list) {
    if (accept(TokenType.CONSTRAINT)) {
      constraintName = name();
    } else if (accept(TokenType.PRIMARY)) {
      list.add(tablePrimaryKey());
    } else if (accept(TokenType.UNIQUE)) {
      expect(TokenType.LP);
      List<OrderingTerm> columns = orderingTerms();
      expect(TokenType.RP);
      list.add(new TableConstraint.Unique(columns, optionalOnConflict()));
    } else if (accept(TokenType.CHECK)) {
      Checked check = checked();
      optionalOnConflict();
      list.add(new TableConstraint.Check(constraintName, check.expr, check.text));
    } else {
      expect(TokenType.FOREIGN);
      list.add(tableForeignKey());
    }
  }

  private TableConstraint tablePrimaryKey() {
    expect(TokenType.KEY);
    expect(TokenType.LP);
    List<OrderingTerm> columns = orderingTerms();
    boolean autoincrement = accept(TokenType.AUTOINCR);
    expect(TokenType.RP);
    return new TableConstraint.PrimaryKey(columns, autoincrement, optionalOnConflict());
  }

  private TableConstraint tableForeignKey() {
    expect(TokenType.KEY);
    List<Identifier> columns = columns();
    if (type != TokenType.REFERENCES) {
      throw syntaxError();
    }
    ForeignKey key = references();
    if (!key.columns().isEmpty() && key.columns().size() != columns.size()) {
      fail(
          "number of columns in foreign key does not match the number of columns in the"
              + " referenced table",
          start);
    }
    if (accept(TokenType.NOT)) {
      expect(TokenType.DEFERRABLE);
      initiallyDeferred();
    } else if (accept(TokenType.DEFERRABLE)) {
      key = withDeferral(key, initiallyDeferred());
    }
    return new TableConstraint.Foreign(columns, key);
  }

  private ForeignKey references() {
    advance();
    Identifier table = name();
    List<Identifier> columns = optionalColumns();
    ForeignKey.Action onDelete = ForeignKey.Action.NO_ACTION;
    ForeignKey.Action onUpdate = ForeignKey.Action.NO_ACTION;
    while (type == TokenType.MATCH || type == TokenType.ON) {
      if (accept(TokenType.MATCH)) {
        name();
        continue;
      }
      advance();
      if (accept(TokenType.DELETE)) {
        onDelete = foreignKeyAction();
      } else if (accept(TokenType.UPDATE)) {
        onUpdate = foreignKeyAction();
      } else {
        expect(TokenType.INSERT);
        foreignKeyAction();
      }
    }
    return new ForeignKey(table, columns, onDelete, onUpdate, false);
  }

  private ForeignKey.Action foreignKeyAction() {
    if (accept(TokenType.CASCADE)) {
      return ForeignKey.Action.CASCADE;
    }
    if (accept(TokenType.RESTRICT)) {
      return ForeignKey.Action.RESTRICT;
    }
    if (accept(TokenType.NO)) {
      expect(TokenType.ACTION);
      return ForeignKey.Action.NO_ACTION;
    }
    expect(TokenType.SET);
    if (accept(TokenType.NULL)) {
      return ForeignKey.Action.SET_NULL;
    }
    expect(TokenType.DEFAULT);
    return ForeignKey.Action.SET_DEFAULT;
  }
}
