package org.libsql4j.func;

import java.util.Arrays;

/** A set of characters in a GLOB pattern: {@code [abc]}, {@code [a-z]}, {@code [^0-9]}. */
final class CharacterSet {
  private boolean inverted;
  private int[] bounds = new int[8];
  private int count;

  private void add(int low, int high) {
    if (count == bounds.length) {
      bounds = Arrays.copyOf(bounds, count * 2);
    }
    bounds[count++] = low;
    bounds[count++] = high;
  }

  /**
   * Reads the set after its opening bracket. A closing bracket at the start is a member; a hyphen
   * at the start, at the end or after a range is one, too.
   *
   * @return index after the closing bracket, or -1 if there is none
   */
  int parse(byte[] pattern, int from, int end) {
    int i = from;
    if (i < end && pattern[i] == '^') {
      inverted = true;
      i++;
    }
    if (i < end && pattern[i] == ']') {
      add(']', ']');
      i++;
    }
    int previous = 0;
    while (i < end && pattern[i] != ']') {
      int c = Characters.codePoint(pattern, i, end);
      i = Characters.next(pattern, i, end);
      if (c == '-' && i < end && pattern[i] != ']' && previous > 0) {
        add(previous, Characters.codePoint(pattern, i, end));
        i = Characters.next(pattern, i, end);
        previous = 0;
      } else {
        add(c, c);
        previous = c;
      }
    }
    return i < end ? i + 1 : -1;
  }

  boolean contains(int c) {
    for (int i = 0; i < count; i += 2) {
      if (c >= bounds[i] && c <= bounds[i + 1]) {
        return !inverted;
      }
    }
    return inverted;
  }
}
