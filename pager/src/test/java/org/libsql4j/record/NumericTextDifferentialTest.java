package org.libsql4j.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers to text and text to numbers, compared with the real engine. */
class NumericTextDifferentialTest {
  private static final long SEED = Long.getLong("libsql4j.seed", 20240611L);
  private static final int ROUNDS = Integer.getInteger("libsql4j.rounds", 20_000);

  private static double randomDouble(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> random.nextInt(1_000_000) / 100.0;
      case 2 -> random.nextLong();
      case 3 -> random.nextInt() * Math.pow(10, random.nextInt(40) - 20);
      case 4 -> random.nextDouble();
      case 5 -> (double) (random.nextLong() >> random.nextInt(60)) / (1L << random.nextInt(50));
      case 6 -> random.nextInt(1000) + random.nextInt(1000) / 1000.0 + random.nextInt(3) * 1e-15;
      default -> Math.pow(10, random.nextInt(600) - 300) * (1 + random.nextInt(9));
    };
  }

  @Test
  void realsPrintAlike() throws SQLException {
    Random random = new Random(SEED);
    List<String> wrong = new ArrayList<>();
    try (Connection real = DriverManager.getConnection("jdbc:sqlite::memory:");
        PreparedStatement cast = real.prepareStatement("SELECT CAST(? AS TEXT)")) {
      for (int i = 0; i < ROUNDS; i++) {
        double value = randomDouble(random);
        if (Double.isNaN(value)) {
          continue;
        }
        cast.setDouble(1, value);
        try (ResultSet row = cast.executeQuery()) {
          String expected = row.getString(1);
          String actual = NumericText.format(value);
          if (!actual.equals(expected)) {
            wrong.add(value + ": " + expected + " but " + actual);
          }
        }
      }
    }
    assertThat(wrong).as("seed %d", SEED).isEmpty();
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(10) == 0) {
      text.append(" \t\n\u00a0x".charAt(random.nextInt(5)));
    }
    if (random.nextInt(3) == 0) {
      text.append(random.nextBoolean() ? '-' : '+');
    }
    digits(random, text);
    if (random.nextInt(2) == 0) {
      text.append('.');
      digits(random, text);
    }
    if (random.nextInt(2) == 0) {
      text.append(random.nextBoolean() ? 'e' : 'E');
      if (random.nextInt(2) == 0) {
        text.append(random.nextBoolean() ? '-' : '+');
      }
      text.append(random.nextInt(random.nextBoolean() ? 20 : 340));
    }
    if (random.nextInt(10) == 0) {
      text.append(" \t\r\u00a0xe.-".charAt(random.nextInt(8)));
    }
    return text.toString();
  }

  private static void digits(Random random, StringBuilder text) {
    int count = random.nextInt(random.nextInt(6) == 0 ? 25 : 18);
    int base = random.nextInt(4) == 0 ? 1 : 10;
    for (int i = 0; i < count; i++) {
      text.append((char) ('0' + random.nextInt(base)));
    }
  }

  private static final Affinity[] CASTS = {
    Affinity.INTEGER, Affinity.REAL, Affinity.NUMERIC, Affinity.TEXT
  };

  @Test
  void textConvertsAlike() throws SQLException {
    Random random = new Random(SEED);
    List<String> wrong = new ArrayList<>();
    try (Connection real = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      real.createStatement().execute("CREATE TABLE t(n NUMERIC, r REAL, i INTEGER)");
      try (PreparedStatement cast =
          real.prepareStatement(
              "SELECT CAST(?1 AS INTEGER), CAST(?1 AS REAL), CAST(?1 AS NUMERIC), ?1 + 0,"
                  + " (SELECT n = ?1 FROM t)")) {
        for (int i = 0; i < ROUNDS; i++) {
          String text = randomText(random);
          cast.setString(1, text);
          try (ResultSet row = cast.executeQuery()) {
            for (int c = 0; c < 3; c++) {
              Mem mem = new Mem();
              mem.setText(text);
              mem.cast(CASTS[c], TextEncoding.UTF8);
              compare(text + " as " + CASTS[c], row.getObject(c + 1), mem, wrong);
            }
            Mem mem = new Mem();
            mem.setText(text);
            boolean integer = NumericText.prefixIsInteger(mem);
            if (integer) {
              mem.setInteger(mem.asLong());
            } else {
              mem.setReal(mem.asDouble());
            }
            compare(text + " + 0", row.getObject(4), mem, wrong);
          }
        }
      }
      textsTakeAffinityAlike(real, random, wrong);
    }
    assertThat(wrong).as("seed %d", SEED).isEmpty();
  }

  private static void textsTakeAffinityAlike(Connection real, Random random, List<String> wrong)
      throws SQLException {
    real.setAutoCommit(false);
    List<String> texts = new ArrayList<>();
    try (PreparedStatement insert = real.prepareStatement("INSERT INTO t VALUES(?1, ?1, ?1)")) {
      for (int i = 0; i < ROUNDS / 4; i++) {
        texts.add(randomText(random));
        insert.setString(1, texts.get(i));
        insert.execute();
      }
    }
    Affinity[] affinities = {Affinity.NUMERIC, Affinity.REAL, Affinity.INTEGER};
    try (ResultSet row = real.createStatement().executeQuery("SELECT * FROM t ORDER BY rowid")) {
      for (String text : texts) {
        row.next();
        for (int c = 0; c < 3; c++) {
          Mem mem = new Mem();
          mem.setText(text);
          mem.applyAffinity(affinities[c], TextEncoding.UTF8);
          compare(text + " affinity " + affinities[c], row.getObject(c + 1), mem, wrong);
        }
      }
    }
    real.rollback();
  }

  private static void compare(String what, Object expected, Mem actual, List<String> wrong) {
    boolean same =
        switch (actual.type) {
          case Mem.INTEGER ->
              (expected instanceof Integer || expected instanceof Long)
                  && ((Number) expected).longValue() == actual.integer;
          case Mem.REAL -> expected instanceof Double d && d == actual.real;
          case Mem.TEXT -> expected instanceof String s && s.equals(actual.text());
          default -> expected == null;
        };
    if (!same) {
      wrong.add(what + ": " + expected + " but " + actual);
    }
  }
}
