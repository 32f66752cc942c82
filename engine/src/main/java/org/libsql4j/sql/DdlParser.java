package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.AlterTable;
import org.libsql4j.sql.ast.ColumnDefinition;
import org.libsql4j.sql.ast.CreateFunction;
import org.libsql4j.sql.ast.CreateIndex;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.CreateView;
import org.libsql4j.sql.ast.CreateVirtualTable;
import org.libsql4j.sql.ast.Drop;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.Statement;

/** {@code CREATE}, {@code DROP}, {@code ALTER}. */
abstract class DdlParser extends TableParser {
  private static final Map<TokenType, Drop.Kind> DROPPED =
      Map.of(
          TokenType.TABLE, Drop.Kind.TABLE,
          TokenType.VIEW, Drop.Kind.VIEW,
          TokenType.INDEX, Drop.Kind.INDEX,
          TokenType.TRIGGER, Drop.Kind.TRIGGER,
          TokenType.FUNCTION, Drop.Kind.FUNCTION);

  DdlParser(String sql, int base, ParserLimits limits, boolean stored) {
    super(sql, base, limits, stored);
  }

  final Statement create() {
    advance();
    if (accept(TokenType.UNIQUE)) {
      expect(TokenType.INDEX);
      return createIndex(true);
    }
    if (accept(TokenType.INDEX)) {
      return createIndex(false);
    }
    if (accept(TokenType.VIRTUAL)) {
      return createVirtualTable();
    }
    if (accept(TokenType.FUNCTION)) {
      return createFunction();
    }
    boolean temporary = accept(TokenType.TEMP);
    if (type == TokenType.TABLE) {
      return createTable(temporary);
    }
    if (accept(TokenType.VIEW)) {
      return createView(temporary);
    }
    expect(TokenType.TRIGGER);
    return createTrigger(temporary);
  }

