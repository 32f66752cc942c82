package org.libsql4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** How a driver's exception becomes the shell's message. */
class EngineErrorTest {
  @Test
  void takesCodeMessageAndPlaceFromTheEngine() {
    LibsqlException cause =
        new LibsqlException(ResultCode.CONSTRAINT_UNIQUE, "UNIQUE constraint failed: t.a");

    EngineError error = EngineError.of(new SQLException("decorated", "23505", 2067, cause));

    assertThat(error.messageWithCode()).isEqualTo("UNIQUE constraint failed: t.a (19)");
    assertThat(error.context("insert")).isEmpty();
  }

  @Test
  void dropsWhatADriverPutsAroundTheMessage() {
    SQLException exception =
        new SQLException("[SQLITE_ERROR] SQL error or missing database (near \")\": x)", null, 1);

    assertThat(EngineError.of(exception).messageWithCode()).isEqualTo("near \")\": x");
  }

  @Test
  void marksThePlaceOfTheError() {
    assertThat(new EngineError("m", 1, 9).context("select * FORM x;"))
        .isEqualTo("\n  select * FORM x;\n           ^--- error here");
  }

  @Test
  void marksFromTheLeftFarInALine() {
    assertThat(new EngineError("m", 1, 30).context("select\n" + "a".repeat(22) + "\tbcd"))
        .isEqualTo(
            "\n  select " + "a".repeat(22) + " bcd\n  " + " ".repeat(16) + "error here ---^");
  }

  @Test
  void showsOnlyWhatIsNearTheError() {
    String sql = "x".repeat(100) + "é!" + "y".repeat(100);

    assertThat(new EngineError("m", 1, 101).context(sql))
        .isEqualTo(
            "\n  "
                + "x".repeat(49)
                + "é!"
                + "y".repeat(27)
                + "\n  "
                + " ".repeat(36)
                + "error here ---^");
  }
}
