package org.libsql4j.vfs;

import java.security.SecureRandom;

/** A source of random bytes. */
@FunctionalInterface
public interface Randomness {

  /** Fills the array. */
  void nextBytes(byte[] dest);

  /** That of the platform. */
  static Randomness system() {
    SecureRandom random = new SecureRandom();
    return random::nextBytes;
  }
}
