package org.libsql4j.func;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random time values and modifiers through the date functions, compared with the real engine. */
class DateDifferentialTest {
  private static final long SEED = Long.getLong("libsql4j.seed", 99L);
  private static final int ROUNDS = Integer.getInteger("libsql4j.rounds", 15_000);

  private static final Object[] TIMES = {
    null,
    "2024-01-15",
    "2024-02-29 12:34:56.789",
    "1999-12-31T23:59:59.9999",
    "0000-01-01",
    "9999-12-31 23:59:59",
    "-0001-03-04",
    "-4713-11-24 12:00",
    "2023-01-31 24:00",
    "12:34",
    "01:02:03.5",
    "2024-01-15 12:34:56+05:30",
    "2024-01-15 12:34 -14:59",
    "2024-06-30 00:00Z",
    "2024-13-01",
    "2024-02-31",
    "2024-1-1",
    "x",
    "",
    " 2024-01-01",
    "2024-01-01 ",
    "2024-01-01T",
    2460000.5,
    2460000L,
    0L,
    -1L,
    1700000000L,
    1700000000.5,
    "1700000000",
    5373484.5,
    5373484.49,
    1e18,
    -1e18,
    "2460000.25",
    253402300799L,
    253402300800L,
    -210866760000L,
    -210866760001L,
    "2024-01-15 00:00:00.123456",
    "1582-10-15",
    "1900-02-28 23:00",
    "2000-02-29",
    "2024-01-15 12:00:60",
    "2024-01-15 25:00",
    "2024-01-15 12:00x",
    "2024-01-15 12:00+24:00",
  };

  private static final String[] MODIFIERS = {
    "auto",
    "unixepoch",
    "julianday",
    "subsec",
    "subsecond",
    "floor",
    "ceiling",
    "start of month",
    "start of year",
    "start of day",
    "start of week",
    "weekday 0",
    "weekday 3",
    "weekday 6",
    "weekday 7",
    "weekday x",
    "weekday 2.0",
    "utc",
    "localtime",
    "+1 day",
    "-1 days",
    "+1.5 days",
    "1 month",
    "-13 months",
    "+1.5 months",
    "+1 year",
    "-1.25 years",
    "+100 hours",
    "-90 minutes",
    "+1e3 seconds",
    "-0.0015 seconds",
    "+12:34",
    "-12:34:56.789",
    "12:34",
    "+24:00",
    "+25:00",
    "+0001-02-03",
    "-0001-11-30",
    "+0000-12-01",
    "+0001-02-31",
    "+0001-02-03 04:05",
    "-0001-02-03 04:05:06.7",
    "+00001-02-03",
    "+9999-00-00",
    "-9999-00-00",
    "+5373485 days",
    "+5373484 days",
    "+14712 years",
    "+1 fortnight",
    "+ 1 day",
    "+1day",
    "+1  day",
    "+1 day ",
    "",
    "START OF DAY",
    "+1 DAYS",
    "5",
    "+5",
    "-x",
    "0001-02-03",
    "+1-1 days",
    "+12-34",
    "+0001-02-03x",
    "+0001-02-03 04",
    "+1 s",
    "+1 dayss",
    "+3000 months",
    "-30000 months",
    "+1.999 seconds",
    "now",
  };

  private static final String[] FUNCTIONS = {
    "date", "time", "datetime", "julianday", "unixepoch", "strftime"
  };

  private static final String[] FORMATS = {
    "%d|%e|%f|%F|%G|%g|%H|%I", "%j|%J|%k|%l|%m|%M", "%p|%P|%R|%s|%S|%T|%u", "%U|%V|%w|%W|%Y|%%",
    "%x", "%", "é%Yé", ""
  };

  private static Object randomTime(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(5_500_000) + random.nextInt(1000) / 1000.0;
      case 1 ->
          String.format(
              "%04d-%02d-%02d %02d:%02d:%02d",
              random.nextInt(10_000),
              1 + random.nextInt(12),
              1 + random.nextInt(31),
              random.nextInt(25),
              random.nextInt(60),
              random.nextInt(60));
      default -> TIMES[random.nextInt(TIMES.length)];
    };
  }

  @Test
  void datesAgree() throws SQLException {
    Random random = new Random(SEED);
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (int i = 0; i < ROUNDS; i++) {
        String name = FUNCTIONS[random.nextInt(FUNCTIONS.length)];
        int skip = name.equals("strftime") ? 1 : 0;
        Object[] arguments = new Object[1 + skip + random.nextInt(random.nextInt(4) + 1)];
        for (int k = 0; k < arguments.length; k++) {
          if (k < skip) {
            arguments[k] = FORMATS[random.nextInt(FORMATS.length)];
          } else if (k == skip) {
            arguments[k] = randomTime(random);
          } else {
            arguments[k] =
                random.nextInt(50) == 0 ? null : MODIFIERS[random.nextInt(MODIFIERS.length)];
          }
        }
        if (!isMistaken(oracle, name, arguments)) {
          oracle.check(name, arguments);
        }
      }
      assertThat(oracle.differences()).as("seed %d", SEED).isEmpty();
    }
  }

  /** The real engine loses the error of a moment out of range on the way to another zone. */
  private static boolean isMistaken(FunctionOracle oracle, String name, Object[] arguments) {
    List<Object> all = Arrays.asList(arguments);
    return (all.contains("utc") || all.contains("localtime"))
        && oracle.actual(name, arguments).equals("NULL");
  }

  @Test
  void differencesAgree() throws SQLException {
    Random random = new Random(SEED);
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (Object left : TIMES) {
        for (Object right : TIMES) {
          oracle.check("timediff", left, right);
        }
      }
      for (int i = 0; i < ROUNDS / 10; i++) {
        oracle.check("timediff", randomTime(random), randomTime(random));
      }
      assertThat(oracle.differences()).as("seed %d", SEED).isEmpty();
    }
  }
}
