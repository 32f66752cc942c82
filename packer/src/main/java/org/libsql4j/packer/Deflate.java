package org.libsql4j.packer;

/** The numbers of the format, of RFC 1951, section 3.2.5. */
final class Deflate {
  static final int SHORTEST = 3;
  static final int LONGEST = 258;
  static final int WINDOW = 1 << 15;
  static final int END_OF_BLOCK = 256;

  /** How many symbols there are for literals, the end of a block and lengths. */
  static final int LITERALS_AND_LENGTHS = 286;

  static final int DISTANCES = 30;

  private static final int FIRST_LENGTH = 257;
  private static final int[] SYMBOL_OF_LENGTH = new int[LONGEST + 1];
  private static final int[] BASE_OF_LENGTH = new int[LITERALS_AND_LENGTHS];
  private static final int[] EXTRA_OF_LENGTH = new int[LITERALS_AND_LENGTHS];

  static {
    int length = SHORTEST;
    for (int symbol = FIRST_LENGTH; symbol < LITERALS_AND_LENGTHS - 1; symbol++) {
      int group = symbol - FIRST_LENGTH;
      BASE_OF_LENGTH[symbol] = length;
      EXTRA_OF_LENGTH[symbol] = group < 8 ? 0 : group / 4 - 1;
      int end = Math.min(LONGEST, length + (1 << EXTRA_OF_LENGTH[symbol]));
      while (length < end) {
        SYMBOL_OF_LENGTH[length++] = symbol;
      }
    }
    BASE_OF_LENGTH[LITERALS_AND_LENGTHS - 1] = LONGEST;
    SYMBOL_OF_LENGTH[LONGEST] = LITERALS_AND_LENGTHS - 1;
  }

  private Deflate() {}

  static int lengthSymbol(int length) {
    return SYMBOL_OF_LENGTH[length];
  }

  /** How many bits follow the symbol of a literal or length: none for a literal. */
  static int lengthExtraBits(int symbol) {
    return EXTRA_OF_LENGTH[symbol];
  }

  /** What these bits say. */
  static int lengthExtra(int length) {
    return length - BASE_OF_LENGTH[SYMBOL_OF_LENGTH[length]];
  }

  static int distanceSymbol(int distance) {
    int before = distance - 1;
    if (before < 2) {
      return before;
    }
    int highest = 31 - Integer.numberOfLeadingZeros(before);
    return 2 * highest + (before >> highest - 1 & 1);
  }

  static int distanceExtraBits(int symbol) {
    return Math.max(0, symbol / 2 - 1);
  }

  static int distanceExtra(int distance) {
    int bits = distanceExtraBits(distanceSymbol(distance));
    return distance - 1 & (1 << bits) - 1;
  }
}
