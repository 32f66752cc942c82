package org.libsql4j.vfs;

/**
 * What makes a run of the engine differ from the last one, in one place so that tests can decide
 * it.
 *
 * @param clock the time
 * @param sleeper how to wait
 * @param randomness where random bytes come from
 */
public record VfsEnvironment(Clock clock, Sleeper sleeper, Randomness randomness) {

  /** The system's clock, sleep and randomness. */
  public static VfsEnvironment system() {
    return new VfsEnvironment(Clock.system(), Sleeper.system(), Randomness.system());
  }
}
