package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The escapes of JDBC in braces. */
class JdbcEscapesTest {
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = TestDatabases.ours();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private String value(String sql) throws SQLException {
    return TestDatabases.value(connection, sql);
  }

  @Test
  void functions() throws SQLException {
    assertThat(value("SELECT {fn ucase('aé')}")).isEqualTo("Aé");
    assertThat(value("SELECT { FN  LCASE ( {fn concat('A', 'B')} ) }")).isEqualTo("ab");
    assertThat(value("SELECT {fn left('abc', 2)}")).isEqualTo("ab");
    assertThat(value("SELECT {fn right('abc', 2)}")).isEqualTo("bc");
    assertThat(value("SELECT {fn locate('(,', 'a(,b)')}")).isEqualTo("2");
    assertThat(value("SELECT {fn locate('a', 'abcabc', 2)}")).isEqualTo("4");
    assertThat(value("SELECT {fn locate('x', 'abcabc', 2)}")).isEqualTo("0");
    assertThat(value("SELECT {fn ascii('a')}, {fn abs(-3)}")).isEqualTo("97");
    assertThat(value("SELECT {fn rand()} BETWEEN 0 AND 1")).isEqualTo("1");
    assertThat(value("SELECT {fn now()} = datetime()")).isEqualTo("1");
    assertThat(value("SELECT {fn ifnull(NULL, '}')}")).isEqualTo("}");
  }

  @Test
  void everyFunctionThatTheMetadataNamesIsThere() throws SQLException {
    DatabaseMetaData meta = connection.getMetaData();
    String all =
        String.join(
            ",",
            meta.getNumericFunctions(),
            meta.getStringFunctions(),
            meta.getSystemFunctions(),
            meta.getTimeDateFunctions());
    for (String name : all.split(",")) {
      boolean found = false;
      for (String arguments : new String[] {"", "'1'", "'1', '2'", "'1', '2', '3'"}) {
        try (Statement statement = connection.createStatement()) {
          statement.executeQuery("SELECT {fn " + name + "(" + arguments + ")}").close();
          found = true;
        } catch (SQLException e) {
          assertThat(e.getMessage()).containsPattern("wrong number of arguments|syntax error");
        }
      }
      assertThat(found).as(name).isTrue();
    }
  }

  @Test
  void joinsAndPatternsAndLimits() throws SQLException {
    TestDatabases.execute(
        connection,
        "CREATE TABLE a(x)",
        "CREATE TABLE b(y)",
        "INSERT INTO a VALUES ('50%'), ('501')",
        "INSERT INTO b VALUES ('501')");
    assertThat(value("SELECT count(*) FROM {oj a LEFT OUTER JOIN b ON a.x = b.y}")).isEqualTo("2");
    assertThat(value("SELECT group_concat(x) FROM a WHERE x LIKE '50!%' {escape '!'}"))
        .isEqualTo("50%");
    assertThat(value("SELECT x FROM a ORDER BY x {limit 1 offset 1}")).isEqualTo("501");
    assertThat(connection.nativeSQL("SELECT 1 {limit 1}")).isEqualTo("SELECT 1 LIMIT 1");
  }

  /** A literal is what the setter stores, whichever way dates are stored. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?date_class=TEXT",
        "?date_class=REAL",
        "?date_precision=SECONDS",
        "?date_class=TEXT&date_string_format=yyyy-MM-dd"
      })
  void datesAreWhatTheSettersStore(String options) throws SQLException {
    String sql =
        "SELECT ? = {d '2020-02-29'}, ? = {t '03:04:05'}, ? = {ts '2020-02-29 03:04:05.678'}";
    try (Connection own = DriverManager.getConnection("jdbc:libsql::memory:" + options);
        PreparedStatement statement = own.prepareStatement(sql)) {
      statement.setDate(1, Date.valueOf("2020-02-29"));
      statement.setTime(2, Time.valueOf("03:04:05"));
      statement.setTimestamp(3, Timestamp.valueOf("2020-02-29 03:04:05.678"));
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(TestDatabases.rows(rows)).containsExactly("1|1|1");
      }
    }
  }

  @Test
  void whatIsNoDateIsAnError() {
    for (String escape :
        new String[] {"d '2020-02-30'", "d '03:04'", "ts '2020-01-01'", "t 'x'", "d 5"}) {
      assertThatThrownBy(() -> value("SELECT {" + escape + "}"))
          .as(escape)
          .isInstanceOfSatisfying(
              SQLDataException.class, e -> assertThat(e.getSQLState()).isEqualTo("22007"));
    }
  }

  @Test
  void proceduresAreNotSupported() {
    for (String call : new String[] {"{call p(1)}", "{? = call p()}", "{?= call p}"}) {
      assertThatThrownBy(() -> value(call)).isInstanceOf(SQLFeatureNotSupportedException.class);
    }
  }

  @Test
  void bracesInQuotesAndCommentsAreNoEscapes() throws SQLException {
    assertThat(value("SELECT '{fn x}' || '''{d}' /* {call} */ -- {oj")).isEqualTo("{fn x}'{d}");
    assertThat(value("SELECT \"{d 'x'}\" FROM (SELECT 5 AS \"{d 'x'}\")")).isEqualTo("5");
    assertThat(value("SELECT [{call}] FROM (SELECT 6 AS `{call}`)")).isEqualTo("6");
    assertThat(value("SELECT '{\"a\":{\"b\":[1,2]}}' ->> '$.a.b[1]'")).isEqualTo("2");
    for (String sql : new String[] {"SELECT {", "SELECT {x 5}", "SELECT {fn abs(1)", "SELECT }"}) {
      assertThatThrownBy(() -> value(sql)).hasMessageContaining("unrecognized token");
    }
  }

  @Test
  void theyCanBeTurnedOff() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      assertThatThrownBy(() -> statement.execute("SELECT {fn abs(1)}"))
          .hasMessageContaining("unrecognized token: \"{\"");
      statement.setEscapeProcessing(true);
      statement.execute("SELECT {fn abs(1)}");
    }
  }
}
