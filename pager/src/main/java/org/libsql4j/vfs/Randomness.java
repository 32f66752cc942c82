package org.libsql4j.vfs;

/** A source of random bytes. */
@FunctionalInterface
public interface Randomness {

  /** Fills the array. */
  void nextBytes(byte[] dest);

  /** That of the platform. */
  static Randomness system() {
    return new BufferedRandomness();
  }
}
