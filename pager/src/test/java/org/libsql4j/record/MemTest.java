package org.libsql4j.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemTest {
  @Test
  void aCellGivesBackTheRoomOfLongValues() {
    Mem cell = new Mem();
    cell.allocate(101);
    cell.clear(101);
    assertThat(cell.allocate(1)).hasSize(101);
    cell.clear(100);
    assertThat(cell.allocate(1)).hasSize(1);
    cell.setBlobShared(new byte[101]);
    cell.clear(100);
    assertThat(cell.bytes).isEmpty();
    assertThat(cell.type).isEqualTo(Mem.NULL);
    cell.setText("short");
    assertThat(cell.text()).isEqualTo("short");
  }
}
