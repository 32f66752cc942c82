package org.libsql4j.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.sql.ast.AlterTable;
import org.libsql4j.sql.ast.ColumnConstraint;
import org.libsql4j.sql.ast.CreateIndex;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.CreateView;
import org.libsql4j.sql.ast.CreateVirtualTable;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.Identifier.Quoting;
import org.libsql4j.sql.ast.Pragma;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.TransactionStatement;

/** What the tree holds. */
class ParserShapeTest {
  private static Statement parse(String sql) {
    Statement statement = Parser.parseNext(sql, 0).statement();
    assertThat(statement).isNotNull();
    return statement;
  }

  private static SelectCore.Query query(String sql) {
    return (SelectCore.Query) ((Select) parse(sql)).first();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 + 2 , 'x'  || \"y\"  AS z, count( * ) /* c */ , abs(1)-- end\n",
        "SELECT (1), ( 2 )+3, +a, a.b, t.a COLLATE nocase FROM (SELECT 1 AS a, 2 AS b) AS t, (SELECT 3 b) a",
        "SELECT case 1 when 2 then 3 end, (select 1), 1 in (1,2), NULL, x'41' "
      })
  void resultColumnsKeepTheirText(String sql) throws Exception {
    List<String> ours = new ArrayList<>();
    for (ResultColumn column : query(sql).columns()) {
      ResultColumn.Expression expression = (ResultColumn.Expression) column;
      if (expression.alias() != null) {
        ours.add(expression.alias().name());
      } else if (expression.expr() instanceof Expr.ColumnRef ref) {
        ours.add(ref.column().name());
      } else {
        ours.add(expression.text());
      }
    }
    try (RealEngine real = new RealEngine()) {
      assertThat(ours).containsExactly(real.columnNames(sql));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create  table  main . \"x1\" ( a  int ,b ) ",
        "CREATE TABLE x1(a /* c */) -- trailing",
        "CREATE TABLE x1(a INT) STRICT  ",
        "CREATE TABLE x1(a INT PRIMARY KEY)  WITHOUT  ROWID /* x */  ;",
        "CREATE TABLE x1(a);",
        "create temp table x1(a)",
        "create unique index if not exists main.x1 on t1 ( a , b ) ; ",
        "CREATE INDEX x1 ON t1(a) WHERE a > 1  ",
        "create view x1 as select 1 , 2  ; ",
        "CREATE VIEW IF NOT EXISTS x1(a) AS VALUES (1) -- c\n",
        "create trigger main.x1 after insert on t1 begin select 1; end ;",
        "create virtual table if not exists x1 using fts5( a , b ) ;"
      })
  void schemaTextIsTheRealOne(String sql) throws Exception {
    Statement statement = parse(sql);
    String ours;
    if (statement instanceof CreateTable s) {
      ours = s.schemaSql();
    } else if (statement instanceof CreateIndex s) {
      ours = s.schemaSql();
    } else if (statement instanceof CreateView s) {
      ours = s.schemaSql();
    } else if (statement instanceof CreateTrigger s) {
      ours = s.schemaSql();
    } else {
      ours = ((CreateVirtualTable) statement).schemaSql();
    }
    try (RealEngine real = new RealEngine()) {
      String stored =
          "SELECT sql FROM (SELECT * FROM sqlite_schema UNION ALL SELECT * FROM sqlite_temp_schema)"
              + " WHERE name = 'x1'";
      assertThat(ours).isEqualTo(real.run(sql, stored));
    }
    assertThat(Parser.parseStored(ours)).isNotNull();
  }

  @Test
  void parametersAreNumberedAsBySqlite() {
    ParseResult result = Parser.parseNext("SELECT ?, :a, ?5, @b, :a, ?, ?2, $c::d(e)", 0);
    assertThat(result.parameterCount()).isEqualTo(8);
    assertThat(result.parameterNames())
        .containsExactly(null, ":a", null, null, "?5", "@b", null, "$c::d(e)");
  }

  @Test
  void statementsFollowEachOther() {
    String sql = " ; SELECT 1 ; /* x */ SELECT 2;\n -- end\n";
    ParseResult first = Parser.parseNext(sql, 0);
    assertThat(first.text()).isEqualTo(" ; SELECT 1 ;");
    ParseResult second = Parser.parseNext(sql, first.endOffset());
    assertThat(second.text()).isEqualTo(" /* x */ SELECT 2;");
    assertThat(((Select) second.statement()).offset()).isEqualTo(9);
    ParseResult third = Parser.parseNext(sql, second.endOffset());
    assertThat(third.statement()).isNull();
    assertThat(third.endOffset()).isEqualTo(sql.length());
    assertThat(Parser.parseNext("SELECT 1; 'broken", 0).endOffset()).isEqualTo(9);
  }

  @Test
  void numbers() {
    assertThat(Parser.parseExpression("9223372036854775807"))
        .isEqualTo(new Expr.IntegerLiteral(Long.MAX_VALUE, 0));
    assertThat(Parser.parseExpression("-9223372036854775808"))
        .isEqualTo(new Expr.IntegerLiteral(Long.MIN_VALUE, 0));
    assertThat(Parser.parseExpression("9223372036854775808")).isInstanceOf(Expr.RealLiteral.class);
    assertThat(Parser.parseExpression("0xffffffffffffffff"))
        .isEqualTo(new Expr.IntegerLiteral(-1, 0));
    assertThat(Parser.parseExpression("1_000")).isEqualTo(new Expr.IntegerLiteral(1000, 0));
    assertThat(Parser.parseExpression("1_0.5e1_0"))
        .isEqualTo(new Expr.RealLiteral(10.5e10, "10.5e10", 0));
    assertThat(((Expr.BlobLiteral) Parser.parseExpression("x'0aFF'")).value())
        .containsExactly(10, -1);
  }

  @Test
  void namesKeepTheirQuotes() {
    SelectCore.Query query = query("SELECT \"a\"\"b\", [c d], `e`, f");
    List<Quoting> quoting = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ResultColumn column : query.columns()) {
      Expr.ColumnRef ref = (Expr.ColumnRef) ((ResultColumn.Expression) column).expr();
      quoting.add(ref.column().quoting());
      names.add(ref.column().name());
    }
    assertThat(names).containsExactly("a\"b", "c d", "e", "f");
    assertThat(quoting)
        .containsExactly(Quoting.DOUBLE, Quoting.BRACKET, Quoting.BACKTICK, Quoting.BARE);
  }

  @Test
  void columnDefinitions() {
    CreateTable table =
        (CreateTable)
            parse(
                "CREATE TABLE t(a VARCHAR( 10 ) GENERATED ALWAYS AS ( 1+1 ) STORED, b DEFAULT -5,"
                    + " c CONSTRAINT n CHECK ( c>0 ) DEFAULT ( 1 + 2 ) REFERENCES p DEFERRABLE INITIALLY"
                    + " DEFERRED, d CHECK( d ) DEFAULT word DEFAULT TRUE)");
    CreateTable.Body.Definition body = (CreateTable.Body.Definition) table.body();
    assertThat(body.columns().get(0).typeName()).isEqualTo("VARCHAR( 10 )");
    ColumnConstraint.Generated generated =
        (ColumnConstraint.Generated) body.columns().get(0).constraints().get(0);
    assertThat(generated.text()).isEqualTo("1+1");
    assertThat(generated.stored()).isTrue();
    assertThat(((ColumnConstraint.Default) body.columns().get(1).constraints().get(0)).text())
        .isEqualTo("-5");
    List<ColumnConstraint> c = body.columns().get(2).constraints();
    assertThat(((ColumnConstraint.Check) c.get(0)).label()).isEqualTo("n");
    assertThat(((ColumnConstraint.Check) c.get(0)).text()).isEqualTo("c>0");
    assertThat(((ColumnConstraint.Default) c.get(1)).text()).isEqualTo("1 + 2");
    assertThat(((ColumnConstraint.References) c.get(2)).foreignKey().deferred()).isTrue();
    List<ColumnConstraint> d = body.columns().get(3).constraints();
    assertThat(((ColumnConstraint.Check) d.get(0)).label()).isEqualTo("d");
    assertThat(((ColumnConstraint.Default) d.get(1)).expr()).isInstanceOf(Expr.StringLiteral.class);
    assertThat(((ColumnConstraint.Default) d.get(2)).expr()).isInstanceOf(Expr.ColumnRef.class);
  }

  @Test
  void libsqlAdditions() {
    CreateTable table = (CreateTable) parse("CREATE TABLE t(a) RANDOM ROWID, STRICT");
    assertThat(((CreateTable.Body.Definition) table.body()).options())
        .isEqualTo(new CreateTable.Options(false, true, true));
    AlterTable alter = (AlterTable) parse("ALTER TABLE t ALTER COLUMN a TO a INT NOT NULL  ;");
    AlterTable.Action.AlterColumn action = (AlterTable.Action.AlterColumn) alter.action();
    assertThat(action.column().name().name()).isEqualTo("a");
    assertThat(action.text()).isEqualTo("a INT NOT NULL");
    assertThat(((TransactionStatement.Begin) parse("BEGIN READONLY")).mode())
        .isEqualTo(TransactionStatement.Begin.Mode.READONLY);
    assertThat(parse("CREATE FUNCTION f LANGUAGE wasm AS 'x'")).isNotNull();
    assertThat(parse("SELECT random, readonly, language, function FROM t")).isNotNull();
  }

  @Test
  void leadingParenthesesOfAJoinDissolve() {
    assertThat(query("SELECT * FROM ((a JOIN b)) JOIN c").from().terms()).hasSize(3);
    assertThat(query("SELECT * FROM a JOIN (b JOIN c)").from().terms()).hasSize(2);
    assertThat(query("SELECT * FROM (a) AS x").from().terms().get(0).item())
        .isInstanceOf(FromItem.Table.class);
  }

  @Test
  void moduleArguments() {
    CreateVirtualTable table =
        (CreateVirtualTable)
            parse("CREATE VIRTUAL TABLE v USING m( a b , 'x,y' ,, f(1, 2) /* c */ )");
    assertThat(table.arguments()).containsExactly("a b", "'x,y'", "f(1, 2)");
  }

  @Test
  void pragmaValues() {
    assertThat(((Pragma) parse("PRAGMA main.x = - 5")).value()).isEqualTo("-5");
    assertThat(((Pragma) parse("PRAGMA x('a b')")).value()).isEqualTo("a b");
    assertThat(((Pragma) parse("PRAGMA x = ON")).value()).isEqualTo("ON");
    assertThat(((Pragma) parse("PRAGMA x")).value()).isNull();
  }

  @Test
  void storedTextsMayHaveOldForms() {
    assertThat(Parser.parseStored("CREATE TABLE t(a, FOREIGN KEY (a COLLATE x DESC) REFERENCES p)"))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "- ",
        "NOT ",
        "~",
        "abs(",
        "CASE ",
        "(SELECT ",
        "CAST(",
        "1 IN (",
        "1+(",
        "(1,(",
        "EXISTS (SELECT ",
        "a BETWEEN ",
        "f(DISTINCT ",
        "count() FILTER (WHERE ",
        "sum() OVER (ORDER BY ",
        "1 LIKE ",
        "1 = NOT ",
        "(SELECT 1 FROM (SELECT * FROM (VALUES (",
        "(SELECT 1 FROM (",
        "(WITH x AS (SELECT "
      })
  void depthIsBounded(String opening) throws Exception {
    List<Throwable> failures = new ArrayList<>();
    Runnable parse =
        () ->
            assertThatThrownBy(() -> Parser.parseNext("SELECT " + opening.repeat(100_000), 0))
                .hasMessageMatching("parser stack overflow|Expression tree is too large.*");
    Thread thread = new Thread(null, parse, "small stack", 512 * 1024);
    thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
    thread.start();
    thread.join();
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CASE ", "(", "(SELECT "})
  void aStackTooSmallForTheLimitIsToldAsDepth(String opening) throws Exception {
    ParserLimits limits = new ParserLimits(1000, 32766, 2000, 500, 127, 1_000_000);
    List<Throwable> failures = new ArrayList<>();
    Runnable parse =
        () ->
            assertThatThrownBy(
                    () -> Parser.parseNext("SELECT " + opening.repeat(100_000), 0, limits))
                .isInstanceOf(LibsqlException.class)
                .hasMessage("parser stack overflow");
    Thread thread = new Thread(null, parse, "small stack", 512 * 1024);
    thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
    thread.start();
    thread.join();
    assertThat(failures).isEmpty();
  }

  @Test
  void longListsAreNoDepth() {
    parse("SELECT 1" + ", 1".repeat(50_000));
    parse("VALUES (1)" + ", (1)".repeat(50_000));
    parse("SELECT a" + " AND a".repeat(998));
  }
}
