package org.libsql4j.vdbe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.libsql4j.record.Mem;

/** The queue of a recursive query gives records back in the order in which they came. */
class RowQueueTest {
  @Property(tries = 60)
  void isFirstInFirstOut(@ForAll long seed) {
    Random random = new Random(seed);
    int budget = random.nextBoolean() ? 50_000 : RowQueue.DEFAULT_BUDGET_BYTES;
    ArrayDeque<byte[]> expected = new ArrayDeque<>();
    try (TestMachine machine = TestMachine.inMemory()) {
      RowQueue queue = new RowQueue(machine.connection, budget);
      Mem taken = new Mem();
      for (int round = 0; round < 40; round++) {
        for (int i = random.nextInt(300); i > 0; i--) {
          byte[] record = new byte[random.nextInt(random.nextInt(50) == 0 ? 70_000 : 40)];
          random.nextBytes(record);
          byte[] padded = Arrays.copyOf(record, record.length + 5);
          queue.add(padded, 0, record.length);
          expected.add(record);
        }
        for (int i = random.nextInt(400); i > 0 && !expected.isEmpty(); i--) {
          assertThat(queue.take(taken)).isTrue();
          assertThat(taken.toByteArray()).isEqualTo(expected.poll());
        }
        if (random.nextInt(20) == 0) {
          queue.clear();
          expected.clear();
        }
        if (expected.isEmpty()) {
          assertThat(queue.take(taken)).isFalse();
        }
      }
      queue.close();
    }
  }

  /** What was taken out stays as it is while further records come. */
  @Test
  void takenRecordIsNotOverwritten() {
    try (TestMachine machine = TestMachine.inMemory()) {
      RowQueue queue = new RowQueue(machine.connection);
      queue.add(new byte[] {1, 2, 3}, 0, 3);
      Mem taken = new Mem();
      queue.take(taken);
      for (int i = 0; i < 100_000; i++) {
        queue.add(new byte[] {7, 7, 7, 7}, 0, 4);
      }
      assertThat(taken.toByteArray()).containsExactly(1, 2, 3);
      queue.close();
    }
  }
}
