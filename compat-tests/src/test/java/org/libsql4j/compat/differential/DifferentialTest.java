package org.libsql4j.compat.differential;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Random schemas, rows and statements on both engines.
 *
 * <p>The seeds are fixed, so a build fails or passes whoever runs it. {@code
 * -Dcompat.differential.seed=N} replays one, {@code -Dcompat.differential.scripts=N} runs more.
 */
class DifferentialTest {
  private static final long FIRST_SEED = Long.getLong("compat.differential.seed", 1);
  private static final int SCRIPTS =
      Integer.getInteger(
          "compat.differential.scripts",
          System.getProperty("compat.differential.seed") == null ? 400 : 1);

  @Test
  void randomStatementsDoTheSame() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SCRIPTS; seed++) {
      Script script = ScriptGenerator.script(seed);
      if (script.run() != null) {
        Assertions.fail(report(seed, script.minimal()));
      }
    }
  }

  private static String report(long seed, Script minimal) {
    Script.Difference difference = minimal.run();
    return "replay with -Dcompat.differential.seed="
        + seed
        + "\n\n"
        + minimal
        + "\nours:\n"
        + difference.ours()
        + "\nreal:\n"
        + difference.real();
  }
}
