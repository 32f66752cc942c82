package org.libsql4j.vdbe;

import org.libsql4j.record.Mem;

/**
 * Measures SELECT sum(c) FROM t WHERE a &gt; 500 over a million rows, as a program made by hand.
 */
final class ScanSpeed {
  private ScanSpeed() {}

  static final int ROWS = 1_000_000;

  /** Creates a table with three columns (a = i % 1000, b text, c = i). */
  static int createTable(TestMachine machine, int rows) {
    ProgramBuilder b = new ProgramBuilder();
    b.add(Opcode.INIT, 0, 1);
    b.add(Opcode.TRANSACTION, 0, 1);
    b.add(Opcode.CREATE_BTREE, 0, 1, 1);
    b.add(Opcode.OPEN_WRITE, 0, 1, 0, 3);
    b.setP5(OpFlags.P2ISREG);
    b.add(Opcode.INTEGER, 0, 2);
    int loop = b.currentAddress();
    b.add(Opcode.ADD_IMM, 2, 1);
    b.add(Opcode.INTEGER, 1000, 7);
    b.add(Opcode.REMAINDER, 7, 2, 3);
    b.add(Opcode.STRING8, 0, 4, 0, "some text");
    b.add(Opcode.S_COPY, 2, 5);
    b.add(Opcode.MAKE_RECORD, 3, 3, 6);
    b.add(Opcode.INSERT, 0, 6, 2);
    b.setP5(OpFlags.APPEND);
    b.add(Opcode.INTEGER, rows, 8);
    b.add(Opcode.LT, 8, loop, 2);
    b.add(Opcode.RESULT_ROW, 1, 1);
    b.add(Opcode.HALT);
    b.newRegisters(10);
    Vdbe vdbe = machine.machine(b, false);
    vdbe.step();
    int root = (int) vdbe.result(0).integer;
    vdbe.step();
    return root;
  }

  static ProgramBuilder filteredSum(int root) {
    ProgramBuilder b = new ProgramBuilder();
    b.add(Opcode.INIT, 0, 1);
    b.add(Opcode.TRANSACTION, 0, 0);
    b.add(Opcode.OPEN_READ, 0, root, 0, 3);
    b.add(Opcode.INTEGER, 0, 1);
    b.add(Opcode.INTEGER, 500, 2);
    int end = b.newLabel();
    b.add(Opcode.REWIND, 0, end);
    int loop = b.currentAddress();
    int next = b.newLabel();
    b.add(Opcode.COLUMN, 0, 0, 3);
    b.add(Opcode.LE, 2, next, 3);
    b.setP5('D' | OpFlags.JUMPIFNULL);
    b.add(Opcode.COLUMN, 0, 2, 4);
    b.add(Opcode.ADD, 4, 1, 1);
    b.resolve(next);
    b.add(Opcode.NEXT, 0, loop);
    b.resolve(end);
    b.add(Opcode.RESULT_ROW, 1, 1);
    b.add(Opcode.HALT);
    b.newRegisters(5);
    return b;
  }

  public static void main(String[] args) {
    try (TestMachine machine = TestMachine.inMemory()) {
      long start = System.nanoTime();
      int root = createTable(machine, ROWS);
      System.out.println("insert " + (System.nanoTime() - start) / 1_000_000 + " ms");
      Vdbe vdbe = machine.machine(filteredSum(root), true);
      for (int i = 0; i < 30; i++) {
        start = System.nanoTime();
        vdbe.step();
        Mem sum = vdbe.result(0);
        long value = sum.integer;
        vdbe.step();
        System.out.println(value + " " + (System.nanoTime() - start) / 1000 + " us");
      }
    }
  }
}
