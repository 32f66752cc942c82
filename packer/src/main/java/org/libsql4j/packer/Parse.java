package org.libsql4j.packer;

/** Bytes told as literals and as repetitions of what came before. */
final class Parse {
  /** The value of a literal, or the length of a repetition. */
  private final int[] values;

  /** How far back a repetition is, 0 for a literal. */
  private final int[] distances;

  private int count;

  Parse(int most) {
    values = new int[most];
    distances = new int[most];
  }

  int count() {
    return count;
  }

  void add(int value, int distance) {
    values[count] = value;
    distances[count++] = distance;
  }

  /** How many bytes the first steps stand for. */
  int bytes(int steps) {
    int bytes = 0;
    for (int i = 0; i < steps; i++) {
      bytes += distances[i] == 0 ? 1 : values[i];
    }
    return bytes;
  }

  /** Turns the order of the steps, for who finds the last first. */
  void reverse() {
    for (int i = 0, j = count - 1; i < j; i++, j--) {
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
      int distance = distances[i];
      distances[i] = distances[j];
      distances[j] = distance;
    }
  }

  /** The code that suits some of the steps, as a block of their own. */
  BlockCode code(int from, int to) {
    int[] literals = new int[Deflate.LITERALS_AND_LENGTHS];
    int[] back = new int[Deflate.DISTANCES];
    literals[Deflate.END_OF_BLOCK] = 1;
    for (int i = from; i < to; i++) {
      if (distances[i] == 0) {
        literals[values[i]]++;
      } else {
        literals[Deflate.lengthSymbol(values[i])]++;
        back[Deflate.distanceSymbol(distances[i])]++;
      }
    }
    return new BlockCode(literals, back);
  }

  void write(BitOutput out, BlockCode code) {
    for (int i = 0; i < count; i++) {
      if (distances[i] == 0) {
        code.writeLiteral(out, values[i]);
      } else {
        code.writeRepetition(out, values[i], distances[i]);
      }
    }
    code.writeLiteral(out, Deflate.END_OF_BLOCK);
  }
}
