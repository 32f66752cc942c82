package org.libsql4j.vdbe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.libsql4j.connection.Limit;

/** Programs that triggers run in, coroutines and subroutines. */
class SubProgramTest {
  private static Program body(ProgramBuilder b, Object token) {
    return new Program(
        b.finishOps(),
        6,
        1,
        List.of(),
        "",
        List.of(),
        false,
        0,
        false,
        false,
        List.of(),
        List.of(),
        false,
        token);
  }

  @Test
  void programsReadTheRegistersAroundThem() {
    ProgramBuilder sub = new ProgramBuilder();
    sub.add(Opcode.INIT, 0, 1);
    sub.add(Opcode.PARAM, 0, 1);
    sub.add(Opcode.PARAM, 1, 2);
    sub.add(Opcode.ADD, 1, 2, 3);
    sub.add(Opcode.RESULT_ROW, 3, 1);
    sub.add(Opcode.HALT);
    ProgramBuilder b = new ProgramBuilder();
    b.newRegisters(5);
    b.add(Opcode.INIT, 0, 1);
    b.add(Opcode.INTEGER, 3, 1);
    int loop = b.add(Opcode.S_COPY, 1, 2);
    b.add(Opcode.INTEGER, 100, 3);
    b.add(Opcode.PROGRAM, 2, 0, 4, body(sub, null));
    b.add(Opcode.DECR_JUMP_ZERO, 1, loop + 5);
    b.changeOpcode(b.currentAddress() - 1, Opcode.ADD_IMM);
    b.op(b.currentAddress() - 1).p2 = -1;
    b.add(Opcode.IF, 1, loop);
    b.add(Opcode.HALT);
    try (TestMachine machine = TestMachine.inMemory()) {
      assertThat(machine.run(b, true)).containsExactly("103", "102", "101");
    }
  }

  @Test
  void ignoreLeavesAllAndGoesOnWhereTheCallerSays() {
    ProgramBuilder sub = new ProgramBuilder();
    sub.add(Opcode.INIT, 0, 1);
    sub.add(Opcode.HALT, 0, OpFlags.OE_IGNORE);
    ProgramBuilder b = new ProgramBuilder();
    b.newRegisters(3);
    b.add(Opcode.INIT, 0, 1);
    b.add(Opcode.INTEGER, 1, 1);
    int ignored = b.newLabel();
    b.add(Opcode.PROGRAM, 1, ignored, 2, body(sub, null));
    b.add(Opcode.INTEGER, 2, 1);
    b.resolve(ignored);
    b.add(Opcode.RESULT_ROW, 1, 1);
    b.add(Opcode.HALT);
    try (TestMachine machine = TestMachine.inMemory()) {
      assertThat(machine.run(b, true)).containsExactly("1");
    }
  }

  @Test
  void recursionIsLimitedAndCanBeForbidden() {
    Object token = new Object();
    ProgramBuilder sub = new ProgramBuilder();
    sub.add(Opcode.INIT, 0, 1);
    int call = sub.add(Opcode.PROGRAM, 1, 2, 2);
    sub.add(Opcode.HALT);
    Program recursive = body(sub, token);
    recursive.ops()[call].p4 = recursive;
    ProgramBuilder b = new ProgramBuilder();
    b.newRegisters(3);
    b.add(Opcode.INIT, 0, 1);
    b.add(Opcode.PROGRAM, 1, 2, 2, recursive);
    b.add(Opcode.HALT);
    try (TestMachine machine = TestMachine.inMemory()) {
      machine.connection.setLimit(Limit.TRIGGER_DEPTH, 20);
      Vdbe vdbe = machine.machine(b, true);
      assertThatThrownBy(vdbe::step).hasMessage("too many levels of trigger recursion");
      recursive.ops()[call].p5 = 1;
      assertThat(vdbe.step()).isFalse();
    }
  }

  @Test
  void coroutinesTakeTurns() {
    ProgramBuilder b = new ProgramBuilder();
    b.newRegisters(5);
    b.add(Opcode.INIT, 0, 1);
    int start = b.add(Opcode.INIT_COROUTINE, 1, 0, 2);
    b.add(Opcode.INTEGER, 10, 2);
    b.add(Opcode.YIELD, 1);
    b.add(Opcode.INTEGER, 20, 2);
    b.add(Opcode.YIELD, 1);
    b.add(Opcode.END_COROUTINE, 1);
    b.jumpHere(start);
    int end = b.newLabel();
    int loop = b.add(Opcode.YIELD, 1, end);
    b.add(Opcode.RESULT_ROW, 2, 1);
    b.add(Opcode.GOTO, 0, loop);
    b.resolve(end);
    b.add(Opcode.HALT);
    try (TestMachine machine = TestMachine.inMemory()) {
      Vdbe vdbe = machine.machine(b, true);
      for (int run = 0; run < 2; run++) {
        assertThat(vdbe.step()).isTrue();
        assertThat(vdbe.result(0).integer).isEqualTo(10);
        assertThat(vdbe.step()).isTrue();
        assertThat(vdbe.result(0).integer).isEqualTo(20);
        assertThat(vdbe.step()).isFalse();
      }
    }
  }
}
