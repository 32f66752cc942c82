package org.libsql4j.packer;

import java.util.Arrays;

/** Prefix codes: frequent symbols get few bits. */
final class Huffman {
  private Huffman() {}

  /**
   * The bits of each symbol's code, 0 for symbols that do not occur.
   *
   * @param longest no code is longer
   */
  static int[] lengths(int[] frequencies, int longest) {
    int[] weights = frequencies.clone();
    while (true) {
      int[] lengths = lengths(weights);
      if (Arrays.stream(lengths).max().orElse(0) <= longest) {
        return lengths;
      }
      // Rare: flatter frequencies make shorter codes.
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (weights[i] + 1) / 2;
      }
    }
  }

  private static int[] lengths(int[] weights) {
    int[] lengths = new int[weights.length];
    // Sorted by weight, the symbol in the low bits.
    long[] leaves = new long[weights.length];
    int count = 0;
    for (int symbol = 0; symbol < weights.length; symbol++) {
      if (weights[symbol] > 0) {
        leaves[count++] = (long) weights[symbol] << 16 | symbol;
      }
    }
    if (count == 1) {
      lengths[(int) (leaves[0] & 0xFFFF)] = 1;
    }
    if (count < 2) {
      return lengths;
    }
    Arrays.sort(leaves, 0, count);
    int[] parents = parents(leaves, count);
    int[] depths = new int[parents.length];
    for (int node = parents.length - 2; node >= 0; node--) {
      depths[node] = depths[parents[node]] + 1;
    }
    for (int leaf = 0; leaf < count; leaf++) {
      lengths[(int) (leaves[leaf] & 0xFFFF)] = depths[leaf];
    }
    return lengths;
  }

  /**
   * The parent of each node of the tree: first the leaves, then inner nodes by weight, the root
   * last.
   */
  private static int[] parents(long[] leaves, int count) {
    int nodes = 2 * count - 1;
    long[] weights = new long[nodes];
    for (int leaf = 0; leaf < count; leaf++) {
      weights[leaf] = leaves[leaf] >> 16;
    }
    int[] parents = new int[nodes];
    int leaf = 0;
    int inner = count;
    for (int node = count; node < nodes; node++) {
      for (int child = 0; child < 2; child++) {
        boolean takesLeaf = leaf < count && (inner == node || weights[leaf] <= weights[inner]);
        int taken = takesLeaf ? leaf++ : inner++;
        weights[node] += weights[taken];
        parents[taken] = node;
      }
    }
    return parents;
  }

  /** The codes that go with lengths, of RFC 1951, section 3.2.2, lowest bit first to be written. */
  static int[] codes(int[] lengths) {
    int[] next = new int[17];
    for (int length : lengths) {
      next[length + 1] += length == 0 ? 0 : 1;
    }
    for (int bits = 1; bits < next.length; bits++) {
      next[bits] = next[bits - 1] + next[bits] << 1;
    }
    int[] codes = new int[lengths.length];
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        codes[symbol] = Integer.reverse(next[length]++) >>> 32 - length;
      }
    }
    return codes;
  }
}
