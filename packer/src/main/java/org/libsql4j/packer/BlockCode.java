package org.libsql4j.packer;

/** The prefix codes of one block, and how they are told ahead of it: RFC 1951, section 3.2.7. */
final class BlockCode {
  private static final int DYNAMIC = 2;
  private static final int LONGEST_CODE = 15;
  private static final int LONGEST_LENGTH_CODE = 7;
  private static final int REPEAT = 16;
  private static final int ZEROS = 17;
  private static final int MANY_ZEROS = 18;
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private final int[] literalFrequencies;
  private final int[] distanceFrequencies;
  private final int[] literalLengths;
  private final int[] distanceLengths;
  private final int literalCount;
  private final int distanceCount;
  private final long bits;
  private int[] literalCodes = {};
  private int[] distanceCodes = {};

  /** The best codes for symbols that occur so often. */
  BlockCode(int[] literalFrequencies, int[] distanceFrequencies) {
    this.literalFrequencies = literalFrequencies;
    this.distanceFrequencies = distanceFrequencies;
    literalLengths = Huffman.lengths(literalFrequencies, LONGEST_CODE);
    distanceLengths = Huffman.lengths(distanceFrequencies, LONGEST_CODE);
    literalCount = Math.max(Deflate.END_OF_BLOCK + 1, used(literalLengths));
    distanceCount = Math.max(1, used(distanceLengths));
    if (used(distanceLengths) == 0) {
      // Not every reader takes a block without any.
      distanceLengths[0] = 1;
    }
    bits = 3 + runs(0).bits() + contentBits();
  }

  private static int used(int[] lengths) {
    int used = lengths.length;
    while (used > 0 && lengths[used - 1] == 0) {
      used--;
    }
    return used;
  }

  private LengthRuns bestRuns() {
    LengthRuns best = runs(0);
    for (int ways = 1; ways < 8; ways++) {
      LengthRuns other = runs(ways);
      if (other.bits() < best.bits()) {
        best = other;
      }
    }
    return best;
  }

  private LengthRuns runs(int ways) {
    int[] lengths = new int[literalCount + distanceCount];
    System.arraycopy(literalLengths, 0, lengths, 0, literalCount);
    System.arraycopy(distanceLengths, 0, lengths, literalCount, distanceCount);
    return new LengthRuns(lengths, ways);
  }

  private long contentBits() {
    long sum = 0;
    for (int symbol = 0; symbol < literalFrequencies.length; symbol++) {
      int each = literalLengths[symbol] + Deflate.lengthExtraBits(symbol);
      sum += (long) literalFrequencies[symbol] * each;
    }
    for (int symbol = 0; symbol < distanceFrequencies.length; symbol++) {
      int each = distanceLengths[symbol] + Deflate.distanceExtraBits(symbol);
      sum += (long) distanceFrequencies[symbol] * each;
    }
    return sum;
  }

  /** What the whole block takes, or a little more: how lengths are told best is not looked for. */
  long bits() {
    return bits;
  }

  /** What each symbol of a literal or a length takes, with what follows it. */
  double[] literalCosts() {
    double[] costs = costs(literalFrequencies);
    for (int symbol = 0; symbol < costs.length; symbol++) {
      costs[symbol] += Deflate.lengthExtraBits(symbol);
    }
    return costs;
  }

  double[] distanceCosts() {
    double[] costs = costs(distanceFrequencies);
    for (int symbol = 0; symbol < costs.length; symbol++) {
      costs[symbol] += Deflate.distanceExtraBits(symbol);
    }
    return costs;
  }

  /** Fractions of bits, as whole ones would be a rough guide; a guess for what did not occur. */
  private static double[] costs(int[] frequencies) {
    int all = 1;
    for (int each : frequencies) {
      all += each;
    }
    double[] costs = new double[frequencies.length];
    for (int symbol = 0; symbol < costs.length; symbol++) {
      double own = Math.max(0.5, frequencies[symbol]);
      costs[symbol] = Math.log(all / own) / Math.log(2);
    }
    return costs;
  }

