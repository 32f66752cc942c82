package org.libsql4j.sql;

import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Analyze;
import org.libsql4j.sql.ast.Attach;
import org.libsql4j.sql.ast.Detach;
import org.libsql4j.sql.ast.Explain;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.Pragma;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.Reindex;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.TransactionStatement;
import org.libsql4j.sql.ast.Vacuum;

/** Whole statements, and all those that are neither queries nor DML nor DDL. */
final class StatementParser extends DdlParser {
  StatementParser(String sql, int base, ParserLimits limits, boolean stored) {
    super(sql, base, limits, stored);
  }

  /** The next statement with its semicolon, or null at the end of the text. */
  @Nullable Statement nextStatement() {
    advance();
    while (type == TokenType.SEMI) {
      advance();
    }
    if (type == TokenType.EOF) {
      return null;
    }
    Statement statement = explainOrStatement();
    if (type != TokenType.SEMI && type != TokenType.EOF) {
      throw syntaxError();
    }
    finish();
    return statement;
  }

  /** The whole text as one expression. */
  Expr onlyExpression() {
    advance();
    Expr expr = expr();
    if (type != TokenType.EOF) {
      throw syntaxError();
    }
    finish();
    return expr;
  }

  private Statement explainOrStatement() {
    if (!accept(TokenType.EXPLAIN)) {
      return statement();
    }
    boolean queryPlan = accept(TokenType.QUERY);
    if (queryPlan) {
      expect(TokenType.PLAN);
    }
    return new Explain(queryPlan, statement());
  }

  private Statement statement() {
    return switch (type) {
      case SELECT, VALUES, WITH, INSERT, REPLACE, UPDATE, DELETE -> queryOrChange();
      case CREATE -> create();
      case DROP -> drop();
      case ALTER -> alter();
      case BEGIN -> begin();
      case COMMIT, END -> commit();
      case ROLLBACK -> rollback();
      case SAVEPOINT -> savepoint();
      case RELEASE -> release();
      case PRAGMA -> pragma();
      case ATTACH -> attach();
      case DETACH -> detach();
      case ANALYZE -> {
        advance();
        yield new Analyze(optionalQualifiedName());
      }
      case REINDEX -> {
        advance();
        yield new Reindex(optionalQualifiedName());
      }
      case VACUUM -> vacuum();
      default -> throw syntaxError();
    };
  }

  private Statement begin() {
    advance();
    TransactionStatement.Begin.Mode mode =
        switch (type) {
          case IMMEDIATE -> TransactionStatement.Begin.Mode.IMMEDIATE;
          case EXCLUSIVE -> TransactionStatement.Begin.Mode.EXCLUSIVE;
          case READONLY -> TransactionStatement.Begin.Mode.READONLY;
          case ID ->
              currentText().equalsIgnoreCase("CONCURRENT")
                  ? TransactionStatement.Begin.Mode.CONCURRENT
                  : TransactionStatement.Begin.Mode.DEFERRED;
          default -> TransactionStatement.Begin.Mode.DEFERRED;
        };
    if (mode != TransactionStatement.Begin.Mode.DEFERRED || type == TokenType.DEFERRED) {
      advance();
    }
    optionalTransactionName();
    return new TransactionStatement.Begin(mode);
  }

  /** {@code TRANSACTION [name]} or nothing; the name has no meaning. */
  private void optionalTransactionName() {
    if (accept(TokenType.TRANSACTION) && type.isName()) {
      advance();
    }
  }

  private Statement commit() {
    advance();
    optionalTransactionName();
    return new TransactionStatement.Commit();
  }

  private Statement rollback() {
    advance();
    optionalTransactionName();
    if (!accept(TokenType.TO)) {
      return new TransactionStatement.Rollback();
    }
    accept(TokenType.SAVEPOINT);
    return new TransactionStatement.RollbackTo(name());
  }

  private Statement savepoint() {
    advance();
    return new TransactionStatement.Savepoint(name());
  }

  private Statement release() {
    advance();
    accept(TokenType.SAVEPOINT);
    return new TransactionStatement.Release(name());
  }

  private Statement pragma() {
    advance();
    QualifiedName name = qualifiedName();
    String value = null;
    boolean quoted = false;
    if (accept(TokenType.EQ)) {
      quoted = startsWithQuote();
      value = pragmaValue();
    } else if (accept(TokenType.LP)) {
      quoted = startsWithQuote();
      value = pragmaValue();
      expect(TokenType.RP);
    }
    return new Pragma(name.schema(), name.name(), value, quoted);
  }

  private boolean startsWithQuote() {
    String text = currentText();
    return !text.isEmpty() && "'\"`[".indexOf(text.charAt(0)) >= 0;
  }

  private String pragmaValue() {
    switch (type) {
      case PLUS:
        advance();
        return number();
      case MINUS:
        advance();
        return "-" + number();
      case INTEGER, FLOAT:
        return number();
      case ON, DELETE, DEFAULT:
        String keyword = currentText();
        advance();
        return keyword;
      default:
        return name().name();
    }
  }

  private Statement attach() {
    advance();
    accept(TokenType.DATABASE);
    Expr file = expr();
    expect(TokenType.AS);
    Expr schema = expr();
    Expr key = accept(TokenType.KEY) ? expr() : null;
    return new Attach(file, schema, key);
  }

  private Statement detach() {
    advance();
    accept(TokenType.DATABASE);
    return new Detach(expr());
  }

  private Statement vacuum() {
    advance();
    Identifier schema = type.isName() ? name() : null;
    Expr into = accept(TokenType.INTO) ? expr() : null;
    return new Vacuum(schema, into);
  }
}
