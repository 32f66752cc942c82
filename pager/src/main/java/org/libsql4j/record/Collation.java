package org.libsql4j.record;

/**
 * A collating function over the bytes of two texts.
 *
 * <p>The built-in ones are in {@link Collations}. A collation other than BINARY is given UTF-8,
 * whatever the encoding of the database; BINARY compares the bytes as they are stored.
 */
public interface Collation {
  /** The name as registered, for example {@code NOCASE}. */
  String name();

  /**
   * Compares two texts.
   *
   * @return negative, zero or positive as the left text sorts before, with or after the right one
   */
  int compare(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength);

  /** Whether this is BINARY, so that comparators may compare raw bytes. */
  default boolean isBinary() {
    return false;
  }
}
