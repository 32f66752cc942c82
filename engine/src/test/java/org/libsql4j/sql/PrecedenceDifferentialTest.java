package org.libsql4j.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What the parser understands, written with all parentheses, means to the real engine what the
 * original means.
 */
class PrecedenceDifferentialTest {
  private static final String[] LEAVES = {
    "0", "1", "2", "-1", "3.5", "'a'", "'A'", "'1'", "NULL", "''", "abs(-2)", "-9223372036854775808"
  };
  private static final String[] INFIX = {
    " OR ",
    " AND ",
    " = ",
    " == ",
    " <> ",
    " != ",
    " IS ",
    " IS NOT ",
    " IS DISTINCT FROM ",
    " IS NOT DISTINCT FROM ",
    " < ",
    " <= ",
    " > ",
    " >= ",
    " & ",
    " | ",
    " << ",
    " >> ",
    " + ",
    " - ",
    " * ",
    " / ",
    " % ",
    " || ",
    " LIKE ",
    " NOT LIKE ",
    " GLOB ",
    " NOT GLOB "
  };
  private static final String[] POSTFIX = {
    " ISNULL",
    " NOTNULL",
    " NOT NULL",
    " COLLATE nocase",
    " IN (1, 'a')",
    " NOT IN (0, NULL)",
    " IN ()",
    " LIKE 'x' ESCAPE 'y'"
  };
  private static final String[] PREFIX = {"NOT ", "- ", "+ ", "~ "};

  @Test
  void parenthesesMakeNoDifference() throws Exception {
    Random random = new Random(42);
    try (RealEngine real = new RealEngine()) {
      int checked = 0;
      for (int i = 0; i < 6000; i++) {
        String original = expression(random, 2 + random.nextInt(5));
        if (RealEngine.isSyntaxMessage(real.prepareError("SELECT " + original))
            || real.fails("SELECT " + original)) {
          continue;
        }
        String explicit = Parenthesizer.write(Parser.parseExpression(original));
        String question = "SELECT (" + original + ") IS " + explicit;
        assertThat(real.query(question)).as(question).isEqualTo("1");
        checked++;
      }
      assertThat(checked).isGreaterThan(5000);
    }
  }

  private static String expression(Random random, int terms) {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < terms; i++) {
      if (i > 0) {
        if (random.nextInt(8) == 0) {
          sql.append(random.nextBoolean() ? " BETWEEN 0 AND " : " NOT BETWEEN 1 OR 0 AND ");
        } else {
          sql.append(pick(random, INFIX));
        }
      }
      while (random.nextInt(4) == 0) {
        sql.append(pick(random, PREFIX));
      }
      sql.append(pick(random, LEAVES));
      while (random.nextInt(6) == 0) {
        sql.append(pick(random, POSTFIX));
      }
    }
    return sql.toString();
  }

  private static String pick(Random random, String[] from) {
    return from[random.nextInt(from.length)];
  }
}
