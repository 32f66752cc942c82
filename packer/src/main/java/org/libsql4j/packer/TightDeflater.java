package org.libsql4j.packer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compresses for readers of the format Deflate into fewer bytes than {@link
 * java.util.zip.Deflater}, in more time.
 *
 * <p>Where that takes repetitions as it meets them, this searches, for each block, the cheapest way
 * through its bytes by what its codes let each step cost, makes the codes anew for that way, and so
 * on while that helps. Blocks begin where other codes pay for themselves.
 */
final class TightDeflater {
  private static final int MOST_ROUNDS = 12;
  private static final int FRUITLESS_ROUNDS = 3;
  private static final int LEAST_STEPS_TO_SPLIT = 64;
  private static final int SAMPLES = 9;

  private final byte[] bytes;
  private final Repetitions repetitions;

  private TightDeflater(byte[] bytes) {
    this.bytes = bytes;
    repetitions = new Repetitions(bytes);
  }

  /** The bytes compressed, without a header of any kind around them. */
  static byte[] compress(byte[] bytes) {
    return new TightDeflater(bytes).compress();
  }

  private byte[] compress() {
    Parse whole = bestParse(0, bytes.length, plain());
    List<Integer> steps = new ArrayList<>();
    split(whole, 0, whole.count(), steps);
    steps.add(whole.count());
    BitOutput out = new BitOutput();
    int firstStep = 0;
    int from = 0;
    for (int step : steps) {
      int to = whole.bytes(step);
      Parse block = bestParse(from, to, whole.code(firstStep, step));
      BlockCode code = block.code(0, block.count());
      code.writeHeader(out, to == bytes.length);
      block.write(out, code);
      firstStep = step;
      from = to;
    }
    return out.toByteArray();
  }

  /** What to begin with when nothing is known: all is about as frequent. */
  private static BlockCode plain() {
    int[] literals = new int[Deflate.LITERALS_AND_LENGTHS];
    int[] distances = new int[Deflate.DISTANCES];
    Arrays.fill(literals, 1);
    Arrays.fill(distances, 1);
    return new BlockCode(literals, distances);
  }

  private Parse bestParse(int from, int to, BlockCode first) {
    Parse best = parse(from, to, first);
    BlockCode code = best.code(0, best.count());
    long leastBits = code.bits();
    int fruitless = 0;
    for (int round = 1; round < MOST_ROUNDS && fruitless < FRUITLESS_ROUNDS; round++) {
      Parse parse = parse(from, to, code);
      code = parse.code(0, parse.count());
      if (code.bits() < leastBits) {
        best = parse;
        leastBits = code.bits();
        fruitless = 0;
      } else {
        fruitless++;
      }
    }
    return best;
  }

  /** The cheapest way from one position to another. */
  private Parse parse(int from, int to, BlockCode code) {
    Costs costs = new Costs(code);
    int size = to - from;
    double[] least = new double[size + 1];
    Arrays.fill(least, Double.MAX_VALUE);
    least[0] = 0;
    int[] length = new int[size + 1];
    int[] distance = new int[size + 1];
    for (int at = 0; at < size; at++) {
      double literal = least[at] + costs.literal(bytes[from + at] & 0xFF);
      if (literal < least[at + 1]) {
        least[at + 1] = literal;
        length[at + 1] = 1;
        distance[at + 1] = 0;
      }
      int shortest = Deflate.SHORTEST;
      for (int i = repetitions.first(from + at); i < repetitions.end(from + at); i++) {
        int back = repetitions.distance(i);
        double base = least[at] + costs.distance(back);
        int longest = Math.min(repetitions.length(i), size - at);
        for (int each = shortest; each <= longest; each++) {
          double cost = base + costs.length(each);
          if (cost < least[at + each]) {
            least[at + each] = cost;
            length[at + each] = each;
            distance[at + each] = back;
          }
        }
        shortest = longest + 1;
      }
    }
    Parse parse = new Parse(size);
    for (int at = size; at > 0; at -= length[at]) {
      parse.add(distance[at] == 0 ? bytes[from + at - 1] & 0xFF : length[at], distance[at]);
    }
    parse.reverse();
    return parse;
  }

  /** Adds the steps at which it pays to begin another block, in order. */
  private static void split(Parse parse, int from, int to, List<Integer> steps) {
    if (to - from < LEAST_STEPS_TO_SPLIT) {
      return;
    }
    int low = from + 1;
    int high = to - 1;
    int best = low;
    long leastBits = Long.MAX_VALUE;
    while (high - low >= SAMPLES) {
      int gap = Math.max(1, (high - low) / (SAMPLES + 1));
      for (int i = 1; i <= SAMPLES; i++) {
        int step = low + i * gap;
        long bits = parse.code(from, step).bits() + parse.code(step, to).bits();
        if (bits < leastBits) {
          leastBits = bits;
          best = step;
        }
      }
      if (gap == 1) {
        break;
      }
      low = Math.max(low, best - gap);
      high = Math.min(high, best + gap);
    }
    if (leastBits < parse.code(from, to).bits()) {
      split(parse, from, best, steps);
      steps.add(best);
      split(parse, best, to, steps);
    }
  }

  /** What each step costs, in bits. */
  private static final class Costs {
    private final double[] literals;
    private final double[] lengths = new double[Deflate.LONGEST + 1];
    private final double[] distances;

    Costs(BlockCode code) {
      literals = code.literalCosts();
      distances = code.distanceCosts();
      for (int length = Deflate.SHORTEST; length <= Deflate.LONGEST; length++) {
        lengths[length] = literals[Deflate.lengthSymbol(length)];
      }
    }

    double literal(int value) {
      return literals[value];
    }

    double length(int length) {
      return lengths[length];
    }

    double distance(int distance) {
      return distances[Deflate.distanceSymbol(distance)];
    }
  }
}
