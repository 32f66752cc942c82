package org.libsql4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code .expert}, which prints what that of {@code sqlite3} prints, and hints. */
class ExpertTest {
  private static final String TABLES =
      "CREATE TABLE t(a, b, c, d TEXT COLLATE NOCASE);\n"
          + "CREATE TABLE u(x INTEGER PRIMARY KEY, y, z);\n";

  private static ShellRun run(String input) {
    return ShellRun.inProcess("jdbc:libsql:", TABLES + input);
  }

  @Test
  void suggestsForTheNextInput() {
    assertThat(run(".expert\nSELECT * FROM t WHERE a=1; SELECT 1;\nSELECT 2;\n").out())
        .isEqualTo(
            "CREATE INDEX t_idx_00000061 ON t(a);\n\n"
                + "SEARCH t USING INDEX t_idx_00000061 (a=?)\n\n"
                + "(no new indexes)\n\n"
                + "SCAN CONSTANT ROW\n\n"
                + "2\n");
  }

  @Test
  void showsCandidates() {
    assertThat(
            run(".expert --verbose\nSELECT * FROM t WHERE a=1 AND b=2 AND c>3 ORDER BY d;\n").out())
        .startsWith("-- Candidates -----------------------------\nCREATE INDEX t_idx_")
        .contains(
            "CREATE INDEX t_idx_033e95ff ON t(a, b, d);\n",
            "CREATE INDEX t_idx_033e95fe ON t(a, b, c);\n",
            "CREATE INDEX t_idx_000123a7 ON t(a, b);\n")
        .contains(
            "\n-- Query 1 --------------------------------\n"
                + "SELECT * FROM t WHERE a=1 AND b=2 AND c>3 ORDER BY d;\n\n"
                + "CREATE INDEX t_idx_033e95fe ON t(a, b, c); -- ")
        .contains(
            "\n\nSEARCH t USING INDEX t_idx_033e95fe (a=? AND b=? AND c>?)\n"
                + "USE TEMP B-TREE FOR ORDER BY\n\n-- all rows are found and sorted");
  }

  @Test
  void looksAtRowsIfAsked() {
    String rows = "INSERT INTO t(a, b) VALUES(1, 1), (1, 2), (2, 3), (2, 4);\n";
    assertThat(run(rows + ".expert -v --sample 100\nSELECT * FROM t WHERE a=1;\n").out())
        .contains("CREATE INDEX t_idx_00000061 ON t(a); -- stat1: 4 2\n");
  }

  @Test
  void anotherCommandEndsIt() {
    assertThat(run(".expert\n.tables\nSELECT 1;\n").out()).isEqualTo("t  u\n1\n");
  }

  @Test
  void reportsErrors() {
    assertThat(run(".expert\nSELECT * FROM nosuch;\n").errors())
        .startsWith("Parse error near line 4: no such table: nosuch");
    assertThat(run(".expert --foo\n").errors()).isEqualTo("unknown option: -foo\n");
    assertThat(run(".expert --sample\n").errors())
        .isEqualTo("option requires an argument: -sample\n");
    assertThat(run(".expert --sample 200\n").errors()).isEqualTo("value out of range: 200\n");
  }
}
