package org.libsql4j.compat.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.libsql4j.compat.engines.OurEngine;

/**
 * Another connection that reads in long transactions while a workload goes on: checkpoints have to
 * leave it what it sees.
 */
final class SecondReader implements AutoCloseable {
  private final Workload workload;
  private final OurEngine engine;
  private final Random random;

  /** The transaction after which it began to read, -1 if it does not read. */
  private int since = -1;

  SecondReader(Workload workload, OurEngine engine) {
    this.workload = workload;
    this.engine = engine;
    this.random = new Random(workload.seed);
  }

  /** Begins to read, or looks again and ends, now and then. */
  void step(int transaction) {
    if (random.nextInt(3) > 0) {
      return;
    }
    if (since < 0) {
      engine.must("BEGIN");
      since = workload.state(engine);
      assertThat(since).isEqualTo(transaction);
    } else {
      end();
    }
  }

  private void end() {
    assertThat(workload.state(engine)).isEqualTo(since);
    engine.must("COMMIT");
    since = -1;
  }

  @Override
  public void close() {
    if (since >= 0) {
      end();
    }
    engine.close();
  }
}
