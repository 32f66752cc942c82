package org.libsql4j.compat.differential;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Assertions;

/**
 * Random schemas with triggers and foreign keys, rows and statements on both engines: rows, types,
 * counts, error codes and error texts must be the same.
 *
 * <p>The seeds are fixed, so a build fails or passes whoever runs it; a failure is cut down to the
 * statements that it takes. {@code -Dcompat.differential.seed=N} replays one script, {@code
 * -Dcompat.differential.scripts=N} runs more; a script has some 180 statements. The Maven profile
 * {@code differential} runs 200,000 statements.
 */
class DifferentialTest {
  private static final String SEED = System.getProperty("compat.differential.seed");
  private static final int SCRIPTS = Integer.getInteger("compat.differential.scripts", 250);

  /** Each script's own seed. */
  @Provide
  Arbitrary<Long> seeds() {
    long first = SEED == null ? 1 : Long.parseLong(SEED);
    return Arbitraries.longs().between(first, SEED == null ? SCRIPTS : first);
  }

  @Property(
      tries = Integer.MAX_VALUE,
      generation = GenerationMode.EXHAUSTIVE,
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void randomStatementsDoTheSame(@ForAll("seeds") long seed) {
    Script script = ScriptGenerator.script(seed);
    if (script.run() != null) {
      Assertions.fail(report(seed, script.minimal()));
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
