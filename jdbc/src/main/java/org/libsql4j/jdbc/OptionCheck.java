package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells misspelt options and values. The engine would take a pragma's value that makes no sense for
 * the default without a word.
 */
final class OptionCheck {
  private static final Set<String> BOOLEANS =
      new HashSet<>(Arrays.asList("on", "off", "true", "false", "yes", "no", "1", "0"));

  private static final Pattern INTEGER = Pattern.compile("[-+]?\\d{1,18}");
  private static final int SMALLEST_PAGE = 512;
  private static final int LARGEST_PAGE = 65_536;
  private static final int FEW_EDITS = 2;

  private OptionCheck() {}

  // ---- values -----------------------------------------------------------------------------------

  /**
   * @throws SQLException if the option cannot have the value; the message says what it can have
   */
  static void value(DriverSetting setting, String name, String value) throws SQLException {
    String expected = setting.kind() == DriverSetting.Kind.PRAGMA ? pragma(setting, value) : null;
    String[] choices = setting.choices();
    if (setting.kind() == DriverSetting.Kind.DRIVER && choices != null) {
      expected = isOneOf(value, choices) ? null : String.join(", ", choices);
    }
    if (expected != null) {
      throw SqlErrors.badArgument(
          "connection option " + name + " cannot be " + value + ", but " + expected);
    }
  }

  private static boolean isOneOf(String value, String[] choices) {
    for (String choice : choices) {
      if (choice.equalsIgnoreCase(value)) {
        return true;
      }
    }
    return false;
  }

  /** What a pragma can be set to if that is not the value, else null. */
  private static @Nullable String pragma(DriverSetting setting, String value) {
    String[] choices = setting.choices();
    return switch (setting) {
      case ENCODING -> null; // The engine has its own words for it.
      case SYNCHRONOUS, AUTO_VACUUM, TEMP_STORE ->
          choices == null || isOneOf(value, choices) || isNumberBelow(value, choices.length)
              ? null
              : String.join(", ", choices);
      case JOURNAL_MODE, LOCKING_MODE ->
          choices == null || isOneOf(value, choices) ? null : String.join(", ", choices);
      case PAGE_SIZE -> isPageSize(value) ? null : "a power of two from 512 to 65536";
      case CACHE_SIZE,
          MMAP_SIZE,
          JOURNAL_SIZE_LIMIT,
          WAL_AUTOCHECKPOINT,
          MAX_PAGE_COUNT,
          THREADS,
          INCREMENTAL_VACUUM,
          APPLICATION_ID,
          USER_VERSION ->
          isInteger(value) ? null : "a whole number";
      case CACHE_SPILL -> isBoolean(value) || isInteger(value) ? null : "true, false, or pages";
      case SECURE_DELETE ->
          isBoolean(value) || value.equalsIgnoreCase("fast") ? null : "true, false, or fast";
      default -> isBoolean(value) ? null : "true or false";
    };
  }

  private static boolean isBoolean(String value) {
    return BOOLEANS.contains(value.toLowerCase(Locale.ROOT));
  }

  private static boolean isInteger(String value) {
    return INTEGER.matcher(value).matches();
  }

  private static boolean isNumberBelow(String value, int limit) {
    return value.length() == 1 && value.charAt(0) >= '0' && value.charAt(0) < '0' + limit;
  }

  private static boolean isPageSize(String value) {
    if (!isInteger(value)) {
      return false;
    }
    long size = Long.parseLong(value);
    return size >= SMALLEST_PAGE && size <= LARGEST_PAGE && Long.bitCount(size) == 1;
  }

  // ---- names ------------------------------------------------------------------------------------

  /** What to say of an option that there is none of, and which was meant probably. */
  static SQLException unknown(String name) {
    String meant = similar(name);
    return SqlErrors.badArgument(
        "unknown connection option: "
            + name
            + (meant == null ? "" : "; did you mean " + meant + "?"));
  }

  /** The option whose name is the most like one, or null if none is. */
  private static @Nullable String similar(String name) {
    String plain = plain(name);
    String best = null;
    int fewest = Math.min(FEW_EDITS, plain.length() / 3) + 1;
    for (DriverSetting setting : DriverSetting.values()) {
      int edits = edits(plain, plain(setting.key()));
      if (edits < fewest) {
        fewest = edits;
        best = setting.key();
      }
    }
    return best;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(".", "");
  }

  /** How many letters have to be put in, taken out or replaced to make one name of the other. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
