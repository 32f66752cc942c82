package org.libsql4j.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemTest {
  @Test
  void aCellGivesBackTheRoomOfLongValues() {
    Mem cell = new Mem();
    cell.setBlob(new byte[100], 0, 100);
    cell.shed(100);
    assertThat(cell.type).isEqualTo(Mem.BLOB);
    cell.setBlobShared(new byte[101]);
    cell.shed(100);
    assertThat(cell.type).isEqualTo(Mem.NULL);
    assertThat(cell.bytes).isEmpty();
    cell.setText("short");
    cell.shed(100);
    assertThat(cell.text()).isEqualTo("short");
  }
}
