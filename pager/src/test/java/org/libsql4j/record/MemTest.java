package org.libsql4j.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemTest {
  @Test
  void aCellGivesBackTheRoomOfLongValues() {
    Mem cell = new Mem();
    cell.setBlob(new byte[100], 0, 100);
    assertThat(cell.hasRoomForMoreThan(100)).isFalse();
    cell.setBlobShared(new byte[101]);
    assertThat(cell.hasRoomForMoreThan(100)).isTrue();
    cell.clear(100);
    assertThat(cell.hasRoomForMoreThan(100)).isFalse();
    assertThat(cell.type).isEqualTo(Mem.NULL);
    cell.setText("short");
    assertThat(cell.text()).isEqualTo("short");
  }
}
