package org.libsql4j.faults;

/** Seeds, and how to use them again. */
public final class Replay {
  /** System property that fixes the seed. */
  public static final String SEED_PROPERTY = "libsql4j.faults.seed";

  private Replay() {}

  /** The seed to use: that of the system property, or {@code otherwise}. */
  public static long seed(long otherwise) {
    return Long.getLong(SEED_PROPERTY, otherwise);
  }

  /** A failure with everything that is needed to see it again. */
  public static AssertionError failure(String what, long seed, Throwable cause) {
    return new AssertionError(
        what + "; replay with -D" + SEED_PROPERTY + "=" + seed + ": " + cause, cause);
  }
}
