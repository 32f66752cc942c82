package org.libsql4j.vdbe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A scan gives the right sum and allocates nothing per row. */
class ScanTest {
  private static final int ROWS = 1_000_000;

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @Test
  void sumsWithoutAllocation() {
    try (TestMachine machine = TestMachine.inMemory()) {
      int root = ScanSpeed.createTable(machine, ROWS);
      Vdbe vdbe = machine.machine(ScanSpeed.filteredSum(root), true);
      long expected = 0;
      for (int i = 1; i <= ROWS; i++) {
        expected += i % 1000 > 500 ? i : 0;
      }
      for (int run = 0; run < 3; run++) {
        assertThat(vdbe.step()).isTrue();
        assertThat(vdbe.result(0).integer).isEqualTo(expected);
        assertThat(vdbe.step()).isFalse();
      }
      long before = allocatedBytes();
      vdbe.step();
      vdbe.step();
      assertThat(allocatedBytes() - before).isLessThan(1_000_000);
    }
  }

  /** Above 8,000 bytes HotSpot would never compile the interpreter's loop. */
  @Test
  void interpreterIsSmallEnoughToBeCompiled() throws Exception {
    try (var in = Vdbe.class.getResourceAsStream("Vdbe.class")) {
      byte[] classFile = in.readAllBytes();
      // No single method can be longer than the whole class file with its constants.
      assertThat(classFile.length).isLessThan(24_000);
    }
  }
}
