package org.libsql4j.vfs;

/**
 * What makes a run of the engine differ from the last one, in one place so that tests can decide
 * it.
 *
 * @param clock the time
 * @param sleeper how to wait
 * @param randomness where random bytes come from
 * @param allocator where pages come from
 */
public record VfsEnvironment(
    Clock clock, Sleeper sleeper, Randomness randomness, PageAllocator allocator) {

  /** With pages from the heap. */
  public VfsEnvironment(Clock clock, Sleeper sleeper, Randomness randomness) {
    this(clock, sleeper, randomness, PageAllocator.heap());
  }

  /** The system's clock, sleep, randomness and heap. */
  public static VfsEnvironment system() {
    return new VfsEnvironment(Clock.system(), Sleeper.system(), Randomness.system());
  }
}
