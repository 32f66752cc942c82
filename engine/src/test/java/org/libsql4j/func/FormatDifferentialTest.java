package org.libsql4j.func;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random formats and arguments through printf(), compared with the real engine. */
class FormatDifferentialTest {
  private static final long SEED = Long.getLong("libsql4j.seed", 77L);
  private static final int ROUNDS = Integer.getInteger("libsql4j.rounds", 15_000);

  private static final Object[] VALUES = CoreFunctionsDifferentialTest.VALUES;

  private static Object randomValue(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextLong() >> random.nextInt(64);
      case 1 -> random.nextInt(1_000_000) / 1000.0;
      case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      case 3 -> (double) (random.nextLong() >> random.nextInt(64));
      default -> VALUES[random.nextInt(VALUES.length)];
    };
  }

  private static String randomFormat(Random random) {
    StringBuilder format = new StringBuilder();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      format.append(random.nextInt(4) == 0 ? "é|" : "");
      format.append('%');
      while (random.nextInt(3) == 0) {
        format.append("-+ #0!,".charAt(random.nextInt(7)));
      }
      switch (random.nextInt(5)) {
        case 0 -> format.append('*');
        case 1, 2 -> format.append(random.nextInt(30));
        default -> {}
      }
      switch (random.nextInt(6)) {
        case 0 -> format.append(".*");
        case 1, 2 -> format.append('.').append(random.nextInt(25));
        case 3 -> format.append(random.nextInt(8) == 0 ? "." : "");
        default -> {}
      }
      if (random.nextInt(10) == 0) {
        format.append(random.nextBoolean() ? "l" : "ll");
      }
      String types =
          random.nextInt(20) == 0
              ? "abhjklmtvyzABCDFHIJKLMNOPRSTUVWYZ%"
              : "dixXofeEgGscqQwurpznjJ%";
      format.append(types.charAt(random.nextInt(types.length())));
      format.append(random.nextInt(3) == 0 ? "," : "");
    }
    return format.toString();
  }

  @Test
  void printsAlike() throws SQLException {
    Random random = new Random(SEED);
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (int i = 0; i < ROUNDS; i++) {
        Object[] arguments = new Object[1 + random.nextInt(5)];
        arguments[0] = randomFormat(random);
        for (int k = 1; k < arguments.length; k++) {
          arguments[k] = randomValue(random);
          if (arguments[k] instanceof Long l && Math.abs(l) > 100_000) {
            // A width or precision from an argument would make megabytes of text.
            arguments[k] = arguments[0].toString().contains("*") ? (Object) (l % 40) : l;
          }
        }
        boolean star = arguments[0].toString().contains("*");
        for (int k = 1; k < arguments.length && star; k++) {
          long n = FunctionOracle.mem(arguments[k]).asLong();
          arguments[k] = Math.abs((int) n) > 1000 ? (Object) 7L : arguments[k];
        }
        oracle.check("printf", arguments);
      }
      assertThat(oracle.differences()).as("seed %d", SEED).isEmpty();
    }
  }
}