  void writeHeader(BitOutput out, boolean isLast) {
    literalCodes = Huffman.codes(literalLengths);
    distanceCodes = Huffman.codes(distanceLengths);
    out.add(isLast ? 1 : 0, 1);
    out.add(DYNAMIC, 2);
    out.add(literalCount - Deflate.END_OF_BLOCK - 1, 5);
    out.add(distanceCount - 1, 5);
    bestRuns().write(out);
  }

  void writeLiteral(BitOutput out, int symbol) {
    out.add(literalCodes[symbol], literalLengths[symbol]);
  }

  void writeRepetition(BitOutput out, int length, int distance) {
    int symbol = Deflate.lengthSymbol(length);
    writeLiteral(out, symbol);
    out.add(Deflate.lengthExtra(length), Deflate.lengthExtraBits(symbol));
    int back = Deflate.distanceSymbol(distance);
    out.add(distanceCodes[back], distanceLengths[back]);
    out.add(Deflate.distanceExtra(distance), Deflate.distanceExtraBits(back));
  }

  /** The lengths of codes, told as runs of the same. */
  private static final class LengthRuns {
    private final int[] symbols;
    private final int[] extras;
    private final int[] lengths;
    private final int told;
    private final long bits;
    private int count;

    /**
     * @param ways bits: whether to use each of the three ways to tell a run
     */
    LengthRuns(int[] codeLengths, int ways) {
      symbols = new int[codeLengths.length];
      extras = new int[codeLengths.length];
      for (int i = 0; i < codeLengths.length; ) {
        int end = i + 1;
        while (end < codeLengths.length && codeLengths[end] == codeLengths[i]) {
          end++;
        }
        addRun(codeLengths[i], end - i, ways);
        i = end;
      }
      int[] frequencies = new int[ORDER.length];
      for (int i = 0; i < count; i++) {
        frequencies[symbols[i]]++;
      }
      lengths = Huffman.lengths(frequencies, LONGEST_LENGTH_CODE);
      int last = ORDER.length;
      while (last > 4 && lengths[ORDER[last - 1]] == 0) {
        last--;
      }
      told = last;
      long sum = 14 + 3L * told;
      for (int symbol = 0; symbol < frequencies.length; symbol++) {
        sum += (long) frequencies[symbol] * (lengths[symbol] + extraBits(symbol));
      }
      bits = sum;
    }

    private void addRun(int length, int run, int ways) {
      int left = run;
      if (length == 0) {
        while (left >= 11 && (ways & 1) == 0) {
          int taken = Math.min(left, 138);
          add(MANY_ZEROS, taken - 11);
          left -= taken;
        }
        while (left >= 3 && (ways & 2) == 0) {
          int taken = Math.min(left, 10);
          add(ZEROS, taken - 3);
          left -= taken;
        }
      } else if ((ways & 4) == 0) {
        add(length, 0);
        left--;
        while (left >= 3) {
          int taken = Math.min(left, 6);
          add(REPEAT, taken - 3);
          left -= taken;
        }
      }
      while (left-- > 0) {
        add(length, 0);
      }
    }

    private void add(int symbol, int extra) {
      symbols[count] = symbol;
      extras[count++] = extra;
    }

    private static int extraBits(int symbol) {
      return switch (symbol) {
        case REPEAT -> 2;
        case ZEROS -> 3;
        case MANY_ZEROS -> 7;
        default -> 0;
      };
    }

    long bits() {
      return bits;
    }

    void write(BitOutput out) {
      out.add(told - 4, 4);
      for (int i = 0; i < told; i++) {
        out.add(lengths[ORDER[i]], 3);
      }
      int[] codes = Huffman.codes(lengths);
      for (int i = 0; i < count; i++) {
        out.add(codes[symbols[i]], lengths[symbols[i]]);
        out.add(extras[i], extraBits(symbols[i]));
      }
    }
  }
}
