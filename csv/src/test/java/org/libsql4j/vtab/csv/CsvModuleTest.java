package org.libsql4j.vtab.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Rows;

/** CSV files as tables. */
class CsvModuleTest {
  private static final String LINES = "'a,b,\"mix-bloom\",\"soft opinion\"\n1,2,3,4\n5,6,7,8\n'";

  @TempDir Path folder;
  private Connection connection;

  @BeforeEach
  void open() {
    connection = Database.inMemory().connect();
    connection.createModule("csv", new CsvModule());
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private void create(String options) {
    connection.execute("DROP TABLE IF EXISTS t");
    connection.execute("CREATE VIRTUAL TABLE temp.t USING csv(" + options + ")");
  }

  private String query(String sql) {
    StringJoiner rows = new StringJoiner(" / ");
    try (Rows found = connection.query(sql)) {
      while (found.next()) {
        StringJoiner row = new StringJoiner("|");
        for (int i = 0; i < found.columnCount(); i++) {
          row.add(String.valueOf(found.getString(i)));
        }
        rows.add(row.toString());
      }
    }
    return rows.toString();
  }

  private String names() {
    return query("SELECT group_concat(name, ';') FROM pragma_table_info('t')");
  }

  @Test
  void namesColumnsByNumberOrHeader() {
    create("data=" + LINES);
    assertThat(names()).isEqualTo("c0;c1;c2;c3");
    assertThat(query("SELECT rowid, c1 FROM t")).isEqualTo("1|b / 2|2 / 3|6");
    create("data=" + LINES + ", header=1");
    assertThat(names()).isEqualTo("a;b;mix-bloom;soft opinion");
    assertThat(query("SELECT rowid, * FROM t WHERE \"soft opinion\"=8")).isEqualTo("2|5|6|7|8");
    create("data=" + LINES + ", header, columns=5");
    assertThat(names()).isEqualTo("a;b;mix-bloom;soft opinion;c4");
    assertThat(query("SELECT c4, a FROM t")).isEqualTo("null|1 / null|5");
    create("data=" + LINES + ", header=off, columns=2");
    assertThat(query("SELECT * FROM t")).isEqualTo("a|b / 1|2 / 5|6");
  }

  @Test
  void takesTypesFromASchema() {
    create(
        "data='1,2,3,4\n9,10,11,12\n', columns=4,"
            + " schema='CREATE TABLE x(a INT, b TEXT, c REAL, d BLOB)', testflags=1");
    assertThat(query("SELECT * FROM t WHERE a=9 AND b=10 AND c=11")).isEqualTo("9|10|11|12");
    assertThat(query("SELECT * FROM t WHERE d=12")).isEmpty();
    assertThat(query("SELECT * FROM t WHERE d='12'")).isEqualTo("9|10|11|12");
    create(
        "data='1,2\n9,10\n', columns=2,"
            + " schema=\"CREATE TABLE x(a PRIMARY KEY, b TEXT) WITHOUT ROWID\"");
    assertThat(query("SELECT a FROM t WHERE b=10 OR a='1'")).isEqualTo("1 / 9");
    assertThatThrownBy(() -> query("SELECT rowid FROM t")).hasMessage("no such column: rowid");
  }

  /** Fields, between the text's lines and as they come out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '~',
      value = {
        "1;1",
        "1,2;1|2",
        "1,2\\n;1|2",
        "1,2\\r\\n3,4\\r\\n;1|2 / 3|4",
        "1,2\\r\\n3,4;1|2 / 3|4",
        "\"a,b\",\"c\\nd\";a,b|c\\nd",
        "\"say \"\"hi\"\"\",x;say \"hi\"|x",
        "a\"b,c;a\"b|c",
        ",;|",
        "1,\\n2,3;1| / 2|3",
        "1,2\\n3;1|2 / 3|null",
        "1,2\\n3,4,5\\n6,7;1|2 / 3|4 / 6|7",
        "1,2\\n\\n3,4;1|2 / |null / 3|4",
        "\"\",\"\";|",
        "\uFEFF1,2;1|2",
        "\"1\"\\r\\n\"2\"\\r\\n;1 / 2",
        "äö,€;äö|€"
      })
  void readsFields(String text, String rows) throws Exception {
    Path file = folder.resolve("in.csv");
    Files.writeString(file, text.replace("\\r", "\r").replace("\\n", "\n"));
    create("filename='" + file + "'");
    assertThat(query("SELECT * FROM t")).isEqualTo(rows.replace("\\n", "\n"));
    create("data='" + Files.readString(file).replace("'", "''") + "'");
    assertThat(query("SELECT * FROM t")).isEqualTo(rows.replace("\\n", "\n"));
  }

  @Test
  void readsTheFileAnewForEveryQuery() throws Exception {
    Path file = folder.resolve("in.csv");
    Files.writeString(file, "a,b\n1,2\n");
    create("filename='" + file + "', header");
    assertThat(query("SELECT x.a, y.b FROM t x, t y")).isEqualTo("1|2");
    StringBuilder many = new StringBuilder("a,b\n");
    for (int i = 0; i < 20_000; i++) {
      many.append(i).append(",\"").append("x".repeat(i % 50)).append("\"\n");
    }
    Files.writeString(file, many);
    assertThat(query("SELECT count(*), sum(a), sum(length(b)) FROM t"))
        .isEqualTo("20000|199990000|490000");
    Files.delete(file);
    assertThatThrownBy(() -> query("SELECT * FROM t"))
        .hasMessage("cannot open '" + file + "' for reading");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> create("filename='nowhere.csv'"))
        .hasMessage("cannot open 'nowhere.csv' for reading");
    assertThatThrownBy(() -> create("header"))
        .hasMessage("must specify either filename= or data= but not both");
    assertThatThrownBy(() -> create("data='1', filename='x'"))
        .hasMessage("must specify either filename= or data= but not both");
    assertThatThrownBy(() -> create("data='1', data='2'"))
        .hasMessage("more than one 'data' parameter");
    assertThatThrownBy(() -> create("data='1', color='red'"))
        .hasMessage("bad parameter: 'color='red''");
    assertThatThrownBy(() -> create("data='1', columns=0"))
        .hasMessage("column= value must be positive");
    create("data='1\n\"2\n3'");
    assertThatThrownBy(() -> query("SELECT * FROM t"))
        .hasMessage("line 2: unterminated \"-quoted field");
    create("data='1\n\"2\"3'");
    assertThatThrownBy(() -> query("SELECT * FROM t")).hasMessage("line 2: unescaped \" character");
    assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES(1)"))
        .hasMessage("table t may not be modified");
  }

  /** A database from a stranger must not read files. */
  @Test
  void isNotForViews() {
    connection.execute("CREATE VIRTUAL TABLE t USING csv(data='1')");
    connection.execute("CREATE VIEW v AS SELECT * FROM t");
    assertThatThrownBy(() -> query("SELECT * FROM v"))
        .hasMessage("unsafe use of virtual table \"t\"");
  }

  @Test
  void isAnExtensionAsWell() {
    try (Connection other = Database.inMemory().connect()) {
      assertThatThrownBy(() -> other.execute("CREATE VIRTUAL TABLE t USING csv(data='1')"))
          .hasMessage("no such module: csv");
      other.enableLoadExtension(true);
      try (Rows rows = other.query("SELECT load_extension('csv')")) {
        rows.next();
      }
      other.execute("CREATE VIRTUAL TABLE t USING csv(data='1')");
    }
  }
}
