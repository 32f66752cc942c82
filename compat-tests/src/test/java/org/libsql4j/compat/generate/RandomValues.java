package org.libsql4j.compat.generate;

import java.util.List;

/** Values as SQL literals: few distinct ones, so that rows meet, and the edges of each type. */
public final class RandomValues {
  private static final List<String> EDGES =
      List.of(
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775806",
          "2147483648",
          "-2147483649",
          "4294967296",
          "9007199254740993",
          "127",
          "128",
          "-128",
          "32768",
          "8388608",
          "140737488355328",
          "1e308",
          "-1e308",
          "9e999",
          "-9e999",
          "1e-307",
          "0.0",
          "0.1",
          "100.0",
          "1e20");

  /**
   * Also edges, but as text they depend on the version: 3.54 writes 17 digits, 3.47 (and we) 15;
   * and from 3.51 on the last but one is an integer where an integer is wanted.
   */
  private static final List<String> VERSION_EDGES =
      List.of("9223372036854775808.0", "-9223372036854775808.0", "1.5e15", "-0.0");

  private static final List<String> NUMERIC_LOOKING =
      List.of(
          "'12'",
          "' 12'",
          "'12 '",
          "'1e3'",
          "'0x1F'",
          "'-5.0'",
          "'12abc'",
          "'.5'",
          "'5.'",
          "'+7'",
          "'1e'",
          "'9223372036854775807'",
          "'-'",
          "'1.50'",
          "'00012'",
          "'1_000'",
          "'nan'",
          "'1e400'");

  private static final List<String> TEXTS =
      List.of(
          "''",
          "' '",
          "'a'",
          "'A'",
          "'b'",
          "'abc'",
          "'ABC'",
          "'abc '",
          "'aBd'",
          "'it''s'",
          "'%'",
          "'a_c'",
          "'Grüße'",
          "'GRÜSSE'",
          "'日本語'",
          "'😀'",
          "'é'",
          "'ab'||char(9)",
          "'z'");

  /** Whether values may be among those that versions treat differently. */
  private static final boolean VERSIONS = Boolean.getBoolean("compat.versions");

  private final Dice dice;

  public RandomValues(Dice dice) {
    this.dice = dice;
  }

  /** A literal of any type. */
  public String any() {
    return switch (dice.below(12)) {
      case 0 -> "NULL";
      case 1, 2, 3 -> smallInteger();
      case 4 -> dice.oneOf(VERSIONS && dice.percent(20) ? VERSION_EDGES : EDGES);
      case 5 -> real();
      case 6 -> dice.oneOf(NUMERIC_LOOKING);
      case 7, 8 -> dice.oneOf(TEXTS);
      case 9 -> word();
      case 10 -> blob();
      default -> bigInteger();
    };
  }

  /** A literal for a column, mostly of its type. */
  public String of(String declaredType) {
    if (declaredType.contains("REAL") && !VERSIONS) {
      return switch (dice.below(8)) {
        case 0 -> "NULL";
        case 1 -> smallInteger();
        case 2 -> dice.oneOf(TEXTS);
        default -> real();
      };
    }
    if (dice.percent(8)) {
      return dice.percent(50) ? "NULL" : any();
    }
    if (declaredType.contains("INT")) {
      return dice.percent(75) ? smallInteger() : bigInteger();
    }
    if (declaredType.contains("CHAR") || declaredType.contains("TEXT")) {
      return text();
    }
    if (declaredType.contains("REAL") || declaredType.contains("NUM")) {
      return dice.percent(70) ? real() : smallInteger();
    }
    return declaredType.contains("BLOB") ? blob() : any();
  }

  public String smallInteger() {
    return Integer.toString(dice.between(-3, 60));
  }

  private String bigInteger() {
    return Long.toString(dice.anyLong() >> dice.below(63));
  }

  private String real() {
    return Double.toString(dice.between(-400, 400) / 8.0);
  }

  private String text() {
    return switch (dice.below(20)) {
      case 0, 1, 2 -> dice.oneOf(TEXTS);
      case 3 -> dice.oneOf(NUMERIC_LOOKING);
      case 4 -> longText();
      default -> word();
    };
  }

  /** One of a few thousand words. */
  public String word() {
    return "'" + dice.oneOf("w", "W", "key", "Name ", "ß", "语") + dice.below(400) + "'";
  }

  /** A text of up to some thousand characters. */
  public String longText() {
    int length = dice.percent(80) ? dice.below(300) : dice.below(6000);
    return "'" + dice.oneOf("long", "x", "Straße", "漢").repeat(length / 4) + dice.below(1000) + "'";
  }

  /** Bytes that are text as well: what functions make of broken text is not defined. */
  private String blob() {
    int length = dice.percent(90) ? dice.below(12) : dice.below(700);
    StringBuilder hex = new StringBuilder("x'");
    for (int i = 0; i < length; i++) {
      hex.append(dice.percent(20) ? "c3bc" : Integer.toHexString(0x41 + dice.below(4)));
    }
    return hex.append('\'').toString();
  }
}
