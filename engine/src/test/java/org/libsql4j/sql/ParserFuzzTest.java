package org.libsql4j.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.libsql4j.error.LibsqlException;

/**
 * A million damaged statements: the parser takes or refuses each, and never fails in another way or
 * hangs. {@code -Dparser.fuzz.seed=N} starts elsewhere, {@code -Dparser.fuzz.count=N} does more.
 */
class ParserFuzzTest {
  private static final long SEED = Long.getLong("parser.fuzz.seed", 1);
  private static final int COUNT = Integer.getInteger("parser.fuzz.count", 1_000_000);

  /** Far more than all of them take. */
  private static final Duration TOO_LONG = Duration.ofMinutes(5);

  @Test
  void damagedStatementsAreTakenOrRefused() {
    Random random = new Random(SEED);
    String[] last = {""};
    int[] refused = {0};
    Assertions.assertTimeoutPreemptively(
        TOO_LONG,
        () -> {
          for (int i = 0; i < COUNT; i++) {
            last[0] = Mutation.next(random);
            if (!isTaken(last[0])) {
              refused[0]++;
            }
          }
        },
        () -> "seed " + SEED + ", last statement " + last[0]);
    // Both must happen, or the test tests nothing.
    assertThat(refused[0]).isBetween(COUNT / 10, COUNT - COUNT / 50);
  }

  private static boolean isTaken(String sql) {
    try {
      int offset = 0;
      while (offset < sql.length()) {
        int next = Parser.parseNext(sql, offset).endOffset();
        assertThat(next).as(sql).isGreaterThan(offset);
        offset = next;
      }
      return true;
    } catch (LibsqlException e) {
      assertThat(e.getMessage()).as(sql).isNotEmpty();
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + SEED + ": " + sql, e);
    }
  }
}
