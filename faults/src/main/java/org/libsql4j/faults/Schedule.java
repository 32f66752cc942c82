package org.libsql4j.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Runs the steps of several actors, connections for example, one at a time in an order made of a
 * seed: the interleavings of threads without threads.
 */
public final class Schedule {
  /** One who does something step by step. */
  @FunctionalInterface
  public interface Actor {
    /**
     * Does the next step.
     *
     * @param random to choose by
     * @return false if there was nothing left to do
     */
    boolean step(Random random);
  }

  private final long seed;
  private final List<Actor> actors = new ArrayList<>();

  /** An order of actors that depends on a seed only. */
  public Schedule(long seed) {
    this.seed = seed;
  }

  /** Adds an actor. */
  public Schedule add(Actor actor) {
    actors.add(actor);
    return this;
  }

  /**
   * Runs until nobody has anything left to do, at most so many steps.
   *
   * @return how many steps were made
   * @throws AssertionError what a step threw, with the seed
   */
  public int run(int steps) {
    Random random = new Random(seed);
    List<Actor> busy = new ArrayList<>(actors);
    int made = 0;
    while (made < steps && !busy.isEmpty()) {
      int chosen = random.nextInt(busy.size());
      made++;
      try {
        if (!busy.get(chosen).step(random)) {
          busy.remove(chosen);
        }
      } catch (RuntimeException | AssertionError e) {
        throw Replay.failure("step " + made, seed, e);
      }
    }
    return made;
  }
}
