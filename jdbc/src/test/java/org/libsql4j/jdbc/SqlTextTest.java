package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The little that the driver reads of SQL texts. */
class SqlTextTest {
  @Test
  void tellsVerbs() {
    assertThat(SqlVerb.of("select 1", 0)).isEqualTo(SqlVerb.SELECT);
    assertThat(SqlVerb.of(" -- c\n /* d */ Insert into t", 0)).isEqualTo(SqlVerb.INSERT);
    assertThat(SqlVerb.of("x; DELETE FROM t", 2)).isEqualTo(SqlVerb.CHANGE);
    assertThat(SqlVerb.of("PRAGMA cache_size", 0).needsTransaction()).isFalse();
    assertThat(SqlVerb.of("PRAGMA main . user_version = 5", 0).needsTransaction()).isTrue();
    assertThat(SqlVerb.of("CREATE TABLE t(a)", 0)).isEqualTo(SqlVerb.OTHER);
    assertThat(SqlVerb.of("", 0)).isEqualTo(SqlVerb.OTHER);
    assertThat(SqlVerb.of("/* open", 0)).isEqualTo(SqlVerb.OTHER);
  }

  @Test
  void tellsBlankText() {
    assertThat(SqlVerb.isBlank(" ; -- x\n ;/* y */ ", 0)).isTrue();
    assertThat(SqlVerb.isBlank("; SELECT", 0)).isFalse();
    assertThat(SqlVerb.isBlank("SELECT 1;", 9)).isTrue();
  }

  @Test
  void readsNamesOfConstraints() {
    ConstraintNames names =
        ConstraintNames.of(
            "CREATE TABLE t(a INT CONSTRAINT fa REFERENCES p(x), b CHECK (b IN (1, 2)),"
                + " c CONSTRAINT nn NOT NULL REFERENCES q, d DEFAULT 'CONSTRAINT x',"
                + " -- CONSTRAINT y\n"
                + " CONSTRAINT \"p \"\"k\" PRIMARY KEY (a, b),"
                + " CONSTRAINT [f b] FOREIGN KEY (a, b) REFERENCES r(a, b))");
    assertThat(names.primaryKey()).isEqualTo("p \"k");
    assertThat(names.foreignKey(0)).isEqualTo("f b");
    assertThat(names.foreignKey(1)).isNull();
    assertThat(names.foreignKey(2)).isEqualTo("fa");
    assertThat(names.foreignKey(3)).isNull();
    assertThat(ConstraintNames.of(null).primaryKey()).isNull();
  }

  @Test
  void findsWhatFollowsParentheses() {
    String sql = "CREATE INDEX \"i(\" ON t(a, f(b) /* ) */, ')') WHERE x > 1";
    int at = ParenthesisSkipper.wordAfterParentheses(sql, "where");
    assertThat(sql.substring(at)).isEqualTo(" x > 1");
    assertThat(ParenthesisSkipper.wordAfterParentheses("CREATE INDEX i ON t(a)", "WHERE"))
        .isEqualTo(-1);
    assertThat(ParenthesisSkipper.wordAfterParentheses("x(", "WHERE")).isEqualTo(-1);
  }

  @Test
  void matchesPatterns() {
    assertThat(new NamePattern(null).matches("x")).isTrue();
    assertThat(new NamePattern("%").matches("")).isTrue();
    assertThat(new NamePattern("a%C_").matches("AbbcD")).isTrue();
    assertThat(new NamePattern("a\\_b").matches("axb")).isFalse();
    assertThat(new NamePattern("a\\_b").matches("a_b")).isTrue();
    assertThat(new NamePattern("a\\%").matches("a%")).isTrue();
    assertThat(new NamePattern("").matches("a")).isFalse();
    assertThat(new NamePattern("a%b%c").matches("a1b2b3c")).isTrue();
  }
}