  private CreateIndex createIndex(boolean unique) {
    boolean ifNotExists = ifNotExists();
    QualifiedName name = qualifiedName();
    List<Identifier> using = accept(TokenType.USING) ? names() : List.of();
    expect(TokenType.ON);
    Identifier table = name();
    expect(TokenType.LP);
    List<OrderingTerm> columns = orderingTerms();
    expect(TokenType.RP);
    Expr where = optionalWhere();
    String text = (unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") + textFrom(name, start);
    return new CreateIndex(unique, ifNotExists, name, table, using, columns, where, text);
  }

  private CreateView createView(boolean temporary) {
    boolean ifNotExists = ifNotExists();
    QualifiedName name = qualifiedName();
    List<Identifier> columns = optionalColumns();
    expect(TokenType.AS);
    Select select = select();
    if (parameters.names().size() > 0) {
      fail("parameters are not allowed in views", start);
    }
    String text = "CREATE VIEW " + trimmed(position(name.name().offset()), start);
    return new CreateView(temporary, ifNotExists, name, columns, select, text);
  }

  private CreateTrigger createTrigger(boolean temporary) {
    boolean ifNotExists = ifNotExists();
    QualifiedName name = qualifiedName();
    CreateTrigger.Time time = triggerTime();
    CreateTrigger.Event event = triggerEvent();
    List<Identifier> updateColumns = List.of();
    if (event == CreateTrigger.Event.UPDATE && accept(TokenType.OF)) {
      updateColumns = names();
    }
    expect(TokenType.ON);
    QualifiedName table = qualifiedName();
    if (accept(TokenType.FOR)) {
      expect(TokenType.EACH);
      expect(TokenType.ROW);
    }
    Expr when = accept(TokenType.WHEN) ? expr() : null;
    expect(TokenType.BEGIN);
    List<Statement> body = new ArrayList<>();
    List<String> bodyTexts = new ArrayList<>();
    do {
      int begin = start;
      body.add(triggerStep());
      bodyTexts.add(trimmed(begin, previousEnd));
      expect(TokenType.SEMI);
    } while (type != TokenType.END);
    advance();
    String text = "CREATE TRIGGER " + textFrom(name, previousEnd);
    return new CreateTrigger(
        temporary,
        ifNotExists,
        name,
        time,
        event,
        updateColumns,
        table,
        when,
        List.copyOf(body),
        List.copyOf(bodyTexts),
        text);
  }

  private CreateTrigger.Time triggerTime() {
    if (accept(TokenType.AFTER)) {
      return CreateTrigger.Time.AFTER;
    }
    if (accept(TokenType.INSTEAD)) {
      expect(TokenType.OF);
      return CreateTrigger.Time.INSTEAD_OF;
    }
    accept(TokenType.BEFORE);
    return CreateTrigger.Time.BEFORE;
  }

  private CreateTrigger.Event triggerEvent() {
    if (accept(TokenType.INSERT)) {
      return CreateTrigger.Event.INSERT;
    }
    if (accept(TokenType.UPDATE)) {
      return CreateTrigger.Event.UPDATE;
    }
    expect(TokenType.DELETE);
    return CreateTrigger.Event.DELETE;
  }

  private CreateVirtualTable createVirtualTable() {
    expect(TokenType.TABLE);
    boolean ifNotExists = ifNotExists();
    QualifiedName name = qualifiedName();
    expect(TokenType.USING);
    Identifier module = name();
    int closed = previousEnd;
    List<String> arguments = new ArrayList<>();
    if (accept(TokenType.LP)) {
      moduleArguments(arguments);
      closed = end;
      advance();
    }
    String text = "CREATE VIRTUAL TABLE " + textFrom(name, closed);
    return new CreateVirtualTable(ifNotExists, name, module, List.copyOf(arguments), text);
  }

  /** Any tokens, split at commas outside parentheses; empty arguments are dropped. */
  private void moduleArguments(List<String> arguments) {
    int depth = 0;
    int from = start;
    while (depth > 0 || type != TokenType.RP) {
      if (type == TokenType.EOF) {
        throw syntaxError();
      }
      if (type == TokenType.LP) {
        depth++;
      } else if (type == TokenType.RP) {
        depth--;
      } else if (type == TokenType.COMMA && depth == 0) {
        addArgument(arguments, from);
        from = end;
      }
      advance();
    }
    addArgument(arguments, from);
  }

  private void addArgument(List<String> arguments, int from) {
    if (previousEnd > from) {
      int first = new Lexer(sql, from).firstTokenFrom(from);
      arguments.add(sql.substring(first, previousEnd));
    }
  }

  private CreateFunction createFunction() {
    boolean ifNotExists = ifNotExists();
    Identifier name = name();
    expect(TokenType.LANGUAGE);
    Identifier language = name();
    expect(TokenType.AS);
    if (type != TokenType.STRING && type != TokenType.BLOB) {
      throw syntaxError();
    }
    return new CreateFunction(ifNotExists, name, language, term());
  }

  final Drop drop() {
    advance();
    Drop.Kind kind = DROPPED.get(type);
    if (kind == null) {
      throw syntaxError();
    }
    advance();
    boolean ifExists = ifExists();
    QualifiedName name = kind == Drop.Kind.FUNCTION ? QualifiedName.of(name()) : qualifiedName();
    return new Drop(kind, ifExists, name);
  }

  final AlterTable alter() {
    advance();
    expect(TokenType.TABLE);
    QualifiedName table = qualifiedName();
    return new AlterTable(table, alteration());
  }

  private AlterTable.Action alteration() {
    if (accept(TokenType.RENAME)) {
      return rename();
    }
    if (accept(TokenType.ADD)) {
      accept(TokenType.COLUMN);
      int from = start;
      ColumnDefinition added = columnDefinition();
      return new AlterTable.Action.AddColumn(added, trimmed(from, start));
    }
    if (accept(TokenType.DROP)) {
      accept(TokenType.COLUMN);
      return new AlterTable.Action.DropColumn(name());
    }
    expect(TokenType.ALTER);
    expect(TokenType.COLUMN);
    return alterColumn();
  }

  private AlterTable.Action rename() {
    if (accept(TokenType.TO)) {
      return new AlterTable.Action.RenameTable(name());
    }
    accept(TokenType.COLUMN);
    Identifier from = name();
    expect(TokenType.TO);
    return new AlterTable.Action.RenameColumn(from, name());
  }

  private AlterTable.Action alterColumn() {
    ColumnDefinition column = columnNameAndType();
    expect(TokenType.TO);
    int from = start;
    ColumnDefinition definition = columnDefinition();
    return new AlterTable.Action.AlterColumn(column, definition, trimmed(from, start));
  }

  /** A name that may be absent. */
  final @Nullable QualifiedName optionalQualifiedName() {
    return type.isName() ? qualifiedName() : null;
  }
}
