package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random transactions with BEGIN CONCURRENT against {@link ConcurrentModel}. */
class BeginConcurrentModelTest {
  private static final long SEED = Long.getLong("libsql4j.seed", 1L);
  private static final int ROUNDS = Integer.getInteger("libsql4j.rounds", 12);
  private static final int STEPS = 300;

  @TempDir Path folder;

  @Test
  void whatWasCommittedIsThere() throws Exception {
    int wins = 0;
    int losses = 0;
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      ConcurrentModel model = new ConcurrentModel(folder.resolve(seed + ".db"), seed);
      model.run(STEPS);
      wins += model.wins;
      losses += model.losses;
    }
    assertThat(wins).isGreaterThan(20 * ROUNDS);
    assertThat(losses).isGreaterThan(5 * ROUNDS);
  }
}
