package org.libsql4j.func;

/** Searches bytes in bytes. */
final class ByteSearch {
  private ByteSearch() {}

  /**
   * Index of the first occurrence in {@code [from, end)}, or -1. A needle of length 0 is found at
   * once.
   */
  static int find(
      byte[] haystack, int from, int end, byte[] needle, int needleOffset, int needleLength) {
    if (needleLength == 0) {
      return from <= end ? from : -1;
    }
    int last = end - needleLength;
    byte first = needle[needleOffset];
    for (int i = from; i <= last; i++) {
      if (haystack[i] == first && matches(haystack, i, needle, needleOffset, needleLength)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] haystack, int at, byte[] needle, int offset, int length) {
    for (int k = 1; k < length; k++) {
      if (haystack[at + k] != needle[offset + k]) {
        return false;
      }
    }
    return true;
  }
}
